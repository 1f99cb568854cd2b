import { expect, it } from 'vitest'
import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'

/** More answers than this push what stands behind them out of reach of a thumb. */
const IN_REACH = 8

/** The questions with long lists of answers that stand in front of who it was, where nobody is listed yet. */
function inFrontOfWho(sport: Sport): string[] {
  return sport.packs.flatMap(({ values }) =>
    sport.actions(values as never).flatMap(({ id, kind, ask = [] }) => {
      const { player, data = {} } = sport.kinds[kind] ?? {}
      const place = ask.indexOf('player')
      // Where one side acts at a time, the order of batting knows who it is.
      const front = player && !sport.activeSide ? ask.slice(0, place < 0 ? ask.length : place) : []
      return front.filter(key => data[key]?.type === 'choice' && data[key].options.length > IN_REACH).map(key => `${id}: ${key}`)
    }),
  )
}

it.each(Object.keys(SPORTS))('in %s who it was is never asked behind a list of answers as long as the screen', async id => {
  const { sport } = (await SPORTS[id]?.()) ?? {}
  expect(sport && [...new Set(inFrontOfWho(sport))]).toEqual([])
})
