import type { Page, WebSocketRoute } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { Draft } from './server.ts'

const home = (page: Page) => page.getByTestId('score-home')
const root = (page: Page) => page.locator('[data-connection]').first()
const becomes = (page: Page, state: string, timeout = 10_000) => expect(root(page)).toHaveAttribute('data-connection', state, { timeout })
const BASKET: Draft = { kind: '2pt', side: 'home' }

test('A page whose connection is cut says so, comes back by itself and has missed nothing', async ({ page, network, server }) => {
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, BASKET])
  await page.goto(`${network.url}/games/${game.id}`)
  await becomes(page, 'live')
  network.refuse()
  network.cut()
  await becomes(page, 'reconnecting')
  await server.play(game.id, [BASKET, BASKET, BASKET])
  await expect(page.getByTestId('status')).toHaveText('Reconnecting…')
  await expect(home(page)).toHaveText('2')
  network.heal()
  await becomes(page, 'live', 15_000)
  await expect(home(page)).toHaveText('8')
  await expect(page.getByTestId('plays').getByRole('listitem')).toHaveCount(5)
  await expect(page.getByTestId('status')).toHaveText('LIVE')
})

test('A device that goes offline: within moments nothing says LIVE any more, and the page says how old it is', async ({
  page,
  context,
  server,
}) => {
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: 'clockStart', clockMs: 580_000 }, BASKET])
  await page.goto(`${server.url}/games/${game.id}`)
  await becomes(page, 'live')
  await context.setOffline(true)
  await expect(page.getByTestId('status')).toHaveText('Reconnecting…')
  await expect(page.getByTestId('heard')).toHaveText(/^\d+ s old$/)
  await context.setOffline(false)
  await becomes(page, 'live', 15_000)
  await expect(page.getByTestId('status')).toHaveText('LIVE')
})

test('A page that has not connected yet says nothing of it at first, then that it connects, and never that something was lost', async ({
  page,
  server,
}) => {
  await page.routeWebSocket(/\/socket\.io\//, () => {})
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, BASKET])
  await page.goto(`${server.url}/games/${game.id}`)
  await expect(root(page)).toHaveAttribute('data-connection', 'connecting')
  await expect(page.getByTestId('status')).toHaveText('LIVE')
  await expect(page.getByTestId('status')).toHaveText('Connecting…')
  await expect(root(page)).toHaveAttribute('data-connection', 'connecting')
  await expect(page.getByText('No live connection')).toBeVisible({ timeout: 25_000 })
  await expect(page.getByText(/Reconnecting…|Connection lost/)).toHaveCount(0)
})

test('A network that falls silent without a word is found out, and the clock does not run on unvouched', async ({
  page,
  network,
  server,
}) => {
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: 'clockStart', clockMs: 580_000 }, BASKET])
  await page.goto(`${network.url}/games/${game.id}`)
  await becomes(page, 'live')
  network.blackHole()
  await becomes(page, 'reconnecting', 30_000)
  await expect(page.getByTestId('status')).toHaveText('Reconnecting…')
  const still = await page.getByTestId('clock').textContent()
  await page.waitForTimeout(2500)
  await expect(page.getByTestId('clock')).toHaveText(still ?? '')
  await expect(page.getByText(/Last update \d\d:\d\d/).first()).toBeVisible({ timeout: 20_000 })
  // Who hears the page is told both: that it was lost, and that it is back.
  await expect(page.getByRole('status').filter({ hasText: 'Connection lost' })).toBeAttached()
  await server.play(game.id, BASKET)
  network.heal()
  await becomes(page, 'live', 15_000)
  await expect(home(page)).toHaveText('4')
  await expect(page.getByRole('status').filter({ hasText: 'Live again.' })).toBeAttached()
  await expect(page.getByText('Connection lost')).toHaveCount(0)
})

test('A page that wakes on a dead link does not wait for the link to notice', async ({ page, network, server }) => {
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, BASKET])
  await page.goto(`${network.url}/games/${game.id}`)
  await becomes(page, 'live')
  await page.waitForTimeout(1500)
  network.blackHole()
  await page.evaluate(() => window.dispatchEvent(new Event('pageshow')))
  await becomes(page, 'reconnecting')
  await server.play(game.id, BASKET)
  network.heal()
  await becomes(page, 'live', 15_000)
  await expect(home(page)).toHaveText('4')
})

test('The server is killed in the middle of a burst: every acknowledged play is on the page within 15 s', async ({ page, server }) => {
  const game = await server.createGame()
  await server.play(game.id, { kind: 'periodStart' })
  await page.goto(`${server.url}/games/${game.id}`)
  await becomes(page, 'live')
  let acknowledged = 0
  const burst = (async () => {
    for (;;) {
      await server.play(game.id, { kind: 'ft', side: 'home' })
      acknowledged += 1
    }
  })().catch(() => undefined)
  await expect.poll(() => acknowledged).toBeGreaterThan(10)
  await server.restart({ signal: 'SIGKILL' })
  await burst
  await becomes(page, 'live', 15_000)
  const { body } = await server.api<{ game: { score: { home: number } } }>(`/api/v1/games/${game.id}`)
  expect(body.game.score.home).toBeGreaterThanOrEqual(acknowledged)
  await expect(home(page)).toHaveText(String(body.game.score.home))
  await expect(root(page)).toHaveAttribute('data-seq', String(body.game.score.home + 1))
})

test('A page goes with the server into a restored past and on from there', async ({ page, server }, { outputDir }) => {
  test.setTimeout(240_000)
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, BASKET])
  await page.goto(`${server.url}/games/${game.id}`)
  await becomes(page, 'live')
  const file = `${outputDir}-backup.db`
  await server.sideline('backup', file)
  await server.play(game.id, [BASKET, BASKET])
  await expect(home(page)).toHaveText('6')
  await server.stop()
  await server.sideline('restore', file)
  await server.restart()
  await becomes(page, 'live', 15_000)
  await expect(home(page)).toHaveText('2')
  await server.play(game.id, BASKET)
  await expect(home(page)).toHaveText('4')
  await expect(page.getByTestId('plays').getByRole('listitem')).toHaveCount(3)
})

test('Where no socket opens the page says that it updates every 15 s, does, and takes a socket as soon as it gets one', async ({
  page,
  server,
}) => {
  test.setTimeout(240_000)
  let isBlocked = true
  await page.routeWebSocket(/\/socket\.io\//, (socket: WebSocketRoute) => {
    if (isBlocked) void socket.close()
    else socket.connectToServer()
  })
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, BASKET])
  await page.goto(`${server.url}/games/${game.id}`)
  await becomes(page, 'polling', 40_000)
  await expect(page.getByText(/updates every 15 s/)).toBeVisible()
  await server.play(game.id, [BASKET, BASKET])
  await expect(home(page)).toHaveText('6', { timeout: 30_000 })
  await expect(page.getByTestId('plays').getByRole('listitem')).toHaveCount(4)
  const unchanged = page.waitForResponse(response => response.url().endsWith(`/api/v1/games/${game.id}`), { timeout: 30_000 })
  expect((await unchanged).status()).toBe(304)
  isBlocked = false
  await becomes(page, 'live', 15_000)
  await server.play(game.id, BASKET)
  await expect(home(page)).toHaveText('8')
})
