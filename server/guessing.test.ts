import { describe, expect, it } from 'vitest'
import { createGuessing } from './guessing.ts'

function clocked(maxKeys?: number) {
  let time = 5000
  const guessing = createGuessing({ now: () => time, ...(maxKeys ? { maxKeys } : {}) })
  return {
    guessing,
    wait: (ms: number) => {
      time += ms
    },
    fail: (account: string, address: string) => {
      const wait = guessing.waitMs(account, address)
      time += wait
      guessing.began(account, address)
      return wait
    },
  }
}

describe('S17 guessing', () => {
  it('lets a few mistakes pass, then delays each further one twice as long, up to a quarter of an hour', () => {
    const { fail } = clocked()
    const waits = Array.from({ length: 30 }, () => fail('ann@club.example', '198.51.100.1'))
    expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0])
    expect(waits[4]).toBe(1000)
    expect(waits[5]).toBe(2000)
    expect(waits[8]).toBe(16_000)
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(15 * 60_000)
    expect(Math.max(...waits)).toBeGreaterThan(60_000)
  })

  it('is the same for an account that does not exist, and for every spelling of one', () => {
    const { guessing, fail } = clocked()
    for (let n = 0; n < 6; n++) fail('Ann@Club.example', '198.51.100.1')
    expect(guessing.waitMs('ann@club.example', '198.51.100.1')).toBeGreaterThan(0)
  })

  it('50 wrong ones in a row without waiting: refused after the fourth', () => {
    const { guessing } = clocked()
    let tried = 0
    for (let n = 0; n < 50; n++) {
      if (guessing.waitMs('ann', '198.51.100.1') > 0) continue
      guessing.began('ann', '198.51.100.1')
      tried += 1
    }
    expect(tried).toBe(4)
  })

  it('an address that tries many accounts is delayed as a whole', () => {
    const { guessing } = clocked()
    let tried = 0
    for (let n = 0; n < 200; n++) {
      if (guessing.waitMs(`user ${n}`, '198.51.100.1') > 0) continue
      guessing.began(`user ${n}`, '198.51.100.1')
      tried += 1
    }
    expect(tried).toBe(25)
    expect(guessing.waitMs('ann', '198.51.100.2')).toBe(0)
  })

  it('an account tried from many addresses is delayed, but only briefly, and not where its owner has signed in before', () => {
    const { guessing, wait } = clocked()
    guessing.began('ann', '192.0.2.7')
    guessing.succeeded('ann', '192.0.2.7')
    for (let n = 0; n < 500; n++) {
      guessing.began('ann', `2001:db8::${n}`)
      wait(10)
    }
    const stranger = guessing.waitMs('ann', '203.0.113.3')
    expect(stranger).toBeGreaterThan(0)
    expect(stranger).toBeLessThanOrEqual(30_000)
    expect(guessing.waitMs('ann', '192.0.2.7')).toBe(0)
    expect(guessing.waitMs('ben', '203.0.113.3')).toBe(0)
  })

  it('a slow check of the password does not eat its own delay', () => {
    const { guessing, wait } = clocked()
    for (let n = 0; n < 4; n++) guessing.began('ann', '198.51.100.1')
    wait(5000)
    guessing.failed('ann', '198.51.100.1')
    expect(guessing.waitMs('ann', '198.51.100.1')).toBe(1000)
  })

  it('forgives with time', () => {
    const { guessing, wait, fail } = clocked()
    for (let n = 0; n < 8; n++) fail('ann', '198.51.100.1')
    wait(3_600_000)
    expect([fail('ann', '198.51.100.1'), fail('ann', '198.51.100.1'), fail('ann', '198.51.100.1')]).toEqual([0, 0, 0])
    expect(guessing.waitMs('ann', '198.51.100.1')).toBe(0)
  })

  it('the right password clears the way again', () => {
    const { guessing, fail } = clocked()
    for (let n = 0; n < 5; n++) fail('ann', '198.51.100.1')
    fail('ann', '198.51.100.1')
    guessing.succeeded('ann', '198.51.100.1')
    expect(guessing.waitMs('ann', '198.51.100.1')).toBe(0)
    expect(fail('ann', '198.51.100.1')).toBe(0)
  })

  it('a hall whose scorers all sign in from one address is not delayed', () => {
    const { guessing } = clocked()
    for (let n = 0; n < 200; n++) {
      expect(guessing.waitMs(`scorer ${n}`, '203.0.113.9')).toBe(0)
      guessing.began(`scorer ${n}`, '203.0.113.9')
      guessing.succeeded(`scorer ${n}`, '203.0.113.9')
    }
  })

  it('remembers a bounded number', () => {
    const { guessing } = clocked(50)
    for (let n = 0; n < 5000; n++) guessing.began(`user ${n}`, `2001:db8:0:${n}::1`)
    expect(guessing.waitMs('user 4999', '2001:db8:0:4999::1')).toBe(0)
  })
})
