import { onlyAdds } from '#domain/addition.ts'
import { type Followed, type FollowInput, follow, HOLD_MS, hasWholeLog, openFollowed, watchFrom } from '#domain/follow.ts'
import type { Game } from '#domain/game.ts'
import { isCorrection } from '#domain/log.ts'
import type { Play, Side } from '#domain/play.ts'
import type { Connection } from './connection.ts'
import { createGameReader, type GameReader } from './game-reader.ts'

/** What moved the score last. A page that catches up after a sleep shows where the game stands and celebrates nothing. */
export interface ScoreChange {
  seq: number
  home: number
  away: number
  kind: 'score' | 'correction' | 'catch-up'
  /** In a correction, the side whose points were plainly new all the same. */
  rose?: Side
}

export interface GameView {
  game: Game
  plays: readonly Play[]
  hasWholeLog: boolean
  viewers: number
  /** The game was deleted, or is no longer ours to see. */
  isGone: boolean
  isPaused: boolean
  /** Plays that came while the page is held still. */
  waiting: number
  change: ScoreChange | null
}

export interface GameStore {
  getView(): GameView
  subscribe(listener: () => void): () => void
  /** Follows the game until the returned function is called; as many may follow as like, over the same connection. */
  follow(live: Live): () => void
  pause(): void
  resume(): void
}

export interface GameStoreOptions {
  game: Game
  plays: readonly Play[]
  viewers: number
  fetch: typeof fetch
}
type Live = Pick<Connection, 'ask' | 'on' | 'keep'>

/** How many follow each game over a connection: its room is left by the last of them, however stores come and go meanwhile. */
const followers = new WeakMap<Live, Map<string, number>>()

function join(live: Live, gameId: string): void {
  const counts = followers.get(live) ?? new Map<string, number>()
  followers.set(live, counts.set(gameId, (counts.get(gameId) ?? 0) + 1))
}

/** Whoever is drawn anew stops and starts within one turn; leaving a room only to enter it again may arrive in any order. */
function leave(live: Live, gameId: string): void {
  const counts = followers.get(live)
  if (!counts) return
  counts.set(gameId, (counts.get(gameId) ?? 1) - 1)
  queueMicrotask(() => {
    if (counts.get(gameId) !== 0) return
    counts.delete(gameId)
    void live.ask('game:unwatch', { gameId })
  })
}

const RETRY_MS = 1000
const GONE: ReadonlySet<string> = new Set(['UNKNOWN_GAME', 'GONE', 'NOT_FOUND'])

export function createGameStore({ game, plays, viewers, fetch }: GameStoreOptions): GameStore {
  const gameId = game.id
  const reader: GameReader = createGameReader(gameId, fetch)
  const listeners = new Set<() => void>()
  let state: Followed = openFollowed(game, plays)
  let shown: GameView = viewOf({ viewers, isGone: false, isPaused: false, waiting: 0, change: null })
  let hold: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let live: Live | null = null
  /** The question under way; one that was left alone answers to nobody. */
  let asking: object | null = null
  let isReading = false
  let follows = 0
  let stops: (() => void)[] = []

  function viewOf(rest: Pick<GameView, 'viewers' | 'isGone' | 'isPaused' | 'waiting' | 'change'>): GameView {
    return { ...rest, game: state.game, plays: state.plays, hasWholeLog: hasWholeLog(state) }
  }

  function show(change: Partial<GameView> = {}): void {
    const next = { ...shown, ...change }
    shown = next.isPaused && !next.isGone ? { ...next, waiting: Math.max(0, state.seq - seqOf(next)) } : viewOf({ ...next, waiting: 0 })
    for (const listener of listeners) listener()
  }
  const seqOf = (view: GameView) => view.plays.at(-1)?.seq ?? view.game.seq

  function take(input: FollowInput): void {
    const before = state
    state = follow(before, input)
    if (state === before) return
    waitForGap()
    if (state.needs === 'watch') askAgain(0)
    if (!hasWholeLog(state)) void readEarlier()
    const change = changeBetween(before, state, input)
    show(change ? { change } : {})
    if (input.type === 'update' && input.message.plays.some(play => play.kind === 'edit')) void poll()
  }

  function waitForGap(): void {
    if (state.held.length === 0) {
      clearTimeout(hold)
      hold = undefined
    } else {
      hold ??= setTimeout(() => {
        hold = undefined
        take({ type: 'waited' })
      }, HOLD_MS)
    }
  }

  function askAgain(afterMs: number): void {
    if (!live || asking || retry !== undefined) return
    retry = setTimeout(() => {
      retry = undefined
      void watch()
    }, afterMs)
  }

  async function watch(timeoutMs?: number): Promise<boolean> {
    if (asking || !live) return true
    const own = {}
    asking = own
    const asked = watchFrom(state)
    const answer = await live.ask('game:watch', { gameId, ...asked }, timeoutMs)
    if (asking !== own) return answer !== null
    asking = null
    if (!answer) return false
    if (!answer.ok) {
      if (GONE.has(answer.error.code)) show({ isGone: true })
      else askAgain(answer.error.retryAfterMs ?? 5 * RETRY_MS)
      return true
    }
    take({ type: 'answer', asked, answer })
    if (answer.viewers !== shown.viewers || shown.isGone) show({ viewers: answer.viewers, isGone: false })
    if (state.needs === 'watch') askAgain(RETRY_MS)
    return true
  }

  async function poll(): Promise<boolean> {
    const from = state
    const read = await reader.changes(from.epoch, from.seq)
    if (read === null) return false
    if (read === 'gone') show({ isGone: true })
    else if (read !== 'same' && live) {
      take({ type: 'answer', asked: read.mode === 'snapshot' ? {} : watchFrom(from), answer: { ...read, viewers: shown.viewers } })
      // An edit changes what updates do not carry: the venue and the hour.
      if (read.game.epoch === state.epoch && read.game.seq === state.game.seq) {
        state = { ...state, game: { ...state.game, ...read.game } }
        show()
      }
    }
    return true
  }

  async function readEarlier(): Promise<void> {
    if (isReading || !live) return
    isReading = true
    const { epoch, plays } = state
    const older = await reader.before(plays[0]?.seq ?? state.seq + 1)
    isReading = false
    if (older && older.epoch === epoch) take({ type: 'earlier', epoch, plays: older.plays })
  }

  function begin(over: Live): void {
    live = over
    stops = [
      over.on('game:update', message => message.gameId === gameId && take({ type: 'update', message })),
      // Why, the answer says: another reader may still be let in.
      over.on('game:gone', ({ gameId: id }) => id === gameId && void watch()),
      over.on('game:viewers', ({ gameId: id, count }) => id === gameId && show({ viewers: count })),
      over.keep({ watch, poll }),
    ]
    if (!hasWholeLog(state)) void readEarlier()
  }

  function end(): void {
    live = null
    asking = null
    clearTimeout(hold)
    clearTimeout(retry)
    hold = undefined
    retry = undefined
    for (const stop of stops) stop()
    stops = []
  }

  return {
    getView: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow(over) {
      const isFirst = follows === 0
      follows += 1
      join(over, gameId)
      if (isFirst) begin(over)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        follows -= 1
        if (follows === 0) end()
        leave(over, gameId)
      }
    },
    pause: () => show({ isPaused: true }),
    resume: () => show({ isPaused: false, change: null }),
  }
}

function changeBetween(before: Followed, after: Followed, input: FollowInput): ScoreChange | null {
  const home = after.game.score.home - before.game.score.home
  const away = after.game.score.away - before.game.score.away
  if (home === 0 && away === 0) return null
  const fresh = input.type === 'update' ? input.message.plays : after.plays.filter(play => play.seq > before.seq)
  const isNamed = ({ replaces, ...play }: Play) => after.plays.some(older => older.seq === replaces && onlyAdds(older, play))
  const corrections = fresh.filter(play => isCorrection(play) && !isNamed(play))
  const isCorrected: Record<Side, boolean> = { home: home < 0, away: away < 0 }
  for (const play of corrections) {
    const about = rootOf(play, after.plays)
    // What was taken back before anybody saw it was never shown here.
    if (about && about.seq > before.seq) continue
    const sides = [about?.side, play.side].filter(side => side !== undefined)
    for (const side of sides.length > 0 ? sides : (['home', 'away'] as const)) isCorrected[side] = true
  }
  const isLive = input.type === 'update' && !input.message.resync && after.epoch === before.epoch
  const isAny = (isCorrected.home && home !== 0) || (isCorrected.away && away !== 0)
  const change = { seq: after.game.seq, home, away }
  if (!isAny) return { ...change, kind: isLive ? 'score' : 'catch-up' }
  const rose = home > 0 && !isCorrected.home ? 'home' : away > 0 && !isCorrected.away ? 'away' : null
  return { ...change, kind: 'correction', ...(rose && isLive ? { rose } : {}) }
}

/** The play that a correction, or a correction of one, is about in the end. */
function rootOf({ voids, replaces }: Play, plays: readonly Play[]): Play | null {
  const about = plays.find(play => play.seq === (voids ?? replaces))
  return about && isCorrection(about) ? rootOf(about, plays) : (about ?? null)
}
