import { describe, expect, it } from 'vitest'
import { listOf, parseArguments, UsageError } from './arguments.ts'
import { sizeOf, tableOf } from './command.ts'

const shape = { words: ['FILE'], mayAdd: 'OTHER', flags: { name: 'NAME', scope: 'SCOPES', quick: null } }

describe('parseArguments', () => {
  it('takes words and flags in any order and spelling', () => {
    const given = parseArguments(['--name', 'Ann', 'a.db', '--quick', '--scope=score', '--scope', 'read,manage', '--', '--b'], shape)
    expect(given.words).toEqual(['a.db', '--b'])
    expect(given.one('name')).toBe('Ann')
    expect(given.all('scope')).toEqual(['score', 'read,manage'])
    expect([given.has('quick'), given.has('slow')]).toEqual([true, false])
    expect(given.one('missing')).toBeUndefined()
    expect(parseArguments(['a', '--name='], shape).one('name')).toBe('')
    expect(parseArguments(['a', '--name=x=y'], shape).one('name')).toBe('x=y')
  })

  it.each([
    [[], 'FILE is missing'],
    [['a', 'b', 'c'], '"c" is one word too many'],
    [['a', '--colour', 'red'], 'unknown option --colour'],
    [['a', '--constructor'], 'unknown option --constructor'],
    [['a', '--name'], '--name needs NAME'],
    [['a', '--name', '--quick'], '--name needs NAME'],
    [['a', '--quick=yes'], '--quick takes no value'],
  ])('refuses %j', (words, reason) => {
    expect(() => parseArguments(words, shape)).toThrow(new UsageError(reason))
  })

  it('refuses to choose between two', () => {
    expect(() => parseArguments(['a', '--name', 'x', '--name', 'y'], shape).one('name')).toThrow('--name is given twice')
  })
})

it('listOf gathers repeated flags and comma lists', () => {
  expect(listOf([])).toBeUndefined()
  expect(listOf(['score, manage', 'read', ''])).toEqual(['score', 'manage', 'read'])
})

it('tableOf lines its columns up, sizeOf speaks in decimal units', () => {
  expect(
    tableOf([
      ['a', 'long cell', 'x'],
      ['longer', 'b', ''],
    ]),
  ).toEqual(['a       long cell  x', 'longer  b'])
  expect([0, 999, 1000, 319_488, 5_300_000_000].map(sizeOf)).toEqual(['0 B', '999 B', '1.0 KB', '319.5 KB', '5.3 GB'])
})
