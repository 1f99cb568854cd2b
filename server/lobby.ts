import { sql } from 'kysely'
import { byClaim, byStart, changeOf, isUnderWay } from '#domain/board.ts'
import type { Game, GameRow } from '#domain/game.ts'
import type { LobbyMessage } from '#domain/protocol.ts'
import type { Context } from './context.ts'
import { dayBounds, dayOf } from './games/days.ts'
import { presentRow } from './games/present.ts'
import { presentRecords } from './games/read.ts'
import { type GameRecord, selectGames, startOrLast } from './games/rows.ts'

/** Changes are gathered so long before they go out together: half a second is the oldest that a score may be. */
const TICK_MS = 400
/** The day changes by itself, and so does who is on the board. */
const REFRESH_MS = 60_000
const MAX_ROWS = 500

export interface Lobby {
  /** The board of everything, or of one competition; the same object until something on it changes. */
  snapshot(competitionId?: string): Promise<Board>
  /** The newest message of a board, for who was left out for a while; null before the first one. */
  latest(competitionId?: string): LobbyMessage | null
  /** Called with each gathered change of one board; `competitionId` null is the board of everything. */
  onChange(listener: (competitionId: string | null, message: LobbyMessage) => void): void
  close(): void
}

export interface Board {
  readonly n: number
  /** In order of start. */
  readonly games: readonly GameRow[]
}

/** Today's games and everything live, as rows that change together a few times a second however many plays fall. */
export function createLobby(context: Context): Lobby {
  const rows = new Map<string, GameRow>()
  /** The newest message of each board, which holds its counter. */
  const newest = new Map<string | null, LobbyMessage>()
  const boards = new Map<string | null, Board>()
  const dirty = new Map<string, Game | null>()
  /** Games heard of while the database was being looked at: what it saw of them may be older. */
  const heard = new Set<string>()
  let loading: Promise<void> | null = null
  let listener: (competitionId: string | null, message: LobbyMessage) => void = () => {}
  let ready: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  const counterOf = (board: string | null) => newest.get(board)?.n ?? 0
  const today = () => dayBounds(dayOf(context.now(), context.config.timeZone), context.config.timeZone)

  function belongs(game: Game): boolean {
    if (game.visibility !== 'public' || game.partOf) return false
    if (isUnderWay(game)) return true
    if (game.startsAt === null) return false
    const at = Date.parse(game.startsAt)
    const { from, to } = today()
    return at >= from && at < to
  }

  function rowOf(game: Game): GameRow | null {
    const sport = context.sports.get(game.sport)
    return sport && belongs(game) ? presentRow(sport, game) : null
  }

  function load(): Promise<void> {
    if (loading) return loading
    heard.clear()
    loading = look().finally(() => {
      loading = null
    })
    return loading
  }

  async function look(): Promise<void> {
    const { from, to } = today()
    const claim = sql`case when g.status in ('live', 'break', 'suspended') then 0 else 1 end`
    const records = (await selectGames(context.storage.db)
      .where('g.visibility', '=', 'public')
      .where('g.part_of', 'is', null)
      .where(eb => eb.or([eb(claim, '=', 0), eb.and([eb('g.starts_at', '>=', from), eb('g.starts_at', '<', to)])]))
      .orderBy(claim)
      .orderBy(startOrLast)
      .orderBy('g.id')
      .limit(MAX_ROWS)
      .execute()) as GameRecord[]
    const games = await presentRecords(context, records)
    const found = new Set(games.map(game => game.id))
    for (const id of rows.keys()) if (!found.has(id) && !heard.has(id)) mark(id, null)
    for (const game of games) {
      const known = rows.get(game.id)
      const isNews = !known || known.epoch !== game.epoch || known.seq < game.seq
      if (isNews && !heard.has(game.id)) mark(game.id, game)
    }
  }

  function hear(id: string, game: Game | null): void {
    if (loading) heard.add(id)
    mark(id, game)
  }

  function mark(id: string, game: Game | null): void {
    const waiting = dirty.get(id)
    if (waiting && game && waiting.epoch === game.epoch && waiting.seq > game.seq) return
    dirty.set(id, game)
    timer ??= setTimeout(flush, TICK_MS)
  }

  function flush(): void {
    if (timer) clearTimeout(timer)
    timer = null
    const before = new Map<string, GameRow | undefined>()
    for (const [id, game] of dirty) {
      before.set(id, rows.get(id))
      const row = game && rowOf(game)
      if (row) rows.set(id, row)
      else rows.delete(id)
    }
    dirty.clear()
    for (const row of beyond(rows)) {
      if (!before.has(row.id)) before.set(row.id, row)
      rows.delete(row.id)
    }
    boards.clear()
    const changes = new Map<string | null, LobbyMessage>()
    const change = (board: string | null) => {
      const message = changes.get(board) ?? { n: counterOf(board) + 1, games: [], removed: [] }
      changes.set(board, message)
      return message
    }
    for (const [id, was] of before) {
      const row = rows.get(id)
      const competition = row?.competition?.id ?? was?.competition?.id
      const changed = row && changeOf(was, row)
      for (const board of competition ? [null, competition] : [null]) {
        if (changed) change(board).games.push(changed)
        else if (was) change(board).removed.push(id)
      }
    }
    for (const [board, message] of changes) {
      newest.set(board, message)
      listener(board, message)
    }
  }

  const stops = [
    context.bus.subscribe('played', ({ game }) => hear(game.id, game)),
    context.bus.subscribe('created', ({ game }) => hear(game.id, game)),
    context.bus.subscribe('removed', ({ gameId }) => hear(gameId, null)),
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
      const board = competitionId ?? null
      const known = boards.get(board)
      if (known) return known
      const games = [...rows.values()].filter(row => board === null || row.competition?.id === board).sort(byStart)
      const fresh = { n: counterOf(board), games }
      if (games.length > 0) boards.set(board, fresh)
      return fresh
    },
    latest: competitionId => newest.get(competitionId ?? null) ?? null,
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

/** Too many for one board: those with the least claim to it. */
const beyond = (rows: ReadonlyMap<string, GameRow>) => (rows.size > MAX_ROWS ? [...rows.values()].sort(byClaim).slice(MAX_ROWS) : [])
