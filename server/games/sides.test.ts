import { expect, test } from 'vitest'
import { shortNameOf } from './sides.ts'

const teams: [title: string, short: string][] = [
  ['Waldheim 96', 'Waldheim 96'],
  ['Westport Harbour Bears', 'Bears'],
  ['SV Unterwald-Niederhausen 1927', 'Unterwald-Niederhausen'],
  ['Turnverein Oberwinden 1898 (2)', 'Oberwinden'],
  ['Riverside Basketball Club', 'Riverside'],
  ['Millpond Basketball Club', 'Millpond'],
  ['Riverside Rockets', 'Rockets'],
  ['Riverside Rockets BC', 'Rockets'],
  ['Mill Town Bears', 'Bears'],
  ['F.C. Waldheim United', 'Waldheim'],
  ['The United Sports Club', 'The United Sports Club'],
  ['1927 1928 1929 1930', '1927 1928 1929 1930'],
]
test.each(teams)('%s is %s for short', (title, short) => expect(shortNameOf(title)).toBe(short))

test('people go by their surnames', () => {
  expect(shortNameOf('Ada Lind / Bo Ek', ['Ada Lind', 'Bo Ek'])).toBe('Lind / Ek')
  expect(shortNameOf('Anna Keller', ['Anna Keller'])).toBe('Keller')
})
