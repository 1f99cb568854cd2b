import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Running, startServer } from './running.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('what is told of the sports and of the interface is drawn up once, however many ask', () => {
  const { app } = server
  expect(app.describeSports().length).toBeGreaterThan(20)
  expect(app.describeSports()).toBe(app.describeSports())
  expect(app.openApi()).toBe(app.openApi())
})
