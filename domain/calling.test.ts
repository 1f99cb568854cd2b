import { describe, expect, it } from 'vitest'
import { callAmong, callPlayer } from './calling.ts'

describe('what a player is called where there is little room', () => {
  it('is the surname, with the number, also one that was typed with the name', () => {
    expect(callPlayer({ number: null, name: '7 Joana Silva' })).toEqual({ number: '7', name: 'Silva' })
    expect(callPlayer({ number: '12', name: 'Mio Ito' })).toEqual({ number: '12', name: 'Ito' })
    expect(callPlayer({ name: 'Mio Ito' })).toEqual({ number: null, name: 'Ito' })
  })

  it('is the whole name among others of that surname, unless the number tells them apart', () => {
    const called = (...all: { name: string; number?: string }[]) => all.map(one => callAmong(all, one).name)
    expect(called({ name: 'Ada Lind' }, { name: 'Bo Lind' })).toEqual(['Ada Lind', 'Bo Lind'])
    expect(called({ name: 'Anna Keller' }, { name: 'Cleo Brandt' })).toEqual(['Keller', 'Brandt'])
    expect(called({ name: 'Ada Lind', number: '4' }, { name: 'Bo Lind', number: '5' })).toEqual(['Lind', 'Lind'])
  })
})
