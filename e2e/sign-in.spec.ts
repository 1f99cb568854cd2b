import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { asking, makePerson, type Person } from './people.ts'
import { startServer } from './server.ts'

// A proxy in front, so that a test may come from wherever it says.
test.use({ serverEnv: { TRUSTED_PROXIES: '127.0.0.1' } })

let scorer: Person
test.beforeAll(async ({ server }) => {
  const owner = await asking(server, server.owner)
  scorer = await makePerson(server, owner, { role: 'scorer', name: 'Ana Ito' })
  await owner.dispose()
})

async function fillIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('Whoever is asked to sign in comes back to the page they wanted @every-size', async ({ page }) => {
  await page.goto('/score')
  await expect(page).toHaveURL(/\/login\?next=%2Fscore$/)
  await expect(page.getByLabel('E-mail address')).toBeFocused()
  await fillIn(page, scorer)
  await expect(page).toHaveURL(/\/score$/)
})

test('A wrong password and an unknown address are told in the same words', async ({ page }) => {
  await page.goto('/login')
  for (const email of [scorer.email, 'nobody@club.example']) {
    await fillIn(page, { email, password: 'turnstile wrong' })
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toHaveText('E-mail address or password is wrong.')
    await expect(alert).toBeFocused()
    await page.reload()
  }
})

test('A field that is missing says so, and has the focus', async ({ page }) => {
  await page.goto('/login')
  await page.getByRole('button', { name: 'Sign in' }).click()
  const email = page.getByLabel('E-mail address')
  await expect(email).toBeFocused()
  await expect(email).toHaveAttribute('aria-invalid', 'true')
  await expect(email).toHaveAccessibleDescription(/missing/)
})

test('S17 After too many tries the form says how long to wait', async ({ page, request, baseURL }) => {
  const guessed = { email: 'guessed@club.example', password: 'turnstile wrong' }
  let answer = await request.post('/api/auth/sign-in/email', { data: guessed, headers: { origin: baseURL ?? '' } })
  for (let tries = 1; answer.status() !== 429; tries++) {
    expect(answer.status()).toBe(401)
    expect(tries).toBeLessThan(12)
    answer = await request.post('/api/auth/sign-in/email', { data: guessed, headers: { origin: baseURL ?? '' } })
  }
  // Two more that count, so that the wait outlasts the page's load.
  for (let more = 0; more < 2; more++) {
    const { error } = (await answer.json()) as { error: { retryAfterMs: number } }
    await page.waitForTimeout(error.retryAfterMs)
    await request.post('/api/auth/sign-in/email', { data: guessed, headers: { origin: baseURL ?? '' } })
    answer = await request.post('/api/auth/sign-in/email', { data: guessed, headers: { origin: baseURL ?? '' } })
    expect(answer.status()).toBe(429)
    expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0)
  }
  await page.goto('/login')
  await fillIn(page, guessed)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Too many tries')
  await expect(page.getByRole('button', { name: /Wait \d+ s/ })).toBeVisible()
})

test('Passwords may be pasted, shown and kept by a password manager', async ({ page, login }) => {
  await page.goto('/login')
  const password = page.getByLabel('Password')
  await expect(page.getByLabel('E-mail address')).toHaveAttribute('autocomplete', 'username')
  await expect(password).toHaveAttribute('autocomplete', 'current-password')
  await password.focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'turnstile pasted')
    const isTaken = document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
    if (!isTaken) throw new Error('The page refuses to have a password pasted.')
    document.execCommand('insertText', false, 'turnstile pasted')
  })
  await expect(password).toHaveValue('turnstile pasted')
  await expect(password).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Show what is typed' }).click()
  await expect(password).toHaveAttribute('type', 'text')
  await login(page)
  await page.goto('/account')
  await expect(page.getByLabel('New password')).toHaveAttribute('autocomplete', 'new-password')
})

test('S24 An address of another site is not followed after signing in', async ({ page, login, server }) => {
  await page.goto('/login?next=//evil.example/steal')
  await fillIn(page, scorer)
  await expect(page).toHaveURL(`${server.url}/`)
  await login(page)
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'https://evil.example',
    '/%0d%0aLocation:evil',
    '/.//evil.example',
  ]) {
    await page.goto(`/login?next=${next.includes('%') ? next : encodeURIComponent(next)}`)
    expect(page.url(), next).toBe(`${server.url}/`)
  }
  await page.goto('/login?next=/account')
  await expect(page).toHaveURL(`${server.url}/account`)
})

test('Signing out ends the sign-in, and the pages are closed again', async ({ page }) => {
  await page.goto('/login?next=/account')
  await fillIn(page, scorer)
  await expect(page.getByRole('heading', { name: 'Ana Ito' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.waitForURL(url => url.pathname === '/')
  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
})

/** The page without its scripts, until they are let through. */
async function withoutScripts(page: Page, path: string): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>(done => {
    release = done
  })
  await page.route('**/_next/static/**/*.js', route => held.then(() => route.continue()))
  await page.goto(path, { waitUntil: 'commit' })
  return release
}

test('A form that is sent before the page has come to life is sent once it has', async ({ page }) => {
  const wake = await withoutScripts(page, '/login?next=/account')
  await fillIn(page, scorer)
  wake()
  await expect(page.getByRole('heading', { name: 'Ana Ito' })).toBeVisible()
})

test('A button that is pressed before the page has come to life is heard, once', async ({ page, login, server }) => {
  const owner = await asking(server, server.owner)
  await login(page, await makePerson(server, owner, { role: 'scorer' }))
  await owner.dispose()
  const wake = await withoutScripts(page, '/account')
  let presses = 0
  page.on('request', request => {
    if (request.url().endsWith('/api/auth/sign-out')) presses += 1
  })
  const button = page.getByRole('button', { name: 'Sign out', exact: true })
  await button.click()
  await button.click()
  expect(presses).toBe(0)
  wake()
  await page.waitForURL(url => url.pathname === '/')
  expect(presses).toBe(1)
})

test('A page whose sign-in was ended elsewhere says "You were signed out"', async ({ page, browser, server }) => {
  const owner = await asking(server, server.owner)
  const person = await makePerson(server, owner, { role: 'scorer' })
  await owner.dispose()
  await page.goto('/login?next=/account')
  await fillIn(page, person)
  await expect(page.getByRole('heading', { name: person.name })).toBeVisible()

  const other = await browser.newPage({ baseURL: server.url })
  await other.goto('/login?next=/account')
  await fillIn(other, person)
  await expect(other.getByText('in 2 browsers')).toBeVisible()
  await other.getByRole('button', { name: 'Sign out everywhere else' }).click()
  // Said also once the list of browsers has been read anew.
  await expect(other.getByText('in one browser')).toBeVisible()
  await expect(other.getByText('Every other browser is signed out.')).toBeVisible()

  await expect(page.getByText('You were signed out.')).toBeVisible()
  await page.getByRole('link', { name: 'Sign in again' }).click()
  await expect(page).toHaveURL(/\/login\?next=%2Faccount$/)
  await expect(other.getByText('You were signed out.')).toBeHidden()
  await other.close()
})

test('A changed password is the only one that works, here and elsewhere', async ({ page, server }) => {
  const owner = await asking(server, server.owner)
  const person = await makePerson(server, owner, { role: 'scorer' })
  await owner.dispose()
  const elsewhere = await asking(server, person)
  await page.goto('/login?next=/account')
  await fillIn(page, person)
  await page.getByLabel('Current password').fill('turnstile wrong')
  await page.getByLabel('New password').fill('a gate by the canal')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription('This is not the current password.')
  await page.getByLabel('Current password').fill(person.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('The password is changed.')).toBeVisible()
  expect(await (await elsewhere.get('/api/auth/get-session')).json()).toEqual({ account: null })
  await elsewhere.dispose()
  await expect(asking(server, person)).rejects.toThrow('401')
  await (await asking(server, { ...person, password: 'a gate by the canal' })).dispose()
  await page.reload()
  await expect(page.getByRole('heading', { name: person.name })).toBeVisible()
})

test('Plain http is said where it matters, and from outside the network it is explained instead of tried', async ({
  page,
  browser,
  server,
}) => {
  await page.goto('/login')
  await page.getByText('Plain http.').click()
  await expect(page.getByText('Whoever shares this network can read what is sent')).toBeVisible()

  const outside = await browser.newContext({ baseURL: server.url, extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.7' } })
  const far = await outside.newPage()
  await far.goto('/login')
  await expect(far.getByText('Signing in does not work from here')).toBeVisible()
  await expect(far.getByLabel('Password')).toHaveCount(0)
  const tried = await outside.request.post('/api/auth/sign-in/email', {
    data: { email: scorer.email, password: scorer.password },
    headers: { origin: server.url },
  })
  expect(tried.status()).toBe(403)
  expect(((await tried.json()) as { error: { message: string } }).error.message).toContain('plain http')
  await outside.close()
})

test('Whoever has the one-time token becomes the owner, once @every-size', async ({ page }) => {
  const fresh = await startServer({ env: { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined } })
  try {
    const token = /one-time token (\S+)/.exec(fresh.output())?.[1] ?? ''
    expect(token).not.toBe('')
    await page.goto(`${fresh.url}/login`)
    await expect(page).toHaveURL(`${fresh.url}/setup`)
    await expect(page.getByText('Where the token is.')).toBeVisible()
    const fields = {
      'Set-up token': 'aaaa-bbbb-cccc-dddd-eeee-ffff',
      'Your name': 'Olga Marsh',
      'E-mail address': 'olga@club.example',
      Password: 'a gate by the canal',
    }
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value)
    await page.getByRole('button', { name: 'Become the owner' }).click()
    await expect(page.getByLabel('Set-up token')).toHaveAccessibleDescription(/not the set-up token/)
    await page.getByLabel('Set-up token').fill(token)
    await page.getByRole('button', { name: 'Become the owner' }).click()
    await expect(page).toHaveURL(`${fresh.url}/admin`)
    await page.goto(`${fresh.url}/account`)
    await expect(page.getByText('An owner: everything')).toBeVisible()

    await page.context().clearCookies()
    await page.goto(`${fresh.url}/setup`)
    await expect(page).toHaveURL(`${fresh.url}/login`)
    const again = await page.request.post(`${fresh.url}/api/v1/setup`, {
      data: { setupToken: token, name: 'Eve', email: 'eve@club.example', password: 'another gate' },
      headers: { origin: fresh.url },
    })
    expect(again.status()).toBe(403)
  } finally {
    await fresh.dispose()
  }
})
