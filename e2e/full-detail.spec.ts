import type { Page } from '@playwright/test'
import type { BoxTable } from '#domain/box.ts'
import type { Play } from '#domain/play.ts'
import { expect, test } from './fixtures.ts'
import type { Server } from './server.ts'
import { BREATH_MS, openTable } from './table.ts'

const SIDES = { home: { name: 'Harbour Hawks' }, away: { name: 'Mill Town Bears' } }
const MINUTE = 60_000

/** A game of ice hockey with a goal and two who set it up, and a minor penalty that has just begun. */
async function hockey(server: Server) {
  const game = await server.createGame({ sport: 'ice_hockey', ...SIDES })
  const { body } = await server.api<{ game: { clock: { direction: 'up' | 'down'; valueMs: number } } }>(`/api/v1/games/${game.id}`)
  const isDown = (body.game.clock?.direction ?? 'down') === 'down'
  const at = (minutes: number) => ({ clockMs: (isDown ? 20 - minutes : minutes) * MINUTE })
  await server.play(game.id, [
    { kind: 'periodStart' },
    {
      kind: 'goal',
      side: 'home',
      player: 'Ida Lind',
      data: { assist: { name: 'Mia Okafor' }, assist2: { name: 'Zoe Brandt' } },
      ...at(4),
    },
    { kind: 'shot', side: 'home', player: 'Ida Lind', ...at(5) },
    { kind: 'penalty', side: 'away', player: 'Kim Osei', data: { type: 'minor' }, ...at(6) },
    { kind: 'clockStart' },
  ])
  return { game, at }
}

const secondsOf = async (page: Page) => {
  const text = (await page.getByTestId('timers-away').getByRole('timer').textContent()) ?? ''
  const [minutes = '0', seconds = '0'] = text.split(':')
  return Number(minutes) * 60 + Number(seconds)
}

test('@every-size A penalty runs with the clock on the game’s page, and stands with it; the box score is live', async ({
  page,
  server,
}) => {
  const { game, at } = await hockey(server)
  await page.goto(`/games/${game.id}`)
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
  const timers = page.getByTestId('timers-away')
  await expect(timers).toContainText('Kim Osei')
  await expect.poll(() => secondsOf(page)).toBeLessThan(119)
  await server.play(game.id, { kind: 'clockSet', ...at(7) })
  await server.play(game.id, { kind: 'clockStop' })
  await expect.poll(() => secondsOf(page)).toBeLessThanOrEqual(60)
  const stood = await secondsOf(page)
  await page.waitForTimeout(1100)
  expect(await secondsOf(page)).toBe(stood)

  const row = (name: string) => page.getByTestId('box').getByRole('row').filter({ hasText: name }).first()
  await expect(row('Mia Okafor')).toBeVisible()
  await expect(page.getByTestId('linescore')).toContainText('SOG')
  const figures = (name: string) => row(name).getByRole('cell').allTextContents()
  const before = await figures('Mia Okafor')
  const roster = (await server.api<{ game: { roster: { id: string; name: string }[] } }>(`/api/v1/games/${game.id}`)).body.game.roster
  const mia = roster.find(({ name }) => name === 'Mia Okafor')?.id
  await server.play(game.id, { kind: 'goal', side: 'home', playerId: mia, ...at(7) })
  await expect(page.getByTestId('score-home')).toHaveText('2')
  await expect.poll(() => figures('Mia Okafor')).not.toEqual(before)
  const { tables } = (await server.api<{ tables: BoxTable[] }>(`/api/v1/games/${game.id}/box`)).body
  const table = tables.find(({ side, rows }) => side === 'home' && rows.some(({ playerId }) => playerId === mia))
  const told = table?.columns.map(({ key }) => String(table.rows.find(({ playerId }) => playerId === mia)?.cells[key] ?? '–'))
  expect(await figures('Mia Okafor')).toEqual(told)

  // On a phone one side at a time; on a desk both.
  const other = page.getByTestId('box').getByRole('row').filter({ hasText: 'Kim Osei' }).first()
  const isPhone = (page.viewportSize()?.width ?? 0) < 640
  await expect(other).toBeVisible({ visible: !isPhone })
  if (isPhone) {
    await page.getByTestId('box').getByRole('radio', { name: 'Bears' }).check({ force: true })
    await expect(other).toBeVisible()
    await expect(row('Mia Okafor')).toBeHidden()
  }
})

test('@phone A goal and who set it up, one name typed, without a connection; then it is on the server, names and all', async ({
  page,
  server,
  login,
}) => {
  const { game } = await hockey(server)
  await login(page)
  const table = await openTable(page, server.url, game)
  await expect(page.getByTestId('timers-away')).toHaveText(/^[012]:\d\d/)
  await page.context().setOffline(true)
  await page.waitForTimeout(BREATH_MS)
  await table.key('home:goal').click()
  await table.followUp.getByRole('button', { name: 'Lind' }).click()
  const second = table.followUp.getByRole('group', { name: 'First assist' })
  await expect(second.getByRole('button', { name: 'Lind' })).toHaveCount(0)
  await second.getByRole('button', { name: 'Other' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Nia Frost')
  await table.button('Add').click()
  await table.reads(2, 0)
  await table.button('Plays').click()
  await expect(table.lines.first()).toContainText('Ida Lind')
  await expect(table.lines.first()).toContainText('Nia Frost')
  await page.context().setOffline(false)
  await expect(table.saved).toContainText('Saved to play')
  const { plays } = (await server.api<{ plays: Play[] }>(`/api/v1/games/${game.id}/plays`)).body
  const logged = plays.findLast(({ kind }) => kind === 'goal')
  expect(logged?.text).toMatch(/Ida Lind.*Nia Frost/)
  expect(JSON.stringify(logged?.data)).not.toContain('Frost')
})

test('@phone How much is written down is chosen on the device, and kept there', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'ice_hockey', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  const choose = async (level: string) => {
    await table.button('More').first().click()
    await page.getByText(level, { exact: true }).click()
    await table.button('Keys').click()
    await page.waitForTimeout(BREATH_MS)
  }
  await expect(table.key('home:shot')).toHaveCount(0)
  await choose('Everything')
  await expect(table.key('home:shot')).toBeVisible()
  await openTable(page, server.url, game)
  await expect(table.key('home:shot')).toBeVisible()
  await choose('Score only')
  await expect(table.key('home:penalty')).toHaveCount(0)
  await table.key('home:goal').click()
  await table.reads(1, 0)
  await expect(table.followUp).toContainText('goal')
  await expect(table.followUp.getByRole('button')).toHaveCount(0)
})

test('@phone What is due is brought out where it stands', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'rugby_union', ...SIDES })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: 'clockStart' }])
  await login(page)
  const table = await openTable(page, server.url, game)
  const kick = table.key('home:conversion')
  await expect(kick).toHaveAccessibleDescription('')
  const before = await kick.boundingBox()
  await table.key('home:try').click()
  await expect(kick).toHaveAccessibleDescription('due now')
  await expect(table.key('away:conversion')).toHaveAccessibleDescription('')
  expect(await kick.boundingBox()).toEqual(before)
  await page.waitForTimeout(BREATH_MS)
  await kick.click()
  await table.reads(7, 0)
  await expect(kick).toHaveAccessibleDescription('')
})
