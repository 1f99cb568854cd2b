import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SidelineError } from '#domain/errors.ts'
import { provideApp } from '#server/app.ts'
import { type Running, startServer } from './running.ts'

const ROUTES = fileURLToPath(new URL('../../app/api/', import.meta.url))
type Route = (request: Request, context: { params: Promise<object> }) => Promise<Response>

let server: Running
let routes: { file: string; module: Record<string, Route> }[]
beforeAll(async () => {
  server = await startServer()
  provideApp(server.app)
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('route.ts') && !file.startsWith('[['),
  )
  routes = await Promise.all(files.map(async file => ({ file, module: (await import(`${ROUTES}${file}`)) as Record<string, Route> })))
})
afterAll(() => server.stop())

const ask = (route: Route, method: string, params: object) =>
  route(
    new Request(`${server.url}/api`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: '{}' }),
    }),
    { params: Promise.resolve(params) },
  )

it('while it stops, every write there is answers DRAINING, and every read as before', async () => {
  const game = await server.createGame()
  server.app.parts.isDraining = true
  const writes = []
  for (const { file, module } of routes) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const route = module[method]
      if (!route) continue
      writes.push(`${method} ${file}`)
      const response = await ask(route, method, { gameId: game.id })
      const { error } = (await response.json()) as { error: SidelineError }
      expect([response.status, error], `${method} ${file}`).toEqual([
        503,
        { code: 'DRAINING', message: expect.any(String), retryable: true, retryAfterMs: expect.any(Number) },
      ])
      expect(Number(response.headers.get('retry-after')), file).toBeGreaterThan(0)
    }
    if (module.GET) {
      const response = await ask(module.GET, 'GET', { gameId: game.id })
      expect(response.status, `GET ${file}`).not.toBe(503)
      await response.body?.cancel()
    }
  }
  expect(writes).toEqual(
    expect.arrayContaining(['POST v1/games/route.ts', 'DELETE v1/games/[gameId]/route.ts', 'POST v1/games/[gameId]/plays/route.ts']),
  )
  expect(await server.app.games.get(null, game.id)).toMatchObject({ ok: true, game: { seq: 0 } })

  server.app.parts.isDraining = false
  const [plays] = routes.filter(({ file }) => file === 'v1/games/[gameId]/plays/route.ts')
  expect((await ask(plays?.module.POST as Route, 'POST', { gameId: game.id })).status).toBe(401)
})
