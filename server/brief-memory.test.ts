import { describe, expect, it } from 'vitest'
import { createBriefMemory } from './brief-memory.ts'

function counted() {
  let time = 0
  let loads = 0
  const memory = createBriefMemory<number>({ forMs: 1000, maxKeys: 3, now: () => time })
  return {
    ask: (key = 'a') => memory.get(key, async () => ++loads),
    clear: () => memory.clear(),
    memory,
    wait: (ms: number) => {
      time += ms
    },
    loads: () => loads,
  }
}

describe('brief memory', () => {
  it('asks once for a burst, and again after its time', async () => {
    const { ask, wait, loads } = counted()
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
    wait(999)
    expect(await ask()).toBe(1)
    wait(1)
    expect(await ask()).toBe(2)
    expect(loads()).toBe(2)
  })
  it('forgets at once when told to, also what is still being loaded', async () => {
    const { ask, clear } = counted()
    const early = ask()
    clear()
    expect(await ask()).toBe(2)
    expect(await early).toBe(1)
    expect(await ask()).toBe(2)
  })
  it('forgets one of them alone', async () => {
    const { memory, ask } = counted()
    await ask('a')
    await ask('b')
    memory.drop('a')
    expect(await ask('b')).toBe(2)
    expect(await ask('a')).toBe(3)
  })
  it('keeps no failure', async () => {
    const { memory, ask } = counted()
    await expect(memory.get('a', () => Promise.reject(new Error('locked')))).rejects.toThrow('locked')
    expect(await ask()).toBe(1)
  })
  it('keeps a bounded number', async () => {
    const { ask, loads } = counted()
    for (const key of ['a', 'b', 'c', 'd']) await ask(key)
    await ask('d')
    expect(loads()).toBe(4)
    await ask('a')
    expect(loads()).toBe(5)
  })
})
