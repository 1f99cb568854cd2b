import { describe, expect, it } from 'vitest'
import { findFloorProblems } from './check-floors.mjs'
import { isNodeNewEnough } from './setup/node-floor.mjs'
import { allows, compareVersions } from './setup/version-range.mjs'

describe('version ranges', () => {
  it.each([
    ['>=20.9.0', true],
    ['>= 20', true],
    ['>20', false],
    ['>=18 <20', false],
    ['<=20', true],
    ['^20.19.0 || ^22.12.0 || >=23', true],
    ['^20.19.1 || >=22.12', false],
    ['^18 || ^22', false],
    ['~20.19', true],
    ['~20.18', false],
    ['20.x', true],
    ['18 - 22', true],
    ['18 - 20.18', false],
    ['*', true],
    ['', true],
    ['20 || >=22', true],
    ['>=22.12.0', false],
  ])('%j allows Node 20.19.0: %j', (range, expected) => {
    expect(allows(range, '20.19.0')).toBe(expected)
  })

  it('keeps the first number that is not zero under a caret', () => {
    expect(allows('^0.2.3', '0.2.9')).toBe(true)
    expect(allows('^0.2.3', '0.3.0')).toBe(false)
    expect(allows('^0.0.3', '0.0.4')).toBe(false)
  })

  it('sorts versions by number, prereleases below their release', () => {
    expect(compareVersions('8.9.0', '8.23.0')).toBeLessThan(0)
    expect(compareVersions('16.4.6-canary.1', '16.4.6')).toBeLessThan(0)
    expect(compareVersions('16.4.6', '16.4.6')).toBe(0)
  })
})

describe('floors', () => {
  const lockOf = packages => ({ packages: { '': { name: 'sideline', version: '0.1.0' }, ...packages } })

  it('finds a copy below its floor however deep it is nested', () => {
    const lock = lockOf({
      'node_modules/ws': { version: '8.23.0' },
      'node_modules/engine.io/node_modules/ws': { version: '8.21.0' },
    })
    expect(findFloorProblems(lock)).toEqual(['node_modules/engine.io/node_modules/ws is 8.21.0; its security floor is 8.23.0.'])
  })

  it('finds a package that Node 20.19 cannot run', () => {
    const lock = lockOf({ 'node_modules/newer': { version: '3.0.0', engines: { node: '>=22' } } })
    expect(findFloorProblems(lock)).toEqual(['node_modules/newer 3.0.0 asks for Node >=22; the floor is 20.19.0.'])
  })

  it('does not mistake a package for a namesake in a scope', () => {
    expect(findFloorProblems(lockOf({ 'node_modules/@types/ws': { version: '8.18.2' } }))).toEqual([])
  })

  it('lets Node 20.19 and newer start, nothing older', () => {
    expect(['20.19.0', '20.20.2', '22.1.0', '24.0.0'].every(isNodeNewEnough)).toBe(true)
    expect(['20.18.9', '18.20.8', '14.21.3', '9.99.99'].some(isNodeNewEnough)).toBe(false)
  })
})
