import { describe, expect, it } from 'vitest'
import { createSteady, MAX_AGO_MS } from './steady.ts'

function device() {
  const time = { mono: 5000, wall: 1_795_000_000_000 }
  const pass = (ms: number) => {
    time.mono += ms
    time.wall += ms
  }
  const open = (page: string) => createSteady({ mono: () => time.mono, wall: () => time.wall, page })
  return { time, pass, open }
}

describe('the age of a play', () => {
  it('is what has passed since', () => {
    const { pass, open } = device()
    const steady = open('a')
    const stamp = steady.stamp()
    pass(12_345)
    expect(steady.ago(stamp)).toBe(12_345)
  })

  it('counts the time a phone slept, when its monotonic clock stood still', () => {
    const { time, pass, open } = device()
    const steady = open('a')
    const stamp = steady.stamp()
    pass(1000)
    time.wall += 300_000
    pass(1000)
    const awake = steady.stamp()
    pass(500)
    expect(steady.ago(stamp)).toBe(302_500)
    expect(steady.ago(awake)).toBe(500)
  })

  it('does not go wrong when the device’s clock is set back', () => {
    const { time, pass, open } = device()
    const steady = open('a')
    const stamp = steady.stamp()
    pass(1000)
    time.wall -= 3_600_000
    pass(1000)
    expect(steady.ago(stamp)).toBe(2000)
  })

  it('survives a reload, which starts the page’s clock anew', () => {
    const { time, pass, open } = device()
    const stamp = open('a').stamp()
    pass(60_000)
    time.mono = 12
    const after = open('b')
    pass(1000)
    expect(after.ago(stamp)).toBe(61_000)
  })

  it('is never negative and never more than a play may say', () => {
    const { time, open } = device()
    const stamp = open('a').stamp()
    const later = open('b')
    time.wall -= 10_000
    expect(later.ago(stamp)).toBe(0)
    time.wall += 10 * 3_600_000
    expect(later.ago(stamp)).toBe(MAX_AGO_MS)
  })
})
