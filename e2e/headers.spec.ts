import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { startServer } from './server.ts'

let gameId = ''
let competitionId = ''
test.beforeAll(async ({ server }) => {
  const made = await server.api<{ competition: { id: string } }>('/api/v1/competitions', { name: 'Header League', sport: 'basketball' })
  competitionId = made.body.competition.id
  gameId = (await server.createGame({ competitionId })).id
  await server.play(gameId, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }])
})

const OPEN = () => [
  '/',
  `/games/${gameId}`,
  '/competitions',
  `/competitions/${competitionId}`,
  '/login',
  '/offline',
  '/no/such/page',
  '/games/no-such-game',
]
const CLOSED = () => [
  '/account',
  '/score',
  '/score/new',
  `/score/${gameId}`,
  '/admin',
  '/admin/games',
  `/admin/games/${gameId}`,
  '/admin/competitions',
  '/admin/people',
  '/admin/people/erase',
  '/admin/tokens',
  '/admin/announcements',
  '/admin/site',
]

function policyOf(header: string | undefined): Map<string, string[]> {
  const directives = (header ?? '').split(';').map(text => text.trim().split(/\s+/))
  return new Map(directives.map(([name = '', ...values]) => [name, values]))
}

/** Whether React has taken the page over: a page whose scripts were refused looks the same and does nothing. */
const isHydrated = (page: Page) =>
  page.waitForFunction(() => {
    const header = document.querySelector('header')
    return header !== null && Object.keys(header).some(key => key.startsWith('__react'))
  })

/** A page that is drawn once for many readers: its own inline scripts, and no others, by their hashes. */
function expectHashed(html: string, sources: readonly string[], path: string): void {
  expect(html, path).not.toContain('nonce=')
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code).filter(Boolean)
  const hashes = new Set(inline.map(code => `'sha256-${createHash('sha256').update(code).digest('base64')}'`))
  expect(hashes.size, path).toBeGreaterThan(0)
  expect(new Set(sources.filter(source => source.startsWith("'sha256-"))), path).toEqual(hashes)
}

async function check(page: Page, path: string) {
  const complaints: string[] = []
  const listen = (message: { text(): string }) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) complaints.push(message.text())
  }
  page.on('console', listen)
  const answer = await page.goto(path)
  const policy = policyOf(answer?.headers()['content-security-policy'])
  const scripts = policy.get('script-src') ?? []
  const nonce = scripts.map(source => /^'nonce-([A-Za-z0-9+/]{22}==)'$/.exec(source)?.[1]).find(Boolean)
  expect(scripts, path).not.toContain("'unsafe-inline'")
  expect(scripts, path).not.toContain("'unsafe-eval'")
  expect(policy.get('object-src'), path).toEqual(["'none'"])
  expect(policy.get('base-uri'), path).toEqual(["'none'"])
  expect(policy.get('frame-ancestors'), path).toEqual(["'none'"])
  expect(policy.get('form-action'), path).toEqual(["'self'"])
  const html = (await answer?.text()) ?? ''
  if (nonce) for (const [script] of html.matchAll(/<script\b[^>]*>/g)) expect(script, path).toContain(`nonce="${nonce}"`)
  else expectHashed(html, scripts, path)
  expect(html.match(/<script\b/g)?.length ?? 0, `${path} has scripts`).toBeGreaterThan(0)
  expect(html, `${path} has no inline handler`).not.toMatch(/<[^>]+\son[a-z]+=/)
  await isHydrated(page)
  expect(complaints, path).toEqual([])
  page.off('console', listen)
  return nonce
}

test('S13 Every page carries a nonce of its own, or the hashes of a page drawn for many, covers its scripts and comes to life', async ({
  page,
  login,
}) => {
  const nonces = new Map<string, string | undefined>()
  for (const path of OPEN()) nonces.set(path, await check(page, path))
  // What is drawn once for everybody: a nonce that many share would be none.
  expect([...nonces].filter(([, nonce]) => !nonce).map(([path]) => path)).toEqual([`/games/${gameId}`])
  nonces.delete(`/games/${gameId}`)
  await login(page)
  for (const path of [...CLOSED(), `/games/${gameId}`]) nonces.set(path, await check(page, path))
  expect(new Set(nonces.values()).size).toBe(OPEN().length + CLOSED().length)
})

test('S13 The set-up page carries its nonce and comes to life', async ({ page }) => {
  const fresh = await startServer({ env: { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined } })
  try {
    await check(page, `${fresh.url}/setup`)
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

test('No page asks anything of another site', async ({ page, login, server }) => {
  const foreign: string[] = []
  page.on('request', request => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== server.url) foreign.push(request.url())
  })
  for (const path of OPEN()) await page.goto(path, { waitUntil: 'networkidle' })
  await login(page)
  for (const path of CLOSED()) await page.goto(path)
  expect(foreign).toEqual([])
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
  expect((await server.api<{ announcements: unknown[] }>('/api/v1/announcements')).body.announcements).toEqual([])
})
