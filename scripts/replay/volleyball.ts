import type { Winner } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { differences, gameOf, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'
import { columnsDiffer, endingOf, giveEnd, isForfeit, type Pair, rulesFrom, type SetFormat, setFeed, statusRead } from './rallies.ts'

interface VolleyballEvent {
  period: number
  type: string
  side?: Side | null
  /** What it is worth, whatever it is called: a red card is a point. */
  points?: number | null
  /** Of `setScore`: the score of the set from now on. */
  score?: Pair
  player?: string | null
}

/** A recorded match: rally by rally, or by the scores of its sets alone. */
interface VolleyballRecord extends RecordedGame {
  format?: { bestOf?: number | null; setTo?: number | null; fifthTo?: number | null; winBy?: number | null } | null
  events?: readonly VolleyballEvent[] | null
  sets?: readonly Pair[] | null
  expected?: { home: number; away: number; winner: Winner; periods?: readonly Pair[] | null; status?: string | null }
}

const bestOfIn = ({ format }: VolleyballRecord) => format?.bestOf ?? 5

function rulesOf(record: VolleyballRecord) {
  const { bestOf, setTo, fifthTo, winBy } = record.format ?? {}
  const forfeitScore = bestOf ? Math.floor(bestOf / 2) + 1 : null
  return rulesFrom({ bestOf, pointsPerSet: setTo, finalPoints: fifthTo, winBy, forfeitScore })
}

function formatOf(record: VolleyballRecord, set: number): SetFormat {
  const { setTo, fifthTo, winBy } = record.format ?? {}
  return { to: set === bestOfIn(record) ? (fifthTo ?? 15) : (setTo ?? 25), winBy: winBy ?? 2 }
}

const isPlayedOut = ({ expected }: VolleyballRecord) => (expected?.status ?? 'final') === 'final'
type IsWon = ReturnType<typeof setFeed>['isWon']

/**
 * A set that is over at a score at which none of its format is: shortened by time or agreement, or written down wrongly. The next one was
 * played all the same, or it was the last of a match that was played out.
 */
function isCutShort(record: VolleyballRecord, i: number, isWon: IsWon): boolean {
  const sets = record.sets ?? []
  const [home, away] = sets[i] ?? [0, 0]
  const { to, winBy } = formatOf(record, i + 1)
  const [most, least] = [Math.max(home, away), Math.min(home, away)]
  if (home === away || (isWon(i + 1, [home, away]) && (most === to || most - least === winBy))) return false
  if (i < sets.length - 1) return true
  const won = sets.filter(set => set[0] > set[1] === home > away).length
  return isPlayedOut(record) && (most >= to || won * 2 > bestOfIn(record))
}

export const adapter: ReplayAdapter<VolleyballRecord> = {
  sport: 'volleyball',

  game: record => ({ ...gameOf(record), ...rulesOf(record) }),

  plays(record) {
    const list = playList()
    const feed = setFeed(list, set => formatOf(record, set), bestOfIn(record))
    const { expected } = record
    const events = record.events ?? []
    const sets = record.sets ?? []
    for (const { type, period, side, score, player, points } of events) {
      const worth = type === 'point' ? 1 : (points ?? 0)
      if (type === 'setScore' && score) feed.score(period, score)
      else if (side && worth > 0) for (let i = 0; i < worth; i++) feed.point(period, side)
      else if (feed.isDecided()) continue
      else if (type === 'timeout' && side) list.add({ kind: 'timeout', side })
      else if (type === 'substitution' && side) list.add({ kind: 'substitution', side, ...(player ? { player } : {}) })
    }
    for (const [i, score] of events.length === 0 ? sets.entries() : []) {
      const side = score[0] > score[1] ? 'home' : 'away'
      if (!feed.isDecided() && isCutShort(record, i, feed.isWon)) feed.won(i + 1, side, score)
      else feed.score(i + 1, score)
    }
    feed.close()
    // A set beyond the match decides something else: in cups, which of two sides that have won one match each goes on.
    for (const [home, away] of feed.beyond()) list.add({ kind: 'note', data: { text: `Golden set ${home}–${away}` } })
    giveEnd(list, expected?.status ?? undefined, expected?.winner)
    return { plays: list.plays, given: list.given }
  },

  compare({ expected }, game) {
    if (!expected) return []
    // Without a winner and a status the feed stopped: nothing tells in what state.
    const { winner, periods } = expected
    const status = expected.status ?? (winner === null ? undefined : 'final')
    const sets = periods?.slice(0, expected.home + expected.away + (winner === null || endingOf(status) ? 1 : 0))
    // Given away, a match has the score its rules set; a record may have none.
    const isUntold = isForfeit(endingOf(status)) && expected.home + expected.away === 0
    return [
      ...differences({ ...(isUntold ? { winner } : expected), status: statusRead(status) }, game),
      ...(isForfeit(endingOf(status)) || !sets ? [] : columnsDiffer(sets, game.linescore.columns)),
    ]
  },
}
