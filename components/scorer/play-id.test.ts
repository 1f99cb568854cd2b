import { describe, expect, it } from 'vitest'
import { createPlayIds, isFrom, newSender, randomBytes as random } from './play-id.ts'

describe('play ids', () => {
  it('are version 7 UUIDs that a play may carry, none twice, sorted by the time they were made', () => {
    const sender = newSender(random)
    let now = 1_795_000_000_000
    const next = createPlayIds(sender, () => now, random)
    const ids = Array.from({ length: 20_000 }, (_, i) => {
      if (i % 7000 === 0) now += 1
      return next()
    })
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
    for (const id of ids.slice(0, 50)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('keep their order when the device’s clock is set back', () => {
    let now = 1_795_000_000_000
    const next = createPlayIds(newSender(random), () => now, random)
    const before = next()
    now -= 3_600_000
    expect(next() > before).toBe(true)
  })

  it('tell whose they are', () => {
    const [mine, other] = [newSender(random), newSender(random)]
    const id = createPlayIds(mine, Date.now, random)()
    expect(isFrom(id, mine)).toBe(true)
    expect(isFrom(id, other)).toBe(false)
  })
})
