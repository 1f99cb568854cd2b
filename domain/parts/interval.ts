import type { Field } from '../fields.ts'

/** How long the breaks within regular time last; 0 where nothing is counted down. The kernel reads them by these names. */
export interface IntervalRules {
  halfTimeMinutes: number
  /** Between periods that are no halves. */
  breakSeconds: number
}

/** For `ruleFields`: of a sport of halves the first alone. */
export const HALF_TIME: Field = { type: 'int', min: 0, max: 60, label: 'Minutes of half-time (0: no count)' }
export const INTERVAL_FIELDS: Readonly<Record<keyof IntervalRules, Field>> = {
  halfTimeMinutes: HALF_TIME,
  breakSeconds: { type: 'int', min: 0, max: 3600, label: 'Seconds between other periods (0: no count)' },
}
