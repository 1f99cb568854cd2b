import { append, emptyHead, type Head, refold, workOn } from '#domain/append.ts'
import { type Fold, openFold } from '#domain/fold.ts'
import type { RosterEntry } from '#domain/game.ts'
import { type Displaced, displacedBy, isCorrection } from '#domain/log.ts'
import { type PersonField, personFields, withIds } from '#domain/people.ts'
import { type LoggedPlay, other, type PlayInput, type Side } from '#domain/play.ts'
import { byOrder, continueFold, type FoldedPlay } from '#domain/replay.ts'
import type { Sport } from '#domain/sport.ts'

/** A play the server may not have yet. `at`: when it was made, by the server's clock. */
export interface Pending {
  play: PlayInput
  at: string
}

/** The log as it will be once everything on its way has arrived. */
export interface Overlay {
  fold: Fold
  /** The server's plays and the pending ones as they will be logged, in order of play. Provisional seqs are above the server's. */
  plays: readonly LoggedPlay[]
  /** Ids of pending plays that would be refused where things stand, and why. */
  refused: ReadonlyMap<string, string>
  /** Ids of pending plays that are drawn on top of the log. */
  ahead: ReadonlySet<string>
}

/** The server's log as a head that the next play can be appended to. `log` is whole, from the first play. */
export function headOf(sport: Sport, rules: unknown, log: readonly LoggedPlay[]): Head {
  const corrections = log.filter(isCorrection).sort((a, b) => a.seq - b.seq)
  const displaced = displacedBy(corrections)
  const plays = [...log].sort(byOrder)
  const empty = emptyHead(sport, rules)
  const { fold, marks, stops } = refold(sport, rules, empty.window, plays, displaced)
  return {
    seq: log.reduce((most, play) => Math.max(most, play.seq), 0),
    fold,
    lastOrder: plays.at(-1)?.order ?? null,
    corrections,
    displaced,
    window: { ...empty.window, plays, stops },
    marks,
  }
}

/** The server's log with everything told of each play. Made anew for a correction, continued for what is merely added. */
export interface Ledger {
  log: readonly LoggedPlay[]
  head: Head
  folded: readonly FoldedPlay[]
}

export function openLedger(sport: Sport, rules: unknown, log: readonly LoggedPlay[]): Ledger {
  const head = headOf(sport, rules, log)
  return { log, head, folded: continueFold(sport, rules, openFold(sport, rules), head.window.plays, head.displaced).plays }
}

/** The ledger of a log that goes on from the one in hand, at the cost of what is new; any other log's is made from its start. */
export function continueLedger(sport: Sport, rules: unknown, ledger: Ledger, log: readonly LoggedPlay[]): Ledger {
  const { head, folded, log: before } = ledger
  const fresh = log.slice(before.length)
  const isLonger = before.length > 0 && before[0] === log[0] && before.at(-1) === log[before.length - 1]
  const isAdded = fresh.every((play, i) => !isCorrection(play) && play.order > (fresh[i - 1]?.order ?? head.lastOrder ?? ''))
  if (!isLonger || !isAdded) return openLedger(sport, rules, log)
  const next = continueFold(sport, rules, head.fold, fresh, NOTHING)
  const marks = new Map(head.marks)
  for (const row of next.plays) if (Object.keys(row.marks).length > 0) marks.set(row.play.seq, row.marks)
  const grown: Head = {
    ...head,
    seq: fresh.at(-1)?.seq ?? head.seq,
    fold: next.fold,
    lastOrder: fresh.at(-1)?.order ?? head.lastOrder,
    window: { ...head.window, plays: [...head.window.plays, ...fresh] },
    marks,
  }
  return { log, head: grown, folded: [...folded, ...next.plays] }
}
const NOTHING: ReadonlyMap<number, Displaced> = new Map()

/** Everything told of each play of an overlay, from the ledger it was laid over as far as it still holds. */
export function foldOverlay(sport: Sport, rules: unknown, { head, folded }: Ledger, { plays }: Overlay): readonly FoldedPlay[] {
  const known = head.window.plays.length
  const tail = plays.slice(known)
  if (plays[known - 1] === head.window.plays[known - 1] && !tail.some(isCorrection)) {
    return [...folded, ...continueFold(sport, rules, head.fold, tail, NOTHING).plays]
  }
  const corrections = plays.filter(isCorrection).sort((a, b) => a.seq - b.seq)
  return continueFold(sport, rules, openFold(sport, rules), plays, displacedBy(corrections)).plays
}

/**
 * Lays pending plays over the log, as the server will take them in. One the log has already is skipped, whatever became of its answer, so
 * that no play is ever shown twice; one that does not fit is named and changes nothing.
 */
export function overlay(
  sport: Sport,
  rules: unknown,
  head: Head,
  pending: readonly Pending[],
  roster: readonly Pick<RosterEntry, 'id' | 'side' | 'name'>[] = [],
): Overlay {
  const work = workOn(head)
  const seqs = new Map<string | number, number>()
  for (const { id, seq } of head.window.plays) seqs.set(id, seq).set(seq, seq)
  const refused = new Map<string, string>()
  const ahead = new Set<string>()
  for (const { play: input, at } of pending) {
    if (seqs.has(input.id)) continue
    const targets = { voids: target(input.voids), replaces: target(input.replaces), before: target(input.before) }
    if (Object.values(targets).includes(null)) {
      refused.set(input.id, 'The play it refers to is not there.')
      continue
    }
    const { voids, replaces, before } = targets as Record<keyof typeof targets, number | undefined>
    const data = withIds(sport, input, field => personOf(field, roster))
    const made = data === input.data ? input : { ...input, data }
    const outcome = append(sport, rules, work, { input: made, at, playerId: playerOf(sport, input, roster), voids, replaces, before })
    if ('refuse' in outcome) refused.set(input.id, outcome.refuse)
    else if ('needs' in outcome) refused.set(input.id, 'The log is not here yet.')
    else {
      seqs.set(input.id, outcome.play.seq)
      ahead.add(input.id)
    }
  }
  return { fold: work.fold, plays: work.window.plays, refused, ahead }

  /** Null for a reference to nothing. */
  function target(reference: string | number | undefined): number | null | undefined {
    return reference === undefined ? undefined : (seqs.get(reference) ?? null)
  }
}

type Roster = readonly Pick<RosterEntry, 'id' | 'side' | 'name'>[]

function playerOf(sport: Sport, { kind, playerId, player, side }: PlayInput, roster: Roster): string | undefined {
  if (playerId !== undefined || player === undefined || !side) return playerId
  return idOf(player, sport.kinds[kind]?.playerSide === 'other' ? other(side) : side, roster)
}

const personOf = ({ who, side }: PersonField, roster: Roster) => ('id' in who ? who.id : idOf(who.name, side, roster))

/** The roster's id for a typed name, or one to stand in for it until the server has given it one. */
const idOf = (name: string, side: Side | undefined, roster: Roster) =>
  roster.find(entry => entry.side === side && entry.name === name)?.id ?? standIn(side ?? '', name)

const STAND_IN = 'new:'
export const standIn = (side: string, name: string) => `${STAND_IN}${side}:${name}`
/** The typed name behind a stand-in, or null for a real id. */
export const standInName = (id: string) => (id.startsWith(STAND_IN) ? id.slice(id.indexOf(':', STAND_IN.length) + 1) : null)

/** A play of the overlay as it was typed: nobody but this device knows a stand-in. */
export function asTyped<P extends Pick<PlayInput, 'kind' | 'side' | 'playerId' | 'data'>>(sport: Sport, play: P): P & { player?: string } {
  const player = play.playerId === undefined ? null : standInName(play.playerId)
  const people = personFields(sport, play).flatMap(({ key, who }) => {
    const name = 'id' in who ? standInName(who.id) : null
    return name === null ? [] : [[key, { name }] as const]
  })
  return {
    ...play,
    ...(player === null ? {} : { player, playerId: undefined }),
    ...(people.length === 0 ? {} : { data: { ...play.data, ...Object.fromEntries(people) } }),
  }
}
