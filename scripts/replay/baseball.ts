import { endOf } from '#domain/fold.ts'
import { type Game, STATUSES } from '#domain/game.ts'
import { TURNS } from '#domain/parts/diamond-plays.ts'
import { type LoggedPlay, other, type PlayInput, type Side } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { sport } from '#domain/sports/baseball.ts'
import { differ, differences, gameOf, playList, type RecordedGame, type ReplayAdapter, statusOf } from './adapter.ts'

interface Scoring {
  period: number
  type: string
  points: number
}
/** Inning, half, outs on the play, runs, hit, errors. */
type RecordedPlay = readonly [number, number, number, number, number, number]
/** An inning, home first; `x` where a side did not bat. */
type Cell = number | string | null | undefined

interface BaseballRecord extends RecordedGame {
  format?: { scheduledInnings?: number; runnerOnSecondInExtras?: boolean }
  battingFirst?: Side
  /** The plays that scored, in order. */
  events: readonly Scoring[]
  plays: readonly RecordedPlay[]
  expected?: {
    home: number
    away: number
    winner?: Side | 'tie' | 'draw' | null
    periods?: readonly (readonly Cell[])[]
    hits?: readonly [number, number]
    errors?: readonly [number, number]
    status?: string
  }
}

function valuesOf({ format = {}, battingFirst = 'away' }: BaseballRecord) {
  const { scheduledInnings, runnerOnSecondInExtras } = format
  return {
    ...(scheduledInnings === undefined ? {} : { innings: scheduledInnings }),
    ...(runnerOnSecondInExtras === undefined ? {} : { extraRunners: runnerOnSecondInExtras ? '2' : 'none' }),
    battingFirst,
  }
}

/** The first half belongs to who bats first, however the record numbers its halves. */
function sideOf(record: BaseballRecord, half: number): Side {
  const first = record.battingFirst ?? 'away'
  return half === record.plays[0]?.[1] ? first : other(first)
}

/** A play that brought no run is told by its counts alone. */
function kindOf(outs: number, hit: number, errors: number): string {
  if (hit > 0) return 'hit'
  if (outs > 0) return 'out'
  return errors > 0 ? 'error' : 'other'
}

function playsOf(record: BaseballRecord) {
  const list = playList()
  const scoring = [...record.events]
  for (const [period, half, outs, runs, hit, errors] of record.plays) {
    const event = runs > 0 && scoring[0]?.period === period && scoring[0].points === runs ? scoring.shift() : undefined
    const kind = event && Object.hasOwn(TURNS, event.type) ? event.type : kindOf(outs, hit, errors)
    list.add({ kind, side: sideOf(record, half), period, data: { outs, runs, hit, errors } })
  }
  return list
}

/** Whether the plays alone bring the game to its end. */
function isPlayedOut(record: BaseballRecord, plays: readonly PlayInput[]): boolean {
  const values = { ...(sport.packs[0]?.values as object), ...valuesOf(record) }
  const log = plays.map(
    (play, i): LoggedPlay => ({ ...play, seq: i + 1, order: String(i).padStart(6, '0'), at: '' }) as unknown as LoggedPlay,
  )
  return endOf(sport, values, replay(sport, values, log).fold) !== null
}

const OPEN: readonly string[] = STATUSES.filter(status => status !== 'final' && status !== 'forfeited')
const statusIn = ({ expected }: BaseballRecord) => statusOf(expected?.status ?? 'final')

export const adapter: ReplayAdapter<BaseballRecord> = {
  sport: 'baseball',
  game: record => ({ ...gameOf(record), rules: { values: valuesOf(record) } }),
  plays(record) {
    const { plays, given, give } = playsOf(record)
    const { expected } = record
    if (expected && !isPlayedOut(record, plays)) {
      const status = statusIn(record)
      if (OPEN.includes(status)) {
        if (status !== 'live') give(`status ${status}`, { kind: 'status', data: { status } })
      } else give('called before the rules ended it', { kind: 'gameEnd', data: { how: 'called' } })
    }
    return { plays, given }
  },
  compare(record, game) {
    const { expected } = record
    if (!expected) return []
    const winner = expected.winner === 'tie' ? 'draw' : expected.winner
    const status = OPEN.includes(statusIn(record)) ? expected.status : 'final'
    return [
      ...differences({ ...expected, winner, status }, game),
      ...(expected.periods ? linescoreDifferences(expected.periods, game) : []),
      ...(expected.hits ? differ('hits', expected.hits, pair(game, 'hits')) : []),
      ...(expected.errors ? differ('errors', expected.errors, pair(game, 'errors')) : []),
    ]
  },
}

/** Every inning has its own column; a half not batted is `x` in the record, null here. */
function linescoreDifferences(periods: readonly (readonly Cell[])[], game: Game): string[] {
  const cell = (value: Cell) => (value === null || value === undefined || !/^\d+$/.test(String(value)) ? null : Number(value))
  const recorded = periods.map(([home, away]) => [cell(home), cell(away)])
  return differ(
    'linescore',
    recorded,
    game.linescore.columns.map(({ home, away }) => [home, away]),
  )
}

function pair(game: Game, name: 'hits' | 'errors'): (number | undefined)[] {
  const counted = game.detail[name] as { home?: number; away?: number } | undefined
  return [counted?.home, counted?.away]
}
