import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { findChromium } from '#scripts/setup/chromium.mjs'
import { expect, test } from './fixtures.ts'
import { asking, makePerson } from './people.ts'
import type { Server } from './server.ts'
import { BREATH_MS, openTable, tableOf } from './table.ts'

const SIDES = { home: { name: 'Harbour Hawks' }, away: { name: 'Mill Town Bears' } }
const TABLES = 'sideline-tables-1'

interface Logged {
  plays: { seq: number; id: string; kind: string; side?: string; points?: number; voids?: number; at: string }[]
}
const logOf = async (server: Server, gameId: string) => (await server.api<Logged>(`/api/v1/games/${gameId}/plays`)).body.plays
const told = ({ kind, side, voids }: Logged['plays'][number]) => [kind, side ?? voids]

/** The table's page is in the worker's hands: from here on it opens without a network. */
async function untilKept(page: Page, gameId: string): Promise<void> {
  await expect.poll(() => keptTables(page), { timeout: 20_000 }).toContain(`/score/${gameId}`)
}
const keptTables = (page: Page) =>
  page.evaluate(async name => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname), TABLES)

/** What IndexedDB has written down, as it would be found after a power cut; null where there is nothing. */
const inDatabase = <T>(page: Page, name: string, store: string, key: string | [string, number]) =>
  page.evaluate(
    ([name, store, key]) =>
      new Promise<unknown>(done => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => {
          const read = opening.result.transaction(store).objectStore(store).get(key)
          read.onsuccess = () => {
            opening.result.close()
            done(read.result ?? null)
          }
        }
      }),
    [name, store, key] as const,
  ) as Promise<T | null>

/** Of a game's kept log: the number of plays. */
const keptPlays = async (page: Page, gameId: string) =>
  (await inDatabase<{ seq: number }>(page, 'sideline-tables', 'logs', [gameId, 0]))?.seq ?? null
/** Of its plays that wait: how many. */
const writtenDown = async (page: Page, gameId: string) =>
  (await inDatabase<unknown[]>(page, 'sideline-outbox', 'plays', gameId))?.length ?? 0

/** A reload of a page with unsent plays, and the browser's question whether to leave it. */
async function reload(page: Page): Promise<void> {
  page.removeAllListeners('dialog')
  page.on('dialog', dialog => void dialog.accept().catch(() => {}))
  await page.reload()
  await expect(page.getByRole('application')).toBeFocused()
}

test('Offline, a reload gives the table as it was left; scoring goes on and everything arrives once, in order @every-size', async ({
  page,
  server,
  login,
}) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '3pt', side: 'away' }])
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:2pt').click()
  await expect(table.saved).toContainText('Saved to play 3')
  await untilKept(page, game.id)

  await page.context().setOffline(true)
  await table.key('home:3pt').click()
  await table.key('away:ft').click()
  await expect(table.saved).toContainText('Offline – 2 waiting')
  // On the screen at once, on the disk in the moment after.
  await expect.poll(() => writtenDown(page, game.id)).toBe(2)
  await reload(page)
  await table.reads(5, 4)
  await expect(table.saved).toContainText('Offline – 2 waiting')
  await page.waitForTimeout(BREATH_MS)
  await table.key('home:ft').click()
  await table.key('away:2pt').click()
  await table.undo.click()
  await table.reads(6, 4)
  await expect(table.saved).toContainText('Offline – 5 waiting')
  await expect.poll(() => writtenDown(page, game.id)).toBe(5)
  await reload(page)
  await table.reads(6, 4)
  await expect(table.saved).toContainText('Offline – 5 waiting')

  await page.context().setOffline(false)
  await expect(table.saved).toContainText('Saved to play 8', { timeout: 30_000 })
  await table.reads(6, 4)
  const plays = await logOf(server, game.id)
  expect(plays.map(told)).toEqual([
    ['periodStart', undefined],
    ['3pt', 'away'],
    ['2pt', 'home'],
    ['3pt', 'home'],
    ['ft', 'away'],
    ['ft', 'home'],
    ['2pt', 'away'],
    ['void', 7],
  ])
})

test('The browser is killed offline and opened again offline: the score, the waiting plays and the keys are there', async ({
  server,
  network,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'sideline-profile-'))
  const launch = () =>
    chromium.launchPersistentContext(profile, {
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
      viewport: { width: 390, height: 844 },
    })
  let context: BrowserContext = await launch()
  try {
    const game = await server.createGame({ sport: 'soccer', ...SIDES })
    const page = context.pages()[0] ?? (await context.newPage())
    const answer = await context.request.post(`${network.url}/api/auth/sign-in/email`, {
      data: { ...server.owner, rememberMe: true },
      headers: { origin: network.url },
    })
    expect(answer.status()).toBe(200)
    const table = await openTable(page, network.url, game)
    await table.button('Start 1H').click()
    await expect(table.saved).toContainText('Saved to play 2')
    await page.waitForTimeout(BREATH_MS)
    await table.key('home:goal').click()
    await expect(table.saved).toContainText('Saved to play 3')
    await untilKept(page, game.id)
    await expect.poll(() => keptPlays(page, game.id)).toBe(3)

    network.refuse()
    network.cut()
    const tappedAt = Date.now()
    await table.key('away:goal').click()
    await expect(table.saved).toContainText('Offline – 1 waiting')
    const keptAt = Date.now()
    await page.waitForTimeout(500)
    await context.close()

    context = await launch()
    const again = context.pages()[0] ?? (await context.newPage())
    await again.goto(`${network.url}/score/${game.id}`)
    const second = tableOf(again)
    await second.reads(1, 1)
    await expect(second.saved).toContainText('Offline – 1 waiting')
    await again.waitForTimeout(BREATH_MS)
    await second.key('home:goal').click()
    await second.reads(2, 1)

    network.heal()
    await expect(second.saved).toContainText('Saved to play 5', { timeout: 30_000 })
    const plays = await logOf(server, game.id)
    expect(plays.map(told).slice(2)).toEqual([
      ['goal', 'home'],
      ['goal', 'away'],
      ['goal', 'home'],
    ])
    const at = Date.parse(plays[3]?.at ?? '')
    expect(at).toBeGreaterThan(tappedAt - 2500)
    expect(at).toBeLessThan(keptAt + 2500)
  } finally {
    await context.close().catch(() => {})
    await rm(profile, { recursive: true, force: true })
  }
})

test('Twenty minutes after it was drawn, a kept page still tells the time: clock and plays are where they belong', async ({
  page,
  server,
  login,
}) => {
  const game = await server.createGame({ sport: 'soccer', ...SIDES })
  await login(page)
  // The device's clock is wrong by forty minutes, as some are, and twenty minutes pass between the kept page and its reload.
  const WRONG_MS = 40 * 60_000
  const LATER_MS = 20 * 60_000
  await page.addInitScript(
    ({ wrong, later }) => {
      const real = Date.now.bind(Date)
      Date.now = () => real() + wrong + (document.documentElement?.hasAttribute('data-kept') ? later : 0)
    },
    { wrong: WRONG_MS, later: LATER_MS },
  )
  const table = await openTable(page, server.url, game)
  await table.button('Start 1H').click()
  await expect(table.saved).toContainText('Saved to play 2')
  await untilKept(page, game.id)
  // The server's time has been measured, and what was measured is written down.
  await expect
    .poll(() => page.evaluate(() => Number(localStorage.getItem('sideline-server-ahead'))), { timeout: 20_000 })
    .toBeLessThan(-WRONG_MS + 5000)
  await page.context().setOffline(true)
  await table.key('home:goal').click()
  await expect(table.saved).toContainText('Offline – 1 waiting')
  await reload(page)
  await table.reads(1, 0)
  await expect(table.saved).toContainText('oldest 20 min')
  await expect(page.getByTestId('clock')).toHaveText(/^20:\d\d/)
  await page.waitForTimeout(BREATH_MS)
  await table.key('away:goal').click()
  await table.reads(1, 1)

  const sent: { agoMs: number }[] = []
  page.on('requestfinished', request => {
    if (request.method() === 'POST' && request.url().endsWith('/plays')) sent.push(...[request.postDataJSON()].flat())
  })
  await page.waitForTimeout(1000)
  await page.context().setOffline(false)
  await expect(table.saved).toContainText('Saved to play 4', { timeout: 30_000 })
  // Made twenty minutes ago by the device's clock, and a moment ago.
  const [first, second] = sent.map(({ agoMs }) => agoMs)
  expect(first).toBeGreaterThanOrEqual(LATER_MS)
  expect(first).toBeLessThan(LATER_MS + 60_000)
  expect(second).toBeGreaterThanOrEqual(1000)
  expect(second).toBeLessThan(60_000)
})

test('Meanwhile somebody else has scored: what was kept meets what the server has, and both count', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await server.play(game.id, [{ kind: 'periodStart' }])
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:2pt').click()
  await expect(table.saved).toContainText('Saved to play 2')
  await untilKept(page, game.id)
  await page.context().setOffline(true)
  await table.key('home:3pt').click()
  await expect(table.saved).toContainText('1 waiting')
  await reload(page)
  await table.reads(5, 0)
  // More than a watch answers in one go.
  const others = Array.from({ length: 300 }, () => ({ kind: 'ft', side: 'away' as const }))
  await server.play(game.id, others)
  await page.waitForTimeout(BREATH_MS)
  await table.key('away:2pt').click()
  await table.reads(5, 2)
  await page.context().setOffline(false)
  await expect(table.saved).toContainText('Saved to play 304', { timeout: 30_000 })
  await table.reads(5, 302)
  expect((await logOf(server, game.id)).length).toBe(304)

  // What came since is written down too, although the page that is kept is as old as it was.
  await expect.poll(() => keptPlays(page, game.id)).toBe(304)
  await page.context().setOffline(true)
  await reload(page)
  await table.reads(5, 302)
  await page.waitForTimeout(BREATH_MS)
  await table.key('home:2pt').click()
  await table.reads(7, 302)
  await page.context().setOffline(false)
  await expect(table.saved).toContainText('Saved to play 305', { timeout: 30_000 })
})

test('The history was replaced meanwhile: a kept log of another epoch gives way', async ({ page, server, login }) => {
  test.setTimeout(240_000)
  const file = join(tmpdir(), `sideline-backup-${randomUUID()}.db`)
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }])
  await server.sideline('backup', file)
  try {
    await login(page)
    const table = await openTable(page, server.url, game)
    await table.key('home:3pt').click()
    await expect(table.saved).toContainText('Saved to play 3')
    await untilKept(page, game.id)
    await page.context().setOffline(true)
    await table.key('away:3pt').click()
    await reload(page)
    await table.reads(5, 3)
    await server.stop()
    await server.sideline('restore', file)
    await server.restart()
    await page.context().setOffline(false)
    // Every sign-in ended with the restore: the play waits until somebody signs in, and nothing of the old history is counted.
    await expect(table.saved).toContainText('Sign in again – 1 waiting', { timeout: 30_000 })
    await table.reads(2, 3)
    await login(page)
    await reload(page)
    await expect(table.saved).toContainText('Saved to play 3', { timeout: 30_000 })
    await table.reads(2, 3)
    expect((await logOf(server, game.id)).map(told)).toEqual([
      ['periodStart', undefined],
      ['2pt', 'home'],
      ['3pt', 'away'],
    ])
  } finally {
    await rm(file, { force: true })
  }
})

test('A sign-out takes the kept tables and their logs with it, but no play that waits', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES, visibility: 'private' })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:2pt').click()
  await expect(table.saved).toContainText('Saved to play 1')
  await untilKept(page, game.id)
  await expect.poll(() => keptPlays(page, game.id)).toBe(1)
  await page.context().setOffline(true)
  await table.key('home:2pt').click()
  await expect(table.saved).toContainText('1 waiting')

  const out = await page.evaluate(async () => {
    try {
      return (await fetch('/api/auth/sign-out', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status
    } catch {
      return 0
    }
  })
  expect(out).toBe(0)
  await expect.poll(() => keptTables(page)).toEqual([])
  await expect.poll(() => keptPlays(page, game.id)).toBe(null)
  page.on('dialog', dialog => void dialog.accept().catch(() => {}))
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No network' })).toBeVisible()
  await page.context().setOffline(false)
  // The page that says so may be quicker to look again by itself.
  await page.goto(`${server.url}/score/${game.id}`).catch(() => {})
  await expect(table.saved).toContainText('Saved to play 2', { timeout: 20_000 })
  await table.reads(4, 0)
})

test('Another account never sees what was kept for the one before', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:2pt').click()
  await expect(table.saved).toContainText('Saved to play 1')
  await untilKept(page, game.id)
  // The sign-in ends elsewhere: the page learns it from the server alone.
  await page.context().clearCookies()
  await page.goto(`${server.url}/score/${game.id}`)
  await expect(page).toHaveURL(/\/login/)
  await expect.poll(() => keptTables(page)).toEqual([])
  await page.context().setOffline(true)
  await page.goto(`${server.url}/score/${game.id}`)
  await expect(page.getByRole('heading', { name: 'No network' })).toBeVisible()
  // The page looks again by itself; a browser that is closed in the middle of that may hang.
  await page.context().setOffline(false)
  await expect(page).toHaveURL(/\/login/)
})

test('A page without a network that came to life after the network was back finds it by itself', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  await openTable(page, server.url, game)
  await untilKept(page, game.id)
  // What a slow device makes of it: online by the time it listens, and nobody says so again.
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'onLine', { get: () => true })
    const { addEventListener } = window
    window.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      if (given[0] !== 'online') addEventListener.apply(window, given)
    }
  })
  await page.context().setOffline(true)
  await page.goto(`${server.url}/competitions`)
  await expect(page.getByRole('heading', { name: 'No network' })).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { name: 'No network' })).toHaveCount(0, { timeout: 30_000 })
  await expect(page.getByRole('heading', { name: 'Competitions' })).toBeVisible()
})

test('With the next account’s first table, those of the one before are gone', async ({ page, server, login }) => {
  const [first, second] = [
    await server.createGame({ sport: 'basketball', ...SIDES, visibility: 'private' }),
    await server.createGame({ sport: 'basketball', ...SIDES }),
  ]
  await login(page)
  await openTable(page, server.url, first)
  await untilKept(page, first.id)
  await expect.poll(() => keptPlays(page, first.id)).toBe(0)
  const owner = await asking(server, server.owner)
  const scorer = await makePerson(server, owner, { role: 'scorer' })
  await owner.dispose()
  await page.context().clearCookies()
  await login(page, scorer)
  const table = await openTable(page, server.url, second)
  await untilKept(page, second.id)
  expect(await keptTables(page)).toEqual([`/score/${second.id}`])
  await expect.poll(() => keptPlays(page, first.id)).toBe(null)
  await page.context().setOffline(true)
  await page.goto(`${server.url}/score/${first.id}`)
  await expect(page.getByRole('heading', { name: 'No network' })).toBeVisible()
  await page.goto(`${server.url}/score/${second.id}`)
  await table.reads(0, 0)
  await page.context().setOffline(false)
})

test('A page that was reloaded by force, past the worker, is the worker’s again', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  await openTable(page, server.url, game)
  await untilKept(page, game.id)
  const devtools = await page.context().newCDPSession(page)
  await Promise.all([page.waitForEvent('load'), devtools.send('Page.reload', { ignoreCache: true })])
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
})

test('A network that takes everything and answers nothing is no network: the kept table opens after some seconds', async ({
  page,
  server,
  network,
  login,
}) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, network.url, game)
  await table.key('home:3pt').click()
  await expect(table.saved).toContainText('Saved to play 1')
  await untilKept(page, game.id)
  network.blackHole()
  await reload(page)
  await table.reads(3, 0)
  await expect(table.saved).toContainText('Offline')
  network.heal()
  await expect(table.saved).toContainText('Saved to play 1', { timeout: 30_000 })
})

test('Built files of old days go, those of a kept table stay', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await untilKept(page, game.id)
  await page.evaluate(async () => {
    const files = await caches.open('sideline-files-1')
    for (let i = 0; i < 300; i++) await files.put(`/_next/static/chunks/old-${i}.js`, new Response('old'))
  })
  const other = await server.createGame({ sport: 'basketball', ...SIDES })
  await openTable(page, server.url, other)
  await untilKept(page, other.id)
  const count = () => page.evaluate(async () => (await (await caches.open('sideline-files-1')).keys()).length)
  await expect.poll(count).toBeLessThanOrEqual(250)
  await page.context().setOffline(true)
  for (const { id } of [game, other]) {
    await page.goto(`${server.url}/score/${id}`)
    await expect(page.getByRole('application')).toBeFocused()
    await page.waitForTimeout(BREATH_MS)
    await table.key('home:2pt').click()
    await table.reads(2, 0)
  }
  await page.context().setOffline(false)
  await expect(table.saved).toContainText('Saved to play 1', { timeout: 30_000 })
})

test('The page without a network names the tables that open without one', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('away:2pt').click()
  await expect(table.saved).toContainText('Saved to play 1')
  await untilKept(page, game.id)
  await page.context().setOffline(true)
  await page.goto(`${server.url}/`)
  // That page may look for the network again by itself at any time, under the click too.
  await expect(async () => {
    await page.getByRole('link', { name: 'Harbour Hawks against Mill Town Bears' }).first().click({ timeout: 2000 })
    await expect(table.saved).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 25_000 })
  await table.reads(0, 2)
  await expect(table.saved).toContainText('Offline – nothing waiting')
  await page.context().setOffline(false)
})

test('What the rules had to say about a play is said in words, and periods have their numbers', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await server.play(game.id, [
    { kind: 'periodStart' },
    { kind: 'periodEnd' },
    { kind: 'periodStart' },
    { kind: 'clockStop' },
    { kind: 'gameEnd', data: { how: 'called' } },
    { kind: '2pt', side: 'home' },
  ])
  await login(page)
  const table = await openTable(page, server.url, game)
  await expect(table.lines.nth(0)).toContainText('Counted after the end; the game stays over.')
  await expect(table.lines.nth(2)).toContainText('The clock was standing already.')
  await expect(table.lines.nth(3)).toContainText('2nd quarter begins')
  await expect(table.lines.nth(4)).toContainText('1st quarter ends')
})

test('On a phone no key shows the letter of a keyboard @phone', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await expect(table.key('home:2pt')).toBeVisible()
  await expect(page.locator('kbd:visible')).toHaveCount(0)
})

test('Only so many tables are kept, the newest', async ({ page, server, login }) => {
  test.setTimeout(240_000)
  await login(page)
  const games = []
  for (let i = 0; i < 14; i++) games.push(await server.createGame({ sport: 'basketball', ...SIDES }))
  for (const game of games) {
    await openTable(page, server.url, game)
    await untilKept(page, game.id)
  }
  const kept = await keptTables(page)
  expect(kept).toHaveLength(12)
  expect(kept).not.toContain(`/score/${games[0]?.id}`)
  expect(kept).toContain(`/score/${games[13]?.id}`)
})
