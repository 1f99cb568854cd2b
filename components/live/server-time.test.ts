import { describe, expect, it } from 'vitest'
import { createServerTime } from './server-time.ts'

function clockwork(guess: number) {
  let at = 1000
  const time = createServerTime(() => at, guess)
  return { time, pass: (ms: number) => (at += ms), at: () => at }
}

describe('the server’s time', () => {
  it('runs with the monotonic clock from the guess', () => {
    const { time, pass } = clockwork(50_000)
    pass(250)
    expect(time.now()).toBe(50_250)
  })

  it('believes the sample with the shortest way', () => {
    const { time, at } = clockwork(0)
    time.sample(at(), at() + 400, 900_000)
    time.sample(at(), at() + 20, 700_010)
    time.sample(at(), at() + 300, 500_000)
    time.settle()
    expect(time.now()).toBe(700_000)
  })

  it('is drawn towards a small error, never backwards, and jumps over a large one', () => {
    const { time, pass, at } = clockwork(100_000)
    const off = (error: number) => {
      const now = time.now() + error
      time.sample(at(), at(), now)
      time.settle()
    }
    off(-200)
    const shown = [time.now()]
    for (let i = 0; i < 60; i++) {
      pass(100)
      shown.push(time.now())
    }
    for (let i = 1; i < shown.length; i++) expect((shown[i] as number) - (shown[i - 1] as number)).toBeGreaterThanOrEqual(94)
    expect(shown.at(-1)).toBeCloseTo(100_000 + 6000 - 200)
    off(60_000)
    expect(time.now()).toBeCloseTo(100_000 + 6000 - 200 + 60_000)
  })

  it('keeps the last time when a round brought no answer', () => {
    const { time } = clockwork(5000)
    time.settle()
    expect(time.now()).toBe(5000)
  })
})
