import { expect, it } from 'vitest'
import type { SideView } from '#domain/game.ts'
import { changesOf } from './side-details.tsx'

const team: SideView = { id: 't', name: 'Habrour Hawks', shortName: 'Hawks', abbr: 'HAB', color: '#0044CC', kind: 'team' }
const typed = (side: SideView, fields: Record<string, string | string[]> = {}) => {
  const shown: Record<string, string | string[]> = {
    ...side,
    color: side.color ?? '',
    members: (side.members ?? []).map(({ name }) => name),
  }
  return (field: string) => [fields[field] ?? shown[field] ?? []].flat()
}

it('sends what was changed of a side, and makes what was emptied of the name again', () => {
  expect(changesOf(team, typed(team))).toBeNull()
  expect(changesOf(team, typed(team, { name: ' Harbour Hawks ', color: '#0044cc' }))).toEqual({ name: 'Harbour Hawks' })
  expect(changesOf(team, typed(team, { shortName: '', abbr: ' ', color: '' }))).toEqual({ shortName: null, abbr: null, color: null })
  const pair: SideView = { ...team, kind: 'pair', members: ['Ida Lnid', 'Mia Holm'].map(name => ({ id: name, name })) }
  expect(changesOf(pair, typed(pair))).toBeNull()
  expect(changesOf(pair, typed(pair, { members: ['Ida Lind', 'Mia Holm'] }))).toEqual({
    members: [{ name: 'Ida Lind' }, { name: 'Mia Holm' }],
  })
})
