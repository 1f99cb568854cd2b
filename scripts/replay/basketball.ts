import type { Winner } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { sport } from '#domain/sports/basketball.ts'
import { columnDifferences, differ, differences, gameOf, isBesidePlay, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'

interface BasketballRecord extends RecordedGame {
  competition?: string
  events: readonly { period?: number | null; clock?: string | null; side: Side; type: string; points?: number; player?: string | null }[]
  expected?: {
    home: number
    away: number
    winner?: Winner | 'tie'
    status?: string
    periods?: readonly (readonly number[])[]
    lineScore?: readonly (readonly number[])[]
    finalRecorded?: readonly number[]
  }
}

/** `11:47` or `0:07.1` as milliseconds. */
export function clockMs(text: string | null | undefined): number | undefined {
  const [, minutes, seconds] = /^(\d+):(\d{1,2}(?:\.\d+)?)$/.exec(text ?? '') ?? []
  return minutes === undefined ? undefined : Number(minutes) * 60_000 + Math.round(Number(seconds) * 1000)
}

/** The rules a game was played under, by its league, or by how high its clock reads. */
function packOf({ competition = '', events }: BasketballRecord): string {
  if (/\bNBA\b/.test(competition)) return 'nba'
  const longest = Math.max(0, ...events.map(event => clockMs(event.clock) ?? 0))
  return longest > 12 * 60_000 ? 'ncaa-men' : longest > 10 * 60_000 ? 'nba' : 'fiba'
}

export const adapter: ReplayAdapter<BasketballRecord> = {
  sport: 'basketball',
  game: record => ({ ...gameOf(record), rules: { pack: packOf(record) } }),
  plays(record) {
    const { plays, given, add, frame, giveStatus, remark } = playList()
    const regulation = packOf(record) === 'ncaa-men' ? 2 : 4
    let current = 0
    const reach = (period: number) => {
      while (current < period) {
        if (current > 0) frame({ kind: 'periodEnd', period: current, clockMs: 0 })
        current += 1
        frame({ kind: 'periodStart', period: current })
      }
    }
    for (const event of record.events) {
      const { clock, side, type, player } = event
      const period = event.period || Math.max(1, current)
      reach(period)
      if (isBesidePlay(sport, event)) remark(side, type)
      else add({ kind: type, side, period, clockMs: clockMs(clock), ...(player ? { player } : {}) })
    }
    reach(regulation)
    frame({ kind: 'periodEnd', period: current, clockMs: 0 })
    frame({ kind: 'gameEnd' })
    giveStatus(record.expected?.status, record.expected?.winner)
    return { plays, given }
  },
  compare({ expected }, game) {
    if (!expected) return []
    const { periods, lineScore, finalRecorded } = expected
    return [
      ...differences({ ...expected, status: expected.status ?? 'final' }, game),
      ...(periods ? columnDifferences(periods, game.linescore.columns) : []),
      ...(lineScore ? columnDifferences(lineScore, game.linescore.columns) : []),
      ...(finalRecorded ? differ('recorded final', finalRecorded, [game.score.home, game.score.away]) : []),
    ]
  },
}
