import type { Winner } from '#domain/game.ts'
import { differ, differences, gameOf, playList, type RecordedGame, type ReplayAdapter, type SideInput } from './adapter.ts'
import { columnsDiffer, type Pair } from './rallies.ts'

/** A recorded match: a string of points a game, `1` home and `2` away. */
interface BadmintonRecord extends RecordedGame {
  format?: { bestOf?: number; gameTo?: number; winBy?: number; cap?: number }
  points: readonly string[]
  expected?: {
    status: string
    winner: Winner
    games: readonly Pair[]
    gamesWon: Pair
    totalPoints?: Pair
  }
}

const FORFEITS = new Set(['walkover', 'forfeit', 'disqualified'])
const hasEnded = (status: string) => status === 'retired' || FORFEITS.has(status)

/** People, not teams: one of them is a side of one member. */
const sideOf = (names: string | readonly string[]): SideInput => ({ members: [names].flat().map(name => ({ name })) })

function rulesOf({ format = {} }: BadmintonRecord) {
  const { bestOf, gameTo, winBy, cap } = format
  const values = {
    ...(bestOf === undefined ? {} : { bestOf }),
    ...(gameTo === undefined ? {} : { pointsPerSet: gameTo, finalPoints: gameTo }),
    ...(winBy === undefined ? {} : { winBy }),
    ...(cap === undefined ? {} : { cap, finalCap: cap }),
  }
  return Object.keys(values).length > 0 ? { rules: { values } } : {}
}

export const adapter: ReplayAdapter<BadmintonRecord> = {
  sport: 'badminton',

  game: record => ({ ...gameOf(record), home: sideOf(record.home), away: sideOf(record.away), ...rulesOf(record) }),

  plays({ points, expected }) {
    const { plays, given, add, give, giveStatus } = playList()
    for (const [i, game] of points.entries())
      for (const point of game) add({ kind: 'point', side: point === '1' ? 'home' : 'away', period: i + 1 })
    const { status, winner } = expected ?? {}
    if (status !== undefined && hasEnded(status)) {
      const data = { how: status, ...(winner ? { winner } : {}) }
      give(winner ? `${status}, ${winner} won` : `${status}, winner unknown`, { kind: 'gameEnd', data })
    }
    giveStatus(status)
    return { plays, given }
  },

  compare({ expected }, game) {
    if (!expected) return []
    const { status, winner, games, gamesWon, totalPoints } = expected
    const isForfeited = FORFEITS.has(status)
    const [home, away] = gamesWon
    const sum = (side: 'home' | 'away') => game.linescore.columns.reduce((points, column) => points + (column[side] ?? 0), 0)
    return [
      ...differences(
        { ...(isForfeited ? {} : { home, away }), winner, status: isForfeited ? 'forfeited' : hasEnded(status) ? 'final' : status },
        game,
      ),
      ...(hasEnded(status) ? differ('statusReason', status, game.statusReason) : []),
      ...(isForfeited ? [] : columnsDiffer(games, game.linescore.columns)),
      ...(totalPoints && !isForfeited ? differ('points', totalPoints, [sum('home'), sum('away')]) : []),
    ]
  },
}
