import type { Connection } from '#components/live/connection.ts'
import { rowOf } from '#domain/board.ts'
import type { Game, GameRow } from '#domain/game.ts'
import { type Lobby, openLobby, takeSnapshot, takeUpdate } from './lobby.ts'

export interface LobbyView extends Lobby {
  isPaused: boolean
  /** Changes held back while paused. */
  waiting: number
}

export interface LobbyStore {
  getState(): LobbyView
  subscribe(listener: () => void): () => void
  /** Follows the games until the returned function is called. */
  follow(connection: Pick<Connection, 'on' | 'ask' | 'keep'>): () => void
  pause(isPaused: boolean): void
}

export interface LobbyOptions {
  n: number
  rows: readonly GameRow[]
  /** One competition's games only; else today's and everything live. */
  competitionId?: string
  /** The games are some of that board's, and others that it does not hold: what it leaves out stays. */
  isPart?: boolean
  /** Where the same rows are to be had over HTTP when no socket opens. */
  pollUrl: string
}

/** The games of a board, kept up to date. While paused everything still arrives, but nothing is shown. */
export function createLobbyStore({ n, rows, competitionId, isPart = competitionId !== undefined, pollUrl }: LobbyOptions): LobbyStore {
  const listeners = new Set<() => void>()
  const scope = competitionId === undefined ? {} : { competitionId }
  let heard = openLobby(n, rows)
  let view: LobbyView = { ...heard, isPaused: false, waiting: 0 }

  function take(next: Lobby, changed: number): void {
    heard = next
    view = view.isPaused ? { ...view, waiting: view.waiting + changed } : { ...heard, isPaused: false, waiting: 0 }
    for (const listener of listeners) listener()
  }

  async function watch(connection: Pick<Connection, 'ask'>, timeoutMs?: number): Promise<boolean> {
    const answer = await connection.ask('lobby:watch', scope, timeoutMs)
    if (answer?.ok) take(takeSnapshot(heard, answer, !isPart), countChanged(heard, answer.games))
    return answer !== null
  }

  async function poll(): Promise<boolean> {
    try {
      const response = await fetch(pollUrl, { cache: 'no-cache', signal: AbortSignal.timeout(10_000) })
      if (!response.ok) return response.status < 500
      const { games } = (await response.json()) as { games: Game[] }
      const seen = games.map(game => asRow(game, heard.rows.get(game.id)))
      take(takeUpdate(heard, { n: heard.n, games: seen, removed: [] }).lobby, countChanged(heard, seen))
      return true
    } catch {
      return false
    }
  }

  return {
    getState: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow(connection) {
      const unhear = connection.on('lobby:update', message => {
        const { lobby, isGap, changed } = takeUpdate(heard, message)
        take(lobby, changed)
        if (isGap) void watch(connection)
      })
      const unkeep = connection.keep({ watch: timeoutMs => watch(connection, timeoutMs), poll })
      return () => {
        unhear()
        unkeep()
        void connection.ask('lobby:unwatch', scope)
      }
    },
    pause(isPaused) {
      view = isPaused ? { ...view, isPaused: true } : { ...heard, isPaused: false, waiting: 0 }
      for (const listener of listeners) listener()
    },
  }
}

function countChanged(lobby: Lobby, games: readonly GameRow[]): number {
  return games.filter(row => {
    const known = lobby.rows.get(row.id)
    return !known || known.epoch !== row.epoch || known.seq < row.seq
  }).length
}

/** A game as the API gives it, as a row; what rows alone carry is kept where the game has not moved on. */
const asRow = (game: Game, known: GameRow | undefined): GameRow =>
  rowOf(game, { hasLine: known?.line !== undefined, brief: known?.seq === game.seq ? known.brief : undefined })
