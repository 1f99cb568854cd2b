import { expect, it } from 'vitest'
import { loginHref, returnPath } from './return-path.ts'

it.each(['/', '/score', '/games/a-b?seq=3#plays', '/login?next=/x', '/a//b', '/spåce', '/?d=2026-11-22'])('S24 comes back to %s', path => {
  expect(new URL(returnPath(path), 'https://league.example').origin).toBe('https://league.example')
  expect(decodeURI(returnPath(path))).toBe(path)
})

it.each([
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  'https:evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/\r\nLocation: //evil.example',
  '/\t/evil.example',
  '/./\u0000',
  '/.//evil.example',
  '/x/..//evil.example',
  '/\u202egames',
  '',
  'games',
  ' /games',
  `/${'a'.repeat(2001)}`,
  ['/a', '/b'],
  null,
  7,
])('S24 does not follow %j', path => {
  expect(returnPath(path)).toBe('/')
})

it('says where to come back to, and falls back to what the page wants where nothing is said', () => {
  expect(loginHref('/admin/people?x=1')).toBe('/login?next=%2Fadmin%2Fpeople%3Fx%3D1')
  expect(loginHref('/')).toBe('/login')
  expect(returnPath(undefined, '/score')).toBe('/score')
  expect(returnPath('//evil.example', '/score')).toBe('/')
})
