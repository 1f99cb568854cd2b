import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

interface Shift {
  value: number
  moved: string[]
}

/** What the browser itself counts as jumping about, from now on. */
async function watchShifts(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // Its letters come once, and are no score.
    await document.fonts.ready
    const shifts: Shift[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver(list => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Node | null }[] })[]) {
        const name = (node: Node | null) =>
          node instanceof Element ? `${node.tagName} ${node.className} ${node.textContent?.slice(0, 40)}` : `${node?.nodeName}`
        shifts.push({ value: entry.value, moved: entry.sources.map(({ node }) => name(node)) })
      }
    }).observe({ type: 'layout-shift' })
  })
}
const shiftsOf = (page: Page) => page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts)

test('@every-size Nothing on a game’s page jumps when the score changes, gains a figure, or plays come in a row', async ({
  page,
  server,
}) => {
  const game = await server.createGame({ home: { name: 'Orchard Town' }, away: { name: 'Quarry' } })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home', clockMs: 590_000 }])
  await page.goto(`/games/${game.id}`)
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
  await expect(page.getByTestId('score-home')).toHaveText('2')
  await watchShifts(page)
  for (let points = 5; points <= 101; points += 3) {
    await server.play(game.id, { kind: '3pt', side: 'home' })
    await expect(page.getByTestId('score-home')).toHaveText(String(points))
    if (points % 20 === 1) await server.play(game.id, { kind: '2pt', side: 'away' })
  }
  await page.waitForTimeout(600)
  const shifts = await shiftsOf(page)
  // A label of a few words whose end has moved is not what makes a reader lose the line.
  expect(shifts.filter(shift => shift.value > 0.0005)).toEqual([])
})

test('@every-size Nor on the board', async ({ page, server }) => {
  const games = [await server.createGame(), await server.createGame(), await server.createGame()]
  for (const game of games) await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }])
  // A page that was drawn before they came would keep them back until its reader asks for the new order.
  for (const game of games) await expect.poll(async () => (await (await fetch(server.url)).text()).includes(game.id)).toBe(true)
  await page.goto('/')
  const row = (id: string) => page.locator(`a[href="/games/${id}"]`).first()
  await expect(row(games[0]?.id ?? '')).toContainText('2')
  await watchShifts(page)
  for (let round = 0; round < 5; round++) {
    for (const game of games) await server.play(game.id, { kind: '3pt', side: round % 2 ? 'home' : 'away' })
    await page.waitForTimeout(500)
  }
  await expect(row(games[2]?.id ?? '')).toContainText('8')
  expect((await shiftsOf(page)).filter(shift => shift.value > 0)).toEqual([])
})
