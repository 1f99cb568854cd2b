import type { Selectable } from 'kysely'
import { absorb, type Head, type LogWindow, refold, trim, workOn } from '#domain/append.ts'
import { type Fold, openFold } from '#domain/fold.ts'
import type { Game, RosterEntry } from '#domain/game.ts'
import { type Correction, displacedBy } from '#domain/log.ts'
import { peopleOf } from '#domain/people.ts'
import type { LoggedPlay, PlayMarks } from '#domain/play.ts'
import { MAX_CATCH_UP } from '#domain/protocol.ts'
import type { Sport } from '#domain/sport.ts'
import type { MarkTable, PlayTable } from '#server/storage/schema.ts'
import type { Storage } from '#server/storage/storage.ts'
import { calledAs, namesOf } from './called.ts'
import { type GameMeta, presentGame } from './present.ts'
import {
  checkpointBefore,
  checkpointBehind,
  correctionsOf,
  gameRecord,
  headOf,
  marksBehind,
  membersOf,
  orderOfPlay,
  playsAfter,
  playsBehind,
  playsSince,
  rosterOf,
  toGameMeta,
  toMarks,
  toPlay,
} from './rows.ts'
import type { Sports } from './sports.ts'

type CorrectionRow = { seq: number; kind: string; voids: number | null; replaces: number | null }
const toCorrection = ({ seq, kind, voids, replaces }: CorrectionRow): Correction => ({
  seq,
  kind,
  ...(voids === null ? {} : { voids }),
  ...(replaces === null ? {} : { replaces }),
})

type CheckpointRow = { ord: string; plays: number; state: string }
const windowOf = (sport: Sport, rules: unknown, [checkpoint]: CheckpointRow[], plays: Selectable<PlayTable>[]): LogWindow => ({
  from: checkpoint ? (JSON.parse(checkpoint.state) as Fold) : openFold(sport, rules),
  after: checkpoint?.ord ?? null,
  count: checkpoint?.plays ?? 0,
  plays: plays.map(toPlay),
  stops: [],
})

/** How many games are kept ready in memory; an idle one costs a read to open again. */
const KEPT_HEADS = 2_000
/** As many as a snapshot and the usual correction need; whoever asks for more has them read. */
const OPEN_PLAYS = 64

/** A game kept ready: what plays cannot change, the head of its log, and how it reads. */
export interface OpenGame {
  meta: GameMeta
  sport: Sport
  head: Head
  game: Game
  roster: RosterEntry[]
  /** Names of everybody on the roster, by person. */
  names: ReadonlyMap<string, string>
  /** Newest `at` of each sender, so that none of them runs backwards. */
  senders: Map<string, string>
}

/** What others made of a game; `plays` null when readers have to start from the game as it is. `seated` came onto the roster with them. */
export type Advance = 'gone' | { open: OpenGame; plays: LoggedPlay[] | null; seated?: RosterEntry[] }

export interface Heads {
  open(gameId: string): Promise<OpenGame | null>
  /** Takes over a newer state after a commit. */
  put(open: OpenGame): void
  forget(gameId: string): void
  forgetAll(): void
  /** The game if it is kept ready, without looking for it. */
  peek(gameId: string): OpenGame | null
  /**
   * What others wrote to a game that is kept here, taken in. Only in the game's turn.
   *
   * @param tell called in the moment from which on the game is kept like that, if there was anything
   */
  advance(gameId: string, tell: (advance: Advance) => void): Promise<void>
  /** Reads as many plays of a game that is kept here as a reader may be behind. Who finds them missing all the same asks again. */
  deepen(gameId: string): Promise<void>
  /** A window that reaches back before this play, however old it is. */
  olderWindow(open: OpenGame, seq: number): Promise<{ window: LogWindow; marks: Map<number, PlayMarks> }>
}

export function createHeads(storage: Storage, sports: Sports): Heads {
  const kept = new Map<string, OpenGame>()
  const opening = new Map<string, Promise<OpenGame | null>>()

  function keep(open: OpenGame): void {
    kept.delete(open.meta.id)
    kept.set(open.meta.id, open)
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_HEADS) break
      kept.delete(oldest)
    }
  }

  async function load(gameId: string): Promise<OpenGame | null> {
    const [records, corrections, checkpoints, plays, marks, roster, members] = await storage.readBatch([
      gameRecord(storage.db, gameId),
      correctionsOf(storage.db, gameId),
      checkpointBehind(storage.db, gameId, OPEN_PLAYS),
      playsBehind(storage.db, gameId, OPEN_PLAYS),
      marksBehind(storage.db, gameId, OPEN_PLAYS),
      rosterOf(storage.db, gameId),
      membersOf(storage.db, gameId),
    ])
    const record = records?.[0]
    if (!record) return null
    const meta = toGameMeta(record as never, (members ?? []) as never)
    const sport = sports.get(meta.sport)
    if (!sport) return null
    const list = (corrections as CorrectionRow[]).map(toCorrection).sort((a, b) => a.seq - b.seq)
    const people = (roster ?? []) as { person_id: string; side: 'home' | 'away'; name: string; number: string | null }[]
    const { state, seq, last_order, reducer, updated_at, official } = record as {
      state: string
      seq: number
      last_order: string | null
      reducer: number
      updated_at: number
      official: number
    }
    const seated = people.map(person => ({ id: person.person_id, side: person.side, name: calledAs(person.name), number: person.number }))
    const displaced = displacedBy(list)
    // A reducer that changed its results refolds open games; official results stay as they were given.
    const isCurrent = reducer === sport.version || official === 1
    const head: Head = {
      seq,
      fold: state ? (JSON.parse(state) as Fold) : openFold(sport, meta.rules.values),
      lastOrder: last_order,
      corrections: list,
      displaced,
      window: windowOf(sport, meta.rules.values, checkpoints as CheckpointRow[], plays as never[]),
      marks: new Map((marks as Selectable<MarkTable>[]).map(row => [row.seq, toMarks(row)])),
    }
    const open: OpenGame = {
      meta,
      sport,
      head,
      roster: seated,
      names: namesOf(seated),
      senders: new Map(),
      game: undefined as unknown as Game,
    }
    if (seq > 0 && !isCurrent) {
      const whole = await windowBefore(open, null)
      const { fold, marks: fresh } = refold(sport, meta.rules.values, whole, whole.plays, displaced)
      Object.assign(head, { window: whole, fold, marks: fresh })
    }
    trim(sport, meta.rules.values, head)
    open.game = presentGame(sport, meta, head.fold, seq, new Date(updated_at).toISOString(), open.roster)
    return open
  }

  /** From the newest checkpoint before this order (null: from the start) to the end of the log. */
  async function windowBefore(open: OpenGame, order: string | null): Promise<LogWindow> {
    const { id, rules } = open.meta
    const checkpoints = order === null ? [] : ((await storage.readBatch([checkpointBefore(storage.db, id, order)]))[0] as CheckpointRow[])
    const [plays] = await storage.readBatch([playsAfter(storage.db, id, checkpoints[0]?.ord ?? null)])
    const window = windowOf(open.sport, rules.values, checkpoints, plays as never[])
    // Plays committed since the record was read belong to the next look.
    return { ...window, plays: window.plays.filter(play => play.seq <= open.head.seq) }
  }

  /** Opened anew: plays since then only where all of them are at hand. */
  async function reopen(before: OpenGame, tell: (advance: Advance) => void): Promise<void> {
    const open = await load(before.meta.id)
    if (kept.get(before.meta.id) !== before) return advance(before.meta.id, tell)
    if (!open) return gone(before.meta.id, tell)
    keep(open)
    const missing = open.head.seq - before.head.seq
    const plays = open.head.window.plays.filter(play => play.seq > before.head.seq).sort((a, b) => a.seq - b.seq)
    const seated = open.roster.filter(({ id }) => !before.names.has(id))
    tell({ open, plays: open.meta.epoch === before.meta.epoch && plays.length === missing ? plays : null, seated })
  }

  function gone(gameId: string, tell: (advance: Advance) => void): void {
    kept.delete(gameId)
    tell('gone')
  }

  async function advance(gameId: string, tell: (advance: Advance) => void): Promise<void> {
    const before = kept.get(gameId)
    if (!before) return
    const [[row], rows] = await storage.readBatch([
      headOf(storage.db, gameId),
      playsSince(storage.db, gameId, before.head.seq, MAX_CATCH_UP),
    ])
    // Deleted or renewed here meanwhile, who did so has told it: what was read may be older than that.
    if (kept.get(gameId) !== before) return advance(gameId, tell)
    if (!row) return gone(gameId, tell)
    const { sport, meta } = before
    if (row.epoch === meta.epoch && row.seq === before.head.seq) return
    const plays = rows.map(toPlay)
    const isNext = row.epoch === meta.epoch && plays.length === row.seq - before.head.seq
    // Somebody who was not on the roster when it was read.
    if (!isNext || plays.some(play => peopleOf(sport, play).some(id => !before.names.has(id)))) return reopen(before, tell)
    const head = workOn(before.head)
    for (const play of plays) if ('needs' in absorb(sport, meta.rules.values, head, play)) return reopen(before, tell)
    trim(sport, meta.rules.values, head)
    const senders = new Map(before.senders)
    for (const { by, at } of plays) if (by !== undefined) senders.set(by, at)
    const game = presentGame(sport, meta, head.fold, head.seq, new Date(row.updated_at).toISOString(), before.roster)
    const open: OpenGame = { ...before, head, game, senders }
    keep(open)
    tell({ open, plays })
  }

  return {
    peek: gameId => kept.get(gameId) ?? null,
    advance,
    open(gameId) {
      const ready = kept.get(gameId)
      if (ready) {
        keep(ready)
        return Promise.resolve(ready)
      }
      const pending = opening.get(gameId)
      if (pending) return pending
      const loading: Promise<OpenGame | null> = load(gameId)
        .finally(() => {
          isForgotten = opening.get(gameId) !== loading
          if (!isForgotten) opening.delete(gameId)
        })
        .then(open => {
          // A commit may have put a newer state while this one was being read.
          const newer = kept.get(gameId)
          if (newer) return newer
          if (isForgotten) return this.open(gameId)
          if (open) keep(open)
          return open
        })
      let isForgotten = false
      opening.set(gameId, loading)
      return loading
    },
    put: keep,
    forget(gameId) {
      kept.delete(gameId)
      opening.delete(gameId)
    },
    forgetAll() {
      kept.clear()
      opening.clear()
    },
    async deepen(gameId) {
      const before = kept.get(gameId)
      const after = before?.head.window.after
      if (!before || after === undefined || after === null) return
      const [checkpoints, plays, marks] = await storage.readBatch([
        checkpointBehind(storage.db, gameId, MAX_CATCH_UP),
        playsBehind(storage.db, gameId, MAX_CATCH_UP),
        marksBehind(storage.db, gameId, MAX_CATCH_UP),
      ])
      const now = kept.get(gameId)
      // Meanwhile a correction may have reached back as far, or the game have been opened anew.
      if (now?.meta.epoch !== before.meta.epoch || now.head.window.after !== after) return
      const whole = windowOf(now.sport, now.meta.rules.values, checkpoints as CheckpointRow[], plays as never[])
      const older = whole.plays.filter(({ order, seq }) => order <= after && seq <= now.head.seq)
      const isOlder = new Set(older.map(({ seq }) => seq))
      const told = (marks as Selectable<MarkTable>[]).filter(({ seq }) => isOlder.has(seq))
      const head: Head = {
        ...now.head,
        window: { ...whole, plays: [...older, ...now.head.window.plays] },
        marks: new Map([...told.map(row => [row.seq, toMarks(row)] as const), ...now.head.marks]),
      }
      keep({ ...now, head })
    },
    async olderWindow(open, seq) {
      const rows = (await storage.readBatch([orderOfPlay(storage.db, open.meta.id, seq)]))[0] as { ord: string }[]
      const window = await windowBefore(open, rows[0]?.ord ?? null)
      return { window, marks: refold(open.sport, open.meta.rules.values, window, window.plays, open.head.displaced).marks }
    },
  }
}
