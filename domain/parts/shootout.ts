import type { Score } from '../game.ts'
import { other, type PlayData, SIDES, type Side } from '../play.ts'
import type { Glance, Kind } from '../sport.ts'
import { LEVEL, plus } from './timed.ts'

/** Kicks, shots or throws in turn, apart from the score. */
export interface Shootout extends Score {
  /** One letter an attempt, in order: `H` `A` scored, `h` `a` missed. Empty where only the tally is known. */
  kicks: string
}

/** What readers get of it in `detail.shootout`. */
export interface ShownShootout extends Score {
  kicks: readonly { side: Side; scored: boolean }[]
}

export const NO_SHOTS: Shootout = { ...LEVEL, kicks: '' }

/** The longest shoot-out on record had 56 kicks; the tally counts on, the row of dots keeps the newest. */
const KICKS_KEPT = 80

const sideOf = (letter: string): Side => (letter.toLowerCase() === 'h' ? 'home' : 'away')

/** Of a shoot-out nobody told attempt by attempt: how it stands. */
export const TALLY_KIND: Kind = {
  label: 'Shoot-out, tally only',
  side: 'none',
  data: { home: { type: 'int', min: 0, max: 99, label: 'Home' }, away: { type: 'int', min: 0, max: 99, label: 'Away' } },
}
export function tallied(data: PlayData = {}): Shootout {
  const of = (side: Side) => (typeof data[side] === 'number' ? Math.max(0, data[side]) : 0)
  return { home: of('home'), away: of('away'), kicks: '' }
}

/** The shoot-out after one more attempt. */
export function attempt(shootout: Shootout | null, side: Side, isScored: boolean): Shootout {
  const { kicks, ...score } = shootout ?? NO_SHOTS
  const letter = side === 'home' ? 'h' : 'a'
  const now = isScored ? plus(score, side) : score
  return { ...now, kicks: `${kicks}${isScored ? letter.toUpperCase() : letter}`.slice(-KICKS_KEPT) }
}

const taken = ({ kicks }: Shootout): Score => Array.from(kicks).reduce((sum, letter) => plus(sum, sideOf(letter)), LEVEL)

/** Whether it is settled: a lead that what is left of the first series, or the equal number in sudden death, cannot undo. */
export function isSettled(shootout: Shootout, series: number): boolean {
  const { home, away } = shootout
  const had = taken(shootout)
  const rounds = Math.max(series, had.home, had.away)
  return home > away + rounds - had.away || away > home + rounds - had.home
}

/** One side leads, whether or not the other may still answer. */
export const isDecided = (shootout: Shootout | null): shootout is Shootout => shootout !== null && shootout.home !== shootout.away

/**
 * Whose turn it is; null before the first attempt.
 *
 * @param swaps after the first series the side that went second goes first
 */
export function upNext(shootout: Shootout, series: number, swaps = false): Side | null {
  const { home, away } = taken(shootout)
  const [first] = shootout.kicks
  if (first === undefined) return null
  if (home !== away) return home < away ? 'home' : 'away'
  return swaps && home >= series ? other(sideOf(first)) : sideOf(first)
}

export function shownShootout(shootout: Shootout | null): ShownShootout | null {
  if (!shootout) return null
  const { home, away, kicks } = shootout
  return { home, away, kicks: Array.from(kicks, letter => ({ side: sideOf(letter), scored: letter === letter.toUpperCase() })) }
}

const asKept = ({ home, away, kicks }: ShownShootout): Shootout => ({
  ...{ home, away },
  kicks: kicks.map(({ side, scored }) => (scored ? side.charAt(0).toUpperCase() : side.charAt(0))).join(''),
})

/** For `Glance.mark`: whose turn it is; null before the first attempt, and once it is settled. */
export function attempting(shown: ShownShootout | null | undefined, series: number, swaps = false): Side | null {
  if (!shown || isSettled(asKept(shown), series)) return null
  return upNext(asKept(shown), series, swaps)
}

/** For `Sport.due`: the keys with these ids, of the side whose turn it is, and of either before the first attempt. */
export function dueAttempts(shown: ShownShootout, series: number, ids: readonly string[], swaps = false): string[] {
  const side = attempting(shown, series, swaps)
  if (side) return ids.map(id => `${side}:${id}`)
  return shown.kicks.length === 0 && shown.home + shown.away === 0 ? [...ids] : []
}

/** For `Glance.marks`: a row of dots a side, hollow ones for what is left of the first series, needed or not. */
export function shootoutMarks(shown: ShownShootout | null | undefined, series: number, label: string): NonNullable<Glance['marks']> {
  if (!shown) return []
  const left = isSettled(asKept(shown), series) ? 'Not needed' : 'To come'
  return SIDES.map(side => {
    const own = shown.kicks.filter(kick => kick.side === side)
    const hollow = shown.kicks.length > 0 ? Math.max(0, series - own.length) : 0
    return {
      label,
      side,
      marks: [
        ...own.map(({ scored }) => ({
          text: scored ? '●' : '×',
          tone: scored ? ('good' as const) : ('bad' as const),
          title: scored ? 'Scored' : 'Missed',
        })),
        ...Array.from({ length: hollow }, () => ({ text: '○', tone: 'plain' as const, title: left })),
      ],
    }
  })
}
