import type { Winner } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { differences, gameOf, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'
import { columnsDiffer, type Pair, type SetFormat, setFeed } from './rallies.ts'

interface VolleyballEvent {
  period: number
  type: string
  side?: Side | null
  /** Of `setScore`: the score of the set from now on. */
  score?: Pair
  player?: string | null
}

/** A recorded match: rally by rally, or by the scores of its sets alone. */
interface VolleyballRecord extends RecordedGame {
  format?: { bestOf?: number; setTo?: number; fifthTo?: number; winBy?: number }
  events?: readonly VolleyballEvent[]
  sets?: readonly Pair[]
  expected?: { home: number; away: number; winner: Winner; periods: readonly Pair[]; status?: string }
}

const ENDINGS = new Set(['retired', 'walkover', 'forfeit'])

function rulesOf({ format = {} }: VolleyballRecord) {
  const { bestOf, setTo, fifthTo, winBy } = format
  const values = {
    ...(bestOf === undefined ? {} : { bestOf }),
    ...(setTo === undefined ? {} : { pointsPerSet: setTo }),
    ...(fifthTo === undefined ? {} : { finalPoints: fifthTo }),
    ...(winBy === undefined ? {} : { winBy }),
  }
  return Object.keys(values).length > 0 ? { rules: { values } } : {}
}

function formatOf({ format = {} }: VolleyballRecord, set: number): SetFormat {
  const { bestOf = 5, setTo = 25, fifthTo = 15, winBy = 2 } = format
  return { to: set === bestOf ? fifthTo : setTo, winBy }
}

export const adapter: ReplayAdapter<VolleyballRecord> = {
  sport: 'volleyball',

  game: record => ({ ...gameOf(record), ...rulesOf(record) }),

  plays(record) {
    const list = playList()
    const feed = setFeed(list, set => formatOf(record, set))
    const { events = [], sets = [], expected } = record
    for (const { type, period, side, score, player } of events) {
      if (type === 'setScore' && score) feed.score(period, score)
      else if (type === 'point' && side) feed.point(period, side)
      else if (type === 'timeout' && side) list.add({ kind: 'timeout', side })
      else if (type === 'substitution' && side) list.add({ kind: 'substitution', side, ...(player ? { player } : {}) })
    }
    if (events.length === 0) for (const [i, score] of sets.entries()) feed.score(i + 1, score)
    feed.close()
    const { status, winner } = expected ?? {}
    if (status !== undefined && ENDINGS.has(status)) {
      const data = { how: status, ...(winner ? { winner } : {}) }
      list.give(`${status}${winner ? `, ${winner} won` : ''}`, { kind: 'gameEnd', data })
    }
    list.giveStatus(status)
    return { plays: list.plays, given: list.given }
  },

  compare({ expected }, game) {
    if (!expected) return []
    // Without a winner and a status the feed stopped: nothing tells in what state.
    const { winner, periods, status = winner === null ? undefined : 'final' } = expected
    const read = status === 'retired' ? 'final' : status !== undefined && ENDINGS.has(status) ? 'forfeited' : status
    return [...differences({ ...expected, status: read }, game), ...columnsDiffer(periods, game.linescore.columns)]
  },
}
