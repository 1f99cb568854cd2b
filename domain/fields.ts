/**
 * Plain descriptions of input fields. One description serves the validation and the API's schema (compiled in `schema.ts`), the console's
 * forms and the rules editor, and costs a fan's page nothing but a few bytes.
 */
export type Field = { label: string; optional?: boolean } & (
  | {
      type: 'int'
      min: number
      max: number
      default?: number
      /** What the console offers for a tap, in this order: the first eight from `min` unless given, none of an empty list. The rest is typed. */
      common?: readonly number[]
    }
  | { type: 'text'; max: number }
  | { type: 'flag'; default?: boolean }
  | { type: 'choice'; options: readonly string[]; labels?: Readonly<Record<string, string>>; default?: string }
  | { type: 'time' }
  | { type: 'side' }
  | { type: 'score'; max: number }
  /** Somebody on the roster: of the play's own side unless `of` says otherwise. Sent as a roster id or `{name}`, kept as the id. */
  | { type: 'player'; of?: 'other' }
)
export type Fields = Readonly<Record<string, Field>>
