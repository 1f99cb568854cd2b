import type { Winner } from '#domain/game.ts'
import { differ, differences, gameOf, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'
import { asPeople, columnsDiffer, endingOf, giveEnd, isForfeit, type Pair, rulesFrom, statusRead } from './rallies.ts'

/** A recorded match: a string of points a game, `1` home and `2` away. */
interface BadmintonRecord extends RecordedGame {
  format?: { bestOf?: number | null; gameTo?: number | null; winBy?: number | null; cap?: number | null } | null
  points?: readonly (string | null)[] | null
  expected?: {
    status: string
    winner: Winner
    games?: readonly Pair[] | null
    gamesWon?: Pair | null
    totalPoints?: Pair
  }
}

/** At what a game of so many points ends whatever the lead, where the record does not say. */
const CAPS: Readonly<Record<number, number>> = { 21: 30, 15: 21, 11: 15 }

function rulesOf({ format }: BadmintonRecord) {
  const { bestOf, gameTo, winBy, cap } = format ?? {}
  const most = cap ?? (gameTo ? (CAPS[gameTo] ?? 0) : null)
  return rulesFrom({ bestOf, pointsPerSet: gameTo, finalPoints: gameTo, winBy, cap: most, finalCap: most })
}

export const adapter: ReplayAdapter<BadmintonRecord> = {
  sport: 'badminton',

  game: record => ({ ...gameOf({ ...record, home: asPeople(record.home), away: asPeople(record.away) }), ...rulesOf(record) }),

  plays({ points, expected }) {
    const list = playList()
    for (const [i, game] of (points ?? []).entries())
      for (const point of (game ?? '').replace(/[^12]/g, ''))
        list.add({ kind: 'point', side: point === '1' ? 'home' : 'away', period: i + 1 })
    giveEnd(list, expected?.status, expected?.winner, ', winner unknown')
    return { plays: list.plays, given: list.given }
  },

  compare({ points, expected }, game) {
    if (!expected) return []
    const { status, winner, games, gamesWon, totalPoints } = expected
    const how = endingOf(status)
    // Given away, a match has the score of a forfeit.
    const isForfeited = isForfeit(how)
    const [home, away] = gamesWon ?? []
    const sum = (side: 'home' | 'away') => game.linescore.columns.reduce((points, column) => points + (column[side] ?? 0), 0)
    return [
      ...differences({ ...(isForfeited ? {} : { home, away }), winner, status: statusRead(status, (points ?? []).some(Boolean)) }, game),
      ...(how ? differ('statusReason', how, game.statusReason) : []),
      ...(isForfeited || !games ? [] : columnsDiffer(games, game.linescore.columns)),
      ...(totalPoints && !isForfeited ? differ('points', totalPoints, [sum('home'), sum('away')]) : []),
    ]
  },
}
