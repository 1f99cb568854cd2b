import type { Game, GameRow } from '#domain/game.ts'
import type { LobbyMessage } from '#domain/protocol.ts'
import type { Context } from './context.ts'
import { dayBounds, dayOf } from './games/days.ts'
import { presentRow } from './games/present.ts'
import { presentRecords } from './games/read.ts'
import { type GameRecord, selectGames } from './games/rows.ts'

/** Changes are gathered so long before they go out together. */
const TICK_MS = 300
/** The day changes by itself, and so does who is on the board. */
const REFRESH_MS = 60_000
const MAX_ROWS = 500

export interface Lobby {
  /** The board of everything, or of one competition. */
  snapshot(competitionId?: string): Promise<{ n: number; games: GameRow[] }>
  /** Called with each gathered change of one board; `competitionId` null is the board of everything. */
  onChange(listener: (competitionId: string | null, message: LobbyMessage) => void): void
  close(): void
}

/** Today's games and everything live, as rows that change together a few times a second however many plays fall. */
export function createLobby(context: Context): Lobby {
  const rows = new Map<string, GameRow>()
  const counters = new Map<string | null, number>()
  const dirty = new Map<string, Game | null>()
  let listener: (competitionId: string | null, message: LobbyMessage) => void = () => {}
  let ready: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  const counterOf = (board: string | null) => counters.get(board) ?? 0
  const today = () => dayBounds(dayOf(context.now(), context.config.timeZone), context.config.timeZone)

  function belongs(game: Game): boolean {
    if (game.visibility !== 'public' || game.partOf) return false
    if (game.status === 'live' || game.status === 'break' || game.status === 'suspended') return true
    if (game.startsAt === null) return false
    const at = Date.parse(game.startsAt)
    const { from, to } = today()
    return at >= from && at < to
  }

  function rowOf(game: Game): GameRow | null {
    const sport = context.sports.get(game.sport)
    return sport && belongs(game) ? presentRow(sport, game) : null
  }

  async function load(): Promise<void> {
    const { from, to } = today()
    const records = (await selectGames(context.storage.db)
      .where('g.visibility', '=', 'public')
      .where('g.part_of', 'is', null)
      .where(eb =>
        eb.or([eb('g.status', 'in', ['live', 'break', 'suspended']), eb.and([eb('g.starts_at', '>=', from), eb('g.starts_at', '<', to)])]),
      )
      .orderBy('g.starts_at')
      .orderBy('g.id')
      .limit(MAX_ROWS)
      .execute()) as GameRecord[]
    const games = await presentRecords(context, records)
    const found = new Set(games.map(game => game.id))
    for (const id of rows.keys()) if (!found.has(id) && !dirty.has(id)) mark(id, null)
    for (const game of games) {
      const known = rows.get(game.id)
      if (!known) mark(game.id, game)
    }
  }

  function mark(id: string, game: Game | null): void {
    const waiting = dirty.get(id)
    if (waiting && game && waiting.epoch === game.epoch && waiting.seq > game.seq) return
    dirty.set(id, game)
    timer ??= setTimeout(flush, TICK_MS)
  }

  function flush(): void {
    timer = null
    const changes = new Map<string | null, LobbyMessage>()
    const change = (board: string | null) => {
      const message = changes.get(board) ?? { n: counterOf(board) + 1, games: [], removed: [] }
      changes.set(board, message)
      return message
    }
    for (const [id, game] of dirty) {
      const was = rows.get(id)
      const row = game && (was || rows.size < MAX_ROWS) ? rowOf(game) : null
      if (row) rows.set(id, row)
      else rows.delete(id)
      const competition = row?.competition?.id ?? was?.competition?.id
      for (const board of competition ? [null, competition] : [null]) {
        if (row) change(board).games.push(row)
        else if (was) change(board).removed.push(id)
      }
    }
    dirty.clear()
    for (const [board, message] of changes) {
      counters.set(board, message.n)
      listener(board, message)
    }
  }

  const stops = [
    context.bus.subscribe('played', ({ game }) => mark(game.id, game)),
    context.bus.subscribe('created', ({ game }) => mark(game.id, game)),
    context.bus.subscribe('removed', ({ gameId }) => mark(gameId, null)),
  ]
  const refresh = setInterval(() => void load().catch(error => context.log.warn({ err: error }, 'board not refreshed')), REFRESH_MS)
  refresh.unref()

  return {
    async snapshot(competitionId) {
      ready ??= load().then(flush, error => {
        // Whoever asks next tries again.
        ready = null
        throw error
      })
      await ready
      const games = [...rows.values()].filter(row => competitionId === undefined || row.competition?.id === competitionId)
      return { n: counterOf(competitionId ?? null), games: games.sort(byStart) }
    },
    onChange(called) {
      listener = called
    },
    close() {
      clearInterval(refresh)
      if (timer) clearTimeout(timer)
      for (const stop of stops) stop()
    },
  }
}

export const byStart = (a: GameRow, b: GameRow) => {
  const left = a.startsAt ?? '9999'
  const right = b.startsAt ?? '9999'
  return left < right ? -1 : left > right ? 1 : a.id < b.id ? -1 : 1
}
