import { expect, it } from 'vitest'
import { scoreOf } from '#domain/display-order.ts'
import type { SideView } from '#domain/game.ts'
import { replay } from '#domain/replay.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { sport as volleyball } from '#domain/sports/volleyball.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { runningScores } from './running-score.ts'

const side = (name: string): SideView => ({ id: name, name, shortName: name, abbr: name, color: null, kind: 'person' })
const SIDES = { home: side('Lind'), away: side('Ek') }
const points = (text: string): TestPlay[] => [...text].map(letter => ({ kind: 'point', side: letter === 'h' ? 'home' : 'away' }))

/** `40–15`, and behind it what the play won: `1–0 Game Lind`. */
function runs(sport: Sport, ...plays: TestPlay[]): string[] {
  const rules = sport.packs[0]?.values
  const log = new TestLog(sport, rules)
  log.add(...plays)
  const told = runningScores(sport, SIDES, replay(sport, rules, log.plays).plays)
  return [...told.values()].map(({ score, won }) =>
    [scoreOf(score, {}), won?.text, won?.sets && scoreOf(won.sets, {})].filter(Boolean).join(' '),
  )
}

it('tells the points of tennis as they were called, and the games that they won', () => {
  expect(runs(tennis, ...points('hahhhaaaahhaha'))).toEqual([
    ...['15–0', '15–15', '30–15', '40–15', '1–0 Game Lind'],
    ...['0–15', '0–30', '0–40', '1–1 Game Ek'],
    ...['15–0', '30–0', '30–15', '40–15', '40–30'],
  ])
})

it('tells the sets, after which all begins anew', () => {
  const told = runs(tennis, ...points('h'.repeat(25)))
  expect(told.slice(22)).toEqual(['40–0', '6–0 Set Lind 1–0', '15–0'])
})

it('shows games that were said outright, and points after a let again', () => {
  const said: TestPlay = { kind: 'setScore', data: { home: 4, away: 3 } }
  expect(runs(tennis, said, ...points('h'), { kind: 'let' }, { kind: 'gameWon', side: 'home' })).toEqual([
    '4–3',
    '15–0',
    '15–0',
    '5–3 Game Lind',
  ])
})

it('counts a play that was taken back for nothing', () => {
  const rules = tennis.packs[0]?.values
  const log = new TestLog(tennis, rules)
  log.add(...points('hhhh'))
  log.add({ kind: 'void', voids: 4 }, ...points('h'))
  const told = [...runningScores(tennis, SIDES, replay(tennis, rules, log.plays).plays).values()]
  expect(told.map(({ won }) => won?.text)).toEqual([undefined, undefined, undefined, undefined, undefined, 'Game Lind'])
})

it('tells sets where points make them, and only the score elsewhere', () => {
  const told = runs(volleyball, ...points('h'.repeat(26)))
  expect(told.slice(24)).toEqual(['25–0 Set Lind 1–0', '1–0'])
  expect(runs(basketball, { kind: 'periodStart' }, { kind: '3pt', side: 'away' })).toEqual(['0–0', '0–3'])
})
