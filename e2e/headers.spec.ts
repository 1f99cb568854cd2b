import { expect, test } from './fixtures.ts'
import { foreignRequests, openUnderPolicy } from './policy.ts'
import { startServer } from './server.ts'

let gameId = ''
let competitionId = ''
let teamId = ''
test.beforeAll(async ({ server }) => {
  const made = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name: 'Header League', sport: 'basketball' })
  competitionId = made.body.competition.id
  const game = await server.createGame({ competitionId })
  gameId = game.id
  teamId = game.home.id
  await server.play(gameId, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }])
})

const OPEN = () => [
  '/',
  `/games/${gameId}`,
  '/competitions',
  `/competitions/${competitionId}`,
  `/teams/${teamId}`,
  '/login',
  '/offline',
  '/no/such/page',
  '/games/no-such-game',
]
// Every page there is, those behind the sign-in too, is met in `security-pages.spec.ts`.
test('S13 A page carries a nonce of its own, or the hashes of a page drawn for many, covers its scripts, comes to life and asks nothing of another site', async ({
  page,
  login,
  server,
}) => {
  const foreign = foreignRequests(page, server.url)
  const nonces = new Map<string, string | undefined>()
  for (const path of OPEN()) {
    nonces.set(path, (await openUnderPolicy(page, path)).nonce)
    await page.waitForLoadState('networkidle')
  }
  // What is drawn once for everybody: a nonce that many share would be none.
  expect([...nonces].filter(([, nonce]) => !nonce).map(([path]) => path)).toEqual([`/games/${gameId}`])
  nonces.delete(`/games/${gameId}`)
  await login(page)
  for (const path of ['/account', `/games/${gameId}`]) nonces.set(path, (await openUnderPolicy(page, path)).nonce)
  expect(new Set(nonces.values()).size).toBe(OPEN().length + 1)
  expect(foreign).toEqual([])
})

test('S13 The set-up page carries its nonce and comes to life', async ({ page }) => {
  const fresh = await startServer({ env: { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined } })
  try {
    await openUnderPolicy(page, `${fresh.url}/setup`)
  } finally {
    await fresh.dispose()
  }
})

test('S13 A client cannot choose the nonce', async ({ request }) => {
  const forged = 'Zm9yZ2VkZm9yZ2VkZm9yZw=='
  const answer = await request.get('/', {
    headers: { 'x-nonce': forged, 'content-security-policy': `script-src 'nonce-${forged}' 'unsafe-inline'` },
  })
  expect(answer.headers()['content-security-policy']).not.toContain(forged)
  expect(await answer.text()).not.toContain(forged)
})

test('S29 Every answer carries the security headers', async ({ request, server }) => {
  const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(await (await request.get('/')).text())?.[1]
  expect(script).toBeTruthy()
  const paths = [
    ...OPEN(),
    '/admin',
    script ?? '',
    '/icon.svg',
    '/sw.js',
    '/manifest.webmanifest',
    '/_next/static/none.js',
    '/_next/image?url=%2Ficon.svg&w=64&q=75',
    '/api/v1/games',
    '/api/v1/games/none',
    '/api/v1/admin/people',
    '/api/v1/none',
    '/api/auth/get-session',
    '/api/auth/none',
    '/api/openapi.json',
    '/healthz',
    '/readyz',
    '/metrics',
    '/socket.io/',
    '/socket.io/?EIO=4&transport=polling',
    '/socket.io/socket.io.js',
    '//evil.example',
  ]
  const wanted: Record<string, string | null> = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'x-powered-by': null,
    server: null,
    // A browser would remember it for this machine's every port.
    'strict-transport-security': null,
  }
  const wrong: string[] = []
  for (const path of paths) {
    const { headers, body } = await fetch(`${server.url}${path}`, { redirect: 'manual' })
    await body?.cancel()
    if (!headers.get('content-security-policy')?.includes("default-src 'self'")) wrong.push(`${path}: content-security-policy`)
    for (const [name, value] of Object.entries(wanted)) if (headers.get(name) !== value) wrong.push(`${path}: ${name} ${headers.get(name)}`)
  }
  expect(wrong).toEqual([])
  const image = await request.get('/_next/image?url=%2Ficon.svg&w=64&q=75')
  expect(image.status()).toBeGreaterThanOrEqual(400)
  expect((await request.get('/socket.io/socket.io.js')).status()).toBeGreaterThanOrEqual(400)
})

test('S15 S29 Behind https, sign-ins are bound to the host and the browser is told to stay', async ({ server }) => {
  const origin = 'https://scores.example'
  const secure = await startServer({ env: { PUBLIC_URL: origin } })
  try {
    const answer = await secure.api('/', undefined, { token: null })
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
    expect(answer.body).not.toContain('Plain http')
    const signIn = await secure.api('/api/auth/sign-in/email', secure.owner, { token: null, headers: { origin } })
    expect(signIn.status).toBe(200)
    const cookie = signIn.headers.getSetCookie().join('\n')
    expect(cookie).toMatch(/^__Host-sideline=[^;]+;/)
    for (const part of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i]) expect(cookie).toMatch(part)
    expect(cookie).not.toMatch(/; Domain/i)
    const foreign = await secure.api('/api/auth/sign-in/email', secure.owner, { token: null, headers: { origin: server.url } })
    expect(foreign.status).toBe(403)
  } finally {
    await secure.dispose()
  }
})

test('S14 A cookie without the page’s own origin changes nothing', async ({ page, login, server }) => {
  await login(page)
  const cookie = (await page.context().cookies(server.url)).map(({ name, value }) => `${name}=${value}`).join('; ')
  const data = { text: 'Forged' }
  const tries: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
    { origin: server.url, 'content-type': 'text/plain' },
    { origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
  ]
  for (const headers of tries) {
    const answer = await server.api<{ error: { code: string } }>('/api/v1/announcements', data, {
      token: null,
      headers: { cookie, ...headers },
    })
    expect([headers, answer.status, answer.body.error.code]).toEqual([headers, 403, 'CSRF'])
  }
  const { body } = await server.api<{ announcements: { text: string }[] }>('/api/v1/announcements')
  expect(body.announcements.map(({ text }) => text)).not.toContain(data.text)
})
