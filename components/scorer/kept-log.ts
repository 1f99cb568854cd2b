import { createStore, promisifyRequest, type UseStore } from 'idb-keyval'
import type { GameView } from '#components/live/game-store.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { inTime } from './browser.ts'

/** What a device knew of a game when it last heard of it: the log from its first play, and the game it makes. */
export interface KeptLog {
  game: Game
  plays: readonly Play[]
  /** When it was written down, by the server's clock, ms. */
  at: number
}

export interface LogStore {
  read(gameId: string): Promise<KeptLog | null>
  /** Writes what is new since the last time, in one transaction. */
  write(log: KeptLog): Promise<void>
  remove(gameId: string): Promise<void>
}

/** Plays written at a time: only the last block of a log ever changes. */
const BLOCK = 64
const MOST_GAMES = 12

interface Index {
  account: string
  /** The one written last first. */
  games: string[]
}
interface Head {
  game: Game
  seq: number
  at: number
}
const INDEX = 'index'
const HEAD = 0
const DATABASE = ['sideline-tables', 'logs'] as const
const rangeOf = (gameId: string) => IDBKeyRange.bound([gameId], [gameId, []])

/**
 * The logs of one account in IndexedDB; another account's are removed, not read. The service worker empties the same store at sign-out, so
 * its names stand there too.
 */
export function createLogStore(account: string): LogStore {
  let opened: UseStore | null = null
  const database = () => {
    opened ??= createStore(...DATABASE)
    return opened
  }
  const change = (how: (store: IDBObjectStore, index: Index) => void) =>
    inTime(
      database()('readwrite', store => {
        const read: IDBRequest<Index | undefined> = store.get(INDEX)
        read.onsuccess = () => {
          if (read.result?.account === account) return how(store, read.result)
          store.clear()
          how(store, { account, games: [] })
        }
        return promisifyRequest(store.transaction)
      }),
    )

  return {
    async read(gameId) {
      const [index, rows] = await inTime(
        database()('readonly', store =>
          Promise.all([promisifyRequest<Index | undefined>(store.get(INDEX)), promisifyRequest<unknown[]>(store.getAll(rangeOf(gameId)))]),
        ),
      )
      const [head, ...blocks] = rows as [Head?, ...Play[][]]
      return index?.account === account && head ? joined(head, blocks) : null
    },
    write: log =>
      change((store, index) => {
        const { id, epoch } = log.game
        const seq = log.plays.length
        const read: IDBRequest<Head | undefined> = store.get([id, HEAD])
        read.onsuccess = () => {
          const before = read.result?.game.epoch === epoch ? read.result : null
          // Another tab of this device may have heard more.
          if (before && before.seq > seq) return
          if (!before) store.delete(rangeOf(id))
          for (let n = Math.floor((before?.seq ?? 0) / BLOCK); n * BLOCK < seq; n++) {
            store.put(log.plays.slice(n * BLOCK, (n + 1) * BLOCK), [id, n + 1])
          }
          store.put({ game: log.game, seq, at: log.at } satisfies Head, [id, HEAD])
        }
        if (index.games[0] === id) return
        const games = [id, ...index.games.filter(other => other !== id)]
        for (const old of games.slice(MOST_GAMES)) store.delete(rangeOf(old))
        store.put({ account, games: games.slice(0, MOST_GAMES) } satisfies Index, INDEX)
      }),
    remove: gameId => change(store => store.delete(rangeOf(gameId))),
  }
}

/** The games whose logs this device has, the newest first. */
export async function listKeptGames(): Promise<Game[]> {
  return await createStore(...DATABASE)('readonly', async store => {
    const index = await promisifyRequest<Index | undefined>(store.get(INDEX))
    const heads = await Promise.all((index?.games ?? []).map(id => promisifyRequest<Head | undefined>(store.get([id, HEAD]))))
    return heads.flatMap(head => head?.game ?? [])
  })
}

/** Null where the plays are not all there: a log with a hole counts wrong. */
function joined({ game, seq, at }: Head, blocks: readonly Play[][]): KeptLog | null {
  const plays = blocks.flat().slice(0, seq)
  return plays.length === seq && plays.every((play, i) => play.seq === i + 1) ? { game, plays, at } : null
}

type Known = Pick<KeptLog, 'game' | 'plays'>

/** Of what a page brings and what the device has, the newer. Across epochs a seq says nothing: there it is the later hour. */
export function newerOf(page: Known & { renderedAt: number }, kept: KeptLog | null): Known {
  if (!kept) return page
  const isNewer = kept.game.epoch === page.game.epoch ? kept.plays.length >= seqOf(page) : kept.at > page.renderedAt
  return isNewer ? kept : page
}
const seqOf = ({ plays, game }: Known) => plays.at(-1)?.seq ?? game.seq

/** Writes down each state of the log that is new, one at a time; of those that come meanwhile only the last. */
export function createLogKeeper(store: Pick<LogStore, 'write' | 'remove'>, now: () => number): (view: GameView) => Promise<void> {
  let kept: GameView | null = null
  let next: GameView | null = null
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (next) {
      const view = next
      next = null
      // A device that keeps nothing scores all the same; the outbox says so where it matters.
      await (view.isGone ? store.remove(view.game.id) : store.write({ game: view.game, plays: view.plays, at: now() })).catch(() => {})
    }
    running = null
  }

  return view => {
    if (kept && kept.plays === view.plays && kept.game === view.game && kept.isGone === view.isGone) return running ?? DONE
    kept = view
    next = view
    running ??= run()
    return running
  }
}
const DONE = Promise.resolve()
