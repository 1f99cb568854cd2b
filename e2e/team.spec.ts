import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Game } from '#domain/game.ts'
import { expect, test } from './fixtures.ts'
import type { Draft, Server } from './server.ts'

const DAY = 86_400_000
const day = (days: number) => new Date(Date.now() + days * DAY).toISOString()
const FOR_HOME: Draft[] = [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }]
const section = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
/** An opponent whose name was given to it by nobody else. */
const named = (name: string) => `${name} ${randomUUID().slice(0, 6)}`

interface League {
  id: string
  name: string
  hawks: Game['home']
  bears: Game['home']
  live: Game
}

/** Hawks that lost, then won, play now and have two games to come. */
async function league(server: Server, hawksName = named('Hawks')): Promise<League> {
  const name = named('Harbour League')
  const { body } = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name, sport: 'basketball' })
  const competitionId = body.competition.id
  const [hawks, bears, lions] = [hawksName, named('Bears'), named('Lions')].map(name => ({ name }))
  const lost = await server.createGame({ competitionId, home: bears, away: { ...hawks, color: '#1f5fbf' }, startsAt: day(-9) })
  const won = await server.createGame({ competitionId, home: hawks, away: lions, startsAt: day(-2) })
  for (const game of [lost, won]) await server.play(game.id, [...FOR_HOME, { kind: 'gameEnd' }])
  await server.createGame({ competitionId, home: lions, away: hawks, startsAt: day(9) })
  await server.createGame({ home: { id: won.home.id }, away: { name: named('Guests') }, startsAt: day(3) })
  const live = await server.createGame({ competitionId, home: hawks, away: bears })
  await server.play(live.id, FOR_HOME)
  return { id: competitionId, name, hawks: won.home, bears: live.away, live }
}

test('@every-size A team’s page says what it plays now, what comes, what was and where it stands, also before any script runs', async ({
  browser,
  page,
  server,
}) => {
  const { id, name, hawks, bears } = await league(server)
  const still = await browser.newContext({ javaScriptEnabled: false })
  for (const one of [page, await still.newPage()]) {
    await one.goto(`${server.url}/teams/${hawks.id}`)
    await expect(one).toHaveTitle(new RegExp(hawks.name))
    await expect(one.getByRole('heading', { level: 1 })).toHaveText(hawks.name)
    const headings = await one.getByRole('heading', { level: 2 }).allTextContents()
    expect(headings).toEqual(['Being played', 'To come', `${name}, table`, 'Results'])
    await expect(section(one, 'Being played').getByRole('link')).toHaveText([new RegExp(`^${hawks.name} 2, ${bears.name} 0, live`)])
    // The next first, and of what was the last first.
    const opponents = (where: string) => section(one, where).locator('a[href^="/teams/"]').allTextContents()
    expect(await opponents('To come')).toEqual([expect.stringContaining('Guests'), expect.stringContaining('Lions')])
    expect(await opponents('Results')).toEqual([expect.stringContaining('Lions'), bears.name])
    const results = section(one, 'Results').getByRole('listitem')
    await expect(results).toHaveText([/Lions.*Won$/s, /Bears.*Lost$/s])
    await expect(section(one, 'Results').getByRole('heading', { level: 3 }).first()).toContainText(name)
    const own = section(one, new RegExp(name)).getByRole('row').filter({ hasText: hawks.name })
    await expect(own.getByRole('cell').first()).toHaveText(/^[123]$/)
    await expect(own.getByRole('link')).toHaveAttribute('href', `/competitions/${id}`)
    await expect(one.getByText('lost, won', { exact: true })).toHaveCount(1)
  }
  await still.close()
})

test('@every-size Its live score moves without reloading, and nothing jumps', async ({ page, server }) => {
  const { hawks, live } = await league(server)
  await page.goto(`/teams/${hawks.id}`)
  const tile = section(page, 'Being played').getByRole('listitem')
  await server.play(live.id, { kind: '3pt', side: 'away' })
  await expect(tile).toContainText(/ 2, .* 3, live/)
  await page.evaluate(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift' })
  })
  for (let points = 5; points <= 14; points += 3) {
    await server.play(live.id, { kind: '3pt', side: 'home' })
    await expect(tile).toContainText(` ${points}, `)
  }
  await server.play(live.id, { kind: 'gameEnd' })
  await expect(tile).toContainText('final')
  expect((await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).filter(shift => shift > 0.0005)).toEqual([])
})

test('So does that of a team which plays in no one competition', async ({ page, server }) => {
  const game = await server.createGame({ startsAt: day(-1) })
  await server
    .createGame({ home: { id: game.home.id }, startsAt: day(-3) })
    .then(({ id }) => server.play(id, [...FOR_HOME, { kind: 'gameEnd' }]))
  await server.play(game.id, FOR_HOME)
  await page.goto(`/teams/${game.home.id}`)
  await server.play(game.id, { kind: '3pt', side: 'home' })
  await expect(section(page, 'Being played').getByRole('listitem')).toContainText(' 5, ')
  // What the board of the day does not hold stays.
  await expect(section(page, 'Results').getByRole('listitem')).toHaveCount(1)
})

test('Names lead to a team from its game, the table and its opponents, by keyboard too', async ({ page, server }) => {
  const { id, hawks, bears, live } = await league(server)
  const isAt = (team: Game['home']) => expect(page).toHaveURL(`/teams/${team.id}`)
  await page.goto(`/games/${live.id}`)
  await page.getByTestId('name-home').getByRole('link').click()
  await isAt(hawks)
  await page.goto(`/competitions/${id}`)
  await page.getByRole('rowheader', { name: bears.name }).getByRole('link').click()
  await isAt(bears)
  const row = section(page, 'Results').getByRole('listitem').first()
  await row.getByRole('link').first().focus()
  await page.keyboard.press('Tab')
  await expect(row.getByRole('link', { name: hawks.name, exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await isAt(hawks)
  // The rest of a line leads to its game.
  await row.click({ position: { x: 10, y: 30 } })
  await expect(page).toHaveURL(/\/games\//)
})

test('A team that only games behind a sign-in know is not found, for whoever is signed in as well, and no link leads there', async ({
  page,
  login,
  server,
}) => {
  const shown = await server.createGame({ home: { name: 'הפועל תל אביב' } })
  const hidden = await server.createGame({ home: { id: shown.home.id }, away: { name: named('Secret') }, visibility: 'private' })
  const unlisted = await server.createGame({ home: { name: named('Unlisted') }, visibility: 'unlisted' })
  const isHidden = async () => {
    for (const team of [hidden.away.id, unlisted.home.id, 'nothing', '%00']) {
      expect((await page.goto(`/teams/${team}`))?.status(), team).toBe(404)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page')
    }
    const answer = await page.goto(`/teams/${shown.home.id}`)
    expect([answer?.status(), await answer?.text()]).toEqual([200, expect.not.stringContaining(hidden.away.name)])
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('הפועל תל אביב')
    await page.goto(`/games/${unlisted.id}`)
    await expect(page.getByTestId('name-home')).toHaveText(unlisted.home.name)
    await expect(page.getByTestId('name-home').getByRole('link')).toHaveCount(0)
  }
  await isHidden()
  await login(page)
  await isHidden()
})
