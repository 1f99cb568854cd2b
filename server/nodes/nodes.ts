import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Game } from '#domain/game.ts'
import type { Announcement, ChatMessage } from '#domain/protocol.ts'
import { createComplaint } from '../complaint.ts'
import type { Context } from '../context.ts'
import { idText } from '../id-text.ts'
import { createFreshening } from './freshening.ts'
import type { Link } from './link.ts'

/** How long a score may wait at another node when every hint is lost. */
export const POLL_MS = 2_000
/** A node of several that has not seen the database for so long lets its readers go to the others. */
const CUT_OFF_MS = 6_000
const LOOKED_MOST_MS = 6_000
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
  /** When it is known how the games stand: a board that is read later is told of whatever it does not have. Never fails. */
  begun: Promise<void>
  close(): Promise<void>
}

/** What is told of a deleted game. */
const GONE = { epoch: '', seq: 0 }
const UNDER_WAY = ['live', 'break', 'suspended'] as const

/**
 * Joins the nodes of one database. The log is the truth: a play written at another node is read from there, after a hint that names it,
 * or at the next look at the heads of all games that are watched here. So the link may lose, double and reorder what it carries.
 */
export function joinNodes({ context, link, countHere, accounts }: Parts): Nodes {
  const { bus, heads, turns, storage, watching, log } = context
  const node = randomUUID()
  const elsewhere = new Map<string, Map<string, { count: number; until: number }>>()
  const forBoards = new Set<string>()
  /** What this node's boards were last told of a game, by whomever. */
  const told = new Map<string, { epoch: string; seq: number }>()
  let gathering: NodeJS.Timeout | null = null
  let isClosed = false

  const say = (channel: string, saying: Saying) => link.publish(channel, JSON.stringify({ ...saying, node }))
  const tell = ({ id, epoch, seq }: Game) => void told.set(id, { epoch, seq })
  const complaint = createComplaint(log, 'not caught up with other nodes', 'caught up with other nodes again')
  const complain = (error: unknown) => {
    if (!isClosed) complaint.failed(error)
  }
  const look = (gameId: string, begin = () => {}) =>
    turns.take(gameId, async () => {
      begin()
      if (heads.peek(gameId)) return context.catchUp(gameId)
      // Not kept, or no longer: whoever follows it starts from how it stands.
      const open = await heads.open(gameId)
      if (open) bus.publish('played', { game: open.game, plays: null, elsewhere: true })
      else bus.publish('removed', { gameId, elsewhere: true })
    })

  const waiting = new Set<string>()
  /** Nobody waits for it: a game whose turn is long in coming keeps no other from being looked at, and is not queued for twice. */
  function lookAt(gameId: string): void {
    if (waiting.has(gameId)) return
    waiting.add(gameId)
    look(gameId, () => waiting.delete(gameId)).catch(complain)
  }
  const freshening = createFreshening({ look: gameId => look(gameId).catch(complain), isKept: gameId => heads.peek(gameId) !== null })

  // A server that is alone keeps its readers when it loses sight of the database: nothing is played elsewhere that they would miss.
  let isOneOfSeveral = context.config.redisUrl !== null

  const stops = [
    bus.subscribe('played', ({ game }) => tell(game)),
    bus.subscribe('created', ({ game }) => tell(game)),
    bus.subscribe('removed', ({ gameId }) => void told.set(gameId, GONE)),
    bus.subscribe('played', ({ game, elsewhere: isHeard }) => {
      isOneOfSeveral ||= isHeard === true
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
    else if (what === 'removed') hearOfRemoval(data.game)
    else if (what === 'chat') bus.publish('chat', { gameId: data.game, message: data.message, from: null, elsewhere: true })
    else if (what === 'chatRemoved') bus.publish('chatRemoved', { gameId: data.game, id: data.id, elsewhere: true })
    else if (what === 'announcement') bus.publish('announcement', { ...data.announcement, elsewhere: true })
    else void accounts.poll().catch(complain)
  }

  function hearOfPlay({ game, epoch, seq }: Extract<Said, { say: 'played' }>): void {
    const known = heads.peek(game)?.game
    if (known?.epoch === epoch && known.seq >= seq) return
    if (watching.has(game)) return void lookAt(game)
    forBoards.add(game)
    gathering ??= setTimeout(lookForBoards, GATHER_MS)
  }

  function hearOfRemoval(gameId: string): void {
    heads.forget(gameId)
    bus.publish('removed', { gameId, elsewhere: true })
  }

  /** Nobody follows these games here, but they stand on a board. */
  function lookForBoards(): void {
    gathering = null
    const games = [...forBoards]
    forBoards.clear()
    for (const id of games) lookAt(id)
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
    freshening.tidy()
  }

  /** Whatever was lost on the way here is found by looking: one query for all games that are watched, whatever their number. */
  async function poll(): Promise<void> {
    const ids = [...watching.ids()]
    for (let start = 0; start < ids.length; start += ASKED_AT_ONCE) {
      const some = ids.slice(start, start + ASKED_AT_ONCE)
      const rows = await storage.db.selectFrom('games').where('id', 'in', some).select(['id', 'epoch', 'seq', 'deleted_at']).execute()
      const isBehind = ({ id, epoch, seq, deleted_at }: (typeof rows)[number]) => {
        const known = heads.peek(id)?.game
        return !known || known.epoch !== epoch || known.seq < seq || deleted_at !== null
      }
      for (const row of rows) if (isBehind(row)) lookAt(row.id)
    }
  }

  let since = context.now()
  /** Those under way, and whatever was written to or deleted since the last look. */
  const readBoards = () => {
    // Clocks of nodes differ, and a transaction is seen later than it says.
    const from = since - POLL_MS - 5_000
    return storage.db
      .selectFrom('games')
      .where(eb => eb.or([eb('status', 'in', UNDER_WAY), eb('updated_at', '>=', from), eb('deleted_at', '>=', from)]))
      .select(['id', 'epoch', 'seq', 'deleted_at'])
      .orderBy('updated_at', 'desc')
      .limit(1_000)
      .execute()
  }
  /** Nobody has asked for a board yet: what there is now will be on the first one, and only what comes later is news. */
  const begun = readBoards().then(rows => {
    for (const { id, epoch, seq, deleted_at } of rows) if (!told.has(id)) told.set(id, deleted_at === null ? { epoch, seq } : GONE)
  }, complain)
  /** Games on the boards that nobody follows here. */
  async function pollBoards(): Promise<void> {
    await begun
    const now = context.now()
    const rows = await readBoards()
    // What could not be looked at is looked for next time.
    since = now
    const found = new Set(rows.map(row => row.id))
    for (const id of told.keys()) if (!found.has(id)) told.delete(id)
    for (const { id, epoch, seq, deleted_at } of rows) {
      const last = told.get(id)
      if (deleted_at === null ? last?.epoch === epoch && last.seq >= seq : last === GONE) continue
      const known = heads.peek(id)?.game
      if (deleted_at !== null) hearOfRemoval(id)
      else if (known?.epoch === epoch && known.seq >= seq) bus.publish('created', { game: known, elsewhere: true })
      else hearOfPlay({ say: 'played', node: '', game: id, epoch, seq })
    }
  }

  watching.onChange((gameId, isWatched) => (isWatched ? link.subscribe(gameChannel(gameId)) : link.unsubscribe(gameChannel(gameId))))
  for (const id of watching.ids()) link.subscribe(gameChannel(id))
  link.subscribe(NEWS)
  link.onMessage((_channel, message) => hear(message))
  let seenAt = performance.now()
  let isCut = false
  function tellCut(isNow: boolean): void {
    if (isCut === isNow) return
    isCut = isNow
    bus.publish('cutOff', { isCut })
  }
  const lookAll = () =>
    Promise.all([poll(), pollBoards()]).then(() => {
      seenAt = performance.now()
      tellCut(false)
      complaint.worked()
    }, complain)
  link.onReady(() => void lookAll())
  let isPolling = false
  const polling = setInterval(() => {
    if (isOneOfSeveral && performance.now() - seenAt > CUT_OFF_MS) tellCut(true)
    if (isPolling) return
    isPolling = true
    // A connection that neither answers nor breaks is given up on; the next look takes another.
    void Promise.race([lookAll(), sleep(LOOKED_MOST_MS, undefined, { ref: false })]).finally(() => {
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
    freshen: freshening.freshen,
    begun,
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
