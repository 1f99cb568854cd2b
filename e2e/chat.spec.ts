import type { Browser, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { Server } from './server.ts'

const messages = (page: Page) => page.getByTestId('chat-message')
const box = (page: Page) => page.getByRole('textbox', { name: 'Message' })

async function enter(page: Page, url: string, gameId: string): Promise<void> {
  await page.goto(`${url}/games/${gameId}`)
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
}
async function guest(browser: Browser, server: Server, gameId: string, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await enter(page, server.url, gameId)
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  return page
}
async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text)
  await box(page).press('Enter')
}
/** Writes and sees it on the page. Guests of one address share one measure of messages: asked to slow down, they try again. */
async function say(page: Page, text: string): Promise<void> {
  await box(page).fill(text)
  await expect(async () => {
    await box(page).press('Enter')
    await expect(messages(page).filter({ hasText: text })).toHaveCount(1, { timeout: 1500 })
  }).toPass()
}

test('What one fan writes another reads at once, and the writer sees it once, from the answer', async ({ browser, server }) => {
  const game = await server.createGame()
  const ana = await guest(browser, server, game.id, 'Ana')
  const ben = await guest(browser, server, game.id, 'Ben')
  await say(ana, 'Go on Hawks')
  await expect(messages(ana)).toHaveText([/Ana.*Go on Hawks/])
  await expect(messages(ben)).toHaveText([/Ana.*Go on Hawks/])
  await say(ben, 'Bears all the way')
  await expect(messages(ana)).toHaveText([/Go on Hawks/, /Ben.*Bears all the way/])
  await expect(messages(ben)).toHaveCount(2)
  await expect(box(ana)).toHaveValue('')
})

test('What is sent before the chat itself has been fetched goes out once it has', async ({ page, server }) => {
  const game = await server.createGame()
  let fetched = () => {}
  const held = new Promise<void>(done => {
    fetched = done
  })
  let isHeld = false
  await page.route('**/_next/static/**', async route => {
    const answer = await route.fetch()
    const body = await answer.body()
    if (body.includes('chat:send')) {
      isHeld = true
      await held
    }
    await route.fulfill({ response: answer, body })
  })
  await enter(page, server.url, game.id)
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ana')
  await write(page, 'First of all')
  await expect(page.getByText('Sent as soon as the chat is here.')).toBeVisible()
  expect(isHeld).toBe(true)
  fetched()
  await expect(messages(page)).toHaveText([/Ana.*First of all/])
  await expect(box(page)).toHaveValue('')
})

test('Whoever comes later finds what was said, and a name once chosen is kept', async ({ browser, server }) => {
  const game = await server.createGame()
  const ana = await guest(browser, server, game.id, 'Ana')
  await say(ana, 'First')
  await expect(messages(ana)).toHaveCount(1)
  await ana.reload()
  await expect(messages(ana)).toHaveText([/Ana.*First/])
  await expect(ana.getByRole('textbox', { name: 'Your name' })).toBeHidden()
  await expect(box(ana)).toHaveAttribute('placeholder', 'Write as Ana')
})

test('What is written is shown as it was written, never run', async ({ browser, server }) => {
  const game = await server.createGame()
  const ana = await guest(browser, server, game.id, '<b>Ana</b>')
  ana.on('dialog', () => expect(true, 'a script of a message ran').toBe(false))
  const text = '<img src=x onerror=alert(1)> "quoted" & more'
  await say(ana, text)
  await expect(messages(ana)).toContainText([text])
  await expect(messages(ana).locator('img')).toHaveCount(0)
})

test('A message without a name is asked for one, and one that is too long is told by how much', async ({ page, server }) => {
  const game = await server.createGame()
  await enter(page, server.url, game.id)
  await write(page, 'Hello')
  await expect(page.getByText('Choose a name first.')).toBeVisible()
  await box(page).fill('x'.repeat(260))
  await expect(page.getByText('40 left')).toBeVisible()
  await box(page).fill('x'.repeat(302))
  await expect(page.getByText('2 too many')).toBeVisible()
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ana')
  await box(page).press('Enter')
  await expect(page.getByText('2 too many')).toBeVisible()
  await expect(messages(page)).toHaveCount(0)
})

test('Whoever writes too fast is asked to slow down, and keeps the words', async ({ browser, server }) => {
  const game = await server.createGame()
  const ana = await guest(browser, server, game.id, 'Ana')
  let sent = 0
  await expect(async () => {
    sent += 1
    await write(ana, `Message ${sent}`)
    await expect(ana.getByText(/A little slower: again in \d+ s/)).toBeVisible({ timeout: 150 })
  }).toPass({ timeout: 15_000, intervals: [0] })
  expect(sent).toBeGreaterThan(3)
  await expect(box(ana)).not.toHaveValue('')
})

test('Without a connection the panel says so and nothing is lost', async ({ browser, network, server }) => {
  const game = await server.createGame()
  const page = await (await browser.newContext()).newPage()
  await enter(page, network.url, game.id)
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ana')
  network.refuse()
  network.cut()
  await expect(page.getByText(/Not connected/).first()).toBeVisible()
  await write(page, 'Still here')
  await expect(page.getByText('Not sent: there is no connection just now.')).toBeVisible()
  await expect(box(page)).toHaveValue('Still here')
  network.heal()
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live', { timeout: 15_000 })
  await say(page, 'Still here')
  await expect(messages(page)).toHaveText([/Ana.*Still here/])
})

test('An owner deletes a message and it is gone for everybody, now and later', async ({ page, browser, server, login }) => {
  const game = await server.createGame()
  const ana = await guest(browser, server, game.id, 'Ana')
  await say(ana, 'Something rude')
  await say(ana, 'Something kind')
  await expect(messages(ana)).toHaveCount(2)
  await expect(ana.getByRole('button', { name: /^Delete/ })).toHaveCount(0)
  await login(page)
  await enter(page, server.url, game.id)
  await messages(page)
    .filter({ hasText: 'Something rude' })
    .getByRole('button', { name: /^Delete/ })
    .click()
  await expect(messages(page)).toHaveText([/Something kind/])
  await expect(messages(ana)).toHaveText([/Something kind/])
  await ana.reload()
  await expect(messages(ana)).toHaveText([/Something kind/])
})

test('A league may close the chat of a game while fans are in it', async ({ page, server }) => {
  const game = await server.createGame()
  await enter(page, server.url, game.id)
  await expect(box(page)).toBeVisible()
  await server.play(game.id, { kind: 'edit', data: { chat: false } })
  await expect(page.getByText('The chat of this game is closed.')).toBeVisible()
  await expect(box(page)).toBeHidden()
})
