import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { whenAnswered } from './when-answered.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const good = { ok: true, redirected: false }
/** A server that gives these answers one after the other; null is none at all. */
function server(...answers: (typeof good | null)[]) {
  let asked = 0
  const ask = async () => {
    const answer = answers[asked++] ?? null
    if (!answer) throw new TypeError('Failed to fetch')
    return answer
  }
  return { ask, asked: () => asked }
}

it('calls once there is an answer, and asks no more', async () => {
  const then = vi.fn()
  const { ask, asked } = server(null, null, good)
  whenAnswered(ask, then)
  await vi.advanceTimersByTimeAsync(2900)
  expect([asked(), then.mock.calls.length]).toEqual([2, 0])
  await vi.advanceTimersByTimeAsync(60_000)
  expect([asked(), then.mock.calls.length]).toEqual([3, 1])
})

it('takes neither an error nor a page that led elsewhere for an answer', async () => {
  const then = vi.fn()
  const { ask } = server({ ok: false, redirected: false }, { ok: true, redirected: true })
  whenAnswered(ask, then)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(then).not.toHaveBeenCalled()
})

it('gives up in the end, and stops when told to', async () => {
  const { ask, asked } = server()
  whenAnswered(ask, () => {})
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked()).toBe(6)

  const then = vi.fn()
  const late = server(null, good)
  const stop = whenAnswered(late.ask, then)
  await vi.advanceTimersByTimeAsync(100)
  stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([late.asked(), then.mock.calls.length]).toEqual([1, 0])
})
