import { describe, expect, it } from 'vitest'
import { acceptsCookies, bearerOf, checkHandshake, checkUnsafeRequest } from './origin.ts'

const OPEN = { publicOrigin: null }
const FIXED = { publicOrigin: 'https://scores.example' }
const codeOf = (result: ReturnType<typeof checkHandshake>) => (result.ok ? 'ok' : result.error.code)

const FOREIGN = [
  'https://evil.example',
  'null',
  'https://scores.example.evil.tld',
  'https://scores.example:444',
  'http://scores.example',
  'https://scores.example/',
  'https://user@scores.example',
  'https://SCORES.example',
  '',
  'scores.example',
]

describe('S1 checkHandshake', () => {
  it.each(FOREIGN)('with PUBLIC_URL, refuses the origin %s', origin => {
    expect(codeOf(checkHandshake({ origin, host: 'scores.example' }, FIXED))).toBe('ORIGIN_NOT_ALLOWED')
  })
  it('with PUBLIC_URL, takes its origin whatever the Host says', () => {
    expect(codeOf(checkHandshake({ origin: 'https://scores.example', host: '10.0.0.5:3000' }, FIXED))).toBe('ok')
  })
  it.each([
    ['http://192.168.1.5:3000', '192.168.1.5:3000', 'ok'],
    ['http://laptop.local:3000', 'LAPTOP.local:3000', 'ok'],
    ['http://hall', 'hall:80', 'ok'],
    ['https://hall', 'hall', 'ok'],
    ['http://[::1]:3000', '[::1]:3000', 'ok'],
    ['http://192.168.1.5:3000', '192.168.1.5:3001', 'ORIGIN_NOT_ALLOWED'],
    ['http://evil.example', '192.168.1.5:3000', 'ORIGIN_NOT_ALLOWED'],
    ['null', 'null', 'ORIGIN_NOT_ALLOWED'],
    ['file://', '', 'ORIGIN_NOT_ALLOWED'],
    ['http://hall', 'evil@hall', 'ORIGIN_NOT_ALLOWED'],
    ['http://hall/', 'hall', 'ORIGIN_NOT_ALLOWED'],
    ['chrome-extension://hall', 'hall', 'ORIGIN_NOT_ALLOWED'],
  ])('without PUBLIC_URL, %s at %s is %s', (origin, host, code) => {
    expect(codeOf(checkHandshake({ origin, host }, OPEN))).toBe(code)
  })
  it('refuses an origin when there is no Host to compare with', () => {
    expect(codeOf(checkHandshake({ origin: 'http://hall' }, OPEN))).toBe('ORIGIN_NOT_ALLOWED')
  })
  it('without an Origin, takes programs but no cookie', () => {
    expect(codeOf(checkHandshake({ host: 'hall' }, OPEN))).toBe('ok')
    expect(codeOf(checkHandshake({ host: 'hall', authorization: 'Bearer x' }, FIXED))).toBe('ok')
    expect(codeOf(checkHandshake({ host: 'hall', cookie: 'a=b' }, OPEN))).toBe('ORIGIN_NOT_ALLOWED')
    expect(codeOf(checkHandshake({ host: 'hall', cookie: 'a=b', authorization: 'Bearer x' }, FIXED))).toBe('ORIGIN_NOT_ALLOWED')
  })
  it('reads fetch Headers as well', () => {
    expect(codeOf(checkHandshake(new Headers({ origin: 'http://hall', host: 'hall' }), OPEN))).toBe('ok')
    expect(codeOf(checkHandshake(new Headers({ origin: 'http://evil', host: 'hall' }), OPEN))).toBe('ORIGIN_NOT_ALLOWED')
  })
})

describe('S14 checkUnsafeRequest', () => {
  const json = { host: 'scores.example', 'content-type': 'application/json' }
  const post = (headers: Record<string, string>, rules = FIXED as { publicOrigin: string | null }) =>
    codeOf(checkUnsafeRequest('POST', { ...json, ...headers }, rules))

  it.each(FOREIGN)('refuses the origin %s', origin => expect(post({ origin, cookie: 'a=b' })).toBe('CSRF'))
  it('refuses a foreign origin without a cookie too, so nobody is signed in by another site', () => {
    expect(post({ origin: 'https://evil.example' })).toBe('CSRF')
  })
  it.each(['cross-site', 'same-site', 'none', 'Same-Origin'])('refuses Sec-Fetch-Site %s', site => {
    expect(post({ 'sec-fetch-site': site, cookie: 'a=b' })).toBe('CSRF')
    expect(post({ 'sec-fetch-site': site, cookie: 'a=b', origin: 'https://scores.example' })).toBe('CSRF')
  })
  it('takes its own pages', () => {
    expect(post({ origin: 'https://scores.example', cookie: 'a=b' })).toBe('ok')
    expect(post({ origin: 'https://scores.example', 'sec-fetch-site': 'same-origin', cookie: 'a=b' })).toBe('ok')
    expect(post({ 'sec-fetch-site': 'same-origin', cookie: 'a=b' })).toBe('ok')
    expect(post({ origin: 'http://hall:3000', host: 'hall:3000', cookie: 'a=b' }, OPEN)).toBe('ok')
  })
  it('refuses a cookie without any word of where it comes from', () => expect(post({ cookie: 'a=b' })).toBe('CSRF'))
  it('takes programs: no cookie and no Origin, or a bearer token', () => {
    expect(post({})).toBe('ok')
    expect(post({ authorization: 'Bearer sl_pat_x', origin: 'https://elsewhere.example' })).toBe('ok')
  })
  it.each(['text/plain', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses a body of %s',
    type => {
      expect(post({ origin: 'https://scores.example', cookie: 'a=b', 'content-type': type })).toBe('CSRF')
      expect(post({ 'content-type': type, authorization: 'Bearer x' })).toBe('ok')
    },
  )
  it('leaves reading alone', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'get']) {
      expect(codeOf(checkUnsafeRequest(method, { origin: 'https://evil.example', cookie: 'a=b' }, FIXED))).toBe('ok')
    }
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'BREW']) {
      expect(codeOf(checkUnsafeRequest(method, { origin: 'https://evil.example' }, FIXED))).toBe('CSRF')
    }
  })
})

describe('bearerOf', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer  abc ', 'abc'],
    ['BEARER\tabc', 'abc'],
    ['Bearer', ''],
    ['Bearer ', ''],
    ['Bearer a b', undefined],
    ['Basic abc', undefined],
    ['Bearerabc', undefined],
    ['', undefined],
  ])('reads %j as %j', (authorization, secret) => expect(bearerOf({ authorization })).toBe(secret))
  it('reads nothing as nothing', () => expect(bearerOf({})).toBeUndefined())
  it('S22 is quick with hostile ones', () => {
    const start = performance.now()
    for (const text of [' '.repeat(500_000), `bearer${' '.repeat(500_000)}x y`, 'bearer a '.repeat(50_000)])
      bearerOf({ authorization: text })
    // Some milliseconds, or minutes.
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('acceptsCookies', () => {
  it('takes cookies over https from everywhere, over http from private addresses alone', () => {
    expect(acceptsCookies(true, '8.8.8.8')).toBe(true)
    expect(acceptsCookies(true, undefined)).toBe(true)
    expect(acceptsCookies(false, '127.0.0.1')).toBe(true)
    expect(acceptsCookies(false, '::ffff:192.168.0.9')).toBe(true)
    expect(acceptsCookies(false, '8.8.8.8')).toBe(false)
    expect(acceptsCookies(false, undefined)).toBe(false)
    expect(acceptsCookies(false, '')).toBe(false)
  })
})
