import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areApart, contrast, GROUND, sideColors } from './colors.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)
const given = fc.option(hex, { nil: null })

describe('team colours', () => {
  it('are seen against the paper of both themes, whatever was given', () => {
    fc.assert(
      fc.property(given, given, (home, away) => {
        const colors = sideColors(home, away)
        for (const theme of ['light', 'dark'] as const) {
          expect(contrast(colors.home[theme], GROUND[theme])).toBeGreaterThanOrEqual(3)
          expect(contrast(colors.away[theme], GROUND[theme])).toBeGreaterThanOrEqual(3)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('tell the two sides apart, also for readers who confuse red and green', () => {
    fc.assert(
      fc.property(given, given, (home, away) => {
        const colors = sideColors(home, away)
        expect(areApart(colors.home.light, colors.away.light)).toBe(true)
        expect(areApart(colors.home.dark, colors.away.dark)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('tell a side from the same colour on the other side', () => {
    fc.assert(
      fc.property(hex, color => {
        const { home, away } = sideColors(color, color)
        expect(contrast(home.light, away.light) > 1.2 || areApart(home.light, away.light)).toBe(true)
        expect(home.light).not.toBe(away.light)
      }),
    )
  })

  it('leave a colour alone that needs no help', () => {
    expect(sideColors('#1d5cc2', '#b3261e').home.light).toBe('#1d5cc2')
  })

  it('treat anything that is not a colour as none', () => {
    expect(sideColors('red;background:url(//x)', null)).toEqual(sideColors(null, null))
  })
})
