import { expect, test } from './fixtures.ts'

const asFan = { token: null, headers: { accept: 'text/html' } }

test('The page of a game is drawn once for everybody, and again only when the game has changed', async ({ server }) => {
  const game = await server.createGame({ sport: 'basketball', home: { name: 'Harbour Otters' }, away: { name: 'Mill Lane Wrens' } })
  const page = () => server.api<string>(`/games/${game.id}`, undefined, asFan)
  const renders = async () => Number(/^sideline_page_renders_total (\d+)/m.exec((await server.api<string>('/metrics')).body)?.[1])
  const before = await renders()
  const first = await page()
  expect([first.status, first.body]).toEqual([200, expect.stringContaining('Harbour Otters')])
  const many = await Promise.all(Array.from({ length: 200 }, page))
  expect(new Set(many.map(({ body }) => body))).toEqual(new Set([first.body]))
  expect((await renders()) - before).toBe(1)

  await server.play(game.id, [{ kind: 'periodStart' }, { kind: '3pt', side: 'home' }])
  const after = await Promise.all(Array.from({ length: 50 }, page))
  for (const { body } of after) expect(body).not.toBe(first.body)
  expect(new Set(after.map(({ body }) => body)).size).toBe(1)
  expect((await renders()) - before).toBe(2)
})

test('A kept page holds nothing of its readers, and nobody gets one of a game that is no longer theirs to see', async ({ server }) => {
  const game = await server.createGame()
  const page = (headers: Record<string, string> = {}) =>
    server.api<string>(`/games/${game.id}`, undefined, { token: null, headers: { accept: 'text/html', ...headers } })
  const [plain, dark, abroad] = await Promise.all([
    page(),
    page({ cookie: 'theme=dark', 'user-agent': 'Somebody/1' }),
    page({ 'accept-language': 'fr', 'x-forwarded-for': '203.0.113.9' }),
  ])
  expect(dark.body).toBe(plain.body)
  expect(abroad.body).toBe(plain.body)
  expect(dark.headers.get('set-cookie')).toBeNull()
  const packed = await page({ 'accept-encoding': 'br' })
  expect([packed.headers.get('content-encoding'), packed.body]).toEqual(['br', plain.body])

  await server.play(game.id, { kind: 'edit', data: { visibility: 'private' } })
  expect((await page()).status).toBe(404)
  await server.play(game.id, { kind: 'edit', data: { visibility: 'public' } })
  expect((await page()).status).toBe(200)
  await server.api(`/api/v1/games/${game.id}`, undefined, { method: 'DELETE' })
  expect((await page()).body).not.toContain(game.home.name)
})

test('A team that is called otherwise is so at once on a kept page, on the board and in its table', async ({ server }) => {
  const name = `Harbuor Terns ${Date.now()}`
  const made = await server.api<{ competition: { id: string } }>('/api/v1/competitions', {
    name: `Shore Cup ${Date.now()}`,
    sport: 'basketball',
  })
  const competitionId = made.body.competition.id
  const game = await server.createGame({ sport: 'basketball', home: { name }, competitionId, startsAt: new Date().toISOString() })
  await server.play(game.id, [{ kind: '2pt', side: 'home' }, { kind: 'gameEnd' }])
  const paths = [`/games/${game.id}`, '/', `/competitions/${competitionId}`, `/teams/${game.home.id}`]
  const read = async (path: string) => (await server.api<string>(path, undefined, asFan)).body
  // The board gathers what changes for less than half a second.
  for (const path of paths) await expect.poll(async () => (await read(path)).includes(name), path).toBe(true)
  const changed = await server.api<{ team: { name: string } }>(
    `/api/v1/teams/${game.home.id}`,
    { name: name.replace('Harbuor', 'Harbour') },
    { method: 'PATCH' },
  )
  expect([changed.status, changed.body.team.name]).toEqual([200, name.replace('Harbuor', 'Harbour')])
  for (const path of [...paths, `/api/v1/competitions/${competitionId}/standings`, '/api/v1/games?limit=500']) {
    await expect.poll(async () => JSON.stringify(await read(path)).includes(name), path).toBe(false)
    expect(JSON.stringify(await read(path)), path).toContain(name.replace('Harbuor', 'Harbour'))
  }
})

for (const theme of ['light', 'dark'] as const) {
  test(`A reader who chose ${theme} sees a page drawn for everybody in ${theme}, from the first paint`, async ({ page, server }) => {
    const game = await server.createGame()
    await page.emulateMedia({ colorScheme: theme === 'dark' ? 'light' : 'dark' })
    await page.context().addCookies([{ name: 'theme', value: theme, url: server.url }])
    await page.goto(`${server.url}/games/${game.id}`, { waitUntil: 'commit' })
    await page.waitForSelector('header')
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expect(page.getByRole('button', { name: `Colours: ${theme}.` })).toBeVisible()
    await expect(page.locator('html')).toHaveCSS('color-scheme', theme)
  })
}

test('A clock on a page that was drawn a while ago runs on from now, not from then', async ({ page, browser, server }) => {
  const game = await server.createGame({ sport: 'basketball' })
  await server.play(game.id, [{ kind: 'periodStart' }, { kind: 'clockStart' }])
  const url = `${server.url}/games/${game.id}`
  await page.goto(url)
  await page.waitForTimeout(4_000)
  const late = await (await browser.newContext()).newPage()
  // No socket: nothing but the page itself says what time it is.
  await late.routeWebSocket(/socket\.io/, () => {})
  await late.goto(url)
  const seconds = async (which: typeof page) => {
    const text = await which.getByTestId('clock').textContent()
    const [, minutes = '', rest = ''] = /(\d+):(\d+)/.exec(text ?? '') ?? []
    return Number(minutes) * 60 + Number(rest)
  }
  await expect.poll(async () => Math.abs((await seconds(late)) - (await seconds(page)))).toBeLessThanOrEqual(2)
  await late.context().close()
})
