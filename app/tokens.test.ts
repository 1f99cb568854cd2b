import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast, GROUND, oklchToHex } from '#components/colors.ts'

const css = readFileSync(new URL('./globals.css', import.meta.url), 'utf8')
/** The first definition of a colour token, as hex: the standard theme's. */
function token(name: string, theme: 'light' | 'dark'): string {
  const definition = new RegExp(`--color-${name}: light-dark\\((.*)\\);`).exec(css)?.[1] ?? ''
  const tones = [...definition.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)]
  const [, lightness, chroma, hue] = tones[theme === 'light' ? 0 : 1] ?? []
  return oklchToHex(Number(lightness), Number(chroma), Number(hue))
}

describe('colour tokens', () => {
  it('name the grounds that team colours are measured against', () => {
    expect(token('paper', 'light')).toBe(GROUND.light)
    expect(token('field', 'dark')).toBe(GROUND.dark)
  })

  it('keep text at 4.5:1 on paper and on fields, and edges at 3:1', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const ground of ['paper', 'field']) {
        for (const text of ['ink', 'soft', 'live', 'warn']) {
          expect(contrast(token(text, theme), token(ground, theme)), `${text} on ${ground}, ${theme}`).toBeGreaterThanOrEqual(4.5)
        }
        expect(contrast(token('edge', theme), token(ground, theme)), `edge on ${ground}, ${theme}`).toBeGreaterThanOrEqual(3)
      }
    }
  })

  it('keep what is printed on a card at 4.5:1', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const card of ['yellow', 'red', 'green', 'blue']) {
        expect(contrast(token(`on-${card}`, theme), token(card, theme)), `on ${card}, ${theme}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })
})
