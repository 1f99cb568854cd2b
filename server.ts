import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import next from 'next'
import { POST } from '#app/api/v1/games/[gameId]/plays/route.ts'
import { GET } from '#app/api/v1/games/[gameId]/route.ts'
import { isLoopback, isUnlistedProxy } from '#server/address.ts'
import { provideApp } from '#server/app.ts'
import { loadConfig } from '#server/config.ts'
import { createApp } from '#server/create-app.ts'
import { startDemo } from '#server/demo.ts'
import { answerDirectly } from '#server/direct.ts'
import { createHttp, type Listener, secureAll } from '#server/http.ts'
import { keepPages } from '#server/kept-pages.ts'
import { lanAddresses } from '#server/lan.ts'
import { createLog } from '#server/log.ts'
import { createMetrics } from '#server/metrics.ts'
import { createHub } from '#server/nodes/link.ts'
import { openRedisLink } from '#server/nodes/redis.ts'
import { agreeOnSecret } from '#server/nodes/secret.ts'
import { canManageAll } from '#server/policies.ts'
import { createGateway, type Gateway } from '#server/realtime/gateway.ts'
import { openSecrets } from '#server/secrets.ts'
import { cookieNames } from '#server/sign-in.ts'
import { openDataDirectory } from '#server/storage/data-directory.ts'
import { isStorageError } from '#server/storage/error.ts'
import { lockDataDirectory } from '#server/storage/lock.ts'
import { openForServing } from '#server/storage/open.ts'

/** A bad setting, by the convention of sysexits. */
const EX_CONFIG = 78
const EX_UNAVAILABLE = 69
const DRAIN_MS = 4_000
/** Long enough for whoever asks `/readyz` to see that it is over. */
const DRAIN_LEAST_MS = 500

const say = (line: string) => process.stdout.write(`${line}\n`)
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
const log = createLog(config.logLevel)

async function start() {
  const directory = openDataDirectory(config.dataDir)
  const lock = lockDataDirectory(directory)
  const opened = openSecrets(config.dataDir)
  if (!opened.ok) stop(EX_CONFIG, opened.problem)
  const storage = await openForServing(config, directory, line => process.stderr.write(`${line}\n`))
  await storage.migrate()
  const secrets =
    config.databaseUrl === null ? opened.secrets : { ...opened.secrets, auth: await agreeOnSecret(storage.db, opened.secrets.auth) }
  const link = config.redisUrl !== null ? openRedisLink(config.redisUrl, log) : config.databaseUrl !== null ? createHub()() : null
  const app = await createApp({ config, storage, secrets, log, link })
  const owner = await app.accounts.ensureOwnerFromConfig()
  if (!owner.ok) stop(EX_CONFIG, `ADMIN_EMAIL: ${owner.error.message}`)
  provideApp(app)

  // Next gets a server that never listens, so that this one alone owns upgrades; otherwise a page could end a socket's.
  const decoy = createServer()
  const pages = next({ dev: isDev, dir: process.cwd(), hostname: config.host, port: config.port, httpServer: decoy })
  // Whoever comes while the pages are still being prepared waits for them: the port is taken first, so that it is known to be free.
  let admit: (listener: Listener) => void = () => {}
  const admitted = new Promise<Listener>(done => {
    admit = done
  })
  let isProxyReported = false
  const http = createHttp(
    async (request, response) => {
      if (!isProxyReported && isUnlistedProxy(request, config.trustedProxies)) {
        isProxyReported = true
        log.warn({ peer: request.socket.remoteAddress }, 'a proxy forwards for others without being listed in TRUSTED_PROXIES')
      }
      return (await admitted)(request, response)
    },
    error => log.error({ err: error }, 'request failed'),
  )
  const { context, reader, lobby } = app.parts
  const gateway = createGateway({ context, accounts: app.accounts, reader, lobby, chat: app.chat, http })
  secureAll(http, config, isDev)
  app.parts.setViewers(gateway.viewersHere)
  const direct = answerDirectly({ record: POST, read: GET })
  const pagesKept = isDev
    ? null
    : keepPages({ context, reader, sessionCookie: cookieNames(config.isSecure).session, address: () => ownAddress(http) })
  const metrics = createMetrics(context, gateway, { pageRenders: () => pagesKept?.renders() ?? 0, isLinked: () => link?.isReady() ?? null })

  const text = (response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8') =>
    void response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)

  const listening = await listen(http)
  await pages.prepare()
  const handle = pages.getRequestHandler()
  http.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/socket.io/')) return
    // Development reload; in production nothing else is upgraded.
    if (isDev) void (pages as unknown as { upgradeHandler(...sent: unknown[]): unknown }).upgradeHandler(request, socket, head)
    else socket.destroy()
  })
  admit(async (request, response) => {
    switch (request.url?.split('?')[0]) {
      case '/healthz':
        return text(response, 200, 'ok\n')
      case '/readyz': {
        const isReady = !app.parts.isDraining && (await storage.ping().catch(() => false))
        return text(response, isReady ? 200 : 503, isReady ? 'ready\n' : 'not ready\n')
      }
      case '/metrics': {
        const identified =
          isLoopback(request.socket.remoteAddress ?? '') && !request.headers['x-forwarded-for'] ? null : await app.identify(request.headers)
        if (identified && !(identified.ok && canManageAll(identified.account))) return text(response, 403, 'forbidden\n')
        return text(response, 200, await metrics.metrics(), metrics.contentType)
      }
    }
    if (!isDev && (await direct(request, response))) return
    if (await pagesKept?.answer(request, response)) return
    // The one thing of an answer that a page can read of itself: when the server sent it, whatever the device's clock says.
    if (request.headers.accept?.includes('text/html')) response.setHeader('Last-Modified', new Date().toUTCString())
    return handle(request, response)
  })

  const host =
    config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host
  const address = `http://${host}:${listening.port}`
  say(`Sideline is at ${config.publicOrigin ?? address}`)
  if (!config.publicOrigin) for (const at of lanAddresses(config.host, listening.port, networkInterfaces())) say(`On this network: ${at}`)
  const setupToken = await app.accounts.setupToken()
  if (setupToken) say(`Become the owner at ${config.publicOrigin ?? address}/setup with the one-time token ${setupToken}`)
  if (!config.isSecure) say('Without an https PUBLIC_URL, sign-ins work on this machine and its own network only, and travel unencrypted.')
  const demo = await startDemo(app, address)

  let isStopping = false
  const shutDown = async (signal: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'stopping')
    app.parts.isDraining = true
    demo?.stop()
    await drain(gateway, http)
    await app.parts.close()
    lock.release()
    process.exit(0)
  }
  process.on('SIGTERM', signal => void shutDown(signal))
  process.on('SIGINT', signal => void shutDown(signal))
}

async function drain(gateway: Gateway, http: ReturnType<typeof createServer>): Promise<void> {
  const hurried = setTimeout(() => process.exit(0), DRAIN_MS * 2.4)
  hurried.unref()
  // The door stays open while the sockets go: reads go on, and who writes or knocks is told to come again.
  const seen = new Promise(done => setTimeout(done, DRAIN_LEAST_MS))
  // A handful of sockets need no window to spread over.
  await gateway.drain(Math.min(DRAIN_MS, gateway.connections() * 5))
  await seen
  const closed = gateway.close()
  http.closeIdleConnections()
  setTimeout(() => http.closeAllConnections(), 1_000).unref()
  await closed
}

/** Where this process reaches itself. */
function ownAddress(http: ReturnType<typeof createServer>): { host: string; port: number } {
  const { address, port } = http.address() as AddressInfo
  return { host: address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address, port }
}

function listen(http: ReturnType<typeof createServer>): Promise<AddressInfo> {
  return new Promise((done, fail) => {
    http.once('error', fail)
    http.listen({ port: config.port, host: config.host, backlog: 8192 }, () => done(http.address() as AddressInfo))
  })
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, error => {
    log.fatal({ err: error }, event)
    process.exit(1)
  })
}

start().catch((error: NodeJS.ErrnoException) => {
  if (isStorageError(error))
    stop(
      error.code === 'DATA_DIR' || error.code === 'LOCKED' ? EX_CONFIG : error.code === 'SCHEMA_NEWER' ? 3 : EX_UNAVAILABLE,
      error.message,
    )
  if (error.code === 'EADDRINUSE') stop(EX_UNAVAILABLE, `PORT: ${config.port} is taken by another program`)
  if (error.code === 'EACCES') stop(EX_UNAVAILABLE, `PORT: ${config.port} may not be opened by this user`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    stop(EX_UNAVAILABLE, `HOST: ${config.host} is not an address of this machine`)
  log.fatal({ err: error }, 'start failed')
  process.exit(1)
})
