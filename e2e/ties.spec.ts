import { expect, test } from './fixtures.ts'

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
