import type { Field } from '../fields.ts'
import type { Kind } from '../sport.ts'

const SECONDS = { type: 'int', min: 0, max: 600 } as const

/** For `ruleFields`: how long a time-out lasts. */
export const TIMEOUT_SECONDS: Field = { ...SECONDS, label: 'Time-out (s)' }

/** A time-out of a side. One that is shorter or longer than the rules' own says so (in schools sixty or thirty seconds). */
export const TIMEOUT_KIND: Kind = {
  label: 'Time-out',
  side: 'required',
  lasts: 'timeoutSeconds',
  data: { seconds: { ...SECONDS, label: 'Seconds', optional: true, common: [30, 60, 90] } },
}
