import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
import { SOCKET_PATH } from '#domain/protocol.ts'
import { isLoopback, isUnlistedProxy } from './address.ts'
import { provideApp } from './app.ts'
import { consoleToLog } from './console.ts'
import type { App } from './create-app.ts'
import type { Demo } from './demo.ts'
import { answerDirectly } from './direct.ts'
import { createHttp, type Listener, secureAll } from './http.ts'
import { keepPages } from './kept-pages.ts'
import { listen, ownPlace } from './listening.ts'
import { createMetrics, figuresOf, joinFigures } from './metrics.ts'
import type { Link } from './nodes/link.ts'
import { canManageAll } from './policies.ts'
import { createGateway, type Gateway, NO_HANDSHAKE } from './realtime/gateway.ts'
import { cookieNames } from './sign-in.ts'
import type { Parent } from './workers/worker.ts'

const DRAIN_MS = 4_000
/** Long enough for whoever asks `/readyz` to see that it is over. */
const DRAIN_LEAST_MS = 500
const LAST_ANSWERS_MS = 1_000
/** A database that takes longer to answer is not there. */
const READY_WITHIN_MS = 3_000

export interface Serving {
  port: number
  close(demo: Demo | null): Promise<void>
}

interface Around {
  routes: Parameters<typeof answerDirectly>[0]
  isDev: boolean
  link: Link | null
  /** Of a worker: its port is shared with others. */
  parent?: Parent
  /** Another process commits what is written here. */
  isWrittenElsewhere?: boolean
}

/** Everything of a process that answers requests and holds sockets. */
export async function serve(app: App, { routes, isDev, link, parent, isWrittenElsewhere }: Around): Promise<Serving> {
  provideApp(app)
  const { config, log } = app
  const { context, reader, lobby } = app.parts
  // Next gets a server that never listens, so that this one alone owns upgrades; otherwise a page could end a socket's.
  const decoy = createServer()
  if (!isDev) consoleToLog(log)
  const pages = next({ dev: isDev, dir: process.cwd(), hostname: config.host, port: config.port, httpServer: decoy })
  // Whoever comes while the pages are still being prepared waits for them: the port is taken first, so that it is known to be free.
  let admit: (listener: Listener) => void = () => {}
  const admitted = new Promise<Listener>(done => {
    admit = done
  })
  const reportProxy = reportingProxyOnce(app)
  const http = createHttp(
    async (request, response) => {
      reportProxy(request)
      return (await admitted)(request, response)
    },
    error => log.error({ err: error }, 'request failed'),
  )
  const gateway = createGateway({ context, accounts: app.accounts, reader, lobby, chat: app.chat, http })
  secureAll(http, config, isDev)
  app.parts.setViewers(gateway.viewersHere)
  const direct = answerDirectly(routes)
  const pagesKept = isDev
    ? null
    : keepPages({
        context,
        reader,
        siteName: app.settings.name,
        sessionCookie: cookieNames(config.isSecure).session,
        address: () => ownPlace(http),
      })
  const metrics = createMetrics(context, gateway, {
    pageRenders: () => pagesKept?.renders() ?? 0,
    link,
    isWrittenElsewhere,
  })
  parent?.onMeasure(() => figuresOf(metrics))

  const text = (response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8') =>
    void response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)

  // Before anybody can knock: what nobody takes has no listener for its errors, and the first that breaks off would end the process.
  let isPrepared = false
  http.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith(SOCKET_PATH)) return
    // Development reload; in production nothing else is upgraded.
    if (isDev && isPrepared)
      void (pages as unknown as { upgradeHandler(...sent: unknown[]): unknown }).upgradeHandler(request, socket, head)
    else socket.destroy()
  })
  // The connections of a worker are handed to it, once it can answer them; the port it takes is its own, where it draws pages for keeping.
  const port = await listen(http, parent ? { port: 0, host: '127.0.0.1' } : config)
  await pages.prepare()
  isPrepared = true
  const handle = pages.getRequestHandler()
  admit(async (request, response) => {
    if (request.url?.startsWith(SOCKET_PATH)) return text(response, 400, JSON.stringify({ error: NO_HANDSHAKE }), 'application/json')
    switch (request.url?.split('?')[0]) {
      case '/healthz':
        return text(response, 200, 'ok\n')
      case '/readyz': {
        const isReady = !app.parts.isDraining && (await answersSoon(context.storage.ping()))
        return text(response, isReady ? 200 : 503, isReady ? 'ready\n' : 'not ready\n')
      }
      case '/metrics': {
        const identified =
          isLoopback(request.socket.remoteAddress ?? '') && !request.headers['x-forwarded-for'] ? null : await app.identify(request.headers)
        if (identified && !(identified.ok && canManageAll(identified.account))) return text(response, 403, 'forbidden\n')
        return text(response, 200, await (parent ? parent.figures().then(joinFigures) : metrics.metrics()), metrics.contentType)
      }
    }
    if (!isDev && (await direct(request, response))) return
    if (await pagesKept?.answer(request, response)) return
    // The one thing of an answer that a page can read of itself: when the server sent it, whatever the device's clock says.
    if (request.headers.accept?.includes('text/html')) response.setHeader('Last-Modified', new Date().toUTCString())
    return handle(request, response)
  })
  parent?.ready(http)
  return {
    port: parent?.port ?? port,
    async close(demo) {
      app.parts.isDraining = true
      demo?.stop()
      await drain(gateway, http, parent)
      await app.parts.close()
    },
  }
}

/** Who asks is not kept waiting by a database that is. */
const answersSoon = (ping: Promise<boolean>): Promise<boolean> =>
  Promise.race([ping.catch(() => false), sleep(READY_WITHIN_MS, false, { ref: false })])

function reportingProxyOnce({ config, log }: App) {
  let isReported = false
  return (request: Parameters<Listener>[0]) => {
    if (isReported || !isUnlistedProxy(request, config.trustedProxies)) return
    isReported = true
    log.warn({ peer: request.socket.remoteAddress }, 'a proxy forwards for others without being listed in TRUSTED_PROXIES')
  }
}

async function drain(gateway: Gateway, http: ReturnType<typeof createServer>, parent?: Parent): Promise<void> {
  const hurried = setTimeout(() => process.exit(0), DRAIN_MS * 2.4)
  hurried.unref()
  // The door stays open while the sockets go: reads go on, and who writes or knocks is told to come again.
  const seen = new Promise(done => setTimeout(done, DRAIN_LEAST_MS))
  // A handful of sockets need no window to spread over.
  await gateway.drain(Math.min(DRAIN_MS, gateway.connections() * 5))
  await seen
  const closed = gateway.close()
  http.closeIdleConnections()
  setTimeout(() => http.closeAllConnections(), LAST_ANSWERS_MS).unref()
  await parent?.leave(LAST_ANSWERS_MS)
  await closed
}
