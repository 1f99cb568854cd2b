import { describe, expect, it } from 'vitest'
import { onlyAdds } from './addition.ts'

const basket = { kind: '2pt', side: 'home', clockMs: 65_000, period: 2 } as const

describe('a replacement that only says more', () => {
  it('names the player, or tells how', () => {
    expect(onlyAdds(basket, { ...basket, playerId: 'p1' })).toBe(true)
    expect(onlyAdds(basket, { ...basket, playerId: 'p1', data: { assist: 'p2' } })).toBe(true)
    expect(onlyAdds({ ...basket, data: { fast: true } }, { ...basket, data: { fast: true, assist: 'p2' } })).toBe(true)
  })
  it('may leave out where the play stands', () => {
    expect(onlyAdds(basket, { kind: '2pt', side: 'home', playerId: 'p1' })).toBe(true)
  })
  it('is a correction as soon as anything said is said otherwise', () => {
    expect(onlyAdds(basket, { ...basket, kind: '3pt' })).toBe(false)
    expect(onlyAdds(basket, { ...basket, side: 'away' })).toBe(false)
    expect(onlyAdds(basket, { ...basket, clockMs: 60_000 })).toBe(false)
    expect(onlyAdds({ ...basket, playerId: 'p1' }, { ...basket, playerId: 'p2' })).toBe(false)
    expect(onlyAdds({ ...basket, playerId: 'p1' }, basket)).toBe(false)
    expect(onlyAdds({ ...basket, data: { type: 'personal' } }, { ...basket, data: { type: 'technical' } })).toBe(false)
  })
  it('is a correction where its sender says why', () => {
    expect(onlyAdds(basket, { ...basket, playerId: 'p1', data: { reason: 'seen on video' } })).toBe(false)
  })
})
