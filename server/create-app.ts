import { createHmac } from 'node:crypto'
import { failure, type Result, type SidelineError } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import { type Account, type Accounts, createAccounts } from './accounts.ts'
import { type Admin, createAdmin } from './admin/admin.ts'
import { type Announcements, createAnnouncements } from './announcements.ts'
import { writeAudit } from './audit.ts'
import { createBus } from './bus.ts'
import { type Chat, createChat } from './chat.ts'
import { startForgettingChat } from './chat-retention.ts'
import { type Competitions, createCompetitions } from './competitions.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { DRAINING } from './draining.ts'
import { explain } from './explain.ts'
import { catchUp } from './games/catch-up.ts'
import { createErasure, type Erasure } from './games/erasure.ts'
import { createHeads } from './games/heads.ts'
import { createLineUp, type LineUpResult } from './games/line-up.ts'
import { createReader, type Reader } from './games/read.ts'
import { createRecorder, type RecordResult } from './games/record.ts'
import { createSchedule, type Schedule } from './games/schedule.ts'
import { loadSports } from './games/sports.ts'
import { createTeams, type Teams } from './games/teams.ts'
import { createTies } from './games/ties.ts'
import { createTurns } from './games/turns.ts'
import type { Guessing } from './guessing.ts'
import { createLimits, type LIMITS, type Limits, rateLimit } from './limits.ts'
import { createLobby, type Lobby } from './lobby.ts'
import type { Log } from './log.ts'
import { createMethods, isRead } from './methods.ts'
import type { Link } from './nodes/link.ts'
import { joinNodes, type Nodes } from './nodes/nodes.ts'
import { createWatching } from './nodes/watching.ts'
import { describeApi } from './openapi.ts'
import { type AnyHeaders, checkUnsafeRequest } from './origin.ts'
import { createPages, type Pages } from './pages.ts'
import { createRemovalWatch } from './removals.ts'
import type { Secrets } from './secrets.ts'
import { createSetUp, type SetUp } from './set-up.ts'
import { createSettings, type Settings } from './settings.ts'
import { createSignIns, type SignIns } from './sign-ins.ts'
import { describeSports } from './sports-api.ts'
import type { Storage } from './storage/storage.ts'
import { createStream, type Stream } from './stream.ts'

export type { Board, CompetitionPage, GamePage } from './pages.ts'
export type { TeamPage } from './team-page.ts'

/** Everything pages and routes may ask of the server. Built once, handed to Next through `app.ts`. */
export interface App {
  config: Config
  log: Log
  accounts: Accounts
  /** Who is asking; a bad or expired token is an error, no sign-in at all is nobody. */
  identify(headers: AnyHeaders): Promise<Result<{ account: Account | null }>>
  /** Refuses what another site can make a browser send, and every write while the server stops. */
  checkRequest(method: string, headers: AnyHeaders): Result<object>
  /** The methods that an address of the HTTP interface answers to; null for any other address. */
  methodsOf(path: string): readonly string[] | null
  games: {
    list: Reader['list']
    get: Reader['game']
    plays: Reader['plays']
    box: Reader['box']
    create: Schedule['createGame']
    record(account: Account | null, gameId: string, inputs: unknown[], isBatch: boolean): Promise<RecordResult>
    /** Who plays a game that has not begun. */
    change(account: Account | null, gameId: string, input: unknown): Promise<LineUpResult>
    remove: Schedule['removeGame']
  }
  competitions: Competitions & { list: Pages['competitions'] }
  teams: Teams
  /** Whom plays and sides name. */
  players: Erasure
  pages: Pages
  stream: Stream
  chat: Chat
  announcements: Announcements
  settings: Settings
  admin: Admin
  setUp: SetUp
  signIns: SignIns
  /** What went wrong without anybody's fault, such as a database out of reach; null for everything else. */
  explain: typeof explain
  /** A line in the audit for who tried to change what they may not; of a flood of tries, the first. */
  noteRefusal(account: Account | null, method: string, path: string): Promise<void>
  describeSports(): unknown[]
  openApi(): unknown
  /** For the gateway and the composition root alone. */
  parts: {
    context: Context
    reader: Reader
    lobby: Lobby
    setViewers(count: (gameId: string) => number): void
    isDraining: boolean
    close(): Promise<void>
  }
}
export type { Account, Game, SidelineError }

interface Options {
  config: Config
  storage: Storage
  secrets: Secrets
  log: Log
  /** To the other nodes of the same database; none when this is the only one. */
  link?: Link | null
  /** Shared with other processes; otherwise this one's own. */
  limits?: Limits
  guessing?: Guessing
}

export async function createApp({ config, storage, secrets, log, link, limits = createLimits(), guessing }: Options): Promise<App> {
  const sports = await loadSports()
  const now = Date.now
  let nodes: Nodes | null = null
  const context: Context = {
    config,
    storage,
    sports,
    heads: createHeads(storage, sports),
    bus: createBus(error => log.error({ err: error }, 'a listener failed')),
    limits,
    log,
    now,
    turns: createTurns(),
    catchUp: gameId => catchUp(context, gameId),
    freshen: async gameId => nodes?.freshen(gameId),
    isAlone: () => nodes === null,
    watching: createWatching(),
    viewersElsewhere: gameId => nodes?.viewersElsewhere(gameId) ?? 0,
    pseudonym: text => createHmac('sha256', secrets.auth).update(`pseudonym ${text}`).digest('base64url').slice(0, 22),
  }
  const accounts = await createAccounts({ db: storage.db, config, secrets, log, now, guessing })
  const reader = createReader(context)
  const ties = createTies(context, createRecorder(context))
  const schedule = createSchedule(context, ties)
  const erasure = createErasure(context)
  const lineUp = createLineUp(context)
  const teams = createTeams(context)
  const competitions = createCompetitions(context)
  const lobby = createLobby(context)
  let viewersHere = (_gameId: string) => 0
  const pages = createPages(context, reader, lobby, id => viewersHere(id) + context.viewersElsewhere(id))
  const stopPolling = accounts.startPolling()
  const stopWatching = createRemovalWatch({
    db: storage.db,
    log,
    onRemoved(gameId) {
      context.heads.forget(gameId)
      context.bus.publish('removed', { gameId, elsewhere: true })
    },
  }).startPolling()

  const stopLooking = ties.startLooking()

  if (link) nodes = joinNodes({ context, link, countHere: id => viewersHere(id), accounts })
  await nodes?.begun

  const settings = createSettings(context, accounts)
  const stopForgetting = startForgettingChat(context, settings)

  // Neither changes while the process lives, and each takes a good part of a second to draw up: the first is needed at once.
  const api = describeApi(sports)
  let described: unknown[] | undefined

  const app: App = {
    config,
    log,
    accounts,
    async identify(headers) {
      const { account, shown, isRefused } = await accounts.identify(headers)
      // A stale cookie is like none; a program that shows a bad token is told so.
      if (!isRefused || shown !== 'token') return { ok: true, account }
      return failure('AUTH_INVALID', 'The token is unknown, expired or revoked.')
    },
    checkRequest(method, headers) {
      const checked = checkUnsafeRequest(method, headers, config)
      return checked.ok && app.parts.isDraining && !isRead(method) ? DRAINING : checked
    },
    methodsOf: createMethods(api.paths),
    games: {
      list: reader.list,
      get: reader.game,
      plays: reader.plays,
      box: reader.box,
      create: limited('writes', schedule.createGame),
      change: (account, gameId, input) => limited('writes', (who, given: unknown) => lineUp.change(who, gameId, given))(account, input),
      remove: limited('writes', schedule.removeGame),
      async record(account, gameId, inputs, isBatch) {
        if (account) {
          const taken = takeFor(account, 'plays', inputs.length)
          if (!taken.ok)
            return {
              ok: false,
              error: { code: 'RATE_LIMITED', message: 'Too many plays.', retryable: true, retryAfterMs: taken.retryAfterMs },
            }
        }
        return ties.record(account, gameId, inputs, isBatch)
      },
    },
    competitions: {
      list: pages.competitions,
      get: competitions.get,
      create: limited('writes', competitions.create),
      change: (account, id, input) => limited('writes', (who, given: unknown) => competitions.change(who, id, given))(account, input),
      remove: limited('writes', competitions.remove),
    },
    teams: {
      change: (account, id, input) => limited('writes', (who, given: unknown) => teams.change(who, id, given))(account, input),
    },
    players: { find: erasure.find, erase: limited('writes', erasure.erase) },
    pages,
    stream: createStream(context, reader, accounts),
    chat: createChat(context, reader),
    announcements: createAnnouncements(context),
    settings,
    admin: createAdmin(context, accounts, competitions),
    setUp: createSetUp(accounts, config),
    signIns: createSignIns(storage.db, config, now),
    explain,
    async noteRefusal(account, method, path) {
      if (!account || isRead(method) || !limits.take('refusals', account.id).ok) return
      await writeAudit(storage.db, {
        at: now(),
        actor: account.id,
        action: 'request.refused',
        detail: { request: `${method} ${path}`.slice(0, 200) },
      })
    },
    describeSports() {
      described ??= describeSports(sports)
      return described
    },
    openApi: () => api,
    parts: {
      context,
      reader,
      lobby,
      setViewers(count) {
        viewersHere = count
      },
      isDraining: false,
      async close() {
        await nodes?.close()
        stopPolling()
        stopWatching()
        stopLooking()
        stopForgetting()
        lobby.close()
        await storage.checkpoint()
        await storage.close()
      },
    },
  }

  /** People share one limit by request; a token has its own by plays a second, or none. */
  function takeFor(account: Account, name: keyof typeof LIMITS, cost: number) {
    if (account.via === 'session') return context.limits.take(name, account.id)
    return account.rate == null ? { ok: true as const } : context.limits.takeUnder(rateLimit(account.rate), `token ${account.id}`, cost)
  }

  function limited<I, T extends object>(name: keyof typeof LIMITS, act: (account: Account | null, input: I) => Promise<Result<T>>) {
    return async (account: Account | null, input: I): Promise<Result<T>> => {
      const taken = account ? takeFor(account, name, 1) : { ok: true as const }
      if (!taken.ok)
        return {
          ok: false,
          error: { code: 'RATE_LIMITED', message: 'Too many requests.', retryable: true, retryAfterMs: taken.retryAfterMs },
        }
      return act(account, input)
    }
  }
  return app
}
