import { TIE_BREAKERS } from '#domain/tie-breakers.ts'
import { choice, list, maybe, object, type Schema, text, whole } from './openapi-parts.ts'

const number: Schema = { type: 'number' }
const counts = (values: Schema): Schema => ({ type: 'object', additionalProperties: values })
const day: Schema = { type: 'string', format: 'date' }

const rules = {
  points: {
    ...counts(number),
    description:
      'What an outcome is worth: `win`, `draw`, `loss`, `overtimeWin`, `overtimeLoss`, `shootoutWin`, `shootoutLoss`, `forfeitWin`, ' +
      "`forfeitLoss`, `noResult`, and the sport's own outcomes and bonuses (`labels.tablePoints` of /sports). One that is not named is worth " +
      'what it is a kind of: a shoot-out one in overtime, that a plain one.',
  },
  tieBreakers: {
    ...list(choice(TIE_BREAKERS)),
    description:
      'The rules in order; points come first unless they are named or `percentage` begins. Also by published names (`goalDifference`, `headToHeadPoints`).',
  },
  deductions: {
    anyOf: [list(object({ team: text, points: whole, reason: text, date: day }, ['reason', 'date'])), counts(whole)],
    description: 'Points taken away, each with its team; or simply by team, `{"Hawks": 8}`.',
  },
  headToHead: {
    ...choice(['again', 'once']),
    description: 'Whether those still level are compared again by their own games alone, or go on with the next rule.',
  },
  fairPlay: { ...list(object({ team: text, points: whole })), description: 'The fewer the better.' },
  decisions: {
    ...list(object({ by: choice(['playoff', 'lots']), teams: list(text) })),
    description: 'What was decided beside the games, the best first.',
  },
}
const named = Object.keys(rules)

/** What a competition may say of its table. */
export const standingsRules: Schema = object(rules, named)
export const standingsChange: Schema = object(
  Object.fromEntries(Object.entries(rules).map(([rule, schema]) => [rule, maybe(schema)])),
  named,
)
/** What a table is made by, with what is usual where nothing was said. */
export const standingsMade: Schema = object(rules)

export const standingsRow: Schema = object(
  {
    position: whole,
    team: object({ id: text, name: text, color: maybe(text) }),
    played: whole,
    won: whole,
    drawn: whole,
    lost: whole,
    for: whole,
    against: whole,
    points: { ...number, description: 'Deductions taken off.' },
    deduction: whole,
    deductions: list(object({ team: text, points: whole, reason: text, date: day }, ['reason', 'date'])),
    bonus: { ...number, description: 'Of the points, those beside the outcomes.' },
    outcomes: { ...counts(whole), description: 'How often each outcome was had.' },
    percentage: { ...maybe(number), description: 'Games won, a draw being half of one, from 0 to 1.' },
    gamesBehind: number,
    headToHead: maybe(object({ played: whole, won: whole, drawn: whole, lost: whole, for: whole, against: whole, points: number })),
    decidedBy: { ...maybe(choice(TIE_BREAKERS)), description: 'What put this row above the next.' },
  },
  ['deductions'],
)
