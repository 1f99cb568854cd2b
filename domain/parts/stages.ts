import type { Side } from '../play.ts'
import type { Timed } from '../sport.ts'
import type { Shootout } from './shootout.ts'
import { isDecided, isSettled } from './shootout.ts'
import { leader, ordinal, type PeriodScore, total } from './timed.ts'

/** Regular time, overtime and a shoot-out, one period after the other. */
export interface Stages {
  direction: 'up' | 'down'
  periods: number
  periodMs: number
  /** Periods of overtime at the most. */
  overtimes: number
  /** Of how many periods one overtime is made: once begun it is played out. */
  overtimeParts: number
  overtimeMs: number
  /** How many of them are played to the end; in those after them the first goal wins. All, unless given. */
  suddenAfter?: number
  shootout: boolean
  /** `SO`, `Shoot-out` */
  shootoutLabel: string
  shootoutName: string
}

/** The shoot-out has the number after the last overtime, whether or not that is played. */
export const shootoutAt = ({ periods, overtimes }: Stages) => periods + overtimes + 1

const REGULAR: Readonly<Record<number, { kind: string; label(n: number): string }>> = {
  2: { kind: 'half', label: n => `${n}H` },
  4: { kind: 'quarter', label: n => `Q${n}` },
}
const OTHER = { kind: 'period', label: (n: number) => `P${n}` }

/** `Overtime`, `2nd overtime`; of two parts `Overtime, 1st half`. */
function overtimeName(i: number, { overtimes, overtimeParts, suddenAfter = overtimes }: Stages): string {
  if (i > suddenAfter) return i === suddenAfter + 1 ? 'Sudden death' : `${ordinal(i - suddenAfter)} sudden death`
  const which = Math.ceil(i / overtimeParts)
  const name = which > 1 ? `${ordinal(which)} overtime` : 'Overtime'
  return overtimeParts > 1 ? `${name}, ${ordinal(((i - 1) % overtimeParts) + 1)} half` : name
}

function overtimeLabel(i: number, { overtimes, suddenAfter = overtimes }: Stages): string {
  return i > suddenAfter ? `SD${i - suddenAfter}` : overtimes > 1 ? `OT${i}` : 'OT'
}

function viewOf(n: number, stages: Stages): { number: number; kind: string; label: string; name: string } | null {
  const { periods, overtimes } = stages
  if (n < 1) return null
  if (n <= periods) {
    const { kind, label } = REGULAR[periods] ?? OTHER
    return { number: n, kind, label: label(n), name: `${ordinal(n)} ${kind}` }
  }
  const i = n - periods
  if (i <= overtimes) return { number: n, kind: 'overtime', label: overtimeLabel(i, stages), name: overtimeName(i, stages) }
  if (!stages.shootout || n !== shootoutAt(stages)) return null
  return { number: n, kind: 'shootout', label: stages.shootoutLabel, name: stages.shootoutName }
}

/** Short, for the columns: `1H`, `Q4`, `OT1`. */
export const stageLabel = (n: number, stages: Stages) => viewOf(n, stages)?.label ?? String(n)

/** Playing time before the n-th period. */
function msBefore(n: number, { periods, periodMs, overtimeMs }: Stages): number {
  return Math.min(n - 1, periods) * periodMs + Math.max(0, n - 1 - periods) * overtimeMs
}

export function timedBy<V>(stagesOf: (rules: V) => Stages): Timed<V> {
  return {
    direction: rules => stagesOf(rules).direction,
    regulation: rules => stagesOf(rules).periods,
    period(n, rules) {
      const stages = stagesOf(rules)
      const view = viewOf(n, stages)
      if (!view) return null
      if (view.kind === 'shootout') return { ...view, startMs: 0, lengthMs: 0, clockless: true }
      const lengthMs = n <= stages.periods ? stages.periodMs : stages.overtimeMs
      return { ...view, lengthMs, startMs: stages.direction === 'up' ? msBefore(n, stages) : lengthMs }
    },
    next(n, rules) {
      const stages = stagesOf(rules)
      const { periods, overtimes, overtimeParts, shootout } = stages
      if (n < periods) return [n + 1]
      const played = n - periods
      const goesOn = played < overtimes ? [n + 1] : []
      const isBetween = played % overtimeParts === 0 || played >= overtimes
      return shootout && isBetween && n < shootoutAt(stages) ? [...goesOn, shootoutAt(stages)] : goesOn
    },
  }
}

/** How it was decided, if it ends as it stands. */
export function decidedIn(
  rows: readonly PeriodScore[],
  shootout: Shootout | null,
  { periods }: Stages,
): 'shootout' | 'overtime' | 'regulation' {
  return isDecided(shootout) ? 'shootout' : rows.some(({ n }) => n > periods) ? 'overtime' : 'regulation'
}

/**
 * Who has won already (`Sport.decided`): by a shoot-out that nothing can turn any more, or by what was scored where the first score wins.
 *
 * @param series attempts a side before sudden death
 * @param isSudden whether the first score wins in the n-th period
 */
export function wonIn(
  rows: readonly PeriodScore[],
  shootout: Shootout | null,
  series: number,
  isSudden: (n: number) => boolean,
): Side | null {
  if (shootout) return isSettled(shootout, series) ? sideAhead(shootout) : null
  return rows.some(({ n, home, away }) => home + away > 0 && isSudden(n)) ? sideAhead(total(rows)) : null
}
function sideAhead(score: { home: number; away: number }): Side | null {
  const ahead = leader(score)
  return ahead === 'draw' ? null : ahead
}
