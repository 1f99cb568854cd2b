import { describe, expect, it } from 'vitest'
import { view } from '#domain/fold.ts'
import type { SideView } from '#domain/game.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as football } from '#domain/sports/american-football.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as fieldHockey } from '#domain/sports/field-hockey.ts'
import { sport as generic } from '#domain/sports/generic.ts'
import { sport as handball } from '#domain/sports/handball.ts'
import { sport as iceHockey } from '#domain/sports/ice-hockey.ts'
import { sport as lacrosse } from '#domain/sports/lacrosse.ts'
import { sport as rugbyLeague } from '#domain/sports/rugby-league.ts'
import { sport as rugbyUnion } from '#domain/sports/rugby-union.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { sport as waterPolo } from '#domain/sports/water-polo.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { earlyWords, isTimeUp, movesOf, NO_MOVES, stopsClock } from './moves.ts'

const called = (name: string, kind: SideView['kind'] = 'team'): SideView => ({
  id: name,
  name,
  shortName: name,
  abbr: name,
  color: null,
  kind,
})
const SIDES = { home: called('Hawks'), away: called('Bears') }

function standing(sport: Sport, ...plays: (TestPlay | string)[]) {
  return standingUnder(sport, sport.packs[0]?.values, ...plays)
}
function standingUnder(sport: Sport, rules: unknown, ...plays: (TestPlay | string)[]) {
  const log = new TestLog(sport, rules)
  log.add(...plays)
  const moves = movesOf(sport, rules, log.head.fold, view(sport, rules, log.head.fold), SIDES)
  const labels = [moves.primary, ...moves.others].map(move => move?.label ?? null)
  return { log, rules, moves, labels }
}
const quarter = (...plays: (TestPlay | string)[]) => ['periodStart', ...plays, 'periodEnd']

describe('what comes next', () => {
  it('a timed game begins with its period and its clock, in one', () => {
    const { moves } = standing(basketball)
    expect(moves.primary).toMatchObject({ label: 'Start Q1', plays: [{ kind: 'periodStart', period: 1 }, { kind: 'clockStart' }] })
  })

  it('while a period is open nothing but its end', () => {
    const { moves, labels } = standing(basketball, 'periodStart')
    expect(labels).toEqual([null])
    expect(moves.endPeriod).toMatchObject({ label: 'End Q1', asks: 'End Q1? 0–0', plays: [{ kind: 'periodEnd', period: 1 }] })
  })

  it('between periods the next one', () => {
    expect(standing(basketball, ...quarter(), ...quarter()).labels).toEqual(['Start Q3'])
  })

  it('a game that may not end level goes on into overtime, whatever the sport calls its winner', () => {
    const rules = { ...(generic.packs[0]?.values as object), overtimes: 2, draws: false }
    const labels = (...plays: (TestPlay | string)[]) => standingUnder(generic, rules, ...quarter(...plays)).labels
    expect(labels()).toEqual(['Start OT1', 'End the game'])
    expect(labels({ kind: 'point', side: 'home' })).toEqual(['End the game', 'Start OT1'])
  })

  it('a game played in one go is started and ended as a game', () => {
    const begun = standing(generic, 'periodStart')
    expect(standing(generic).labels).toEqual(['Start game'])
    expect(begun.moves.endGame?.label).toBe('End the game')
  })

  it('after regulation the end, or overtime when level', () => {
    const four = [...quarter(), ...quarter(), ...quarter()]
    expect(standing(basketball, ...four, ...quarter({ kind: '2pt', side: 'home' })).labels).toEqual(['End the game', 'Start OT1'])
    expect(standing(basketball, ...four, ...quarter()).labels).toEqual(['Start OT1', 'End the game'])
  })

  it('where there is a choice of what may follow, the end comes first: most level games end there', () => {
    expect(standing(soccer, ...quarter(), ...quarter()).labels).toEqual(['End the match', 'Start ET1', 'Start shoot-out'])
  })

  it('a shoot-out has no clock to start', () => {
    const { moves } = standing(soccer, ...quarter(), ...quarter())
    expect(moves.others[1]?.plays).toEqual([{ kind: 'periodStart', period: 5 }])
  })

  it('a sport without a clock begins once, and resumes after a halt', () => {
    expect(standing(tennis).labels).toEqual(['Start the match'])
    expect(standing(baseball, 'periodStart').labels).toEqual([null])
    expect(standing(tennis, 'periodStart', { kind: 'status', data: { status: 'suspended' } }).labels).toEqual(['Resume play'])
  })

  it('a game that ends by its own rules is called when it is ended by hand; a timed one is simply over', () => {
    const { log, moves } = standing(tennis, 'periodStart', { kind: 'point', side: 'home' })
    expect(moves.endGame?.plays).toEqual([{ kind: 'gameEnd', data: { how: 'called' } }])
    log.add({ kind: 'gameEnd', data: moves.endGame?.plays[0]?.data })
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'called' })
    expect(standing(basketball, 'periodStart').moves.endGame?.plays).toEqual([{ kind: 'gameEnd' }])
  })

  it('the end, once a golden goal has decided it, with its reason', () => {
    const overtime = [...quarter(), ...quarter(), ...quarter(), { kind: 'periodStart', period: 4 }]
    expect(standing(iceHockey, ...overtime).moves).toMatchObject({ primary: null })
    const { moves, log, rules } = standing(iceHockey, ...overtime, { kind: 'goal', side: 'away' })
    expect(moves).toMatchObject({
      primary: { label: 'End the game', plays: [{ kind: 'gameEnd' }], why: 'Decided: Bears win 1–0', asks: 'Bears win 1–0. End the game?' },
      endPeriod: { label: 'End OT' },
    })
    expect(earlyWords(iceHockey, rules, log.head.fold, 0)).toBeNull()
  })

  it('or a shoot-out that nothing can turn any more, open or closed', () => {
    const kick = (kind: string, side: 'home' | 'away') => ({ kind, side })
    const kicks = [1, 2, 3].flatMap(() => [kick('shootoutGoal', 'home'), kick('shootoutMiss', 'away')])
    const shootout = [...quarter(), ...quarter(), { kind: 'periodStart', period: 5 }]
    expect(standing(soccer, ...shootout, ...kicks.slice(0, 4)).labels).toEqual([null])
    for (const rest of [[], ['periodEnd']]) {
      const { labels, moves } = standing(soccer, ...shootout, ...kicks, ...rest)
      expect(labels).toEqual(['End the match'])
      expect(moves.primary?.why).toBe('Decided: Hawks win 3–0 in the shoot-out')
    }
  })

  /** Level to the end of regular time, then the n-th period and what is played in it. */
  const extra = (sport: Sport, pack: string, n: number, ...plays: TestPlay[]) => {
    const rules = sport.packs.find(({ id }) => id === pack)?.values
    const { timed } = sport
    const regular = Array.from({ length: timed?.regulation(rules as never) ?? 0 }, () => quarter()).flat()
    return standingUnder(sport, rules, ...regular, { kind: 'periodStart', period: n }, ...plays).moves.primary?.why ?? null
  }
  const by = (kind: string) => ({ kind, side: 'home' }) as const
  const away = (kind: string) => ({ kind, side: 'away' }) as const
  const settled = (scored: string, missed: string) => [1, 2, 3].flatMap(() => [by(scored), away(missed)])
  const SHOT = 'Decided: Hawks win 3–0 in the shoot-out'

  it.each([
    ['futsal', soccer, 'futsal', 5, settled('shootoutGoal', 'shootoutMiss'), SHOT],
    ['handball', handball, 'ihf', 7, settled('shootoutGoal', 'shootoutMiss'), SHOT],
    ['field hockey, shoot-out', fieldHockey, 'fih', 5, settled('shootoutGoal', 'shootoutMiss'), SHOT],
    ['field hockey, a golden goal', fieldHockey, 'ncaa', 5, [by('goal')], 'Decided: Hawks win 1–0'],
    ['water polo', waterPolo, 'world-aquatics', 5, settled('shootoutGoal', 'shootoutMiss'), SHOT],
    ['lacrosse', lacrosse, 'ncaa-men', 5, [by('goal')], 'Decided: Hawks win 1–0'],
    ['sevens', rugbyUnion, 'sevens', 3, [by('try')], 'Decided: Hawks win 5–0'],
    ['rugby league, golden point', rugbyLeague, 'nrl', 3, [by('dropGoal')], 'Decided: Hawks win 1–0'],
    ['rugby league, golden try', rugbyLeague, 'nines', 3, [by('penaltyGoal')], null],
    ['rugby league, golden try scored', rugbyLeague, 'nines', 3, [by('try')], 'Decided: Hawks win 4–0'],
    ['American football, a safety first', football, 'nfl', 5, [by('safety')], 'Decided: Hawks win 2–0'],
    ['American football, the answer to come', football, 'nfl', 5, [by('fieldGoal')], null],
    ['American football, a series each', football, 'ncaa', 5, [by('possession'), by('fieldGoal'), away('possession')], null],
    [
      'American football, the second series stopped',
      football,
      'ncaa',
      5,
      [by('possession'), by('fieldGoal'), away('possession'), away('fieldGoalMissed')],
      'Decided: Hawks win 3–0',
    ],
  ])('in %s too', (_, sport, pack, n, plays, why) => {
    expect(extra(sport, pack, n, ...plays)).toBe(why)
  })

  it('a score played to that does not end the game by itself', () => {
    const rules = { ...(generic.packs[0]?.values as object), target: 2, targetEnds: false }
    expect(standingUnder(generic, rules, 'periodStart', { kind: 'point', side: 'home', points: 2 }).moves.primary?.why).toBe(
      'Decided: Hawks win 2–0',
    )
  })

  it('says of somebody who plays alone that they win, not that they win as many', () => {
    const rules = { ...(generic.packs[0]?.values as object), target: 2, targetEnds: false }
    const { log } = standingUnder(generic, rules, 'periodStart', { kind: 'point', side: 'away', points: 2 })
    const sides = { home: called('Bo Ek', 'person'), away: called('Ada Lind', 'person') }
    const { primary } = movesOf(generic, rules, log.head.fold, view(generic, rules, log.head.fold), sides)
    expect(primary?.why).toBe('Decided: Ada Lind wins 2–0')
  })

  it('a single period that goes on into overtime ends under a name of its own', () => {
    const rules = { ...(generic.packs[0]?.values as object), overtimes: 1, draws: false }
    const { moves } = standingUnder(generic, rules, 'periodStart')
    expect(moves).toMatchObject({ endPeriod: { label: 'End regular time' }, endGame: { label: 'End the game' } })
  })

  it('a game of one period has one end', () => {
    const { moves } = standing(generic, 'periodStart')
    expect(moves).toMatchObject({ endPeriod: null, endGame: { label: 'End the game' } })
  })

  it('nothing, once it is over', () => {
    const { moves } = standing(basketball, ...quarter(), { kind: 'gameEnd' })
    expect(moves).toEqual(NO_MOVES)
  })
})

describe('an end before the end', () => {
  const early = (sport: Sport, afterMs: number, ...plays: (TestPlay | string)[]) => {
    const { log, rules } = standing(sport, ...plays)
    return earlyWords(sport, rules, log.head.fold, Date.parse(log.plays.at(-1)?.at ?? '2030-01-01') + afterMs)
  }
  const three = [...quarter(), ...quarter(), ...quarter()]

  it('says which period is under way and what is left of it', () => {
    expect(early(basketball, 88_000, 'periodStart', 'clockStart')).toBe('Quarter 1 of 4 is under way, 8:32 left')
    expect(early(soccer, 60_000, 'periodStart', 'clockStart')).toBe('Half 1 of 2 is under way, 44:00 left')
    expect(early(basketball, 590_000, ...three, 'periodStart', 'clockStart')).toBe('Quarter 4 of 4 is under way, 0:10 left')
    expect(early(basketball, 0, ...three, ...quarter(), 'periodStart')).toBe('OT1 is under way, 5:00 left')
  })

  it('knows a break and a game that has not begun', () => {
    expect(early(basketball, 0, ...quarter())).toBe('Quarter 1 of 4 is over, and the next has not begun')
    expect(early(basketball, 0)).toBe('The game has not begun')
  })

  it('is none at the regular end, nor where the rules find it', () => {
    expect(early(basketball, 600_000, ...three, 'periodStart', 'clockStart')).toBeNull()
    expect(early(basketball, 0, ...three, ...quarter())).toBeNull()
    expect(early(tennis, 0, 'periodStart')).toBeNull()
  })
})

describe('the time of a period', () => {
  const at = (log: TestLog, ms: number) => Date.parse(log.plays.at(-1)?.at as string) + ms

  it('is up when the clock has run down', () => {
    const { log, rules } = standing(basketball, 'periodStart', 'clockStart')
    expect(isTimeUp(basketball, rules, log.head.fold, at(log, 599_000))).toBe(false)
    expect(isTimeUp(basketball, rules, log.head.fold, at(log, 600_000))).toBe(true)
  })

  it('or has reached the length of the period, counting up', () => {
    const { log, rules } = standing(soccer, 'periodStart', 'clockStart')
    expect(isTimeUp(soccer, rules, log.head.fold, at(log, 2_699_000))).toBe(false)
    expect(isTimeUp(soccer, rules, log.head.fold, at(log, 2_700_000))).toBe(true)
  })
})

it.each([
  ['a foul in basketball', basketball, 'foul', true],
  ['a penalty in ice hockey', iceHockey, 'penalty', true],
  ['a time-out, also where the clock counts up', handball, 'timeout', true],
  ['a penalty in rugby league, whose clock goes on', rugbyLeague, 'penalty', false],
  ['a basket', basketball, '2pt', false],
] as const)('%s: whether the clock stops', (_what, sport, kind, isStop) => {
  expect(stopsClock(sport as Sport, sport.packs[0]?.values, kind)).toBe(isStop)
})
