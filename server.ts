import { fileURLToPath } from 'node:url'
import { POST } from '#app/api/v1/games/[gameId]/plays/route.ts'
import { GET } from '#app/api/v1/games/[gameId]/route.ts'
import { createAccounts } from '#server/accounts.ts'
import { loadConfig } from '#server/config.ts'
import { type App, createApp } from '#server/create-app.ts'
import { type Demo, startDemo } from '#server/demo.ts'
import { createGuessing } from '#server/guessing.ts'
import { createLimits } from '#server/limits.ts'
import { createLog } from '#server/log.ts'
import { createParentMetrics, figuresOf } from '#server/metrics.ts'
import { createHub } from '#server/nodes/link.ts'
import { openRedisLink } from '#server/nodes/redis.ts'
import { agreeOnSecret } from '#server/nodes/secret.ts'
import { openSecrets, type Secrets } from '#server/secrets.ts'
import { serve } from '#server/serving.ts'
import { BadSetting, EX_CONFIG, startFailure } from '#server/start-failure.ts'
import { type DataDirectory, openDataDirectory } from '#server/storage/data-directory.ts'
import { lockDataDirectory } from '#server/storage/lock.ts'
import { openForServing } from '#server/storage/open.ts'
import { openStorage, type Storage } from '#server/storage/storage.ts'
import { addressOf, welcome } from '#server/welcome.ts'
import { startWorkers } from '#server/workers/parent.ts'
import { shareGuessing, shareLimits } from '#server/workers/shared-limits.ts'
import { isWorker, joinParent, type Parent } from '#server/workers/worker.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const sayOfStart = (line: string) => process.stderr.write(`${line}\n`)
function stop(code: number, ...lines: string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exit(code)
}

// No page and no build asks anybody outside.
process.env.NEXT_TELEMETRY_DISABLED ??= '1'
const isDev = process.env.NODE_ENV !== 'production'
const loaded = loadConfig(process.env)
if (!loaded.ok) stop(EX_CONFIG, ...loaded.problems)
const { config } = loaded
/** Asked for so often that they do not take the pages' way. */
const routes = { record: POST, read: GET }
const parent = isWorker() ? joinParent() : null
const log = parent ? createLog(config.logLevel).child({ worker: parent.number }) : createLog(config.logLevel)

async function start(): Promise<void> {
  const directory = openDataDirectory(config.dataDir)
  if (parent) return work(parent, directory)
  const lock = lockDataDirectory(directory)
  const opened = openSecrets(config.dataDir)
  if (!opened.ok) throw new BadSetting(opened.problem)
  const storage = await openForServing(config, directory, sayOfStart)
  await storage.migrate()
  const secrets = await agreed(storage, opened.secrets)
  if (config.workers > 1 && isDev) log.info('WORKERS is for production: in development one process serves')
  if (config.workers > 1 && !isDev) await serveThroughWorkers(storage, secrets, lock.release)
  else await serveAlone(storage, secrets, lock.release)
}

/** One process does everything. */
async function serveAlone(storage: Storage, secrets: Secrets, release: () => void): Promise<void> {
  const link = config.redisUrl !== null ? openRedisLink(config.redisUrl, log) : config.databaseUrl !== null ? createHub()() : null
  const app = await createApp({ config, storage, secrets, log, link })
  await ensureOwner(app.accounts)
  const serving = await serve(app, { routes, isDev, link })
  for (const line of welcome(config, serving.port, await app.accounts.setupToken())) say(line)
  const demo = await startDemo(app, addressOf(config, serving.port))
  stopOnce(async signal => {
    log.info({ signal }, 'stopping')
    await serving.close(demo)
    release()
  })
}

/** This process keeps the lock and, where it is embedded, writes to the database; workers serve. */
async function serveThroughWorkers(storage: Storage, secrets: Secrets, release: () => void): Promise<void> {
  const accounts = await createAccounts({ db: storage.db, config, secrets, log })
  await ensureOwner(accounts)
  const setupToken = await accounts.setupToken()
  const relay = storage.relay?.bind(storage)
  const workers = await startWorkers({
    program: fileURLToPath(import.meta.url),
    config,
    relay,
    measure: () => figuresOf(metrics),
    log,
  })
  const metrics = createParentMetrics(workers, relay ? storage : null)
  stopOnce(async signal => {
    log.info({ signal }, 'stopping')
    await workers.stop(signal)
    if (relay) await storage.close()
    release()
  })
  await workers.ready
  // Workers have connections of their own.
  if (!relay) await storage.close()
  for (const line of welcome(config, workers.port, setupToken)) say(line)
}

/** One of several processes that serve: a node like any other, on the same machine. */
async function work(parent: Parent, directory: DataDirectory): Promise<void> {
  const opened = openSecrets(config.dataDir)
  if (!opened.ok) throw new BadSetting(opened.problem)
  const { writer } = parent
  const isEmbedded = config.databaseUrl === null
  const storage = isEmbedded ? await openStorage({ file: directory.database, writer }) : await openForServing(config, directory, sayOfStart)
  const secrets = await agreed(storage, opened.secrets)
  const link = config.redisUrl !== null ? openRedisLink(config.redisUrl, log) : parent.openLink()
  // Connections are dealt out in turn, and who is turned away by one worker comes to another.
  const share = { ...config, maxConnectionsPerAddress: Math.ceil(config.maxConnectionsPerAddress / config.workers) }
  const limits = shareLimits(createLimits(), parent.openLink())
  const guessing = shareGuessing(createGuessing(), parent.openLink())
  const app = await createApp({ config: share, storage, secrets, log, link, limits, guessing })
  const serving = await serve(app, { routes, isDev, link, parent, isWrittenElsewhere: isEmbedded })
  let demo: Demo | null = null
  const stopping = stopOnce(() => serving.close(demo))
  parent.onStop(stopping)
  if (parent.number === 1) demo = await startDemo(app, addressOf(config, serving.port))
}

/** What signs the cookies: of several nodes the first one's. */
const agreed = async (storage: Storage, secrets: Secrets): Promise<Secrets> =>
  config.databaseUrl === null ? secrets : { ...secrets, auth: await agreeOnSecret(storage.db, secrets.auth) }

async function ensureOwner(accounts: Pick<App['accounts'], 'ensureOwnerFromConfig'>): Promise<void> {
  const owner = await accounts.ensureOwnerFromConfig()
  if (!owner.ok) throw new BadSetting(`ADMIN_EMAIL: ${owner.error.message}`)
}

/** Stops once, on a signal or when told otherwise; answers the latter way. */
function stopOnce(close: (signal: string) => Promise<void>): (signal: string) => void {
  let isStopping = false
  const stopping = (signal: string) => {
    if (isStopping) return
    isStopping = true
    void close(signal).then(() => process.exit(0))
  }
  process.on('SIGTERM', stopping)
  process.on('SIGINT', stopping)
  return stopping
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, error => {
    log.fatal({ err: error }, event)
    process.exit(1)
  })
}

start().catch(async (error: unknown) => {
  const failed = startFailure(error, config)
  if (!failed) log.fatal({ err: error }, 'start failed')
  // Said by the parent, once for all.
  if (parent) await parent.failed(failed ?? { exitCode: 1, lines: [] })
  if (parent || !failed) process.exit(failed?.exitCode ?? 1)
  stop(failed.exitCode, ...failed.lines)
})
