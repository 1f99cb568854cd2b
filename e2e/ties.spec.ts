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
