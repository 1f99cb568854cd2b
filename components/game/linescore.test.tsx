import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { Linescore } from './linescore.tsx'
import type { Story } from './story.ts'

const side = (name: string) => ({ id: name, name, shortName: name, abbr: name.slice(0, 3).toUpperCase(), color: null, kind: 'team' })
const game = (more: Partial<Game>) =>
  ({ id: 'g1', home: side('Hawks'), away: side('Bears'), score: { home: 1, away: 0 }, status: 'live', winner: null, ...more }) as Game
const story = (notNeeded?: string) =>
  ({ labels: { byPeriod: 'By inning', units: 'runs', unit: 'run', notNeeded }, hasSets: false }) as unknown as Story
const cells = (of: Game, notNeeded?: string) =>
  [...renderToStaticMarkup(<Linescore game={of} story={story(notNeeded)} others={[]} />).matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(
    ([, cell]) => cell?.replace(/<[^>]*>/g, ''),
  )

const last = (home: number | null, away: number | null) => ({ columns: [{ label: '9', home, away }] })

it('marks the half that its winner did not need, in the sport’s own sign', () => {
  const over = game({ status: 'final', winner: 'home', linescore: last(null, 0) })
  expect(cells(over, 'x')).toEqual(['x', '1', '0', '0'])
  expect(cells(over)).toEqual(['–', '1', '0', '0'])
})

it('leaves what was merely not played, or not yet, without one', () => {
  expect(cells(game({ linescore: last(null, 0) }), 'x')).toEqual(['–', '1', '0', '0'])
  expect(cells(game({ status: 'final', winner: 'away', linescore: last(null, 1) }), 'x')[0]).toBe('–')
})

it('shows what is being played, not what stands ready', () => {
  const columns = [
    { label: '1st', home: 4, away: null },
    { label: '2nd', home: null, away: 5 },
  ]
  const html = renderToStaticMarkup(
    <Linescore
      game={game({ linescore: { columns }, period: { number: 1, kind: 'innings', label: '1st innings' } })}
      story={story()}
      others={[]}
    />,
  )
  expect(html.match(/text-live[^>]*>(?:<[^>]*>)*4/)).not.toBeNull()
  expect(html.match(/text-live/g)).toHaveLength(2)
})
