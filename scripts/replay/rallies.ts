import type { Column, How } from '#domain/game.ts'
import { SIDES, type Side } from '#domain/play.ts'
import { differ, type playList } from './adapter.ts'

export type Pair = readonly [number, number]
export type Names = string | readonly string[] | null | undefined

/** People, not teams: one of them is a side of one member, more than a pair are a team of that name. */
export function asPeople(names: Names): string | readonly string[] {
  const people = Array.isArray(names) ? names : [names ?? '']
  return people.length > 2 ? people.join(' / ') : people.length > 0 ? people : ['']
}

type Values = Readonly<Record<string, number | string | boolean | null | undefined>>
/** The rules a record names; what it leaves out, or has as null, is the pack's. */
export function rulesFrom(named: Values): { rules?: { values: Readonly<Record<string, unknown>> } } {
  const values = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== null))
  return Object.keys(values).length > 0 ? { rules: { values } } : {}
}

const ENDINGS: Readonly<Record<string, How>> = {
  retired: 'retired',
  ret: 'retired',
  walkover: 'walkover',
  wo: 'walkover',
  'w/o': 'walkover',
  disqualified: 'disqualified',
  defaulted: 'disqualified',
  default: 'disqualified',
  def: 'disqualified',
  forfeit: 'forfeit',
  forfeited: 'forfeit',
}
/** How a match ended that was not played out; undefined of any other status. */
export const endingOf = (status: string | null | undefined): How | undefined => ENDINGS[status?.toLowerCase().replace(/\.$/, '') ?? '']
/** Ended so, a match has the score of a forfeit, not that of its points. */
export const isForfeit = (how: How | undefined) => how === 'walkover' || how === 'disqualified' || how === 'forfeit'
/** What the game is then read as. */
export const statusRead = (status: string | undefined): string | undefined => {
  const how = endingOf(status)
  return how === undefined ? status : isForfeit(how) ? 'forfeited' : 'final'
}

/** The end that only the result tells of. */
export function giveEnd(
  list: ReturnType<typeof playList>,
  status: string | undefined,
  winner: string | null | undefined,
  unknown = '',
): void {
  const how = endingOf(status)
  if (how)
    list.give(winner ? `${how}, ${winner} won` : `${how}${unknown}`, { kind: 'gameEnd', data: { how, ...(winner ? { winner } : {}) } })
  else list.giveStatus(status)
}
const AT = { home: 0, away: 1 } as const

/** What tells that a score has won its set. */
export interface SetFormat {
  to: number
  winBy: number
  cap?: number
}

/** One set as the feed counts it, and the points of it that still stand as plays of their own. */
interface FedSet {
  score: [number, number]
  /** Since the score was last said outright. */
  points: { id: string; side: Side }[]
  /** The feed is beyond the end of the set: a correction has to follow, and is sent as the score it comes to. */
  isOverrun: boolean
  /** How the feed said it ended. */
  ended?: Pair
}

/** Follows a feed of points, corrections and absolute scores, set by set, and writes the plays they are. */
export function setFeed(list: ReturnType<typeof playList>, formatOf: (set: number) => SetFormat, bestOf = 5) {
  const sets = new Map<number, FedSet>()
  let current = 0
  const setOf = (n: number): FedSet => {
    const found = sets.get(n) ?? { score: [0, 0], points: [], isOverrun: false }
    sets.set(n, found)
    return found
  }
  const isWon = (n: number, [home, away]: Pair) => {
    const { to, winBy, cap } = formatOf(n)
    const [most, least] = [Math.max(home, away), Math.min(home, away)]
    return (most >= to && most - least >= winBy) || (cap !== undefined && cap > 0 && most >= cap)
  }
  const say = (n: number, [home, away]: Pair) => {
    const set = setOf(n)
    list.add({ kind: 'setScore', period: n, data: { home, away } })
    Object.assign(set, { score: [home, away], points: [], isOverrun: false })
  }
  /** A set that is left for the next one without its last points has the score that the feed says it ended with. */
  const settle = (n: number) => {
    const { score, ended } = setOf(n)
    if (ended && !isWon(n, score) && isWon(n, ended)) say(n, ended)
  }
  const reach = (n: number) => {
    if (n <= current) return
    if (current > 0) settle(current)
    current = n
  }
  const point = (n: number, side: Side) => {
    reach(n)
    const set = setOf(n)
    if (set.isOverrun || isWon(n, set.score)) set.isOverrun = true
    else set.points.push({ id: list.add({ kind: 'point', side, period: n }).id, side })
    set.score[AT[side]] += 1
  }
  return {
    point,
    score(n: number, score: Pair) {
      reach(n)
      say(n, score)
    },
    /** Points that the feed took back or added in one step. */
    change(n: number, delta: Pair) {
      reach(n)
      const set = setOf(n)
      const taken = SIDES.flatMap(side =>
        set.points.filter(point => point.side === side).slice(delta[AT[side]] < 0 ? delta[AT[side]] : Infinity),
      )
      const wanted = SIDES.reduce((sum, side) => sum + Math.max(0, -delta[AT[side]]), 0)
      const after: Pair = [Math.max(0, set.score[0] + delta[0]), Math.max(0, set.score[1] + delta[1])]
      if (set.isOverrun || taken.length < wanted) {
        if (!isOver(after, formatOf(n))) say(n, after)
        else set.score = [...after]
        return
      }
      for (const { id } of taken.reverse()) list.add({ kind: 'void', voids: id })
      set.points = set.points.filter(point => !taken.includes(point))
      for (const side of SIDES) set.score[AT[side]] += Math.min(0, delta[AT[side]])
      for (const side of SIDES) for (let i = 0; i < delta[AT[side]]; i++) point(n, side)
    },
    /** The set is said to be over, maybe before its last point comes. */
    end(n: number, score: Pair) {
      setOf(n).ended = score
    },
    close: () => settle(current),
    /** A side has the sets it needs: what follows belongs to no set. */
    isDecided() {
      const won: [number, number] = [0, 0]
      for (const [n, { score }] of sets) if (isWon(n, score)) won[score[0] > score[1] ? 0 : 1] += 1
      return Math.max(...won) * 2 > bestOf
    },
    isWon,
  }
}

/** Beyond any score at which a set can have ended. */
function isOver([home, away]: Pair, { to, winBy, cap }: SetFormat): boolean {
  const [most, least] = [Math.max(home, away), Math.min(home, away)]
  return (cap !== undefined && cap > 0 && most > cap) || (most > to && most - least > winBy)
}

/** The columns of the record. */
export const columnsDiffer = (expected: readonly Pair[], columns: readonly Column[]): string[] =>
  differ('linescore', played(expected), played(columns.map(({ home, away }) => [home ?? 0, away ?? 0])))
/** A set without a point in it was begun by the one and not by the other. */
const played = (sets: readonly Pair[]) => sets.slice(0, sets.findLastIndex(([home, away]) => home + away > 0) + 1)

/** `7:11`; null for anything else. */
export function scoreOf(text: string | null | undefined): Pair | null {
  const [, home, away] = /^(\d+):(\d+)$/.exec(text ?? '') ?? []
  return home === undefined || away === undefined ? null : [Number(home), Number(away)]
}
