import { expect, it } from 'vitest'
import { pointsOf } from './game-parts.tsx'

const line = [{ label: '1', home: 3, away: 2 }]

it('finds the points of the game under way in the words of a sport of sets', () => {
  const of = (brief: string) => pointsOf({ status: 'live', line, brief })
  expect(of('30–40, break point')).toEqual({ home: '30', away: '40' })
  expect(of('Tie-break 6–5, set point')).toEqual({ home: '6', away: '5' })
  expect(of('Ad–40')).toEqual({ home: 'Ad', away: '40' })
  expect(of('2 outs')).toBeNull()
})
it('leaves them to the column of the set where that counts points', () => {
  const volleyball = [{ label: '1', home: 18, away: 19 }]
  expect(pointsOf({ status: 'live', line: volleyball, brief: '18–19' })).toBeNull()
  const tennis = [{ label: '1', home: 6, away: 6 }]
  expect(pointsOf({ status: 'live', line: tennis, brief: 'Tie-break 6–6' })).toEqual({ home: '6', away: '6' })
})
it('shows none without sets, or once it is over', () => {
  expect(pointsOf({ status: 'live', brief: '30–40' })).toBeNull()
  expect(pointsOf({ status: 'final', line, brief: '30–40' })).toBeNull()
})
