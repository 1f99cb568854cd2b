import { callAmong } from '../calling.ts'
import type { Detail, Game } from '../game.ts'
import { type LoggedPlay, other, type Side } from '../play.ts'
import type { DescribeContext, Refusal, Step } from '../sport.ts'

/** Where somebody stands in the order of their pair: 0 for whom it begins with, 1 for the partner. */
export type Turn = 0 | 1
/** Whose turn it is on the side that serves and, where their book keeps that, on the one that receives. */
export interface Turns {
  server: Turn
  receiver?: Turn
}

/**
 * Who plays on each side and in what order they serve, as far as somebody said. Nobody has to: a pair is then a side like any other. Who
 * is known alone tells the partner too, whose name the game has.
 */
export interface Pairs {
  /** Ids of those who were named, two at most. */
  people: Readonly<Record<Side, readonly string[]>>
  /** Which of them stands first in the order. */
  first: Readonly<Record<Side, Turn | null>>
}
export type Person = { id: string } | { partnerOf: string }

const NOBODY: Pairs = { people: { home: [], away: [] }, first: { home: null, away: null } }
const not = (turn: Turn): Turn => (turn === 0 ? 1 : 0)
const both = (a: Turn, b: Turn): Turn => (a === b ? 0 : 1)
export const toTurn = (n: number): Turn => (n % 2 === 0 ? 0 : 1)

/** Somebody is said to have this turn now: they, and so their partner, are known from here on. */
export function seat(pairs: Pairs | null, side: Side, id: string, turn: Turn): Pairs {
  const { people, first } = pairs ?? NOBODY
  const known = people[side]
  const expected = first[side]
  // A third name takes the place of who was thought to have the turn.
  const replaced = expected === null ? [id] : known.map((one, i) => (i === both(expected, turn) ? id : one))
  const list = known.includes(id) ? known : known.length < 2 ? [...known, id] : replaced
  return { people: { ...people, [side]: list }, first: { ...first, [side]: both(toTurn(list.indexOf(id)), turn) } }
}

/** Who is named for something else is the partner of the one who is known. */
function meet(pairs: Pairs, side: Side, id: string): Pairs {
  const known = pairs.people[side]
  return known.length === 1 && known[0] !== id ? { ...pairs, people: { ...pairs.people, [side]: [...known, id] } } : pairs
}

/**
 * What a play has done, and what it tells of the pairs: who is named in it is one of them, who served where it names nobody a fact of it.
 *
 * @param isOther its player is of the side that it does not credit
 */
export function withPairs<S extends { pairs: Pairs | null }>(
  step: Step<S> | Refusal,
  { side, playerId }: LoggedPlay,
  { isOther, servedBy }: { isOther: boolean; servedBy(): string | undefined },
): Step<S> | Refusal {
  if ('refuse' in step) return step
  if (playerId === undefined) {
    const server = servedBy()
    return server === undefined ? step : { ...step, facts: { server } }
  }
  return side && step.state.pairs
    ? { ...step, state: { ...step.state, pairs: meet(step.state.pairs, isOther ? other(side) : side, playerId) } }
    : step
}

/** The people stay known; in what order they stand has to be said anew. */
export const unsure = (pairs: Pairs | null): Pairs | null => pairs && { ...pairs, first: NOBODY.first }

/** The two of a side change places. */
export function swap(pairs: Pairs | null, side: Side): Pairs | null {
  const now = pairs?.first[side] ?? null
  return pairs && now !== null ? { ...pairs, first: { ...pairs.first, [side]: not(now) } } : pairs
}

export function personAt({ people, first }: Pairs, side: Side, turn: Turn): Person | null {
  const begins = first[side]
  if (begins === null) return null
  const id = people[side][both(begins, turn)]
  const partnerOf = people[side][0]
  return id !== undefined ? { id } : partnerOf !== undefined ? { partnerOf } : null
}
export const idOf = (person: Person | null): string | undefined => (person && 'id' in person ? person.id : undefined)

/** What `detail` says of it, once somebody was named: who serves, who receives, and the side that serves if that is not known. */
export interface ServiceDetail {
  serving?: Person | null
  receiving?: Person | null
  asksWho?: Side | null
}
export function serviceOf(pairs: Pairs | null, server: Side | null, turns: Turns | null): ServiceDetail {
  if (!pairs || !turns) return {}
  const serving = server && personAt(pairs, server, turns.server)
  const receiving = server && turns.receiver !== undefined ? personAt(pairs, other(server), turns.receiver) : null
  return { serving, receiving, asksWho: server && !serving ? server : null }
}

/** Who of the side serves is due, where somebody began to say so. */
export function dueWho(detail: Detail): readonly string[] {
  const { asksWho } = detail as unknown as ServiceDetail
  return asksWho ? [`${asksWho}:server`] : []
}

type Shown = Pick<Game, 'detail'> & Partial<Pick<Game, 'home' | 'away' | 'roster' | 'displayOrder'>>

/** What somebody of a side is called, of a pair also who is known by the partner alone. Of one who plays alone the side says it. */
function nameOf({ home, away, roster = [] }: Shown, side: Side, person: Person | null | undefined): string | undefined {
  const { kind, members = [] } = (side === 'home' ? home : away) ?? {}
  if (!person || kind === 'person') return undefined
  const isOne = members.length === 2 && 'partnerOf' in person && members.some(({ id }) => id === person.partnerOf)
  const found =
    'id' in person
      ? [...members, ...roster].find(({ id }) => id === person.id)
      : isOne
        ? members.find(({ id }) => id !== person.partnerOf)
        : undefined
  const all: readonly { id: string; name: string }[] = members.length > 0 ? members : roster.filter(entry => entry.side === side)
  return found && callAmong(all, found).name
}

/** Beside each side who of it serves or receives, with what else there is to say of the server. */
export function serviceWords(game: Shown, words?: string): { home?: string; away?: string } {
  const { server, serving, receiving } = game.detail as unknown as ServiceDetail & { server: Side | null }
  if (!server) return {}
  const [name, receiver] = [nameOf(game, server, serving), nameOf(game, other(server), receiving)]
  const served = name && words ? `${name}, ${words.charAt(0).toLowerCase()}${words.slice(1)}` : (name ?? words)
  return { ...(served ? { [server]: served } : {}), ...(receiver ? { [other(server)]: `${receiver} receives` } : {}) }
}

/** Who served, where the play leaves that to the order of service. */
export function namedBy({ player, facts, nameOf }: Partial<DescribeContext> = {}): string {
  return player || typeof facts?.server !== 'string' ? '' : (nameOf?.(facts.server) ?? '')
}
