import type { Field } from '../fields.ts'
import type { Action, Kind } from '../sport.ts'

/** The rules of a shot clock, in seconds; 0 where there is none. `shotClockAgain` is what a side gets that keeps the ball. */
export interface ShotClockRules {
  shotClock: number
  shotClockAgain: number
}

const SECONDS = { type: 'int', min: 0, max: 120 } as const

/** For `ruleFields`. */
export const SHOT_CLOCK_FIELDS: Readonly<Record<keyof ShotClockRules, Field>> = {
  shotClock: { ...SECONDS, label: 'Shot clock (s; 0: none)' },
  shotClockAgain: { ...SECONDS, label: 'Shot clock for a side that keeps the ball (s)' },
}

/** The table sets the clock of the side that has the ball; 0 switches it off. */
export const SHOT_CLOCK_KIND: Kind = {
  label: 'Shot clock',
  side: 'required',
  attack: 'set',
  data: { seconds: { ...SECONDS, label: 'Seconds (0: off)', optional: true } },
}

export const SHOT_CLOCK_WORDS = { shotClock: 'Shot clock set, {side}' }

/** Its keys, where the rules have one: for a new attack, and for a side that keeps the ball. Letters: of both sides for the first, then for the second. */
export function shotClockKeys(
  { shotClock, shotClockAgain }: ShotClockRules,
  [home = '', away = '', againHome = '', againAway = '']: string,
): Action[] {
  if (shotClock === 0) return []
  const key = (id: string, seconds: number, letters: Action['key']): Action => ({
    ...{ id, kind: 'shotClock', label: String(seconds), hint: 'Shot clock', size: 1, key: letters },
    ...{ data: { seconds }, depth: 'full' },
  })
  const again = key('shotClockAgain', shotClockAgain, { home: againHome, away: againAway })
  return [key('shotClock', shotClock, { home, away }), ...(shotClockAgain > 0 && shotClockAgain !== shotClock ? [again] : [])]
}
