import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { expect, ownServer, test } from './fixtures.ts'
import { asking, makePerson, type Person } from './people.ts'
import { type Draft, startServer } from './server.ts'

const PLAYS: Readonly<Record<string, Draft[]>> = {
  basketball: [
    { kind: 'periodStart' },
    { kind: '2pt', side: 'home', player: 'Rosa Lind' },
    { kind: '3pt', side: 'away' },
    { kind: '3pt', side: 'home' },
  ],
  soccer: [{ kind: 'periodStart' }, { kind: 'goal', side: 'home', player: 'Ida Okafor' }, { kind: 'goal', side: 'away' }],
  tennis: Array.from({ length: 9 }, (_, i) => ({ kind: 'point', side: i % 3 ? ('home' as const) : ('away' as const) })),
  baseball: [{ kind: 'periodStart' }],
}

// One copy for all the schemes and sizes of a page: the package's own way puts it in again each time, and opens a page to sum up.
const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as { source: string }

interface Violation {
  id: string
  impact: string | null
  help: string
  nodes: { target: unknown[] }[]
}

const TAGS = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }
test.use(ownServer('a11y'))

/** Contrast, and links that are told from their text by colour. */
const COLOUR = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

const games = new Map<string, string>()
let ended = ''
let teamId = ''
let competitionId = ''
let scorer: Person

test.beforeAll(async ({ server }) => {
  const made = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name: 'Harbour League', sport: 'basketball' })
  competitionId = made.body.competition.id
  for (const [sport, plays] of Object.entries(PLAYS)) {
    const game = await server.createGame({
      sport,
      ...(sport === 'basketball' ? { competitionId } : {}),
      home: { name: `Lions ${sport}` },
      away: { name: `Bears ${sport}` },
    })
    games.set(sport, game.id)
    await server.play(game.id, plays)
  }
  const basketball = games.get('basketball') ?? ''
  await server.play(basketball, { kind: 'void', voids: 2 })
  const over = await server.createGame({ competitionId, home: { name: 'Pilots' }, away: { name: 'Millers' } })
  ended = over.id
  teamId = over.home.id
  // The team that has a page of its own has one of everything on it.
  await server.createGame({ competitionId, home: { id: teamId }, away: { name: 'Lions basketball' }, startsAt: '2031-03-01T18:00:00.000Z' })
  await server.play((await server.createGame({ competitionId, home: { name: 'Millers' }, away: { id: teamId } })).id, {
    kind: 'periodStart',
  })
  await server.play(ended, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }, { kind: 'gameEnd' }])
  const owner = await asking(server, server.owner)
  scorer = await makePerson(server, owner, { role: 'scorer', games: [basketball] })
  await owner.post('/api/v1/admin/tokens', { data: { name: 'Scoreboard', scopes: ['score'] } })
  await owner.post('/api/v1/announcements', { data: { text: 'The hall opens at 17:00.' } })
  await owner.dispose()
})

const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const SMALLEST = { width: 320, height: 640 }

/** What a page looks like to somebody, and what is asked of it there: a scheme changes colours and nothing else. */
const VIEWS = [
  { size: DESK, colorScheme: 'light', tags: TAGS },
  { size: DESK, colorScheme: 'dark', tags: COLOUR },
  { size: PHONE, colorScheme: 'dark', tags: COLOUR },
  { size: PHONE, colorScheme: 'light', tags: TAGS },
] as const

/** Serious and critical findings of an open page at both sizes and in both themes, and whether it fits, each in a line that says where. */
async function findings(page: Page, where: string): Promise<string[]> {
  const found: string[] = []
  await page.evaluate(source)
  for (const { size, colorScheme, tags } of VIEWS) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme })
    await isSettled(page)
    const violations = await page.evaluate(async runOnly => {
      const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
      return (await axe.run({ runOnly, resultTypes: ['violations'] })).violations
    }, tags)
    for (const { id, impact, help, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue
      found.push(...nodes.map(node => `${where}, ${size.width} px wide, ${colorScheme}: ${id}, ${help}: ${node.target.join(' ')}`))
    }
  }
  await page.setViewportSize(SMALLEST)
  // A chart follows its box a moment later.
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const isWide = await expect
    .poll(over, { timeout: 3000 })
    .toBeLessThanOrEqual(0)
    .then(
      () => false,
      () => true,
    )
  if (isWide) found.push(`${where}: runs ${await over()} px over the edge of a phone ${SMALLEST.width} px wide`)
  await page.setViewportSize(DESK)
  return found
}

const isSettled = (page: Page) =>
  page.waitForFunction(() => {
    const frame = document.querySelector('header, main')
    const isAlive = frame !== null && Object.keys(frame).some(key => key.startsWith('__react'))
    return isAlive && document.getAnimations().every(({ playState }) => playState !== 'running')
  })

async function lookAt(page: Page, paths: string[]): Promise<void> {
  test.slow()
  const found: string[] = []
  for (const path of paths) {
    await page.goto(path)
    found.push(...(await findings(page, path)))
  }
  expect(found).toEqual([])
}

test('Axe has nothing serious to say about the fans’ pages, and nothing runs over the edge of a phone 320 px wide', async ({
  page,
  context,
}) => {
  // As long as the page of no network finds none, it stays.
  await context.route('**/healthz', route => route.abort())
  const boards = ['/', '/competitions', `/competitions/${competitionId}`, `/teams/${teamId}`]
  await lookAt(page, [...boards, ...[...games.values(), ended].map(id => `/games/${id}`), '/offline', '/no/such/page'])
})

test('Axe has nothing serious to say about scoring', async ({ page, login }) => {
  await login(page)
  await lookAt(page, ['/score', '/score/new', ...[...games.values(), ended].map(id => `/score/${id}`)])
})

test('Axe has nothing serious to say about signing in and the account', async ({ page, login }) => {
  await page.goto('/login')
  await page.getByText('Plain http.').click()
  await page.getByRole('button', { name: 'Sign in' }).click()
  expect(await findings(page, '/login')).toEqual([])
  await login(page)
  await lookAt(page, ['/account'])
})

test('Axe has nothing serious to say about the admin pages', async ({ page, login }) => {
  await login(page)
  await lookAt(
    page,
    ['', '/games', `/games/${ended}`, '/competitions', `/competitions/${competitionId}`, '/people/erase', '/announcements', '/site'].map(
      path => `/admin${path}`,
    ),
  )
  await page.goto('/admin/games/paste')
  await page.getByLabel('Games, one a line').fill('5/12/2026 15:00\nHawks v Bears\nLions v Wolves 17:30, Hall 2\nHawks')
  await page.getByText('Two sides are wanted.').waitFor()
  expect(await findings(page, '/admin/games/paste')).toEqual([])
  await page.goto('/admin/people')
  await page.getByRole('button', { name: `Change ${scorer.name}` }).click()
  await page.getByLabel('Add a game').first().waitFor()
  expect(await findings(page, '/admin/people')).toEqual([])
  await page.goto('/admin/tokens')
  await page.getByRole('button', { name: 'Revoke' }).first().click()
  await page.getByRole('dialog').waitFor()
  expect(await findings(page, '/admin/tokens')).toEqual([])
})

test('Axe has nothing serious to say about a page that is not for its reader', async ({ page, login }) => {
  await login(page, scorer)
  await lookAt(page, ['/admin'])
})

test('Axe has nothing serious to say about the set-up page', async ({ page }) => {
  const fresh = await startServer({ env: { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined } })
  try {
    await lookAt(page, [`${fresh.url}/setup`])
  } finally {
    await fresh.dispose()
  }
})

test('The sign-in and the way to delete a game work by keyboard alone', async ({ page, server }) => {
  const game = await server.createGame()
  await page.goto(`/login?next=/admin/games/${game.id}`)
  await expect(page.getByLabel('E-mail address')).toBeFocused()
  await page.keyboard.type(server.owner.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(server.owner.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/admin/games/${game.id}`)
  const open = page.getByRole('button', { name: 'Delete the game' })
  await open.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(open).toBeFocused()
})
