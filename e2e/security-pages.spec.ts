import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from './fixtures.ts'
import { foreignRequests, openUnderPolicy } from './policy.ts'

const PAGES = fileURLToPath(new URL('../app/', import.meta.url))

/** `/games/[gameId]` for each page that the product has. */
const routes = readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('page.tsx'))
  .map(file => `/${file.replace(/\/?page\.tsx$/, '')}`)
  .sort()
/** Not reached by a link: the set-up is over, the gallery is not served, the offline page is the service worker's. */
const UNLINKED = new Set(['/setup', '/gallery', '/offline'])

const routeOf = (path: string) =>
  routes.find(route => route === path) ?? routes.find(route => new RegExp(`^${route.replaceAll(/\[\w+\]/g, '[^/]+')}$`).test(path)) ?? null

test('S13 Whoever follows every link there is meets every page, each alive under its own policy with a nonce of its own, and nothing that is not ours', async ({
  page,
  login,
  server,
}) => {
  const made = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name: 'Crawled League', sport: 'basketball' })
  const game = await server.createGame({ competitionId: made.body.competition.id })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }])
  await page.addInitScript(() => {
    const violations: string[] = []
    Object.assign(window, { violations })
    document.addEventListener('securitypolicyviolation', event => violations.push(`${event.violatedDirective} ${event.blockedURI}`))
  })
  const complaints: string[] = []
  const foreign = foreignRequests(page, server.url)
  page.on('pageerror', error => complaints.push(error.message))

  const nonces = new Set<string | null>()
  const met = new Map<string, string>()
  const waiting = ['/', '/login']
  const known = new Set(waiting)
  const visit = async (path: string) => {
    const { status, nonce } = await openUnderPolicy(page, path)
    expect(status, path).toBe(200)
    expect(nonces, path).not.toContain(nonce ?? null)
    if (nonce) nonces.add(nonce)
    expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations), path).toEqual([])
    return page.locator('a[href^="/"]').evaluateAll(links => links.map(link => link.getAttribute('href') ?? ''))
  }
  const crawl = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const { pathname } = new URL(path, server.url)
      const route = routeOf(pathname)
      if (route === null || met.has(route)) continue
      met.set(route, path)
      for (const href of await visit(path)) {
        const [clean = ''] = href.split('#')
        if (known.has(clean)) continue
        known.add(clean)
        waiting.push(clean)
      }
    }
  }
  await crawl()
  await login(page)
  waiting.push('/', '/score', '/admin', '/account')
  await crawl()
  expect([...met.keys()].sort()).toEqual(routes.filter(route => !UNLINKED.has(route)))

  expect((await page.request.get('/gallery')).status()).toBe(404)
  await visit('/offline')
  expect(complaints).toEqual([])
  expect(foreign).toEqual([])
})
