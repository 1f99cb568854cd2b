import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createConnection } from './connection.ts'
import { FakeWire } from './fake-wire.ts'
import { rememberServerAhead, serverAhead } from './server-ahead.ts'

const kept = new Map<string, string>()

beforeEach(() => {
  kept.clear()
  vi.useFakeTimers()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('is what was measured, not what was guessed', async () => {
  const wire = new FakeWire()
  const measured: number[] = []
  const live = createConnection({ wire, guess: Date.now() - 1_200_000, onMeasured: ms => measured.push(ms) })
  wire.connect()
  await vi.advanceTimersByTimeAsync(2000)
  expect(measured).toEqual([])
  wire.drop()
  wire.reply = event => (event === 'time:sync' ? { ok: true, now: Date.now() + 2_400_000 } : undefined)
  wire.connect()
  await vi.advanceTimersByTimeAsync(20_000)
  live.close()
  expect(Math.abs((measured[0] ?? 0) - 2_400_000)).toBeLessThan(5)
})

it('is kept from page to page, and not written for nothing', () => {
  expect(serverAhead()).toBe(0)
  rememberServerAhead(1500.4)
  expect(serverAhead()).toBe(1500)
  rememberServerAhead(1600)
  expect(serverAhead()).toBe(1500)
  kept.set('sideline-server-ahead', 'soon')
  expect(serverAhead()).toBe(0)
})
