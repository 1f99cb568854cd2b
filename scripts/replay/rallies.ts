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

/** What a status is called in score lines, without capitals and signs. */
const ENDINGS: ReadonlyMap<string, How> = new Map(
  Object.entries({
    retired: 'retired',
    ret: 'retired',
    retd: 'retired',
    retirement: 'retired',
    walkover: 'walkover',
    wo: 'walkover',
    disqualified: 'disqualified',
    disqualification: 'disqualified',
    defaulted: 'disqualified',
    default: 'disqualified',
    def: 'disqualified',
    dsq: 'disqualified',
    forfeit: 'forfeit',
    forfeited: 'forfeit',
  }),
)
const UNENDED: ReadonlyMap<string, string> = new Map(
  Object.entries({ abn: 'abandoned', abd: 'abandoned', np: 'cancelled', notplayed: 'cancelled', unplayed: 'cancelled' }),
)
const plain = (status: string | null | undefined) => (status ?? '').toLowerCase().replace(/[^a-z]/g, '')
/** How a match ended that was not played out; undefined of any other status. */
export const endingOf = (status: string | null | undefined): How | undefined => ENDINGS.get(plain(status))
/** Ended so, a match has the score of a forfeit, not that of its points. */
export const isForfeit = (how: How | undefined) => how === 'walkover' || how === 'disqualified' || how === 'forfeit'
/** What the game is then read as. */
export const statusRead = (status: string | undefined, hasBegun = true): string | undefined => {
  const how = endingOf(status)
  if (how !== undefined) return isForfeit(how) ? 'forfeited' : 'final'
  return isStopped(status) ? (hasBegun ? 'live' : 'scheduled') : (UNENDED.get(plain(status)) ?? status)
}
/** A feed that stops leaves its match as it was: live, or never begun. */
const isStopped = (status: string | undefined) => /^(incomplete|unfinished)$/.test(plain(status))

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
  else if (!isStopped(status)) list.giveStatus(statusRead(status))
}
const AT = { home: 0, away: 1 } as const

/** What tells that a score has won its set. */
export interface SetFormat {
  to: number
  winBy: number
  cap?: number
}

/** One set as the feed counts it, and what of it was sent. */
interface FedSet {
  score: [number, number]
  /** The score that the plays sent come to. */
  sent: Pair
  /** Points that still stand as plays of their own, since the score was last said outright. */
  points: { id: string; side: Side }[]
  /** The newest play of the set that moved its score. */
  newest: string | null
  /** The feed is beyond the end of the set: a correction has to follow, and is sent as the score it comes to. */
  isOverrun: boolean
  /** How the feed said it ended. */
  ended?: Pair
}

/** Follows a feed of points, corrections and absolute scores, set by set, and writes the plays they are. */
export function setFeed(list: ReturnType<typeof playList>, formatOf: (set: number) => SetFormat, bestOf = 5) {
  const sets = new Map<number, FedSet>()
  /** Sets beyond the match. */
  const beyond = new Map<number, [number, number]>()
  let current = 0
  const setOf = (n: number): FedSet => {
    const found = sets.get(n) ?? { score: [0, 0], sent: [0, 0], points: [], newest: null, isOverrun: false }
    sets.set(n, found)
    return found
  }
  const isWon = (n: number, [home, away]: Pair) => {
    const { to, winBy, cap } = formatOf(n)
    const [most, least] = [Math.max(home, away), Math.min(home, away)]
    return (most >= to && most - least >= winBy) || (cap !== undefined && cap > 0 && most >= cap)
  }
  const isDecided = () => {
    const won: [number, number] = [0, 0]
    for (const [n, { sent }] of sets) if (isWon(n, sent)) won[sent[0] > sent[1] ? 0 : 1] += 1
    return Math.max(...won) * 2 > bestOf
  }
  const isBeyond = (n: number) => n > current && isDecided()
  const say = (n: number, [home, away]: Pair) => {
    const set = setOf(n)
    // What ended the match is taken back first: nothing is said of a match that is over.
    const isReopened = n === current && isDecided() && (set.sent[0] !== home || set.sent[1] !== away)
    if (isReopened && set.newest) list.add({ kind: 'void', voids: set.newest })
    const isKnown = !isReopened && isWon(n, set.sent) && set.sent[0] === home && set.sent[1] === away
    if (isKnown) Object.assign(set, { score: [home, away], isOverrun: false })
    else {
      const { id } = list.add({ kind: 'setScore', period: n, data: { home, away } })
      Object.assign(set, { score: [home, away], sent: [home, away], points: [], newest: id, isOverrun: false })
    }
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
  /** What the feed changes in a set that was left is said once it is whole again. */
  const amend = (n: number, score: Pair) => {
    const set = setOf(n)
    set.score = [...score]
    if (isWon(n, score) && !isOver(score, formatOf(n)) && (set.sent[0] !== score[0] || set.sent[1] !== score[1])) say(n, score)
  }
  const point = (n: number, side: Side) => {
    if (n < current) {
      const { score } = setOf(n)
      return amend(n, side === 'home' ? [score[0] + 1, score[1]] : [score[0], score[1] + 1])
    }
    if (isBeyond(n)) {
      const score = beyond.get(n) ?? [0, 0]
      score[AT[side]] += 1
      beyond.set(n, score)
      return
    }
    reach(n)
    const set = setOf(n)
    if (set.isOverrun || isWon(n, set.score)) set.isOverrun = true
    else {
      const { id } = list.add({ kind: 'point', side, period: n })
      set.points.push({ id, side })
      set.newest = id
      set.sent = side === 'home' ? [set.sent[0] + 1, set.sent[1]] : [set.sent[0], set.sent[1] + 1]
    }
    set.score[AT[side]] += 1
  }
  return {
    point,
    score(n: number, score: Pair) {
      if (n < current) return amend(n, score)
      if (isBeyond(n)) return void beyond.set(n, [...score])
      reach(n)
      // No set stands so: another score has to follow.
      if (isOver(score, formatOf(n))) Object.assign(setOf(n), { score: [...score], isOverrun: true })
      else say(n, score)
    },
    /** A set that was over at a score at which none of its format is. */
    won(n: number, side: Side, [home, away]: Pair) {
      reach(n)
      const { id } = list.add({ kind: 'setWon', side, period: n, data: { home, away } })
      Object.assign(setOf(n), { score: [home, away], sent: [home, away], newest: id })
    },
    /** Points that the feed took back or added in one step. */
    change(n: number, delta: Pair) {
      if (isBeyond(n)) return
      if (n < current) {
        const { score } = setOf(n)
        return amend(n, [Math.max(0, score[0] + delta[0]), Math.max(0, score[1] + delta[1])])
      }
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
      set.newest = set.points.at(-1)?.id ?? null
      for (const side of SIDES) set.score[AT[side]] += Math.min(0, delta[AT[side]])
      set.sent = [...set.score]
      for (const side of SIDES) for (let i = 0; i < delta[AT[side]]; i++) point(n, side)
    },
    /** The set is said to be over, maybe before its last point comes. */
    end(n: number, score: Pair) {
      if (!isBeyond(n)) setOf(n).ended = score
    },
    close: () => settle(current),
    /** A side has the sets it needs: what follows belongs to no set. */
    isDecided,
    isWon,
    /** The scores of the sets beyond the match, if any came. */
    beyond: (): readonly Pair[] => [...beyond.values()],
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
