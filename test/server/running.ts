import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import { loadConfig } from '#server/config.ts'
import { createApp } from '#server/create-app.ts'
import { createLog } from '#server/log.ts'
import type { Link } from '#server/nodes/link.ts'
import { createGateway } from '#server/realtime/gateway.ts'
import type { LoadOptions } from '#server/realtime/load.ts'
import type { SlowLimits } from '#server/realtime/slow.ts'
import { openSecrets } from '#server/secrets.ts'
import { openPostgres } from '#server/storage/postgres.ts'
import { openStorage } from '#server/storage/storage.ts'
import { MANAGER, SCORER } from './accounts.ts'

export { MANAGER, SCORER }

interface Options {
  dataDir?: string
  /** Readers that are slow sooner than they are in production. */
  slow?: Partial<SlowLimits>
  /** Likewise, busy sooner. */
  busy?: Partial<LoadOptions>
  /** To other servers of the same data. */
  link?: Link
  /** A PostgreSQL instead of the file in `dataDir`. */
  databaseUrl?: string
}

/** The real server without its pages: storage on disk, use-cases, sockets on a free port. */
export async function startServer({
  dataDir = mkdtempSync(join(tmpdir(), 'sideline-test-')),
  slow,
  busy,
  link,
  databaseUrl,
}: Options = {}) {
  const loaded = loadConfig({ DATA_DIR: dataDir, DEMO: '0', LOG_LEVEL: 'error' })
  const secrets = openSecrets(dataDir)
  if (!loaded.ok || !secrets.ok) throw new Error('test configuration')
  const storage = await (databaseUrl ? openPostgres({ url: databaseUrl }) : openStorage({ file: join(dataDir, 'sideline.db') }))
  await storage.migrate()
  const log = createLog('error')
  const app = await createApp({ config: loaded.config, storage, secrets: secrets.secrets, log, link })
  const http = createServer((_request, response) => response.writeHead(404).end())
  const { context, reader, lobby } = app.parts
  const gateway = createGateway({ context, accounts: app.accounts, reader, lobby, chat: app.chat, http, slow, busy })
  app.parts.setViewers(gateway.viewersHere)
  await new Promise<void>(done => http.listen(0, '127.0.0.1', done))
  const { port } = http.address() as AddressInfo

  let made = 0
  return {
    app,
    context,
    gateway,
    dataDir,
    url: `http://127.0.0.1:${port}`,
    async createGame(sport = 'basketball', more: object = {}): Promise<Game> {
      made += 1
      const created = await app.games.create(MANAGER, {
        sport,
        home: { name: `Hawks ${made}` },
        away: { name: `Bears ${made}` },
        startsAt: null,
        ...more,
      })
      if (!created.ok) throw new Error(created.error.message)
      return created.game
    },
    /** Records plays that must be accepted. */
    async play(gameId: string, ...plays: PlayInput[]) {
      const answer = await app.games.record(MANAGER, gameId, plays, plays.length > 1)
      if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.path ?? ''}: ${answer.error.message}`)
      return answer
    },
    async stop({ keepData = false } = {}) {
      await gateway.close()
      await new Promise(done => http.close(done))
      await app.parts.close()
      if (!keepData) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type Running = Awaited<ReturnType<typeof startServer>>

let ids = 0
/** A play with an id of its own. */
export function basket(kind: '2pt' | '3pt' | 'ft', side: 'home' | 'away', more: Partial<PlayInput> = {}): PlayInput {
  ids += 1
  return { id: `play-${String(ids).padStart(6, '0')}`, kind, side, ...more }
}
