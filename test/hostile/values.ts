import type { Random } from '#test/sim/random.ts'

/** What a crafted object would make everybody's, if a careless copy let it: each shows in an answer when it does. */
export const POLLUTION = {
  isAdmin: true,
  role: 'owner',
  scopes: ['admin'],
  grants: null,
  status: 299,
  headers: { 'x-polluted': 'yes' },
}

/** Text that nobody types. */
export const STRINGS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udc00b',
  '\u202egnp.exe',
  '\u2066\u2069\u200f\u061c',
  '\u200b\u200d\u2060\ufeff',
  'e\u0301'.repeat(40),
  `x${'\u0300'.repeat(280)}`,
  '\u0663',
  '\u0661\u0662\u0663',
  '\uff11\uff12',
  '1e3',
  '0x10',
  '-1',
  'NaN',
  'Infinity',
  'true',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  "'; drop table games; --",
  "' or '1'='1",
  '%00',
  '..%2f..%2f',
  '../../etc/passwd',
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  'javascript:alert(1)',
  '{{7*7}}',
  // biome reads this as a template that was forgotten; it is one that others might fill in.
  ['$', '{7*7}'].join(''),
  '=HYPERLINK("http://x.example")',
  '\r\nSet-Cookie: a=b',
  '\u001b[31mred',
  '\u2028\u2029',
  '\u{1f3c0}'.repeat(20),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}',
  'Ａｄｍｉｎ',
  'ß'.repeat(80),
  'ﷺ'.repeat(20),
  'x'.repeat(41),
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(301),
  'x'.repeat(1_201),
  'x'.repeat(5_000),
  '9999-12-31T23:59:59-14:00',
  '0000-01-01T00:00:00+14:00',
  '2024-02-29T24:00:00Z',
  '2025-02-29T10:00:00Z',
  '2025-01-01T10:00:60Z',
  '2025-01-01T10:00:00.1234567890123456Z',
]

const NUMBERS = [-1, -0, 0, 1.5, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 - 1, -(2 ** 53), 1e21, 0.1 + 0.2, 999, 1000]

/** Own keys that an object's makers did not mean; `__proto__` is one only when it was parsed. */
const evil = (key: string): unknown => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(POLLUTION)}}`)

function nested(random: Random, depth: number): unknown {
  let value: unknown = random.of(NUMBERS)
  for (let i = 0; i < depth; i++) value = random.chance(0.5) ? [value] : { a: value }
  return value
}

/** Any value that a field does not expect. */
export function hostileValue(random: Random): unknown {
  switch (random.below(12)) {
    case 0:
      return null
    case 1:
      return random.chance(0.5)
    case 2:
    case 3:
      return random.of(NUMBERS)
    case 4:
    case 5:
    case 6:
      return random.of(STRINGS)
    case 7:
      return [random.of(STRINGS), random.of(NUMBERS)]
    case 8:
      return {}
    case 9:
      return nested(random, random.of([1, 2, 7, 8, 9, 40, 300]))
    case 10:
      return evil(random.of(['__proto__', 'constructor', 'prototype', 'isAdmin', 'toString']))
    default:
      return Array.from({ length: random.of([0, 1, 50, 600]) }, () => 0)
  }
}

type Path = (string | number)[]

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [at]
  return [at, ...Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...at, key]))]
}

/** The same with something exchanged, taken out, added, doubled or wrapped, once or twice. */
export function mutate(random: Random, value: unknown): unknown {
  const copy: unknown = structuredClone(value)
  const mutated = mutateOnce(random, copy)
  return random.chance(0.25) ? mutateOnce(random, mutated) : mutated
}

function mutateOnce(random: Random, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || random.chance(0.06)) return hostileValue(random)
  const path = random.of(pathsOf(value))
  const key = path.at(-1)
  if (key === undefined) return added(random, value)
  let holder = value as Record<string | number, unknown>
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
  switch (random.below(6)) {
    case 0:
      delete holder[key]
      return value
    case 1:
      holder[key] = [holder[key]]
      return value
    case 2:
      holder[key] = JSON.stringify(holder[key])
      return value
    case 3:
      return added(random, value)
    default:
      holder[key] = hostileValue(random)
      return value
  }
}

function added(random: Random, value: object): unknown {
  if (Array.isArray(value)) return [...value, hostileValue(random)]
  const extra = random.chance(0.4) ? evil(random.of(['__proto__', 'constructor'])) : { [random.of(STRINGS)]: hostileValue(random) }
  // Through text: an assignment would set the prototype of this very object instead of giving it a key.
  const [own, more] = [JSON.stringify(value).slice(1, -1), JSON.stringify(extra).slice(1, -1)]
  return JSON.parse(`{${[own, more].filter(Boolean).join(',')}}`)
}

/** Text that is no longer quite the JSON it was. */
export function spoil(random: Random, json: string): string {
  const at = random.below(json.length + 1)
  switch (random.below(10)) {
    case 0:
      return json.slice(0, at)
    case 1:
      return json.slice(0, at) + random.of(['\u0000', ',', '}', ']', '"', '\\', '\\u', '//', '\ufffd']) + json.slice(at)
    case 2:
      return json.replace(/:("[^"]*"|\d+)/, ':NaN')
    case 3:
      return json.replace(/:("[^"]*"|\d+)/, ':1e999')
    case 4:
      // One key twice: the later one counts, wherever it is read.
      return json.replace(/^(\[?)\{("\w+"):/, '$1{$2:null,$2:')
    case 5:
      return json.replaceAll('"', "'")
    case 6:
      return `${json}${json}`
    case 7:
      return `\ufeff${json}`
    case 8:
      return json.replace(/[}\]]$/, '')
    default:
      return random.of(['', ' ', 'null', 'undefined', '[]', '{}', '""', '0', '[[[[', '{"a":', `${'['.repeat(9)}${']'.repeat(9)}`])
  }
}
