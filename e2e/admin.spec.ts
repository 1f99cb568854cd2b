import type { Page } from '@playwright/test'
import type { Game } from '#domain/game.ts'
import { expect, ownServer, test } from './fixtures.ts'
import { asking } from './people.ts'
import type { Server } from './server.ts'

test.use(ownServer('admin'))

test.beforeEach(async ({ page, login }) => {
  await login(page)
})

const row = (page: Page, text: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: text })

/** Types the word that a question wants, and answers it. */
async function confirm(page: Page, word: string, action: string) {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Type/).fill(word)
  await dialog.getByRole('button', { name: action, exact: true }).click()
}

async function addScorer(page: Page, name: string): Promise<{ email: string; password: string }> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@club.example`
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const secret = page.getByRole('textbox', { name: 'Password' })
  await expect(secret).toBeFocused()
  return { email, password: await secret.inputValue() }
}

test('A scorer is added, limited to one game, and signs in with the password that was shown once @every-size', async ({ page, server }, {
  project,
}) => {
  const word = project.name
  const game = await server.createGame({ home: { name: `Lions ${word}` }, away: { name: `Bears ${word}` } })
  const other = await server.createGame({ home: { name: `Quarry ${word}` }, away: { name: `Dock ${word}` } })
  await page.goto('/admin/people')
  const form = page.locator('form')
  await form.getByText('Only some').click()
  await form.getByLabel('Add a game').selectOption(game.id)
  const account = await addScorer(page, `Ana ${word}`)
  await expect(row(page, account.email)).toContainText('1 game')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('It is shown only now')).toBeHidden()

  const scorer = await asking(server, account)
  const play = { id: 'play-of-ana', kind: 'note', data: { text: 'seen' } }
  expect((await scorer.post(`/api/v1/games/${game.id}/plays`, { data: play })).status()).toBe(201)
  expect((await scorer.post(`/api/v1/games/${other.id}/plays`, { data: play })).status()).toBe(403)
  await scorer.dispose()
})

test('Somebody is made an admin, switched off and on, given a new password and removed', async ({ page, server }) => {
  await page.goto('/admin/people')
  const account = await addScorer(page, 'Ben Novak')
  const ben = row(page, account.email)
  await ben.getByRole('button', { name: 'Change Ben Novak' }).click()
  await ben.getByText('Admin', { exact: true }).click()
  await ben.getByRole('button', { name: 'Save' }).click()
  await expect(ben.getByText('Saved.')).toBeVisible()
  await expect(ben.getByText('Admin', { exact: true }).first()).toBeVisible()
  const before = await asking(server, account)
  expect((await before.get('/api/v1/admin/people')).status()).toBe(200)

  await ben.getByRole('button', { name: 'Switch off' }).click()
  await expect(ben.getByText('Switched off')).toBeVisible()
  expect((await before.get('/api/v1/admin/people')).status()).toBe(401)
  await expect(asking(server, account)).rejects.toThrow('switched off')
  await ben.getByRole('button', { name: 'Switch on' }).click()
  await expect(ben.getByText('may sign in again')).toBeVisible()

  await ben.getByRole('button', { name: 'New password' }).click()
  const secret = ben.getByRole('textbox', { name: 'Password' })
  await expect(secret).toBeFocused()
  const password = await secret.inputValue()
  await expect(asking(server, account)).rejects.toThrow('401')
  await (await asking(server, { ...account, password })).dispose()

  await ben.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').getByLabel(/^Type/).press('Enter')
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('Type “remove” first.')
  await confirm(page, 'remove', 'Remove')
  await expect(ben).toHaveCount(0)
  await expect(asking(server, { ...account, password })).rejects.toThrow('401')
  await before.dispose()
})

test('What is wrong with an account is said at its field', async ({ page, server }) => {
  await page.goto('/admin/people')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.getByLabel('Name', { exact: true }).fill('Somebody')
  await page.getByLabel('E-mail address').fill(server.owner.email)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const email = page.getByLabel('E-mail address')
  await expect(email).toHaveAccessibleDescription('There is an account with this e-mail address already.')
  await expect(email).toBeFocused()
})

test('A token is shown once, copied, used and revoked @every-size', async ({ page, server }, { project }) => {
  const name = `Board ${project.name}`
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const game = await server.createGame()
  await page.goto('/admin/tokens')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Make the token' }).click()
  const field = page.getByRole('textbox', { name: 'Token' })
  await expect(field).toBeFocused()
  const token = await field.inputValue()
  expect(token).toMatch(/^sl_pat_[\w-]{43}$/)
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token)
  const play = { id: 'play-of-a-token', kind: 'note', data: { text: 'seen' } }
  expect((await server.api(`/api/v1/games/${game.id}/plays`, play, { token })).status).toBe(201)

  await page.reload()
  await expect(row(page, name)).toContainText('score in every game')
  expect(await page.content()).not.toContain(token)
  await row(page, name).getByRole('button', { name: 'Revoke' }).click()
  await confirm(page, 'revoke', 'Revoke')
  await expect(row(page, name)).toHaveCount(0)
  expect((await server.api(`/api/v1/games/${game.id}`, undefined, { token })).status).toBe(401)
})

test('A token without a scope is refused at the scopes', async ({ page }) => {
  await page.goto('/admin/tokens')
  await page.getByLabel('Name').fill('Nothing')
  await page.getByLabel(/^Score/).uncheck()
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByRole('group', { name: 'May' })).toHaveAccessibleDescription('Choose at least one.')
})

test('An announcement stands on a fan’s open page at once, and goes when it is taken down', async ({ page, browser, server }) => {
  const fan = await browser.newPage({ baseURL: server.url })
  await fan.goto('/')
  await waitForSocket(fan)
  await page.goto('/admin/announcements')
  await page.getByLabel('What to say').fill('The hall opens at 17:00.')
  await page.getByText('1 hour').click()
  await page.getByRole('button', { name: 'Announce' }).click()
  await expect(fan.getByText('The hall opens at 17:00.').first()).toBeVisible()
  await expect(row(page, 'The hall opens at 17:00.')).toContainText('until')
  await row(page, 'The hall opens at 17:00.').getByRole('button', { name: 'Take down' }).click()
  await expect(page.getByText('Nothing is announced')).toBeVisible()
  await expect(fan.getByRole('button', { name: 'Close this announcement' })).toHaveCount(0)
  await fan.close()
})

test('A competition is added with the way its table counts', async ({ page, server }) => {
  await page.goto('/admin/competitions')
  await page.getByLabel('Name').fill('Northern League')
  await page.getByLabel('Sport').selectOption('basketball')
  await expect(page.getByLabel('Loss')).toHaveValue('1')
  await page.getByLabel('Win').fill('4')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(row(page, 'Northern League')).toContainText('no games yet')
  await row(page, 'Northern League').getByRole('link', { name: 'Add its first game' }).click()
  await expect(page.getByRole('combobox', { name: 'Competition' }).locator('option:checked')).toHaveText('Northern League')
  await page.goto('/admin/competitions')
  await row(page, 'Northern League').getByRole('link', { name: 'Northern League', exact: true }).click()
  await page.getByRole('link', { name: 'Fans’ page' }).click()
  await expect(page).toHaveURL(/\/competitions\/[^/]+$/)
  await expect(page).not.toHaveURL(/admin/)
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const game = await server.createGame({ sport: 'basketball', competitionId: id, home: { name: 'Lions' }, away: { name: 'Bears' } })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }, { kind: 'gameEnd' }])
  await page.reload()
  await expect(page.getByRole('row', { name: /Lions/ })).toContainText('4')
  await page.goto('/admin/competitions')
  await row(page, 'Northern League').getByRole('link', { name: 'Add a game' }).click()
  await expect(page.getByRole('combobox', { name: 'Competition' }).locator('option:checked')).toHaveText('Northern League')
})

test('A competition is called otherwise, counts otherwise and takes points off; deleted, it goes with what was to come @every-size', async ({
  page,
  server,
}, { project }) => {
  const [misspelt, name] = [`Nothern Leage ${project.name}`, `Northern League ${project.name}`]
  const made = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name: misspelt, sport: 'basketball' })
  const competitionId = made.body.competition.id
  const game = await server.createGame({ sport: 'basketball', competitionId, home: { name: 'Lions' }, away: { name: 'Bears' } })
  await page.goto('/admin/competitions')
  await row(page, misspelt).getByRole('link', { name: misspelt, exact: true }).click()
  await expect(page.getByRole('heading', { name: misspelt, level: 1 })).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Win').fill('5')
  await page.getByLabel('Level on points').selectOption({ label: 'Wins, difference, scored' })
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. The table counts like this from now on.')).toBeVisible()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Win')).toHaveValue('5')
  await expect(page.getByLabel('Level on points').locator('option:checked')).toHaveText('Wins, difference, scored')

  await page.getByLabel('Team').selectOption('Bears')
  await page.getByRole('button', { name: 'Take points off' }).click()
  await expect(page.getByLabel('Points', { exact: true })).toBeFocused()
  await page.getByLabel('Points', { exact: true }).fill('2')
  await page.getByLabel('Why').fill('Late line-up')
  await page.getByRole('button', { name: 'Take points off' }).click()
  await expect(row(page, 'Bears')).toContainText('2 points, Late line-up')
  expect((await server.api<{ game: Game }>(`/api/v1/games/${game.id}`)).body.game.competition).toEqual({ id: competitionId, name })

  // A table that is open follows the game that ends.
  await page.goto(`/competitions/${competitionId}`)
  await waitForSocket(page)
  const bears = page.getByRole('row', { name: /Bears/ })
  await expect(bears.getByRole('cell').last()).toHaveText('-2')
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'away' }, { kind: 'gameEnd' }])
  await expect(bears.getByRole('cell').last()).toHaveText('3', { timeout: 30_000 })
  await expect(page.getByText('* Bears: 2 points deducted (Late line-up).')).toBeVisible()

  await page.goto(`/admin/competitions/${competitionId}`)
  await expect(page.getByText('1 game of it has been played.')).toBeVisible()
  await row(page, 'Bears').getByRole('button', { name: 'Give back to Bears' }).click()
  await expect(page.getByText('Nobody has lost any.')).toBeVisible()
  await server.api(`/api/v1/games/${game.id}`, undefined, { method: 'DELETE' })
  await server.createGame({ sport: 'basketball', competitionId })
  await page.reload()
  await page.getByRole('button', { name: 'Delete the competition' }).click()
  await confirm(page, 'delete', 'Delete the competition')
  await expect(page).toHaveURL('/admin/competitions')
  await expect(row(page, name)).toHaveCount(0)
})

test('A season is pasted as a list: seen as it was understood, added once, and on the page of its competition', async ({ page, server }, {
  project,
}) => {
  const name = `Harbour League ${project.name}`
  const { body } = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name, sport: 'basketball' })
  const { id } = body.competition
  await page.goto('/admin/competitions')
  await row(page, name).getByRole('link', { name: 'Paste fixtures' }).click()
  await expect(page.getByRole('combobox', { name: 'Competition' }).locator('option:checked')).toHaveText(`${name}, Basketball`)
  const list = page.getByLabel('Games, one a line')
  await list.fill('Sat 5 Dec 2037, 15:00\nHawks v Bears\nLions v Wolves 17:30\nBears v')
  await expect(row(page, 'Hawks')).toContainText('5 Dec 2037')
  await expect(row(page, 'Line 4')).toContainText('Two sides are wanted.')
  await page.getByRole('button', { name: 'Add 2 games' }).click()
  await expect(page.getByText('2 games added.')).toBeVisible()
  await expect(row(page, 'Lions')).toContainText('Added')

  // Mended and pasted again, what was there stays one game.
  await list.fill('Sat 5 Dec 2037, 15:00\nHawks v Bears\nLions v Wolves 17:30\nBears v Lions 20:00')
  await page.getByRole('button', { name: 'Add 3 games' }).click()
  await expect(page.getByText('1 game added, 2 were there already.')).toBeVisible()
  const { body: listed } = await server.api<{ games: Game[] }>(`/api/v1/games?competition=${id}`, undefined, { token: null })
  const starts = listed.games.map(({ home, away, startsAt }) => `${home.name} v ${away.name} ${startsAt}`).sort()
  // By the clock of the browser.
  const at = await page.evaluate(times => times.map(time => new Date(`2037-12-05T${time}`).toISOString()), ['15:00', '17:30', '20:00'])
  expect(starts).toEqual([`Bears v Lions ${at[2]}`, `Hawks v Bears ${at[0]}`, `Lions v Wolves ${at[1]}`])
  await page.getByRole('link', { name: `To ${name}` }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await expect(page.getByText('Wolves').first()).toBeVisible()
})

test('A game’s chat is closed and opened again', async ({ page, browser, server }) => {
  const game = await server.createGame()
  const fan = await browser.newPage({ baseURL: server.url })
  await fan.goto(`/games/${game.id}`)
  await waitForSocket(fan)
  await page.goto(`/admin/games/${game.id}`)
  const chat = page.getByRole('group', { name: 'Chat' })
  await chat.getByText('Off').click()
  await expect(page.getByText('The chat of this game is off.')).toBeVisible()
  expect((await server.api<{ game: { chat: boolean } }>(`/api/v1/games/${game.id}`)).body.game.chat).toBe(false)
  await fan.reload()
  await expect(fan.getByRole('button', { name: /^Send/ })).toHaveCount(0)
  await chat.getByText('On').click()
  await expect(page.getByText('Fans may talk beside this game.')).toBeVisible()
  expect((await server.api<{ game: { chat: boolean } }>(`/api/v1/games/${game.id}`)).body.game.chat).toBe(true)
  await fan.close()
})

test('A game’s hour, venue and order are changed, and the page that is open follows', async ({ page, browser, server }) => {
  const game = await server.createGame({ home: { name: 'Weavers' }, away: { name: 'Dyers' } })
  const fan = await browser.newPage({ baseURL: server.url })
  await fan.goto(`/games/${game.id}`)
  await waitForSocket(fan)
  await page.goto(`/admin/games/${game.id}`)
  await page.getByLabel('Starts').fill('2031-03-04T18:15')
  await page.getByLabel('Venue').fill('Loom Hall')
  await page.getByLabel('Neutral ground').check()
  await page.getByLabel('Named first').selectOption('away-first')
  await page.getByRole('button', { name: 'Save the details' }).click()
  await expect(page.getByText('The details are saved.').first()).toBeVisible()
  await expect(fan.getByTestId('facts')).toContainText('Loom Hall, neutral ground')
  await expect(fan.getByTestId('facts')).toContainText('18:15')
  await expect(fan.getByTestId('last-play')).toHaveCount(0)
  await fan.close()
})

test('The site is given a name of its own: every page has it at its head, also those drawn before, and so has the home screen', async ({
  page,
  browser,
  server,
}) => {
  const name = 'Liga del Puerto & <i>friends</i>'
  const game = await server.createGame()
  const fan = await browser.newPage({ baseURL: server.url })
  await fan.goto(`/games/${game.id}`)
  await expect(fan.getByRole('link', { name: 'Sideline, games today' })).toBeVisible()
  await page.goto('/admin/site')
  const field = page.getByLabel('What the league calls its site')
  await field.fill(name)
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText('Saved. It stands at the head of every page.')).toBeVisible()
  await expect(page.getByRole('link', { name: `${name}, games today` })).toBeVisible()
  for (const path of [`/games/${game.id}`, '/', '/competitions']) {
    await fan.goto(path)
    await expect(fan.getByRole('link', { name: `${name}, games today` })).toHaveText(name)
  }
  await expect(fan).toHaveTitle(`Competitions · ${name}`)
  expect((await server.api<{ name: string }>('/manifest.webmanifest', undefined, { token: null })).body.name).toBe(name)
  await field.fill('')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByText('Saved. Pages say Sideline again.')).toBeVisible()
  await fan.reload()
  await expect(fan.getByRole('link', { name: 'Sideline, games today' })).toBeVisible()
  await fan.close()
})

test('A side is called otherwise, and the page that is open follows', async ({ page, browser, server }) => {
  const game = await server.createGame({ home: { name: 'Spinenrs' }, away: { name: 'Fullers' } })
  const fan = await browser.newPage({ baseURL: server.url })
  await fan.goto(`/games/${game.id}`)
  await waitForSocket(fan)
  await page.goto(`/admin/games/${game.id}`)
  const side = page.getByRole('form', { name: 'Spinenrs' })
  await side.getByLabel('Name', { exact: true }).fill('Spinners')
  await side.getByLabel('Letters').fill('SPN')
  await side.getByLabel('Colour').fill('red')
  await side.getByRole('button', { name: 'Save Spinenrs' }).click()
  await expect(side.getByLabel('Colour')).toBeFocused()
  await side.getByLabel('Colour').fill('#7a1f3d')
  await side.getByRole('button', { name: 'Save Spinenrs' }).click()
  await expect(page.getByText('The side is saved, in all of its games.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Spinners')
  await expect(fan.getByRole('heading', { level: 1 })).toContainText('Spinners')
  await expect(page.getByRole('form', { name: 'Spinners' }).getByLabel('Letters')).toHaveValue('SPN')
  await fan.close()
})

test('A game made private is no longer there on a page that is open', async ({ page, browser, server }) => {
  const game = await server.createGame()
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }])
  const fan = await browser.newPage({ baseURL: server.url })
  await fan.goto(`/games/${game.id}`)
  await waitForSocket(fan)
  await expect(fan.getByTestId('score-home')).toHaveText('2')
  await page.goto(`/admin/games/${game.id}`)
  await page.getByRole('group', { name: 'Who sees it' }).getByText('Private (scorers only)').click()
  await expect(fan.getByText('is no longer here')).toBeVisible()
  await fan.close()
})

test('A game is deleted only after a word is typed, and is gone for everybody @every-size', async ({ page, server }, { project }) => {
  const game = await server.createGame({ home: { name: `Millers ${project.name}` }, away: { name: `Pilots ${project.name}` } })
  await page.goto('/admin/games?stage=next')
  await row(page, `Millers ${project.name}`).getByRole('link').click()
  await page.getByRole('button', { name: 'Delete the game' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this game' })
  await expect(dialog).toContainText(`Millers ${project.name} v Pilots ${project.name}`)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect((await server.api(`/api/v1/games/${game.id}`)).status).toBe(200)
  await page.getByRole('button', { name: 'Delete the game' }).click()
  await confirm(page, 'delete', 'Delete the game')
  await expect(page).toHaveURL(/\/admin\/games$/)
  await expect(row(page, `Millers ${project.name}`)).toHaveCount(0)
  expect((await server.api(`/api/v1/games/${game.id}`, undefined, { token: null })).status).toBe(410)
})

test('The chat of the whole site is switched off and on', async ({ page, server }) => {
  await page.goto('/admin/site')
  const chat = page.getByRole('group', { name: 'Chat' })
  await chat.getByText('Off').click()
  await expect(page.getByText('Nobody may chat.')).toBeVisible()
  const game = await server.createGame()
  await page.goto(`/games/${game.id}`)
  await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0)
  await page.goto('/admin/site')
  await chat.getByText('On').click()
  await expect(page.getByText('Fans may chat.')).toBeVisible()
})

test('The demo is removed after a question, the page says how much went, and what is the league’s own stays', async ({ page, server }) => {
  const own = await server.createGame()
  const league = { name: 'Invented League', sport: 'basketball', demo: true }
  const { competition } = (await server.api<{ competition: { id: string } }>('/api/v1/competitions', league)).body
  const sides = { home: { name: 'Invented' }, away: { name: 'Made up' } }
  const demo = await server.createGame({ demo: true, competitionId: competition.id, ...sides })
  await page.goto('/admin')
  await expect(page.getByText('A demo is running')).toBeVisible()
  await page.goto('/')
  await page.getByTestId('demo').getByRole('link', { name: 'Remove the demo' }).click()
  await page.getByRole('button', { name: 'Remove the demo' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove the demo' })
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  expect(await statusOf(server, demo.id)).toBe(200)
  await page.getByRole('button', { name: 'Remove the demo' }).click()
  await dialog.getByRole('button', { name: 'Remove 1 game' }).click()
  await expect(page.getByText('The demo is removed: 1 game').first()).toBeVisible()
  await expect(page.getByText('A demo is running')).toBeHidden()
  expect(await statusOf(server, demo.id)).not.toBe(200)
  expect(await statusOf(server, own.id)).toBe(200)
  await page.goto('/admin/competitions')
  await expect(row(page, 'Invented League')).toHaveCount(0)
})

const statusOf = async (server: Server, id: string) => (await server.api(`/api/v1/games/${id}`)).status

/** The page says itself when it is connected: what is sent from then on reaches it. */
const waitForSocket = (page: Page) => expect(page.locator('html[data-link=live]')).toBeAttached()

test('A name is looked up with its games and erased, and the page that is open follows @every-size', async ({ page, browser, server }, {
  project,
}) => {
  const [name, mate] = [`Ida ${project.name}`, `Una ${project.name}`]
  const game = await server.createGame({ sport: 'ice_hockey', home: { name: 'Weavers' }, away: { name: 'Dyers' } })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: 'goal', side: 'home', player: name, data: { assist: { name: mate } } }])
  const fan = await browser.newPage({ baseURL: server.url })
  await fan.goto(`/games/${game.id}`)
  await waitForSocket(fan)
  const plays = fan.getByRole('main')
  await expect(plays).toContainText(name)

  await page.goto('/admin/people')
  await page.getByRole('link', { name: 'Erase a player’s name' }).click()
  await expect(page.getByRole('heading', { name: 'Erase a name' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Name' }).fill('Nobody of that name')
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(page.getByText('Nobody is called that')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Name' }).fill(project.name)
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(row(page, mate).first()).toBeVisible()
  await expect(row(page, name).first()).toContainText('Weavers – Dyers')
  await row(page, name).first().getByRole('button', { name: 'Erase' }).click()
  await page.getByRole('dialog').getByLabel(/^Type/).press('Enter')
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('Type “erase” first.')
  await confirm(page, 'erase', 'Erase')
  await expect(page.getByText(`${name} is erased from 1 game.`).first()).toBeVisible()
  await expect(row(page, name)).toHaveCount(0)

  await expect(plays).toContainText(/a player/i)
  await expect(plays).not.toContainText(name)
  await expect(plays).toContainText(mate)
  await expect(fan.getByTestId('score-home')).toHaveText('1')
  await fan.close()

  // Typed in two games, erased at once.
  const twice = `Zoe ${project.name}`
  for (let i = 0; i < 2; i += 1) {
    const other = await server.createGame({ sport: 'ice_hockey', home: { name: 'Weavers' }, away: { name: 'Dyers' } })
    await server.play(other.id, [{ kind: 'goal', side: 'away', player: twice }])
  }
  await page.getByRole('searchbox', { name: 'Name' }).fill(twice)
  await page.getByRole('button', { name: 'Look' }).click()
  await expect(row(page, twice)).toHaveCount(2)
  await page.getByRole('button', { name: 'Erase all' }).click()
  await confirm(page, 'erase', 'Erase all')
  await expect(page.getByText(`${twice} is erased 2 times.`).first()).toBeVisible()
  await expect(row(page, twice)).toHaveCount(0)
})
