import { chromium } from '@playwright/test'
import { findChromium } from '#scripts/setup/chromium.mjs'
import { expect, test } from './fixtures.ts'
import { openTable, tableOf } from './table.ts'

const SIDES = { home: { name: 'Harbour Hawks' }, away: { name: 'Mill Town Bears' } }

interface Logged {
  plays: { seq: number; kind: string; side?: string; voids?: number; at: string }[]
}

test('[F25] Seven taps without a network, one undone, a reload: all of it arrives once, in order, when the network is back', async ({
  page,
  server,
  network,
  login,
}) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await server.play(game.id, [{ kind: 'periodStart' }])
  await login(page)
  const table = await openTable(page, network.url, game)
  await expect(table.saved).toContainText('Saved to play 1')

  network.refuse()
  network.cut()
  const keys = ['home:2pt', 'away:3pt', 'home:ft', 'away:2pt', 'home:3pt', 'away:ft', 'home:2pt']
  for (const key of keys) await table.key(key).click()
  await table.reads(8, 6)
  await expect(table.saved).toContainText('Offline – 7 waiting')
  await table.undo.click()
  await table.reads(6, 6)
  await expect(table.saved).toContainText('8 waiting')
  page.on('dialog', dialog => void dialog.accept().catch(() => {}))
  await page.reload().catch(() => {})

  network.heal()
  const again = await openTable(page, network.url, game)
  await again.reads(6, 6)
  await expect(again.saved).toContainText('Saved to play 9', { timeout: 20_000 })
  const { body } = await server.api<Logged>(`/api/v1/games/${game.id}/plays`)
  expect(body.plays.map(play => [play.kind, play.side ?? play.voids])).toEqual([
    ['periodStart', undefined],
    ['2pt', 'home'],
    ['3pt', 'away'],
    ['ft', 'home'],
    ['2pt', 'away'],
    ['3pt', 'home'],
    ['ft', 'away'],
    ['2pt', 'home'],
    ['void', 8],
  ])
  const times = body.plays.map(play => Date.parse(play.at))
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(Date.now() - (times[1] ?? 0)).toBeGreaterThan(1000)
})

test('A page that goes before its database has written a tap down has kept it all the same', async ({ page, server, login }) => {
  const game = await server.createGame()
  await server.play(game.id, { kind: 'periodStart' })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:2pt').click()
  await expect(table.saved).toContainText('Saved to play 2')

  // Nothing is sent, and the database is asked and does not answer any more.
  await page.route('**/plays', route => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await page.evaluate(() => {
    const { get } = IDBObjectStore.prototype
    IDBObjectStore.prototype.get = function (key) {
      return this.name === 'plays' ? ({} as IDBRequest) : get.call(this, key)
    }
  })
  await table.key('home:3pt').click()
  await table.key('away:ft').click()
  await table.reads(5, 1)
  page.on('dialog', dialog => void dialog.accept().catch(() => {}))
  await page.reload()
  const again = await openTable(page, server.url, game)
  await again.reads(5, 1)
  await page.unroute('**/plays')
  await expect(again.saved).toContainText('Saved to play 4', { timeout: 30_000 })
  const { plays } = (await server.api<Logged>(`/api/v1/games/${game.id}/plays`)).body
  expect(plays.map(({ kind, side }) => [kind, side])).toEqual([
    ['periodStart', undefined],
    ['2pt', 'home'],
    ['3pt', 'home'],
    ['ft', 'away'],
  ])
  expect(await page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('sideline-held-')))).toEqual([])
})

test('A page that stays open through a cut sends by itself what was tapped meanwhile', async ({ page, server, network, login }) => {
  const game = await server.createGame({ sport: 'soccer', ...SIDES })
  await login(page)
  const table = await openTable(page, network.url, game)
  await table.button('Start 1H').click()
  await expect(table.saved).toContainText('Saved to play 2')
  network.refuse()
  network.cut()
  await table.key('home:goal').click()
  await expect(table.saved).toContainText('Offline – 1 waiting')
  network.heal()
  await expect(table.saved).toContainText('Saved to play 3', { timeout: 20_000 })
  await table.reads(1, 0)
})

test('An answer that is lost on its way back does not make two of one', async ({ page, server, network, login }) => {
  const game = await server.createGame({ sport: 'soccer', ...SIDES })
  await login(page)
  const table = await openTable(page, network.url, game)
  network.delay(1000)
  await table.key('home:goal').click()
  // The request is through and its answer under way: now the line breaks.
  await expect.poll(async () => (await server.api<Logged>(`/api/v1/games/${game.id}/plays`)).body.plays.length).toBe(1)
  network.cut()
  network.heal()
  await expect(table.saved).toContainText('Saved to play 1', { timeout: 20_000 })
  await table.reads(1, 0)
  expect((await server.api<Logged>(`/api/v1/games/${game.id}/plays`)).body.plays).toHaveLength(1)
})

test('Signed out in the middle, the plays wait for the next sign-in', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:2pt').click()
  await expect(table.saved).toContainText('Saved to play 1')
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  for (const key of ['away:2pt', 'home:3pt', 'away:ft', 'home:ft']) await table.key(key).click()
  await expect(table.saved).toContainText('Sign in again – 4 waiting')
  await table.reads(6, 3)
  page.on('dialog', dialog => void dialog.accept().catch(() => {}))
  await page.goto(`${server.url}/login?next=/score/${game.id}`)
  await page.context().addCookies(cookies)
  const again = await openTable(page, server.url, game)
  await expect(again.saved).toContainText('Saved to play 5')
  await again.reads(6, 3)
})

test('Two tabs of one device share what waits and send it once', async ({ page, server, network, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const one = await openTable(page, network.url, game)
  const two = await openTable(await page.context().newPage(), network.url, game)
  network.refuse()
  network.cut()
  await one.key('home:2pt').click()
  await two.key('away:3pt').click()
  await one.reads(2, 3)
  await two.reads(2, 3)
  network.heal()
  await expect(one.saved).toContainText('Saved to play 2', { timeout: 20_000 })
  await expect(two.saved).toContainText('Saved to play 2', { timeout: 20_000 })
  expect((await server.api<Logged>(`/api/v1/games/${game.id}/plays`)).body.plays).toHaveLength(2)
})

test('Over plain http, on a hall’s own network, a phone scores, loses the network and loses nothing', async ({ server }) => {
  // A name that is no loopback address: none of the browser's secure-context parts are there.
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-background-networking', '--host-resolver-rules=MAP table.hall 127.0.0.1'],
  })
  try {
    const base = `http://table.hall:${server.port}`
    const context = await browser.newContext({ baseURL: base })
    const signIn = await context.newPage()
    await signIn.goto(`${base}/login`)
    const status = await signIn.evaluate(
      async account =>
        (
          await fetch('/api/auth/sign-in/email', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(account),
          })
        ).status,
      server.owner,
    )
    expect(status).toBe(200)
    const game = await server.createGame({ sport: 'basketball', ...SIDES })
    const page = await context.newPage()
    const table = await openTable(page, base, game)
    expect(await page.evaluate(() => [window.isSecureContext, typeof crypto.randomUUID, typeof navigator.locks])).toEqual([
      false,
      'undefined',
      'undefined',
    ])
    await table.key('home:2pt').click()
    await expect(table.saved).toContainText('Saved to play 1')
    await context.setOffline(true)
    await table.key('away:3pt').click()
    await expect(table.saved).toContainText('1 waiting')
    await context.setOffline(false)
    await expect(tableOf(page).saved).toContainText('Saved to play 2', { timeout: 20_000 })
  } finally {
    await browser.close()
  }
})
