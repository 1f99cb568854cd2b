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

test('@phone A line-up at the table tells who serves, whose ace it was, and who is there to come on', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'volleyball', ...SIDES })
  const names = ['4 Ida Lind', '7 Mia Okafor', '9 Zoe Brandt', '11 Kim Osei', '12 Nia Frost', '1 Eva Holm']
  const six = Object.fromEntries(names.map((name, i) => [`p${i + 1}`, { name }]))
  await server.play(game.id, [
    { kind: 'libero', side: 'home', player: '15 Jo Vale' },
    { kind: 'lineup', side: 'home', data: six },
    { kind: 'setScore', data: { home: 25, away: 20 } },
  ])
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('More').first().click()
  await page.getByText('Everything', { exact: true }).click()
  await table.button('Keys').click()
  await page.waitForTimeout(BREATH_MS)
  // The sheets of the second set, before it begins.
  await table.button('More keys').first().click()
  await page.waitForTimeout(BREATH_MS)
  await table.key('home:lineup').click()
  for (const [i, name] of ['Okafor', 'Brandt', 'Osei', 'Frost', 'Holm', 'Lind'].entries())
    await table.followUp
      .getByRole('group', { name: `Place ${i + 1}` })
      .getByRole('button', { name })
      .click()
  await table.key('home:server').click()
  await expect(table.followUp).toContainText('serves')
  await expect(table.followUp).not.toContainText('who?')
  await table.key('home:ace').click()
  await expect(page.getByRole('region', { name: 'Score' })).toContainText('Okafor, rotation 1')
  await expect(table.followUp).not.toContainText('who?')
  await table.key('home:substitution').click()
  await expect(table.followUp.getByRole('group', { name: 'who?' }).getByRole('button')).toHaveText(['15Vale', 'Other'])
  await table.followUp.getByRole('button', { name: 'Vale' }).click()
  await expect(table.followUp.getByRole('group', { name: 'For' }).getByRole('button', { name: 'Vale' })).toHaveCount(0)
  await table.followUp.getByRole('group', { name: 'For' }).getByRole('button', { name: 'Okafor' }).click()
  await expect(page.getByRole('region', { name: 'Score' })).toContainText('Vale, rotation 1')
  await table.button('Plays').click()
  await expect(table.lines.filter({ hasText: 'Ace by 7 Mia Okafor' })).toHaveCount(1)
  // What was said of it in six taps stands there once.
  await expect(table.lines.filter({ hasText: 'Line-up of Harbour Hawks' })).toHaveCount(2)
})

test('@phone Of a touchdown pass the table asks who threw it, and then shows who kicks off', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'american_football', ...SIDES })
  await server.play(game.id, [
    { kind: 'periodStart' },
    { kind: 'pass', side: 'home', player: 'Ida Lind', data: { receiver: { name: 'Mia Okafor' } } },
  ])
  await login(page)
  const table = await openTable(page, server.url, game)
  const group = (name: string) => table.followUp.getByRole('group', { name, exact: true })
  await table.key('home:touchdown').click()
  await group('who?').getByRole('button', { name: 'Okafor' }).click()
  await expect(group('Who threw it')).toHaveCount(0)
  await group('How').getByRole('button', { name: 'Pass', exact: true }).click()
  await group('Who threw it').getByRole('button', { name: 'Lind' }).click()
  await expect(table.followUp).not.toContainText('Who threw it')
  await page.waitForTimeout(BREATH_MS)
  await table.key('home:extraPoint').click()
  await table.reads(7, 0)
  await table.button('More keys').first().click()
  await expect(table.key('home:kickoff')).toHaveAccessibleDescription('due now')
  await expect(table.key('away:kickoff')).toHaveAccessibleDescription('')
})

test('@phone The batting order says who batted, and a home run asks for nothing that follows from the bases', async ({
  page,
  server,
  login,
}) => {
  const game = await server.createGame({ sport: 'baseball', ...SIDES })
  const order = ['Ida Lind', 'Mia Okafor', 'Zoe Brandt']
  await server.play(game.id, [
    ...order.map((player, i) => ({ kind: 'lineup', side: 'away' as const, player, data: { slot: i + 1 } })),
    { kind: 'periodStart' },
  ])
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('away:single').click()
  await expect(table.followUp).toHaveText('Single, Ida Lind')
  await page.waitForTimeout(BREATH_MS)
  await table.key('away:homeRun').click()
  await expect(table.followUp).toHaveText('Home run, Mia Okafor')
  await table.reads(0, 2)
  await expect(table.saved).toContainText('Saved to play 6')
  const { plays } = (await server.api<{ plays: Play[] }>(`/api/v1/games/${game.id}/plays`)).body
  expect(plays.slice(-2).map(({ text }) => text)).toEqual(['Ida Lind singles', '2-run home run by Mia Okafor'])
})

test('A shoot-out by hand: whose turn it is, and once it is settled nothing more is to come', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'field_hockey', ...SIDES, rules: { values: { shootoutAttempts: 2 } } })
  await server.play(game.id, [
    ...[1, 2, 3, 4].flatMap(period => [
      { kind: 'periodStart', period },
      { kind: 'periodEnd', period },
    ]),
    { kind: 'periodStart', period: 5 },
  ])
  await login(page)
  const table = await openTable(page, server.url, game)
  const dots = page.getByTestId('marks').first()
  await table.key('away:shootoutGoal').click()
  await expect(dots).toContainText('Scored, To come')
  await expect(table.key('home:shootoutMiss')).toHaveAccessibleDescription('due now')
  await expect(table.key('away:shootoutMiss')).toHaveAccessibleDescription('')
  for (const key of ['home:shootoutMiss', 'away:shootoutGoal']) {
    await page.waitForTimeout(BREATH_MS)
    await table.key(key).click()
  }
  await expect(dots).toContainText('Missed, Not needed')
  await expect(dots).not.toContainText('To come')
  await expect(table.button(/^End the match/)).toContainText('Bears win 2–0 in the shoot-out')
})
