import type { BoxPlay, BoxTable } from '../box.ts'
import type { Fields } from '../fields.ts'
import type { Score } from '../game.ts'
import type { LoggedPlay, Side } from '../play.ts'
import { type Action, type Context, type Refusal, refuse } from '../sport.ts'
import { column, count, type Figures, figure, outOf, playerTables, teamTable, withoutEmpty } from './figures.ts'
import { addPoints, LEVEL, MINUTE, plus, total } from './timed.ts'
import { blankRow, type TwoPartRow, toldMs, waitsIn, withWaiting } from './two-part.ts'

// What both rugby codes share: tries and the kicks at goal, the minute, the box score.

/** What of a side's scores is counted. */
export type Made = 'tries' | 'conversions' | 'penaltyGoals' | 'dropGoals'
export interface Scoring extends Record<Made, Score> {
  rows: readonly TwoPartRow[]
  /** Whose conversion is to come. */
  pending: Side | null
}
export const NO_SCORES: Scoring = { rows: [], pending: null, tries: LEVEL, conversions: LEVEL, penaltyGoals: LEVEL, dropGoals: LEVEL }

/** A kind of score under the rules of a game: what it is worth, where it is counted, and whether a conversion follows. */
export interface Worth {
  points: number
  made?: Made
  isTry?: 'converted' | 'unconverted'
}

/** A conversion is taken within a minute or two; after this much playing time it cannot be of that try. */
const CONVERSION_WITHIN = 10 * MINUTE

const isConversion = (kind: string) => kind === 'conversion' || kind === 'conversionMissed'

/**
 * A try or a kick at goal, made or missed.
 *
 * @param startMs what the clock shows when the period of the play opens
 */
export function addScore(
  scoring: Scoring,
  play: LoggedPlay,
  side: Side,
  { points, made, isTry }: Worth,
  context: Context<unknown>,
  startMs: number | undefined,
): Scoring | Refusal {
  const { kind } = play
  const { period, late } = context
  const atMs = toldMs(play, context, startMs)
  let { rows } = scoring
  if (isConversion(kind)) {
    const n = waitsIn(rows, period, side, atMs, CONVERSION_WITHIN)
    // Refused, not warned of: when the try is struck its kick counts for nothing by itself, and again if the try comes back.
    if (n === null) return refuse('There is no try to convert.', 'kind')
    rows = withWaiting(rows, n, blankRow, { [side]: null })
  } else if (isTry) rows = withWaiting(rows, period, blankRow, { [side]: isTry === 'converted' ? { atMs } : null })
  // What was written down late says nothing about the kick that is due now.
  const pending = late ? scoring.pending : isTry === 'converted' ? side : null
  return {
    ...scoring,
    rows: addPoints(rows, period, blankRow, side, points),
    pending,
    ...(made ? { [made]: plus(scoring[made], side) } : {}),
  }
}
export const scoreOf = ({ rows }: Scoring): Score => total(rows)

/** Feeds that know the minute but not the clock say it here. */
export const MINUTE_FIELDS: Fields = { minute: { type: 'int', min: 0, max: 200, label: 'Minute', optional: true } }

/** `67′`, `40+2′`: what a feed said, else counted from a clock that counts up; the first minute is 1. */
export function minuteOf(
  play: LoggedPlay,
  clockMs: number | null,
  period: { startMs: number; lengthMs: number; clockless?: boolean } | null,
): string | null {
  if (!period || period.clockless) return null
  const end = (period.startMs + period.lengthMs) / MINUTE
  const told = play.data?.minute
  if (clockMs === null) return typeof told === 'number' ? `${Math.max(1, told)}′` : null
  const reached = Math.max(period.startMs / MINUTE + 1, Math.floor(clockMs / MINUTE) + 1)
  return reached > end ? `${end}+${reached - end}′` : `${reached}′`
}

/** A key for either side: its letters are those of the pair. */
export const key = (
  kind: string,
  label: string,
  size: Action['size'],
  [home = '', away = '']: string,
  more: Partial<Action> = {},
): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home, away },
  ...more,
})

/** The sentences of a card or a dismissal: without an offence, and with each of them behind it. */
export function cardWords(kind: string, said: string, saidBy: string, offences: Readonly<Record<string, string>>): Record<string, string> {
  const endings = [['', ''], ...Object.entries(offences).map(([offence, name]) => [`.${offence}`, `, ${name.toLowerCase()}`])]
  return Object.fromEntries(
    endings.flatMap(([key, ending]) => [
      [`${kind}${key}`, `${said}${ending}`],
      [`${kind}${key}.by`, `${saidBy}${ending}`],
    ]),
  )
}
/** The key of such a sentence. */
export const cardKey = (kind: string, offence: unknown, offences: Readonly<Record<string, string>>): string =>
  typeof offence === 'string' && Object.hasOwn(offences, offence) ? `${kind}.${offence}` : kind

/** A column of the box score, and a row of both sides: the kinds it counts; with those that failed it reads `made/tried`. */
export interface RugbyFigure {
  key: string
  label: string
  name: string
  kinds: readonly string[]
  missed?: readonly string[]
  /** Of the team alone. */
  isTeams?: boolean
}

/**
 * Who scored and did what, and both sides beside each other. What has `data.lost` counts as the same kind, `Lost`; `kindsOf` says of a play what
 * it counts as where that is not its kind alone.
 */
export function rugbyBox<S>(
  plays: readonly BoxPlay<S>[],
  figures: readonly RugbyFigure[],
  pointsOf: (play: LoggedPlay) => number,
  kindsOf: (folded: BoxPlay<S>) => readonly string[] = ({ play }) => [play.kind],
): BoxTable[] {
  const counted = count(plays, (play, folded) => {
    const { side, playerId, data } = play
    if (!side) return []
    const by = pointsOf(play)
    const kinds = kindsOf(folded).map(kind => ({ side, key: data?.lost === true ? `${kind}Lost` : kind, playerId }))
    return [...kinds, ...(by > 0 ? [{ side, key: 'points', playerId, by }] : [])]
  })
  const sum = (all: Figures, kinds: readonly string[]) => kinds.reduce((n, kind) => n + figure(all, kind), 0)
  const say =
    ({ kinds, missed }: RugbyFigure) =>
    (all: Figures) =>
      missed ? outOf(sum(all, kinds), sum(all, [...kinds, ...missed])) : sum(all, kinds)
  const columns = figures.filter(({ isTeams }) => !isTeams).map(one => column(one.key, one.label, one.name, say(one)))
  const players = playerTables(counted, 'players', 'Players', [...columns, column('points', 'Pts', 'Points')], 'points')
  return [
    ...withoutEmpty(players, ['tries', 'points']),
    ...teamTable(
      counted,
      figures.map(one => ({ label: one.name, of: say(one) })),
    ),
  ]
}
