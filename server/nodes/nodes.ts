import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Announcement, ChatMessage } from '#domain/protocol.ts'
import type { Context } from '../context.ts'
import { idText } from '../id-text.ts'
import type { Link } from './link.ts'

/** How long a score may wait at another node when every hint is lost. */
export const POLL_MS = 2_000
/** Hints for the boards are gathered so long; what is watched is looked at at once. */
const GATHER_MS = 250
const VIEWERS_MS = 3_000
const VIEWERS_KEPT_MS = 10_000
const ASKED_AT_ONCE = 500

const gameChannel = (gameId: string) => `sideline:game:${gameId}`
const NEWS = 'sideline:news'

/** What nodes say. Everything else is read from the database. */
const said = z.discriminatedUnion('say', [
  z.object({ say: z.literal('played'), node: z.string(), game: idText, epoch: z.string(), seq: z.int() }),
  z.object({ say: z.literal('created'), node: z.string(), game: idText }),
  z.object({ say: z.literal('removed'), node: z.string(), game: idText }),
  z.object({ say: z.literal('chat'), node: z.string(), game: idText, message: z.custom<ChatMessage>(value => typeof value === 'object') }),
  z.object({ say: z.literal('chatRemoved'), node: z.string(), game: idText, id: z.string() }),
  z.object({ say: z.literal('announcement'), node: z.string(), announcement: z.custom<Announcement>(value => typeof value === 'object') }),
  z.object({ say: z.literal('accounts'), node: z.string() }),
  z.object({ say: z.literal('viewers'), node: z.string(), game: idText, count: z.int().min(0) }),
])
type Said = z.infer<typeof said>
type Saying = Said extends infer S ? (S extends Said ? Omit<S, 'node'> : never) : never

interface Parts {
  context: Context
  link: Link
  /** Readers of a game at this node alone. */
  countHere(gameId: string): number
  accounts: { onRevoked(listener: () => void): () => void; poll(): Promise<void> }
}

export interface Nodes {
  /** Readers of a game at the other nodes, as last told. */
  viewersElsewhere(gameId: string): number
  /** Makes sure that a game kept here is as new as the database, unless that was looked at a moment ago. */
  freshen(gameId: string): Promise<void>
  close(): Promise<void>
}

/** How long a look at the database stands for all who ask in the meantime. */
const FRESH_MS = 100

/**
 * Joins the nodes of one database. The log is the truth: a play written at another node is read from there, after a hint that names it,
 * or at the next look at the heads of all games that are watched here. So the link may lose, double and reorder what it carries.
 */
export function joinNodes({ context, link, countHere, accounts }: Parts): Nodes {
  const { bus, heads, turns, storage, watching, log } = context
  const node = randomUUID()
  const elsewhere = new Map<string, Map<string, { count: number; until: number }>>()
  const lookedAt = new Map<string, { at: number; look: Promise<void> }>()
  const forBoards = new Set<string>()
  let gathering: NodeJS.Timeout | null = null
  let isClosed = false

  const say = (channel: string, saying: Saying) => link.publish(channel, JSON.stringify({ ...saying, node }))
  const complain = (error: unknown) => {
    if (!isClosed) log.warn({ err: error }, 'not caught up with other nodes')
  }
  const look = (gameId: string) => turns.take(gameId, () => context.catchUp(gameId))

  const stops = [
    bus.subscribe('played', ({ game, elsewhere: isHeard }) => {
      if (isHeard) return
      const saying = { say: 'played', game: game.id, epoch: game.epoch, seq: game.seq } as const
      say(gameChannel(game.id), saying)
      say(NEWS, saying)
    }),
    bus.subscribe('created', ({ game, elsewhere: isHeard }) => isHeard || say(NEWS, { say: 'created', game: game.id })),
    bus.subscribe('removed', ({ gameId, elsewhere: isHeard }) => isHeard || say(NEWS, { say: 'removed', game: gameId })),
    bus.subscribe(
      'chat',
      ({ gameId, message, elsewhere: isHeard }) => isHeard || say(gameChannel(gameId), { say: 'chat', game: gameId, message }),
    ),
    bus.subscribe(
      'chatRemoved',
      ({ gameId, id, elsewhere: isHeard }) => isHeard || say(gameChannel(gameId), { say: 'chatRemoved', game: gameId, id }),
    ),
    bus.subscribe('announcement', ({ elsewhere: isHeard, ...announcement }) => isHeard || say(NEWS, { say: 'announcement', announcement })),
    accounts.onRevoked(() => say(NEWS, { say: 'accounts' })),
  ]

  function hear(text: string): void {
    const parsed = said.safeParse(parse(text))
    if (!parsed.success || parsed.data.node === node) return
    const { data } = parsed
    const { say: what } = data
    if (what === 'played') hearOfPlay(data)
    else if (what === 'viewers') hearOfViewers(data)
    else if (what === 'created')
      void heads.open(data.game).then(open => open && bus.publish('created', { game: open.game, elsewhere: true }), complain)
    else if (what === 'removed') {
      heads.forget(data.game)
      bus.publish('removed', { gameId: data.game, elsewhere: true })
    } else if (what === 'chat') bus.publish('chat', { gameId: data.game, message: data.message, from: null, elsewhere: true })
    else if (what === 'chatRemoved') bus.publish('chatRemoved', { gameId: data.game, id: data.id, elsewhere: true })
    else if (what === 'announcement') bus.publish('announcement', { ...data.announcement, elsewhere: true })
    else void accounts.poll().catch(complain)
  }

  function hearOfPlay({ game, epoch, seq }: Extract<Said, { say: 'played' }>): void {
    const known = heads.peek(game)?.game
    if (known?.epoch === epoch && known.seq >= seq) return
    if (watching.has(game)) return void look(game).catch(complain)
    forBoards.add(game)
    gathering ??= setTimeout(lookForBoards, GATHER_MS)
  }

  /** Nobody follows these games here, but they stand on a board. */
  function lookForBoards(): void {
    gathering = null
    const games = [...forBoards]
    forBoards.clear()
    for (const id of games) {
      const isKept = heads.peek(id) !== null
      const looked = isKept
        ? look(id)
        : heads.open(id).then(open => {
            // Opened only now, it has nothing to catch up with: the board is told how it stands.
            if (open) bus.publish('played', { game: open.game, plays: null, elsewhere: true })
          })
      looked.catch(complain)
    }
  }

  function hearOfViewers({ node: who, game, count }: Extract<Said, { say: 'viewers' }>): void {
    const counts = elsewhere.get(game) ?? new Map()
    elsewhere.set(game, counts)
    if (count > 0) counts.set(who, { count, until: performance.now() + VIEWERS_KEPT_MS })
    else counts.delete(who)
    if (counts.size === 0) elsewhere.delete(game)
  }

  function tellViewers(): void {
    for (const id of watching.ids()) say(gameChannel(id), { say: 'viewers', game: id, count: countHere(id) })
    const now = performance.now()
    for (const [id, counts] of elsewhere) {
      for (const [who, { until }] of counts) if (until < now) counts.delete(who)
      if (counts.size === 0) elsewhere.delete(id)
    }
    for (const [id, { at }] of lookedAt) if (now - at > FRESH_MS) lookedAt.delete(id)
  }

  /** Whatever was lost on the way here is found by looking: one query for all games that are watched, whatever their number. */
  async function poll(): Promise<void> {
    const ids = [...watching.ids()]
    for (let start = 0; start < ids.length; start += ASKED_AT_ONCE) {
      const some = ids.slice(start, start + ASKED_AT_ONCE)
      const rows = await storage.db.selectFrom('games').where('id', 'in', some).select(['id', 'epoch', 'seq', 'deleted_at']).execute()
      for (const row of rows) {
        const known = heads.peek(row.id)?.game
        const isKnown = known && known.epoch === row.epoch && known.seq >= row.seq && row.deleted_at === null
        if (known && !isKnown) await look(row.id)
      }
    }
  }

  let since = context.now()
  /** Games on the boards that nobody follows here: found by when they were last written to. */
  async function pollBoards(): Promise<void> {
    // Clocks of nodes differ, and a transaction is seen later than it says.
    const from = since - POLL_MS - 5_000
    since = context.now()
    const rows = await storage.db
      .selectFrom('games')
      .where('updated_at', '>=', from)
      .where('deleted_at', 'is', null)
      .where('visibility', '=', 'public')
      .select(['id', 'epoch', 'seq'])
      .limit(1_000)
      .execute()
    for (const { id: game, epoch, seq } of rows) if (told.get(game) !== seq) hearOfPlay({ say: 'played', node: '', game, epoch, seq })
    told = new Map(rows.map(row => [row.id, row.seq]))
  }
  let told = new Map<string, number>()

  watching.onChange((gameId, isWatched) => (isWatched ? link.subscribe(gameChannel(gameId)) : link.unsubscribe(gameChannel(gameId))))
  for (const id of watching.ids()) link.subscribe(gameChannel(id))
  link.subscribe(NEWS)
  link.onMessage((_channel, message) => hear(message))
  const lookAll = () => Promise.all([poll(), pollBoards()]).catch(complain)
  link.onReady(() => void lookAll())
  let isPolling = false
  const polling = setInterval(() => {
    if (isPolling) return
    isPolling = true
    void lookAll().finally(() => {
      isPolling = false
    })
  }, POLL_MS)
  const viewers = setInterval(tellViewers, VIEWERS_MS)
  polling.unref()
  viewers.unref()

  return {
    viewersElsewhere(gameId) {
      let sum = 0
      for (const { count } of elsewhere.get(gameId)?.values() ?? []) sum += count
      return sum
    },
    freshen(gameId) {
      const now = performance.now()
      const last = lookedAt.get(gameId)
      if (last && now - last.at < FRESH_MS) return last.look
      // With the database out of reach, what is kept is still the best there is.
      const looking = heads.peek(gameId) ? look(gameId).catch(complain) : Promise.resolve()
      lookedAt.set(gameId, { at: now, look: looking })
      return looking
    },
    async close() {
      isClosed = true
      clearInterval(polling)
      clearInterval(viewers)
      if (gathering) clearTimeout(gathering)
      for (const stop of stops) stop()
      await link.close()
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
