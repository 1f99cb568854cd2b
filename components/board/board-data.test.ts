import { expect, test } from 'vitest'
import { SPORTS } from '#domain/sports/index.ts'
import { sportName } from './board-data.ts'

test.each(Object.entries(SPORTS))('%s is called by its name without its rules being loaded', async (id, load) => {
  expect(sportName(id)).toBe((await load()).sport.name)
})
