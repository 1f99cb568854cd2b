import { expect, test } from './fixtures.ts'
import { asking, makePerson } from './people.ts'
import { BREATH_MS, openTable, tableOf } from './table.ts'

const SIDES = { home: { name: 'Harbour Hawks', color: '#1f5fbf' }, away: { name: 'Mill Town Bears', color: '#e0a000' } }

test('A scorer plays a game by hand from tip-off to official, and a fan sees every step', async ({ page, browser, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  const fan = await (await browser.newContext()).newPage()
  await fan.goto(`${server.url}/games/${game.id}`)
  await login(page)
  const table = await openTable(page, server.url, game)

  await table.button('Start Q1').click()
  await expect(page.getByTestId('clock-key')).toContainText('Stop the clock')
  await table.key('home:2pt').click()
  await table.key('away:3pt').click()
  await table.key('home:ft').click()
  await table.reads(3, 3)
  await expect(fan.getByTestId('score-home')).toHaveText('3')
  await expect(fan.getByTestId('score-away')).toHaveText('3')
  await expect(table.saved).toContainText('Saved to play 5')

  for (const quarter of ['Q1', 'Q2', 'Q3']) {
    await page.keyboard.press('n')
    await expect(table.followUp).toContainText(`End ${quarter}?`)
    await page.keyboard.press('n')
    const next = `Start Q${Number(quarter[1]) + 1}`
    await table.button(next).click()
  }
  await table.key('away:2pt').click()
  await page.keyboard.press('n')
  await page.keyboard.press('n')
  await table.button('End the game').click()
  await expect(table.followUp).toContainText('End the game? 3–5')
  await table.button('End it').click()
  await expect(page.getByTestId('ended')).toContainText('Mill Town Bears win, not official yet')
  await expect(fan.getByTestId('status')).toHaveText('Final')

  await table.button('Make official').first().click()
  await table.button('Make official').click()
  await expect(table.button('No longer official')).toBeVisible()
  const read = async () =>
    (await server.api<{ game: { status: string; official: boolean; winner: string; score: object } }>(`/api/v1/games/${game.id}`)).body.game
  await expect.poll(read).toMatchObject({ status: 'final', official: true, winner: 'away', score: { home: 3, away: 5 } })
  await fan.context().close()
})

test('Undo says what it takes back, takes it back, and can be taken back itself', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('Start Q1').click()
  await table.key('home:2pt').click()
  await table.key('away:3pt').click()
  await expect(table.undo).toHaveText('Undo Bears +3')
  await table.undo.click()
  await table.reads(2, 0)
  await expect(table.undo).toHaveText('Undo Hawks +2')
  await table.button(/Bring back Bears \+3/).click()
  await table.reads(2, 3)
  await table.undo.click()
  await table.undo.click()
  await expect(table.undo).toHaveText('Undo Start Q1')
  await table.undo.click()
  await expect(table.button('Start Q1')).toBeVisible()
  await expect(table.saved).toContainText('Saved to play 10')
  const { body } = await server.api<{ game: { status: string; period: unknown } }>(`/api/v1/games/${game.id}`)
  expect(body.game).toMatchObject({ status: 'scheduled', period: null })
})

test('A three that was a two is put right with one tap, in its place in the log', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('away:3pt').click()
  await table.button('It was +2').click()
  await table.reads(0, 2)
  await expect(table.undo).toHaveText('Undo Bears +2')
  await expect(table.saved).toContainText('Saved to play 2')
  await table.undo.click()
  await table.reads(0, 0)
  await expect(table.saved).toContainText('Saved to play 4')
  const { body } = await server.api<{ game: { score: object } }>(`/api/v1/games/${game.id}`)
  expect(body.game.score).toEqual({ home: 0, away: 0 })
})

test('The end of a period is asked about, and can be taken back', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('Start Q1').click()
  await page.getByTestId('clock').click()
  await table.button('End Q1').click()
  await table.button('Keep playing').click()
  await expect(page.getByTestId('clock-key')).toContainText('Stop the clock')
  await page.getByTestId('clock').click()
  await table.button('End Q1').click()
  await table.button('End it').click()
  await expect(table.button('Start Q2')).toBeVisible()
  await table.undo.click()
  await expect(page.getByTestId('clock-key')).toContainText('Stop the clock')
})

test('Three ways to the clock: the bar, Space, and an exact reading that is seen before it is set', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('Start Q1').click()
  const bar = page.getByTestId('clock-key')
  await bar.click()
  await expect(bar).toContainText('Start the clock')
  await page.keyboard.press('Space')
  await expect(bar).toContainText('Stop the clock')
  await page.keyboard.press('Space')
  await expect(bar).toContainText('Start the clock')
  await page.getByTestId('clock').click()
  await page.getByLabel('Exact reading, minutes and seconds').fill('4:12')
  await expect(page.getByTestId('clock-after')).toHaveText('4:12')
  await table.button('Set 4:12').click()
  await expect(page.getByTestId('clock')).toHaveText('4:12')
  await page.getByTestId('clock').click()
  await table.button('−10 s').click()
  await table.button('−1 s').click()
  await table.button('Set 4:01').click()
  await expect(page.getByTestId('clock')).toHaveText('4:01')
})

test('The same key twice in a blink is taken, and asked about', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:2pt').dblclick()
  await table.reads(4, 0)
  await table.button('Twice? Undo one').click()
  await table.reads(2, 0)
  await page.waitForTimeout(BREATH_MS)
  await table.key('home:2pt').click()
  await expect(table.button('Twice? Undo one')).toHaveCount(0)
})

test('A name is added after the tap, and offered from then on', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('away:3pt').click()
  await table.button('Name').click()
  await page.getByLabel('Name', { exact: true }).fill('Mio Ito')
  await table.button('Add').click()
  await expect(table.followUp).toContainText('Mio Ito')
  await table.reads(0, 3)
  await page.waitForTimeout(BREATH_MS)
  await table.key('away:2pt').click()
  await table.followUp.getByRole('button', { name: 'Ito' }).click()
  await table.reads(0, 5)
  await expect(table.log).toContainText('Mio Ito, two points')
  await expect(table.saved).toContainText('Saved to play 4')
  const { body } = await server.api<{ game: { roster: { name: string }[]; score: object } }>(`/api/v1/games/${game.id}`)
  expect(body.game.roster.map(({ name }) => name)).toEqual(['Mio Ito'])
  expect(body.game.score).toEqual({ home: 0, away: 5 })
})

test('Two scorers at one game both count, and each sees that there is another', async ({ page, browser, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const second = await (await browser.newContext()).newPage()
  await login(second)
  const [one, two] = [await openTable(page, server.url, game), await openTable(second, server.url, game)]
  await one.button('Start Q1').click()
  await expect(two.page.getByTestId('clock-key')).toContainText('Stop the clock')
  await Promise.all([one.key('home:2pt').click(), two.key('away:3pt').click()])
  await one.reads(2, 3)
  await two.reads(2, 3)
  await expect(page.getByText('Another device is scoring')).toBeVisible()
  await expect(second.getByText('Another device is scoring')).toBeVisible()
  // Each undoes its own.
  await expect(one.undo).toHaveText('Undo Hawks +2')
  await expect(two.undo).toHaveText('Undo Bears +3')
  await two.undo.click()
  await one.reads(2, 0)
  await second.context().close()
})

test('After the list of letters the next letter counts at once', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  for (const key of ['s', '?', 'Escape', 's', 'l']) await page.keyboard.press(key)
  await table.reads(4, 3)
})

test('Two clubs of one short name are told apart, and no early end is chosen beforehand', async ({ page, server, login }) => {
  const clubs = {
    home: { name: 'Riverside Basketball Club', shortName: 'Club' },
    away: { name: 'Millpond Basketball Club', shortName: 'Club' },
  }
  const game = await server.createGame({ sport: 'basketball', ...clubs })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('Start Q1').click()
  await expect(table.key('home:3pt')).toHaveAccessibleName(/^Riverside Basketball Club/)
  await expect(table.key('away:3pt')).toHaveAccessibleName(/^Millpond Basketball Club/)
  await page.setViewportSize({ width: 1440, height: 900 })
  await table.button('More').click()
  await table.button('End the game…').click()
  const end = table.button('End the game')
  await expect(end).toBeInViewport({ ratio: 1 })
  await expect(end).toBeDisabled()
  await page.getByRole('radio', { name: /^Played to the end/ }).check()
  await end.click()
  await expect(page.getByText(/^Quarter 1 of 4 is under way, (10:00|9:[345]\d) left\. End the game anyway\?/)).toContainText(
    // Names are set apart, so that two from right to left keep their places.
    '\u2068Riverside Basketball Club\u2069 0–0 \u2068Millpond Basketball Club\u2069',
  )
  for (const answer of ['End it anyway', 'Keep playing']) {
    const box = await table.button(answer).boundingBox()
    const clock = await page.getByTestId('clock-key').boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(clock?.y ?? 0)
  }
  await table.button('Keep playing').click()
  await expect(page.getByTestId('clock-key')).toContainText('Stop the clock')
})

test('A basket after the buzzer leaves the table in the break; a foul under a running clock asks for it', async ({
  page,
  server,
  login,
}) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('Start Q1').click()
  await table.key('home:foul').click()
  await expect(page.getByTestId('clock-key')).toContainText('It is still running')
  await page.getByTestId('clock-key').click()
  await page.keyboard.press('n')
  await page.keyboard.press('n')
  const period = page.getByRole('button', { name: 'Clock and period, set' })
  await expect(period).toContainText('End Q1')
  await table.key('home:2pt').click()
  await table.reads(2, 0)
  await expect(period).toContainText('End Q1')
  await expect(table.button('Start Q2')).toBeVisible()
})

test('Letters score while the focus is in the table, and not while a name is being typed', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await page.keyboard.press('s')
  await page.keyboard.press('l')
  await table.reads(2, 3)
  await page.keyboard.press('Control+z')
  await table.reads(2, 0)
  await table.button('More').click()
  await table.button('Note to fans').click()
  await page.getByLabel('Text').fill('')
  await page.keyboard.type('skill')
  await expect(page.getByLabel('Text')).toHaveValue('skill')
  await table.reads(2, 0)
})

test('A locked table does nothing until it is unlocked', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('More').click()
  await table.button('Lock the keys').click()
  await page.keyboard.press('s')
  await expect(table.undo).toBeDisabled()
  await table.reads(0, 0)
  await table.button('Unlock').click()
  await page.waitForTimeout(BREATH_MS)
  await table.key('home:2pt').click()
  await table.reads(2, 0)
})

const KEYS: Readonly<Record<string, readonly string[]>> = {
  basketball: ['home:2pt', 'away:3pt', 'home:ft', 'away:foul'],
  soccer: ['home:goal', 'away:ownGoal', 'home:yellowCard', 'addedTime'],
  tennis: ['home:point', 'away:ace', 'home:doubleFault', 'away:server'],
  baseball: ['away:out', 'away:single', 'away:walk', 'away:homeRun'],
}
for (const [sport, keys] of Object.entries(KEYS)) {
  test(`The table of ${sport} has its own keys, thumb-sized, on a page that does not scroll @every-size`, async ({
    page,
    server,
    login,
  }) => {
    const game = await server.createGame({ sport, ...SIDES })
    await login(page)
    const table = await openTable(page, server.url, game)
    for (const key of keys) await expect(table.key(key)).toBeVisible()
    const boxes = await page.locator('[data-key]').evaluateAll(all => all.map(one => one.getBoundingClientRect().toJSON() as DOMRect))
    expect(Math.min(...boxes.map(box => box.height))).toBeGreaterThanOrEqual(63.5)
    expect(Math.min(...boxes.map(box => box.width))).toBeGreaterThanOrEqual(63.5)
    const size = page.viewportSize() as { width: number; height: number }
    expect(Math.max(...boxes.map(box => box.bottom))).toBeLessThan(size.height)
    expect(await page.getByRole('application').evaluate(one => one.scrollHeight - one.clientHeight)).toBe(0)
    for (const key of keys.slice(0, 1)) await table.key(key).click()
    await expect(table.undo).toBeEnabled()
    await expect(table.saved).toContainText('Saved to play 1')
  })
}

test('On a phone the log opens in the place of the keys, and clock and Undo stay under the thumb @phone', async ({
  page,
  server,
  login,
}) => {
  const game = await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.button('Start Q1').tap()
  await table.key('home:2pt').tap()
  await table.button('Plays').tap()
  await table.lines.filter({ hasText: 'two points' }).getByRole('button').first().tap()
  await table.button('Change').tap()
  await page.getByLabel('Play', { exact: true }).selectOption('3pt')
  await expect(page.getByTestId('clock-key')).toBeInViewport({ ratio: 1 })
  await expect(table.undo).toBeInViewport({ ratio: 1 })
  await table.button('Replace').tap()
  await table.reads(3, 0)
  await table.button('Keys').tap()
  await page.waitForTimeout(BREATH_MS)
  await table.key('away:ft').tap()
  await table.reads(3, 1)
  await page.getByTestId('clock-key').tap()
  // The whistle does not stand between the scorer and the wrong basket.
  await expect(table.undo).toHaveText('Undo Bears +1')
  await table.button('Undo clock stop').tap()
  await expect(page.getByTestId('clock-key')).toContainText('Stop the clock')
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0)
})

test('A double fault is the key of who made it and the point of the other', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'tennis', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:doubleFault').click()
  await expect(table.undo).toHaveText('Undo Hawks double fault')
  await expect(table.lines.first()).toContainText('0–15')
})

test('A set kept without its games is asked about, then said in two taps', async ({ page, server, login }) => {
  const game = await server.createGame({ sport: 'tennis', ...SIDES })
  await login(page)
  const table = await openTable(page, server.url, game)
  await table.key('home:setWon').click()
  await expect(table.followUp).toContainText('Give Harbour Hawks the set as it stands, 0–0?')
  await table.reads(0, 0)
  await table.button('Yes').click()
  await table.followUp.getByRole('group', { name: 'Home' }).getByRole('button', { name: '6', exact: true }).click()
  await table.followUp.getByRole('group', { name: 'Away' }).getByRole('button', { name: '4', exact: true }).click()
  await expect(table.log).toContainText('Set Harbour Hawks, 6–4')
  await expect(table.saved).toContainText('Saved to play 2')
  const { body } = await server.api<{ game: { linescore: { columns: object[] }; score: object } }>(`/api/v1/games/${game.id}`)
  expect(body.game).toMatchObject({ score: { home: 1, away: 0 }, linescore: { columns: [{ home: 6, away: 4 }] } })
})

test('A tennis match by hand: its players, who serves, sets beside games, and keys that stay where they are', async ({
  page,
  server,
  login,
}) => {
  await login(page)
  await page.goto(`${server.url}/score/new`)
  await page.getByText('Tennis', { exact: true }).click()
  await page.getByLabel('Player 1 (home)').fill('Anna Keller')
  await page.getByLabel('Player 2 (away)').fill('Bea Moreau')
  await page.getByRole('button', { name: 'Create and score' }).click()
  const table = tableOf(page)
  await expect(table.key('home:point')).toHaveAccessibleName('Keller Point')
  const place = () => table.key('home:point').boundingBox()
  await expect(table.button('Start the match')).toBeVisible()
  const before = await place()
  await table.followUp.getByRole('group', { name: 'Who serves first?' }).getByRole('button', { name: 'Moreau' }).click()
  await expect(page.getByRole('img', { name: 'on turn' })).toHaveCount(0)
  await table.button('Start the match').click()
  await expect(page.getByRole('img', { name: 'on turn' })).toBeVisible()
  expect(await place()).toEqual(before)
  for (let i = 0; i < 3; i += 1) {
    await table.key('home:point').click()
    await page.waitForTimeout(BREATH_MS)
  }
  await expect(page.getByRole('button', { name: 'Set, set' })).toContainText('40–0break point')
  await expect(table.lines.first()).toContainText('40–0')
  // Moreau served: no ace of who received it.
  await expect(table.button('It was Ace')).toHaveCount(0)
  await expect(table.followUp).not.toContainText('who?')
  await table.key('home:point').click()
  await table.reads(0, 0)
  await expect(page.getByTestId('column-home')).toHaveText('1games')
  await expect(table.lines.first()).toHaveText(/^Game Keller.*Point Anna Keller1–0$/)
  await table.key('home:gameWon').click()
  await table.button('Leave it').click()
  await expect(page.getByTestId('column-home')).toHaveText('1games')
  await table.key('home:setWon').click()
  await expect(table.followUp).toContainText('Give Keller the set as it stands, 1–0?')
  await table.button('Yes').click()
  await table.reads(1, 0)
})

test('Two who play alone are offered the rules of singles', async ({ page, server, login }) => {
  await login(page)
  await page.goto(`${server.url}/score/new`)
  const choice = page.getByText('Pickleball', { exact: true })
  if (!(await choice.isVisible())) await page.getByText(/^Other sports/).click()
  await choice.click()
  await page.getByLabel('Player 1 (home)').fill('Anna Keller')
  await page.getByLabel('Player 2 (away)').fill('Bea Moreau')
  await expect(page.getByLabel('Rules').locator('option:checked')).toHaveText(/^Singles/)
  await page.getByRole('button', { name: 'Create and score' }).click()
  await tableOf(page).followUp.getByRole('button', { name: 'Keller' }).click()
  const { body } = await server.api<{ game: { rules: { pack: string } } }>(`/api/v1/games/${page.url().split('/').at(-1)}`)
  expect(body.game.rules.pack).toBe('singles')
})

test('A game is made with two names and a tap', async ({ page, server, login }) => {
  await server.createGame({ sport: 'basketball', ...SIDES })
  await login(page)
  await page.goto(`${server.url}/score`)
  await page.getByRole('link', { name: 'New game' }).first().click()
  // The sport is the one that is played here most; another is a tap away.
  await page.getByText('Basketball', { exact: true }).click()
  await page.getByLabel('Home').fill('Harbour Hawks')
  await page.getByLabel('Away').fill('Old Mint')
  await page.getByText('Change the numbers').click()
  await page.getByLabel('Minutes in a period').fill('8')
  await page.getByRole('button', { name: 'Create and score' }).click()
  const table = tableOf(page)
  await table.button('Start Q1').click()
  await expect(page.getByTestId('clock')).toContainText(/^(8:00|7:[345]\d)$/)
  const suggestions = await page
    .goto(`${server.url}/score/new`)
    .then(() => page.locator('datalist option').evaluateAll(all => all.map(one => one.getAttribute('value'))))
  expect(suggestions).toEqual(expect.arrayContaining(['Harbour Hawks', 'Old Mint']))
})

test('Games of a day to come are entered one after the other', async ({ page, server, login }) => {
  await login(page)
  await page.goto(`${server.url}/score/new`)
  await page.getByText('Basketball', { exact: true }).click()
  await page.getByText('At', { exact: true }).click()
  await page.getByLabel('Date and time').fill('2031-05-03T18:30')
  for (const [home, away] of [
    ['Tidewrack', 'Old Mint'],
    ['Saltmarsh', 'Harbour Hawks'],
  ] as const) {
    await page.getByLabel('Home').fill(home)
    await page.getByLabel('Away').fill(away)
    await page.getByRole('button', { name: 'Create, and add the next' }).click()
    await expect(page.getByText(`Added: ${home} against ${away}.`)).toBeVisible()
    await expect(page.getByLabel('Home')).toBeFocused()
    await expect(page.getByLabel('Away')).toHaveValue('')
    await expect(page.getByLabel('Date and time')).toHaveValue('2031-05-03T18:30')
  }
  await page.goto(`${server.url}/?d=2031-05-03`)
  for (const name of ['Tidewrack', 'Saltmarsh']) await expect(page.getByRole('link', { name: new RegExp(name) })).toBeVisible()
})

test('Who is not signed in is asked to, and comes back to the game', async ({ page, server }) => {
  const game = await server.createGame()
  await page.goto(`${server.url}/score/${game.id}`)
  await expect(page).toHaveURL(new RegExp(`/login\\?next=${encodeURIComponent(`/score/${game.id}`)}$`))
})

test('A scorer of other games is told which role is missing here', async ({ page, server, login }) => {
  const [game, other] = [await server.createGame(), await server.createGame()]
  const owner = await asking(server, server.owner)
  const scorer = await makePerson(server, owner, { role: 'scorer', games: [other.id] })
  await login(page, scorer)
  await page.goto(`${server.url}/score/${game.id}`)
  await expect(page.getByText('needs the role scorer')).toBeVisible()
  await page.goto(`${server.url}/score`)
  await expect(page.getByText(other.home.name)).toBeVisible()
  await expect(page.getByText(game.home.name)).toHaveCount(0)
  // An account limited to single games makes none: it is not offered, and the page says why.
  await expect(page.getByRole('link', { name: 'New game' })).toHaveCount(0)
  await page.goto(`${server.url}/score/new`)
  await expect(page.getByText('Creating games needs a competition')).toBeVisible()
  await owner.dispose()
})
