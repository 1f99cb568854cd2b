import { describe, expect, it } from 'vitest'
import type { SideView } from '#domain/game.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as football } from '#domain/sports/american-football.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as cricket } from '#domain/sports/cricket.ts'
import { sport as rugbyUnion } from '#domain/sports/rugby-union.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { actionOf, callNames, doerOf, nameOf, scoreWords, sideNames, winWords } from './naming.ts'

const side = (name: string, shortName = name, abbr = name.slice(0, 3).toUpperCase()): SideView => ({
  id: abbr,
  name,
  shortName,
  abbr,
  color: null,
  kind: 'team',
})
const sides = { home: side('Harbour Hawks'), away: side('Mill Town Bears', 'Bears') }
const name = (sport: Sport, play: Parameters<typeof nameOf>[3], period?: number) =>
  nameOf(sport, sport.packs[0]?.values, sides, play, period)

describe('the names of plays', () => {
  it('are the key’s, with the side in front', () => {
    expect(name(basketball, { kind: '3pt', side: 'away' })).toBe('Bears +3')
    expect(name(basketball, { kind: 'foul', side: 'home', data: { type: 'shooting' } })).toBe('Hawks foul')
    expect(name(soccer, { kind: 'addedTime', data: { minutes: 4 } })).toBe('added time')
  })

  it('tell keys with the same label apart', () => {
    expect(name(soccer, { kind: 'penaltyMissed', side: 'away' })).toBe('Bears penalty missed')
  })

  it('name the side that did it, also where the other one is credited', () => {
    expect(name(tennis, { kind: 'point', side: 'home', data: { how: 'doubleFault' } })).toBe('Bears double fault')
    const action = actionOf(tennis.actions(undefined), { kind: 'point', side: 'home', data: { how: 'doubleFault' } })
    expect(doerOf(action, 'home')).toBe('away')
  })

  it('leave the side out where only one acts at a time', () => {
    expect(name(baseball, { kind: 'strike', side: 'away' })).toBe('strike')
  })

  it('stay what they were once what was asked is answered', () => {
    const ball = (data: object) => name(cricket, { kind: 'ball', side: 'home', data: { ...data } })
    expect(ball({ wicket: 'runOut' })).toBe('run out')
    expect(ball({ wicket: 'runOut', runs: 1 })).toBe('run out')
    expect(ball({ noballs: 1, runs: 4 })).toBe('no-ball')
    expect(ball({ runs: 1 })).toBe('1')
  })

  it('say in full what the key has room for in its hint only', () => {
    expect(name(rugbyUnion, { kind: 'conversion', side: 'away' })).toBe('Bears conversion')
    expect(name(football, { kind: 'fieldGoalMissed', side: 'home' })).toBe('Hawks field goal missed')
    expect(name(basketball, { kind: 'defensiveRebound', side: 'away' })).toBe('Bears defensive rebound')
    expect(name(basketball, { kind: 'ft', side: 'home' })).toBe('Hawks +1')
  })

  it('take the kind’s label where no key makes it', () => {
    expect(name(tennis, { kind: 'setScore', data: { home: 6, away: 4 } })).toBe('set score')
  })

  it('say which period', () => {
    expect(name(basketball, { kind: 'periodEnd' }, 3)).toBe('End Q3')
    expect(name(basketball, { kind: 'periodStart', period: 5 })).toBe('Start OT1')
    expect(name(soccer, { kind: 'periodStart', period: 5 })).toBe('Start shoot-out')
  })
})

describe('what sides are called on keys', () => {
  it('is short, and never the same for both', () => {
    expect(callNames(sides)).toEqual({ home: 'Hawks', away: 'Bears' })
    expect(callNames({ home: side('Riverside United'), away: side('Lakeside United', 'Lakeside United', 'LAK') })).toEqual({
      home: 'Riverside',
      away: 'Lakeside',
    })
  })
  it('is the whole name where the short ones are the same', () => {
    const clubs = { home: side('Riverside Basketball Club', 'Club', 'RBC'), away: side('Millpond Basketball Club', 'club', 'MBC') }
    expect(sideNames(clubs)).toEqual({ home: 'Riverside Basketball Club', away: 'Millpond Basketball Club' })
    expect(callNames(clubs)).toEqual({ home: 'RBC', away: 'MBC' })
    expect(sideNames(sides)).toEqual({ home: 'Harbour Hawks', away: 'Bears' })
  })
})

describe('a pair', () => {
  const pairOf = (...names: [string, string]): SideView => ({
    ...side(
      names.join(' / '),
      names.map(name => name.split(' ').at(-1)).join(' / '),
      names.map(name => name.at(-1)?.toUpperCase()).join(''),
    ),
    kind: 'pair',
    members: names.map(name => ({ id: name, name })),
  })
  const pairs = { home: pairOf('Anna Keller', 'Cleo Brandt'), away: pairOf('Ada Lind', 'Bo Lind') }
  const said = (playerId?: string) => nameOf(tennis, tennis.packs[0]?.values, pairs, { kind: 'server', side: 'home', playerId })

  it('is never called by one of the two', () => {
    expect(callNames(pairs)).toEqual({ home: 'RT', away: 'DD' })
    expect(said()).toBe('RT serves')
  })
  it('is whoever of it was named', () => {
    expect(said('Anna Keller')).toBe('Keller serves')
    expect(nameOf(tennis, tennis.packs[0]?.values, pairs, { kind: 'server', side: 'away', playerId: 'Bo Lind' })).toBe('Bo Lind serves')
  })
  it('win as two, and one alone wins', () => {
    expect(winWords(pairs.home)).toBe('Anna Keller / Cleo Brandt win')
    expect(winWords({ name: 'Anna Keller', kind: 'person' })).toBe('Anna Keller wins')
  })
})

it('says where a game stands with the set under way, where it is played in sets', () => {
  const columns = [
    { label: 'Set 1', home: 25, away: 20 },
    { label: 'Set 2', home: 12, away: 9 },
  ]
  const game = { score: { home: 1, away: 0 }, linescore: { columns }, winner: null }
  expect(scoreWords({ showColumns: true }, game)).toBe('1–0, 12–9')
  expect(scoreWords({ showColumns: true }, { ...game, winner: 'home' as const })).toBe('1–0')
  expect(scoreWords({}, game)).toBe('1–0')
})
