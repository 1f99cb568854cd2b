import { expect, test } from './fixtures.ts'
import { BREATH_MS, tableOf } from './table.ts'

const people = (...names: string[]) => ({ members: names.map(name => ({ name })) })
/** A set given at once: whoever is ahead in it has won it. */
const setOf = (home: number, away: number) => ({ kind: 'setScore', data: { home, away } })

test('A tie is followed match by match, and a match leads back to it @every-size', async ({ page, server }) => {
  const clubs = { home: { name: 'Quayside' }, away: { name: 'Lockkeepers' } }
  const tie = await server.createGame({ sport: 'table_tennis', ...clubs, rules: { pack: 'tie', values: { tieOf: 2, playOn: true } } })
  const match = (home: string, away: string) =>
    server.createGame({ sport: 'table_tennis', home: people(home), away: people(away), partOf: tie.id })
  const [first, second] = [await match('Ada Lind', 'Bo Vey'), await match('Cy Orr', 'Di Ekman')]

  await page.goto(`/games/${tie.id}`)
  const matches = page.getByTestId('tie-match')
  await expect(matches).toHaveCount(2)
  await expect(matches.first()).toContainText('Ada Lind')

  await server.play(first.id, [setOf(11, 4), setOf(11, 7), setOf(11, 9)])
  await expect(page.getByTestId('score-home')).toHaveText('1')
  await expect(page.getByTestId('score-away')).toHaveText('0')
  await expect(matches.first()).toContainText('3')

  await server.play(second.id, [setOf(3, 11), setOf(8, 11), setOf(9, 11)])
  await expect(page.getByTestId('score-away')).toHaveText('1')
  await expect(page.getByTestId('status')).toHaveText('Final')

  await matches.first().getByRole('link').first().click()
  await expect(page).toHaveURL(`${server.url}/games/${first.id}`)
  await expect(page.getByTestId('score-home')).toHaveText('3')
  await page.getByTestId('tie-of').click()
  await expect(page).toHaveURL(`${server.url}/games/${tie.id}`)
})

test('A tie is made by the form, match by match, and moves with what is scored in them @every-size', async ({
  page,
  context,
  server,
  login,
}) => {
  await login(page)
  await page.goto('/score/new')
  const others = page.getByText('Other sports')
  if (await others.isVisible()) await others.click()
  await page.getByText('Badminton', { exact: true }).click()
  await page.getByText('A tie of several').click()
  await page.getByLabel('Home team').fill('Quayside')
  await page.getByLabel('Away team').fill('Lockkeepers')
  await page.getByLabel('Matches planned').fill('2')
  await page.getByRole('button', { name: 'Create, and add its matches' }).click()

  await expect(page.getByRole('heading', { name: 'Match 1 of 2' })).toBeVisible()
  const tieId = new URL(page.url()).searchParams.get('tie') as string
  await page.getByLabel('Quayside', { exact: true }).fill('Ada Lind')
  await page.getByLabel('Lockkeepers', { exact: true }).fill('Bo Vey')
  await page.getByRole('button', { name: 'Create, and add the next' }).click()
  await expect(page.getByRole('heading', { name: 'Match 2 of 2' })).toBeVisible()
  await page.getByLabel('Quayside', { exact: true }).fill('Cy Orr / Eva Holm')
  await page.getByLabel('Lockkeepers', { exact: true }).fill('Di Ekman / Flo Berg')

  // Followed by somebody else meanwhile.
  const fan = await context.newPage()
  await fan.goto(`/games/${tieId}`)
  await expect(fan.getByTestId('tie-match')).toHaveCount(1)
  await page.getByRole('button', { name: 'Create and score' }).click()
  await expect(page).toHaveURL(/\/score\/[^?/]+$/)
  await expect(fan.getByTestId('tie-match')).toHaveCount(2)
  await expect(fan.getByTestId('tie-match').last()).toContainText('Orr')

  const matchId = new URL(page.url()).pathname.split('/').at(-1) as string
  await server.play(matchId, [setOf(21, 12), setOf(21, 19)])
  await expect(fan.getByTestId('score-home')).toHaveText('1')
  await page.goto(`/score/${tieId}`)
  await expect(page.getByTestId('tie-match')).toHaveCount(2)
  await expect(page.getByRole('link', { name: 'Add a match' })).toBeVisible()
})

test('The table of a tie moves point by point, leads to each match, and changes who plays until it begins @every-size', async ({
  page,
  browser,
  server,
  login,
}) => {
  const clubs = { home: { name: 'Weirside' }, away: { name: 'Bargemen' } }
  const tie = await server.createGame({ sport: 'table_tennis', ...clubs, rules: { pack: 'tie', values: { tieOf: 2, playOn: true } } })
  const match = (home: string, away: string) =>
    server.createGame({ sport: 'table_tennis', home: people(home), away: people(away), partOf: tie.id })
  const [first, second] = [await match('Ada Lind', 'Bo Vey'), await match('Cy Orr', 'Di Ekman')]
  const fan = await (await browser.newContext()).newPage()
  await fan.goto(`${server.url}/games/${tie.id}`)
  await login(page)
  await page.goto(`/score/${tie.id}`)
  const matches = page.getByTestId('tie-match')
  await expect(matches).toHaveCount(2)

  // Whoever falls ill is exchanged, for a pair if need be; fans see it too.
  const dialog = page.getByRole('dialog')
  // The button is drawn before it does anything.
  await expect(async () => {
    await matches.last().getByRole('button', { name: 'Change players' }).click({ timeout: 1_000 })
    await expect(dialog.getByLabel('Weirside')).toHaveValue('Cy Orr', { timeout: 1_000 })
  }).toPass()
  await dialog.getByLabel('Weirside').fill('Eva Holm / Flo Berg')
  await dialog.getByRole('button', { name: 'Change players' }).click()
  await expect(dialog).toBeHidden()
  await expect(matches.last()).toContainText('Eva Holm / Flo Berg')
  await expect(fan.getByTestId('tie-match').last()).toContainText('Eva Holm / Flo Berg')

  // The set that is being played is on the page before it is over.
  await server.play(first.id, [setOf(11, 4), { kind: 'point', side: 'away' }, { kind: 'point', side: 'away' }])
  await expect(matches.first()).toContainText('Live')
  await expect(matches.first().getByRole('link')).toHaveAccessibleName(/Ada Lind 1, Bo Vey 0/)
  await expect(matches.first()).toContainText('11 0')
  await expect(matches.first()).toContainText('4 2')
  await server.play(first.id, { kind: 'point', side: 'home' })
  await expect(matches.first()).toContainText('11 1')
  // On a phone, too, and for everybody who follows the tie.
  for (const row of [matches.first(), fan.getByTestId('tie-match').first()]) {
    await expect(
      row
        .getByText(/^(11 )?1$/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible()
    await expect(
      row
        .getByText(/^(4 )?2$/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible()
  }
  await expect(matches.first().getByRole('button', { name: 'Change players' })).toHaveCount(0)
  await server.play(first.id, [setOf(11, 9), setOf(11, 9)])
  await expect(matches.first()).toContainText('Final')
  await expect(page.getByTestId('tie-score')).toContainText('1–0')

  // The whole row leads there, but for the button on it.
  await matches
    .last()
    .getByRole('link')
    .first()
    .click({ position: { x: 20, y: 20 } })
  await expect(page).toHaveURL(new RegExp(`/score/${second.id}$`))
  await expect(page.getByRole('application')).toHaveAccessibleName(/Eva Holm \/ Flo Berg against Di Ekman/)
  await fan.context().close()
})

test('A match of a tie is scored at its table to the end, and the tie moves on its page, on the board and in the scorer’s list', async ({
  page,
  browser,
  server,
  login,
}) => {
  const clubs = { home: { name: 'Tollgate' }, away: { name: 'Ferrymen' } }
  const tie = await server.createGame({ sport: 'badminton', ...clubs, rules: { pack: 'tie', values: { tieOf: 1 } } })
  const fan = await (await browser.newContext()).newPage()
  await fan.goto(`${server.url}/games/${tie.id}`)
  await expect(fan.getByText('Players not named yet')).toBeVisible()
  const board = await fan.context().newPage()
  await board.goto(server.url)

  await login(page)
  await page.goto(`/score/new?tie=${tie.id}`)
  await page.getByLabel('Tollgate', { exact: true }).fill('Ada Lind')
  await page.getByLabel('Ferrymen', { exact: true }).fill('Bo Vey')
  await page.getByRole('button', { name: 'Create and score' }).click()
  const table = tableOf(page)
  for (const games of [1, 2]) {
    await table.key('home:setWon').click()
    await table.button('Yes').click()
    await table.reads(games, 0)
    await page.waitForTimeout(BREATH_MS)
  }
  await expect(page.getByTestId('ended')).toContainText('Final')

  await expect(fan.getByTestId('status')).toHaveText('Final')
  await expect(fan.getByTestId('score-home')).toHaveText('1')
  await expect(fan.getByTestId('tie-match')).toContainText('Lind')
  await expect(board.getByRole('link', { name: /Tollgate 1, Ferrymen 0, final/ })).toBeVisible()
  await page.goto('/score')
  await page.getByText('One match', { exact: false }).and(page.locator('summary')).filter({ hasText: 'Tollgate' }).click()
  await expect(page.getByTestId('tie-match').getByRole('link', { name: 'Match 1: Ada Lind 2, Bo Vey 0, Final' })).toHaveAttribute(
    'href',
    /^\/score\//,
  )
  await fan.context().close()
})
