import type { Side } from '../play.ts'
import type { Glance, Tone } from '../sport.ts'

type Badge = NonNullable<Glance['badges']>[number]

/** A small number in a colour, as cards are counted; nothing where there is none. */
export const countBadge = (side: Side, n: number, tone: Tone, name: string): Badge[] =>
  n > 0 ? [{ side, text: String(n), tone, title: `${name}: ${n}` }] : []

/** By how many a side is short, `−1`. */
export const shortBadge = (side: Side, n: number, where: string): Badge[] =>
  n > 0 ? [{ side, text: `−${n}`, tone: 'accent', title: `${n} fewer ${where}` }] : []
