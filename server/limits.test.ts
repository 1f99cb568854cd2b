import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLimits, LIMITS, type LimitName, rateLimit } from './limits.ts'

function clocked(maxKeys?: number) {
  let time = 1000
  const limits = createLimits({ now: () => time, ...(maxKeys ? { maxKeys } : {}) })
  return {
    limits,
    wait: (ms: number) => {
      time += ms
    },
  }
}

describe('S5 limits', () => {
  it.each(Object.entries(LIMITS) as [LimitName, { burst: number; perMs: number }][])(
    '%s: the burst, then an even refill',
    (name, limit) => {
      const { limits, wait } = clocked()
      for (let n = 0; n < limit.burst; n++) expect(limits.take(name, 'a')).toEqual({ ok: true })
      const refused = limits.take(name, 'a')
      expect(refused).toEqual({ ok: false, retryAfterMs: Math.ceil(limit.perMs / limit.burst) })
      expect(limits.take(name, 'b')).toEqual({ ok: true })
      wait(refused.ok ? 0 : refused.retryAfterMs)
      expect(limits.take(name, 'a')).toEqual({ ok: true })
      expect(limits.take(name, 'a').ok).toBe(false)
      wait(limit.perMs)
      for (let n = 0; n < limit.burst; n++) expect(limits.take(name, 'a').ok).toBe(true)
      expect(limits.take(name, 'a').ok).toBe(false)
    },
  )

  it('a scorer may post 30 plays a second for ever, and 60 at once', () => {
    const { limits, wait } = clocked()
    for (let n = 0; n < 60; n++) expect(limits.take('plays', 'scorer').ok).toBe(true)
    let passed = 0
    for (let n = 0; n < 500; n++) {
      if (limits.take('plays', 'scorer').ok) passed += 1
      wait(2)
    }
    expect(passed).toBe(29)
  })

  it('a refusal costs nothing', () => {
    const { limits, wait } = clocked()
    for (let n = 0; n < 1000; n++) limits.take('chat', 'a')
    wait(2000)
    expect(limits.take('chat', 'a').ok).toBe(true)
  })

  it('a batch above the burst passes once the bucket is full, and is paid off', () => {
    const { limits, wait } = clocked()
    const limit = rateLimit(10)
    expect(limits.takeUnder(limit, 'token', 500).ok).toBe(true)
    expect(limits.takeUnder(limit, 'token', 1)).toEqual({ ok: false, retryAfterMs: 49_100 })
    wait(49_100)
    expect(limits.takeUnder(limit, 'token', 1).ok).toBe(true)
    expect(limits.takeUnder(limit, 'token', 500)).toEqual({ ok: false, retryAfterMs: 1000 })
  })

  it('a rate below one a second works', () => {
    const { limits, wait } = clocked()
    expect(limits.takeUnder(rateLimit(0.5), 'slow').ok).toBe(true)
    expect(limits.takeUnder(rateLimit(0.5), 'slow')).toEqual({ ok: false, retryAfterMs: 2000 })
    wait(2000)
    expect(limits.takeUnder(rateLimit(0.5), 'slow').ok).toBe(true)
  })

  it('remembers a bounded number of keys, dropping full buckets first', () => {
    const { limits, wait } = clocked(100)
    for (let n = 0; n < 50; n++) limits.take('chat', `gone ${n}`)
    wait(60_000)
    for (let n = 0; n < 5; n++) limits.take('chat', 'busy')
    for (let n = 0; n < 80; n++) limits.take('messages', `new ${n}`)
    expect(limits.size()).toBeLessThanOrEqual(100)
    expect(limits.take('chat', 'busy').ok).toBe(false)
    for (let n = 0; n < 10_000; n++) limits.take('messages', `flood ${n}`)
    expect(limits.size()).toBeLessThanOrEqual(100)
  })

  it('never lets through more than burst plus refill, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 200 }), waits => {
        const { limits, wait } = clocked()
        let [passed, elapsed] = [0, 0]
        for (const ms of waits) {
          wait(ms)
          elapsed += ms
          const taken = limits.take('chat', 'a')
          if (taken.ok) passed += 1
          else expect(taken.retryAfterMs).toBeGreaterThan(0)
          expect(passed).toBeLessThanOrEqual(5 + elapsed / 2000 + 1e-6)
        }
      }),
    )
  })
})
