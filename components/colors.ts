/**
 * Team colours come from leagues and people: any hex, or none. Before one is drawn it is resolved, per theme: at least 3:1 against the
 * paper it stands on (WCAG 1.4.11), and the two sides of a game told apart, by people with red-green blindness too.
 */
export interface Tone {
  light: string
  dark: string
}
export interface SideColors {
  home: Tone
  away: Tone
  /** The away colour had to give way to a neutral one: charts hatch it. */
  isNeutral: { home: boolean; away: boolean }
}
type Theme = keyof Tone
type Triple = readonly [number, number, number]

/** Where marks stand, the hardest ground of each theme. Kept equal to the tokens of app/globals.css by a test. */
export const GROUND: Readonly<Record<Theme, string>> = { light: '#f4f3ee', dark: '#151513' }
const NEUTRALS: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#24241f', '#838279'],
  dark: ['#e6e4dd', '#7d7c75'],
}
/** Dark ground swallows deep colours sooner than the ratio says, so there they are lifted a little further. */
const MIN_CONTRAST: Readonly<Record<Theme, number>> = { light: 3, dark: 4 }
/** Distance in OKLab below which two marks side by side are easily confused. */
const MIN_DISTANCE = 0.14
const MIN_DISTANCE_BLIND = 0.05

const cache = new Map<string, SideColors>()

/** The colours of a game's two sides as they may be drawn. */
export function sideColors(home: string | null, away: string | null): SideColors {
  const key = `${home}|${away}`
  const known = cache.get(key)
  if (known) return known
  const light = resolvePair(parseHex(home), parseHex(away), 'light')
  const dark = resolvePair(parseHex(home), parseHex(away), 'dark')
  const resolved: SideColors = {
    home: { light: light.home, dark: dark.home },
    away: { light: light.away, dark: dark.away },
    isNeutral: { home: parseHex(home) === null, away: light.isAwayNeutral || dark.isAwayNeutral },
  }
  if (cache.size > 2000) cache.clear()
  cache.set(key, resolved)
  return resolved
}

/** One team's colour by itself (a table, a roster). */
export function teamColor(color: string | null): Tone {
  return sideColors(color, null).home
}

/** Custom properties for an element with the class `sides`. */
export function sideProperties(colors: SideColors): Record<`--${'home' | 'away'}-${Theme}`, string> {
  return {
    '--home-light': colors.home.light,
    '--home-dark': colors.home.dark,
    '--away-light': colors.away.light,
    '--away-dark': colors.away.dark,
  }
}

function resolvePair(home: Triple | null, away: Triple | null, theme: Theme): { home: string; away: string; isAwayNeutral: boolean } {
  const [strong, middle] = NEUTRALS[theme] as [string, string]
  const first = home ? legible(home, theme) : strong
  const own = away ? [legible(away, theme), ...lighterAndDarker(away, theme)] : []
  const found = own.find(color => areApart(first, color))
  if (found) return { home: first, away: found, isAwayNeutral: false }
  const neutral = [strong, middle].sort((a, b) => separation(first, b) - separation(first, a))
  return { home: first, away: away === null && areApart(first, middle) ? middle : (neutral[0] as string), isAwayNeutral: true }
}

/** The colour itself where it can be seen on the theme's ground, else the nearest lightness of its hue that can. */
function legible(color: Triple, theme: Theme): string {
  const [lightness, a, b] = toOklab(color)
  const step = theme === 'light' ? -0.01 : 0.01
  for (let l = lightness; l >= 0 && l <= 1; l += step) {
    const hex = fromOklab([l, a, b])
    if (contrast(hex, GROUND[theme]) >= MIN_CONTRAST[theme]) return hex
  }
  return NEUTRALS[theme][0] as string
}

function lighterAndDarker(color: Triple, theme: Theme): string[] {
  const [lightness, a, b] = toOklab(color)
  return [-0.12, 0.12, -0.2, 0.2, -0.28, 0.28, -0.36, 0.36]
    .map(step => fromOklab([Math.min(0.95, Math.max(0.1, lightness + step)), a, b]))
    .filter(hex => contrast(hex, GROUND[theme]) >= MIN_CONTRAST[theme])
}

export function areApart(one: string, two: string): boolean {
  return separation(one, two) >= 1
}

/** 1 and more: told apart by every reader. */
function separation(one: string, two: string): number {
  const [a, b] = [parseHex(one) ?? BLACK, parseHex(two) ?? BLACK]
  const blind = BLINDNESS.map(matrix => distance(seenThrough(matrix, a), seenThrough(matrix, b)) / MIN_DISTANCE_BLIND)
  return Math.min(distance(a, b) / MIN_DISTANCE, ...blind)
}
const BLACK: Triple = [0, 0, 0]

/** WCAG 2.2 contrast ratio of two hex colours, 1 to 21. */
export function contrast(one: string, two: string): number {
  const [a, b] = [luminance(parseHex(one) ?? BLACK), luminance(parseHex(two) ?? BLACK)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
/** Linear light of red, green and blue, 0 to 1; null for anything that is not `#rrggbb`. */
function parseHex(hex: string | null): Triple | null {
  const match = hex === null ? null : HEX.exec(hex)
  if (!match) return null
  const [red, green, blue] = match.slice(1).map(part => {
    const value = Number.parseInt(part, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return [red as number, green as number, blue as number]
}
function toHex(linear: Triple): string {
  const parts = linear.map(value => {
    const seen = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
    return Math.round(Math.min(1, Math.max(0, seen)) * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${parts.join('')}`
}
const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b

type Matrix = readonly [Triple, Triple, Triple]
const times = (matrix: Matrix, [x, y, z]: Triple): Triple => {
  const row = ([a, b, c]: Triple) => a * x + b * y + c * z
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}

// OKLab as published by its author, from linear sRGB and back.
const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
]
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
]
const FROM_LAB: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
]
const FROM_LMS: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
]
// Protanopia and deuteranopia at full strength (Machado, Oliveira and Fernandes 2009), on linear sRGB.
const BLINDNESS: readonly Matrix[] = [
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
]

const cube = ([x, y, z]: Triple): Triple => [x ** 3, y ** 3, z ** 3]
const toOklab = (linear: Triple): Triple => {
  const [l, m, s] = times(TO_LMS, linear)
  return times(TO_LAB, [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)])
}
/** The nearest colour a screen can show: chroma gives way, lightness and hue stay. */
function fromOklab([lightness, a, b]: Triple): string {
  for (let chroma = 1; chroma >= 0; chroma -= 0.02) {
    const linear = times(FROM_LMS, cube(times(FROM_LAB, [lightness, a * chroma, b * chroma])))
    if (linear.every(value => value >= -0.0005 && value <= 1.0005)) return toHex(linear)
  }
  return toHex([lightness ** 3, lightness ** 3, lightness ** 3])
}
function distance(one: Triple, two: Triple): number {
  const [a, b] = [toOklab(one), toOklab(two)]
  return Math.hypot(toe(a[0]) - toe(b[0]), a[1] - b[1], a[2] - b[2])
}
/** OKLab spreads the near-blacks too far apart; this is the lightness its author uses where that matters. */
function toe(lightness: number): number {
  const [k1, k2] = [0.206, 0.03]
  const k3 = (1 + k1) / (1 + k2)
  const x = k3 * lightness - k1
  return (x + Math.sqrt(x * x + 4 * k2 * k3 * lightness)) / 2
}
const seenThrough = (matrix: Matrix, color: Triple): Triple => {
  const [r, g, b] = times(matrix, color)
  return [Math.min(1, Math.max(0, r)), Math.min(1, Math.max(0, g)), Math.min(1, Math.max(0, b))]
}

/** `oklch(L C H)` as hex, for comparing the tokens with what is computed here. */
export function oklchToHex(lightness: number, chroma: number, hueDegrees: number): string {
  const hue = (hueDegrees * Math.PI) / 180
  return fromOklab([lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)])
}
