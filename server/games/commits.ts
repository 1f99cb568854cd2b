import { trim } from '#domain/append.ts'
import type { SidelineError } from '#domain/errors.ts'
import type { RosterEntry } from '#domain/game.ts'
import type { Context } from '../context.ts'
import { namesOf } from './called.ts'
import { commitFailure, commitStatements } from './commit.ts'
import type { OpenGame } from './heads.ts'
import type { Working } from './judge.ts'
import { presentGame, presentPlay } from './present.ts'

/** Commands of a game that were sent to the disk one on top of the other, none of them waiting for the one before. */
interface Chain {
  /** What `heads` keeps of it: the newest that is on disk. */
  kept: OpenGame
  newest: OpenGame
  pending: number
  settled: Promise<unknown>
  /** Something under it did not reach the disk, or the game was opened anew: nothing more is put on top. */
  isBroken: boolean
}

/** A game to put a command on: as it is on disk, or as it will be when a chain is. */
export interface Base {
  open: OpenGame
  chain: Chain | null
}

/** `moved`: what it was put on is not what the log holds. */
export type Written = { ok: true; open: OpenGame } | { ok: false; error: SidelineError } | 'moved'

/**
 * Sends commands to the disk, keeps the head that each of them leaves, and tells the rest of the server, in order. Where the storage writes
 * in the order it is given, a command may stand on others that are still under way: all of them then share a commit, and each says in its
 * guard what it stands on, so that it falls with it.
 */
export function createCommits(context: Context) {
  const { storage, heads, bus } = context
  const chains = new Map<string, Chain>()

  function begin({ open, chain }: Base, working: Working): Promise<Written> {
    const { sport, meta } = open
    const { head } = working
    const updatedAt = context.now()
    const seated = working.seats.map(person => ({ id: person.personId, side: person.side, name: person.name, number: null }))
    const roster = [...open.roster, ...seated]
    const game = presentGame(sport, meta, head.fold, head.seq, new Date(updatedAt).toISOString(), roster)
    const began = performance.now()
    const write = storage.write(commitStatements(storage.db, open, working, game, updatedAt, chain !== null))
    trim(sport, meta.rules.values, head)
    const names = working.seats.length === 0 ? open.names : namesOf(roster)
    const senders = working.lastAt === null ? open.senders : new Map(open.senders).set(working.by, working.lastAt)
    const next: OpenGame = { ...open, head, game, roster, names, senders }

    const on = chain ?? { kept: open, newest: next, pending: 0, settled: Promise.resolve(), isBroken: false }
    on.newest = next
    on.pending += 1
    chains.set(meta.id, on)
    const written = settle(on, next, { ...working, seated }, write).finally(() => {
      bus.publish('measured', { what: 'commit', ms: performance.now() - began })
      on.pending -= 1
      if (on.pending === 0 && chains.get(meta.id) === on) chains.delete(meta.id)
    })
    on.settled = written.catch(() => undefined)
    return written
  }

  async function settle(
    chain: Chain,
    next: OpenGame,
    working: Working & { seated: RosterEntry[] },
    write: ReturnType<typeof storage.write>,
  ): Promise<Written> {
    const [outcome] = await Promise.allSettled([write, chain.settled])
    if (outcome.status === 'rejected' || !outcome.value.ok) chain.isBroken = true
    if (outcome.status === 'rejected') throw outcome.reason
    if (!outcome.value.ok) {
      const { reason } = outcome.value
      return reason === 'guard' || reason === 'unique' ? 'moved' : commitFailure(reason)
    }
    const { game, meta, sport, names } = next
    if (heads.peek(meta.id) === chain.kept) heads.put(next)
    else {
      // Something else than plays has changed meanwhile: who asks next reads the game anew.
      heads.forget(meta.id)
      chain.isBroken = true
    }
    chain.kept = next
    bus.publish('played', {
      game,
      plays: working.plays.map(play => presentPlay(sport, game, names, play, working.marks.get(play.seq), false)),
      seated: working.seated,
    })
    return { ok: true, open: next }
  }

  return {
    /** Whether commands may stand on others that are under way. */
    areInOrder: storage.engine === 'sqlite',
    /** The game with everything that is under way; null when there is no such game. */
    async newest(gameId: string): Promise<Base | null> {
      const chain = chains.get(gameId)
      if (chain && !chain.isBroken && heads.peek(gameId) === chain.kept) return { open: chain.newest, chain }
      const open = await heads.open(gameId)
      return open && { open, chain: null }
    },
    begin,
  }
}
