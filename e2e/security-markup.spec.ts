import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Game } from '#domain/game.ts'
import { expect, ownServer, test } from './fixtures.ts'

test.use(ownServer('security-markup'))

/** What would run, or break out of its place, where text is taken for markup; some of it mixed with what people really write. */
const CORPUS: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror="alert(1)" />',
  '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="data:text/html,<script>alert(1)</script>">',
  '<embed src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<body onload=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '<audio src=x onerror=alert(1)>',
  '<marquee onstart=alert(1)>',
  '<a href="javascript:alert(1)">Hawks</a>',
  '<a href="java\tscript:alert(1)">Hawks</a>',
  '<form action="javascript:alert(1)"><button>Go</button></form>',
  '<button formaction="javascript:alert(1)">Go</button>',
  '<base href="https://evil.example/">',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<style>@import "//evil.example/x.css"</style>',
  '<style>body{display:none}</style>',
  '<div style="background:url(javascript:alert(1))">',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '<!--<img src="--><img src=x onerror=alert(1)>">',
  '<![CDATA[<script>alert(1)</script>]]>',
  '"><script>alert(1)</script>',
  "'><script>alert(1)</script>",
  '" onmouseover="alert(1)',
  "' onfocus='alert(1)' autofocus='",
  '` onmouseover=alert(1)',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '&#x3C;img src=x onerror=alert(1)&#x3E;',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  `\${alert(1)}`,
  '{{constructor.constructor("alert(1)")()}}',
  '"}]});alert(1);//',
  '🏀<img src=x onerror=alert(1)>🔥 Löwen',
  '<b>Ana</b> & “Björn” <3 Ελλάς',
  'ﬁ＜script＞alert(1)＜/script＞',
  '<\u200dimg src=x onerror=alert(1)>',
  '"/><a xlink:href="javascript:alert(1)">👟</a>',
]
const NAME_MOST = 80

interface Seen {
  violations: string[]
  dialogs: string[]
  foreign: string[]
}

/** Listens before any script of a page: for what ran, what the policy held back, and what was asked of others. */
async function listen(page: Page, origin: string): Promise<() => Promise<Seen>> {
  const [dialogs, foreign]: string[][] = [[], []]
  page.on('dialog', dialog => {
    dialogs?.push(dialog.message())
    void dialog.dismiss().catch(() => {})
  })
  page.on('request', request => {
    const { protocol, origin: asked } = new URL(request.url())
    if (/^https?:$/.test(protocol) && asked !== origin) foreign?.push(request.url())
  })
  await page.addInitScript(() => {
    const violations: string[] = []
    Object.assign(window, { violations })
    document.addEventListener('securitypolicyviolation', event => violations.push(`${event.violatedDirective} ${event.blockedURI}`))
  })
  return async () => ({
    violations: await page.evaluate(() => (window as unknown as { violations: string[] }).violations),
    dialogs: dialogs ?? [],
    foreign: foreign ?? [],
  })
}
const quiet: Seen = { violations: [], dialogs: [], foreign: [] }

/** Elements that only markup out of somebody's words could have made. */
const INTRUDERS =
  'img:not([src^="/"]), iframe, object, embed, base, marquee, math, video, audio, svg script, [onerror], [onload], [onmouseover], [onfocus], a[href^="javascript" i], form[action^="javascript" i], [formaction]'
const intruders = (page: Page) => page.locator(INTRUDERS).count()

const names = CORPUS.map(text => text.slice(0, NAME_MOST))
let competitionId = ''
const games: Game[] = []
test.beforeAll(async ({ server }) => {
  const competition = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name: names[1], sport: 'basketball' })
  competitionId = competition.body.competition.id
  for (let i = 0; i < names.length; i += 2)
    games.push(
      await server.createGame({
        home: { name: names[i], shortName: names[i]?.slice(0, 20) },
        away: { name: names[i + 1] },
        venue: names[i],
        ...(i < 10 ? { competitionId } : {}),
      }),
    )
})
const isLive = (page: Page) => expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')

test('S12 What people call themselves is text on the page as it comes, in its title, and on the boards', async ({
  page,
  browser,
  server,
}) => {
  expect(CORPUS).toHaveLength(60)
  const [, first] = games
  if (!first) throw new Error('no game')
  // Every one of them as a player, before the page is asked for.
  await server.play(first.id, [{ kind: 'periodStart' }, ...names.map(player => ({ kind: '2pt', side: 'home' as const, player }))])
  const paths = [`/games/${first.id}`, '/', `/competitions/${competitionId}`, `/teams/${first.home.id}`]
  // Without a single script of ours.
  const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  for (const path of paths) {
    await still.goto(`${server.url}${path}`)
    expect(await intruders(still), `${path} without scripts`).toBe(0)
  }
  await still.context().close()

  const seen = await listen(page, server.url)
  for (const path of paths) {
    await page.goto(path)
    if (path.startsWith('/games/')) await isLive(page)
    else await expect(page.locator('main a[href^="/games/"]').first()).toBeVisible()
    expect(await intruders(page), path).toBe(0)
    expect(await seen(), path).toEqual(quiet)
    if (path.startsWith('/games/')) {
      await expect(page.getByTestId('name-home')).toHaveText(first.home.name)
      expect(await page.title()).toContain(first.home.shortName)
      for (const name of [names[20], names[40], names[59]]) await expect(page.getByTestId('plays')).toContainText(name ?? '')
    }
    if (path === '/') for (const name of [names[4], names[32], names[57]]) await expect(page.locator('main')).toContainText(name ?? '')
  }
})

test('S12 What people write is text on the page as it changes, and where it is read out', async ({ page, browser, server }) => {
  const [first] = games
  if (!first) throw new Error('no game')
  const seen = await listen(page, server.url)
  await page.goto(`/games/${first.id}`)
  await isLive(page)
  const box = page.getByTestId('chat-messages')
  await box.focus()
  // Players and notes that arrive while the page is open, a few at a time.
  for (let i = 0; i < CORPUS.length; i += 6)
    await server.play(
      first.id,
      CORPUS.slice(i, i + 6).flatMap((text, k) => [
        { kind: '3pt', side: 'away' as const, player: `${names[i + k]?.slice(0, 76)} ${i + k}` },
        { kind: 'note', data: { text } },
      ]),
    )
  await expect(page.getByTestId('score-away')).toHaveText(String(CORPUS.length * 3))
  await expect(page).toHaveTitle(new RegExp(`^0–${CORPUS.length * 3} `))
  await expect(page.getByTestId('plays')).toContainText(names[59] ?? '')
  const announced = CORPUS[3] ?? ''
  await server.api('/api/v1/announcements', { text: announced })
  await expect(page.getByText(announced).first()).toBeVisible()

  const guest = await (await browser.newContext()).newPage()
  const heard = await listen(guest, server.url)
  await guest.goto(`${server.url}/games/${first.id}`)
  await isLive(guest)
  await guest.getByRole('textbox', { name: 'Your name' }).fill(names[56]?.slice(0, 40) ?? '')
  for (const text of [CORPUS[3], CORPUS[1], CORPUS[55], CORPUS[43]]) {
    await guest.getByRole('textbox', { name: 'Message' }).fill(text ?? '')
    // Asked to slow down, they try again.
    await expect(async () => {
      await guest.getByRole('textbox', { name: 'Message' }).press('Enter')
      await expect(guest.getByTestId('chat-message').filter({ hasText: text ?? '' })).toHaveCount(1, { timeout: 3_000 })
    }).toPass()
    for (const one of [page, guest]) await expect(one.getByTestId('chat-message').filter({ hasText: text ?? '' })).toHaveCount(1)
  }
  await expect(box).toHaveAttribute('aria-live', 'polite')
  for (const one of [page, guest]) {
    expect(await intruders(one)).toBe(0)
    // Every place that is read out holds words and nothing else.
    expect(await one.locator('[aria-live] img, [aria-live] script, [role=status] img, [role=log] img, title *').count()).toBe(0)
    expect(await one.locator('a[href*="evil.example"], link[href*="evil.example"]').count()).toBe(0)
  }
  expect(await seen()).toEqual(quiet)
  expect(await heard()).toEqual(quiet)
  await guest.context().close()
})

test('S12 An address is no way in either: what is asked for is not run', async ({ page, server }) => {
  const seen = await listen(page, server.url)
  for (const text of CORPUS.slice(0, 6)) {
    const given = encodeURIComponent(text)
    for (const path of [`/games/${given}`, `/?d=${given}&sport=${given}`, `/login?next=${given}#${given}`]) {
      const answer = await page.goto(path, { waitUntil: 'commit' })
      expect(answer?.status(), path).toBeLessThan(500)
    }
  }
  await page.goto(`/no/such/page?${randomUUID()}`)
  expect(await intruders(page)).toBe(0)
  expect(await seen()).toEqual(quiet)
})
