import { describe, expect, it } from 'vitest'
import { playByPlay } from '../box-score.ts'
import type { Game, GameState } from '../game.ts'
import type { Side } from '../play.ts'
import type { Sport } from '../sport.ts'
import { sport as badminton } from '../sports/badminton.ts'
import { sport as beach } from '../sports/beach-volleyball.ts'
import { sport as padel } from '../sports/padel.ts'
import { sport as pickleball } from '../sports/pickleball.ts'
import { sport as tableTennis } from '../sports/table-tennis.ts'
import { sport as tennis } from '../sports/tennis.ts'
import { TestLog, type TestPlay } from '../test-log.ts'
import { sayPlay } from '../words.ts'
import { type Person, type ServiceDetail, serviceWords } from './rally-pairs.ts'
import { rallies, rulesOf, set, upTo } from './test-rally.ts'

// Home plays with A and B, away with X and Y. In an order `A` is who is known by name, `(A)` the partner of A, `?` nobody.

const NAMES = { A: 'Ada Lind', B: 'Bo Ek', X: 'Xenia Ros', Y: 'Yrsa Dahl' }
type Letter = keyof typeof NAMES
const serves = (side: Side, who: string, receiver?: string, data: object = {}): TestPlay => ({
  kind: 'server',
  side,
  playerId: who,
  data: { ...data, ...(receiver ? { receiver } : {}) },
})
const said = (person: Person | null | undefined) => (!person ? '?' : 'id' in person ? person.id : `(${person.partnerOf})`)
const service = (game: GameState) => {
  const { serving, receiving } = game.detail as ServiceDetail
  return receiving === null && serving === null ? '?' : `${said(serving)}${receiving ? `>${said(receiving)}` : ''}`
}

function logOf(sport: Sport, rules: unknown, plays: readonly (TestPlay | TestPlay[])[]): TestLog {
  const log = new TestLog(sport, rules)
  log.add(...plays.flat())
  return log
}
/** Who serves, and receives, before each of these rallies. */
function order(sport: Sport, rules: unknown, before: readonly (TestPlay | TestPlay[])[], text: string, kind = 'point'): string {
  const log = logOf(sport, rules, before)
  const services = rallies(text, kind).map(play => {
    const now = service(log.game())
    log.add(play)
    return now
  })
  return services.join(' ')
}
const now = (sport: Sport, rules: unknown, ...plays: (TestPlay | TestPlay[])[]) => service(logOf(sport, rules, plays).game())

const member = (letter: Letter) => ({ id: letter, name: NAMES[letter] })
const pair = (one: Letter, two: Letter): Game['home'] => ({
  id: one,
  name: `${NAMES[one]} / ${NAMES[two]}`,
  shortName: '',
  abbr: '',
  color: null,
  kind: 'pair',
  members: [member(one), member(two)],
})
const SIDES_OF = { home: pair('A', 'B'), away: pair('X', 'Y') }
const beside = (sport: Sport, rules: unknown, ...plays: (TestPlay | TestPlay[])[]) => {
  const { home, away } = sport.glance?.({ ...logOf(sport, rules, plays).game(), ...SIDES_OF }) ?? {}
  return { home, away }
}
function lastSaid(sport: Sport, rules: unknown, ...plays: (TestPlay | TestPlay[])[]): string {
  const log = logOf(sport, rules, plays)
  const play = log.plays.at(-1)
  if (!play) throw new Error('No play.')
  const nameOf = (id: string) => NAMES[id as Letter] ?? null
  const { facts } = log.marks(play.seq)
  const player = play.playerId === undefined ? null : nameOf(play.playerId)
  return sayPlay(sport, play, { side: play.side === 'home' ? 'Lind / Ek' : 'Ros / Dahl', player, rules: rules as never, nameOf, facts })
}

const boxPlays = (sport: Sport, rules: unknown, plays: (TestPlay | TestPlay[])[]) =>
  Array.from(playByPlay(sport, rules, logOf(sport, rules, plays).plays), ({ row }) => row)

describe('badminton', () => {
  const TO_21 = rulesOf(badminton, 'bwf', '2006')
  const begun = serves('home', 'A', 'X')

  it('11.4: who serves changes courts with every point, who receives does not', () => {
    // 0–0 1–0 2–0, away has the service at 2–1, 2–2, and home again at 3–2.
    expect(order(badminton, TO_21, [begun], 'hhaahh')).toBe('A>X A>(X) A>X (X)>(A) (X)>A (A)>X')
    expect(order(badminton, TO_21, [begun], 'ahah')).toBe('A>X (X)>(A) (A)>(X) X>A')
  })

  it('11.2: begins each game with whom the sides choose', () => {
    const second = [begun, ...upTo(21, 19)]
    expect(now(badminton, TO_21, ...second)).toBe('?')
    expect(badminton.due?.(logOf(badminton, TO_21, second).game().detail)).toEqual(['home:server'])
    expect(now(badminton, TO_21, ...second, serves('home', 'B', 'Y'))).toBe('B>Y')
    expect(now(badminton, TO_21, ...second, serves('home', 'B', 'Y'), rallies('h'))).toBe('B>X')
  })

  it('12: is put right by a play, from whose court the rest follows', () => {
    expect(order(badminton, TO_21, [begun, rallies('hh'), serves('home', 'B', 'X')], 'haa')).toBe('B>X B>(X) (X)>B')
  })

  it('knows nobody after a score said outright, and asks', () => {
    const { detail } = logOf(badminton, TO_21, [begun, rallies('h'), set(5, 3)]).game()
    expect(detail).toMatchObject({ serving: null, asksWho: 'home' })
  })

  it('is as ever where nobody is named', () => {
    const { detail } = logOf(badminton, TO_21, [{ kind: 'server', side: 'home' }, rallies('hha')]).game()
    expect(detail).not.toHaveProperty('serving')
    expect(badminton.due?.(detail)).toEqual([])
  })

  it('is said beside the sides and in sentences', () => {
    expect(beside(badminton, TO_21, begun, rallies('h'))).toEqual({ home: 'Lind, left court', away: 'Dahl receives' })
    expect(lastSaid(badminton, TO_21, begun)).toBe('Ada Lind to serve to Xenia Ros')
    expect(lastSaid(badminton, TO_21, begun, { kind: 'point', side: 'home', data: { how: 'ace' } })).toBe('Service winner by Ada Lind')
    expect(lastSaid(badminton, TO_21, begun, { kind: 'error', side: 'away', data: { how: 'serve' } })).toBe(
      'Service fault by Ada Lind, point Ros / Dahl',
    )
    expect(lastSaid(badminton, TO_21, begun, { kind: 'error', side: 'home', data: { how: 'out' } })).toBe('Out, point Lind / Ek')
  })

  it('gives an ace in the box score to who served', () => {
    const tables = badminton.box?.(
      boxPlays(badminton, TO_21, [begun, { kind: 'point', side: 'home', data: { how: 'ace' } }, rallies('h')]),
      TO_21,
    )
    expect(tables?.[0]?.rows[0]).toMatchObject({ playerId: 'A', cells: { points: 1, ace: 1, served: '2/2' } })
  })
})

describe('table tennis', () => {
  const FIVE = rulesOf(tableTennis, 'best-of-five', '2001')
  const begun = serves('home', 'A', 'X')

  it('2.13.4: whoever received serves next, to the partner of who served before', () => {
    expect(order(tableTennis, FIVE, [begun], 'hahahahah')).toBe('A>X A>X X>(A) X>(A) (A)>(X) (A)>(X) (X)>A (X)>A A>X')
    expect(order(tableTennis, FIVE, [begun, ...upTo(10, 10)], 'haha')).toBe('(A)>(X) (X)>A A>X X>(A)')
  })

  it('2.13.5: in the next game to the chosen server serves who did so before', () => {
    const over = [begun, ...upTo(11, 4)]
    // A served to X, X to B, B to Y and Y to A.
    expect(now(tableTennis, FIVE, ...over, serves('away', 'X'))).toBe('X>A')
    expect(now(tableTennis, FIVE, ...over, serves('away', 'Y'))).toBe('Y>(A)')
    expect(now(tableTennis, FIVE, ...over, serves('away', 'X'), rallies('hh'))).toBe('A>(X)')
    expect(now(tableTennis, FIVE, ...over, serves('away', 'X'), ...upTo(2, 11), serves('home', 'A'))).toBe('A>X')
  })

  it('2.13.6: at five in the last game who receives next changes with the partner', () => {
    const last = [set(11, 5), set(5, 11), set(11, 5), set(5, 11), begun]
    // Five to nothing: at five points X serves; A takes what B would have received.
    expect(order(tableTennis, FIVE, [...last, ...rallies('hhhh')], 'hhhhh')).toBe('(A)>(X) (A)>X X>A X>A A>(X)')
    // Five to one is six points: Y serves, and B receives instead of A.
    expect(order(tableTennis, FIVE, [...last, ...rallies('ahhhh')], 'hhh')).toBe('(A)>(X) (X)>(A) (X)>(A)')
  })

  it('2.15: the order of four goes on under expedite', () => {
    expect(order(tableTennis, FIVE, [begun, rallies('hh'), { kind: 'expedite' }], 'hhhhh')).toBe('X>(A) (A)>(X) (X)>A A>X X>(A)')
    const inRally: TestPlay = { kind: 'expedite', data: { inRally: true } }
    expect(order(tableTennis, FIVE, [begun, rallies('hhh'), inRally], 'hhh')).toBe('X>(A) (A)>(X) (X)>A')
  })

  it('follows from the points also after a jump of the score, but in the last game', () => {
    expect(now(tableTennis, FIVE, begun, set(3, 1))).toBe('(A)>(X)')
    expect(now(tableTennis, FIVE, set(11, 5), set(5, 11), set(11, 5), set(5, 11), begun, set(6, 1))).toBe('?')
  })

  it('is put right in the middle of a game', () => {
    expect(order(tableTennis, FIVE, [begun, rallies('hhhh'), serves('home', 'A', 'X')], 'hhh')).toBe('A>X A>X X>(A)')
  })
})

describe('beach volleyball', () => {
  const FIVB = rulesOf(beach, 'fivb')

  it('12.2.2: the two of a pair take turns, and begin with the first in their order', () => {
    expect(order(beach, FIVB, [serves('home', 'A')], 'hahah')).toBe('A A ? (A) ?')
    const both = [serves('home', 'A'), ...rallies('a'), serves('away', 'X')]
    expect(order(beach, FIVB, both, 'hahaha')).toBe('X (A) (X) A X (A)')
  })

  it('counts the first service of who received at first as that of player 1', () => {
    const { detail } = logOf(beach, FIVB, [{ kind: 'server', side: 'home' }, rallies('a')]).game()
    expect(detail.serverNumber).toEqual({ home: 1, away: 1 })
    expect(logOf(beach, FIVB, [{ kind: 'server', side: 'home' }, rallies('ahaha')]).game().detail.serverNumber).toEqual({
      home: 1,
      away: 1,
    })
  })

  it('7.6: says the order anew for each set', () => {
    expect(now(beach, FIVB, serves('home', 'A'), set(21, 15), serves('home', 'B'))).toBe('B')
    expect(order(beach, FIVB, [serves('home', 'A'), set(21, 15), serves('home', 'B'), rallies('ahh')], 'a')).toBe('A')
  })
})

describe('pickleball', () => {
  const DOUBLES = rulesOf(pickleball, 'doubles')

  it('4.B.6: begins with a second server; after a side-out whoever stands on the right serves first', () => {
    // A alone at the start, then X and Y; home comes back with one point, so that B stands on the right.
    expect(order(pickleball, DOUBLES, [serves('home', 'A')], 'ha', 'rally')).toBe('A A')
    const begun = [serves('home', 'A'), ...rallies('ha', 'rally'), serves('away', 'X', undefined, { number: 1 })]
    expect(order(pickleball, DOUBLES, begun, 'hhhaa', 'rally')).toBe('X (X) (A) (A) A')
  })

  it('calls the score with the server’s name beside it', () => {
    expect(beside(pickleball, DOUBLES, serves('home', 'A'), rallies('h', 'rally'))).toEqual({ home: 'Lind, server 2', away: undefined })
  })

  it('keeps no order in singles or under rally scoring', () => {
    for (const pack of ['singles', 'rally-21']) expect(now(pickleball, rulesOf(pickleball, pack), serves('home', 'A'))).toBe('?')
  })
})

describe.each([
  ['tennis', tennis, rulesOf(tennis, 'tour')],
  ['padel', padel, rulesOf(padel, 'golden')],
] as const)('%s', (_, sport, rules) => {
  const games = (text: string): TestPlay[] => [...text].map(letter => ({ kind: 'gameWon', side: letter === 'h' ? 'home' : 'away' }))
  const byGame = (before: TestPlay[], text: string) => {
    const log = logOf(sport, rules, [before])
    return games(text)
      .map(play => {
        const server = said((log.game().detail as ServiceDetail).serving)
        log.add(play)
        return server
      })
      .join(' ')
  }

  it('14: the two of a pair serve in turn through the set', () => {
    expect(byGame([serves('home', 'A')], 'hahah')).toBe('A ? (A) ? A')
    expect(byGame([serves('home', 'A'), ...games('h'), serves('away', 'X')], 'ahaha')).toBe('X (A) (X) A X')
  })

  it('5b: the order goes on in the tie-break', () => {
    const level = [serves('home', 'A'), ...games('h'), serves('away', 'X'), ...games('ahahahahaha')]
    expect(order(sport, rules, [level], 'hahahaha')).toBe('A X X (A) (A) (X) (X) A')
  })

  it('14: may be another in the next set, and is asked', () => {
    const over = [serves('home', 'A'), ...games('hhhhhh')]
    const { detail } = logOf(sport, rules, over).game()
    expect(detail).toMatchObject({ serving: null, asksWho: 'home' })
    expect(sport.due?.(detail)).toEqual(['home:server'])
    expect(byGame([...over, serves('home', 'B')], 'hah')).toBe('B ? A')
  })

  it('says whose ace and whose double fault it was', () => {
    const ace: TestPlay = { kind: 'point', side: 'home', data: { how: 'ace' } }
    expect(lastSaid(sport, rules, serves('home', 'A'), ace)).toBe('Ace by Ada Lind')
    const fault: TestPlay = { kind: 'point', side: 'away', data: { how: 'doubleFault' } }
    expect(lastSaid(sport, rules, serves('home', 'A'), fault)).toBe('Double fault by Ada Lind, point Ros / Dahl')
    expect(beside(sport, rules, serves('home', 'A'), games('hah'), serves('away', 'Y'), games('a'))).toEqual({ home: 'Lind' })
    expect(beside(sport, rules, serves('home', 'A'), games('ha'))).toEqual({ home: 'Ek' })
  })

  it('is found again when a game is voided', () => {
    const log = logOf(sport, rules, [serves('home', 'A'), ...games('hah')])
    log.add({ kind: 'void', voids: 3 })
    expect(said((log.game().detail as ServiceDetail).serving)).toBe('(A)')
  })
})

it('says the whole name where both of a pair have one surname', () => {
  const { detail } = logOf(tennis, rulesOf(tennis, 'tour'), [serves('home', 'A')]).game()
  const [ada, bo] = [member('A'), { id: 'B', name: 'Bo Lind' }]
  expect(serviceWords({ detail, ...SIDES_OF, home: { ...SIDES_OF.home, members: [ada, bo] } })).toEqual({ home: 'Ada Lind' })
})

it('knows a partner by whatever they are named for, and lets a third name stand in the place of who was taken for them', () => {
  const FIVE = rulesOf(tableTennis, 'best-of-five', '2001')
  const point = (playerId: string): TestPlay => ({ kind: 'point', side: 'home', playerId })
  const known = [serves('home', 'A', 'X'), point('B'), ...rallies('aha')]
  expect(now(tableTennis, FIVE, ...known)).toBe('B>(X)')
  expect(now(tableTennis, FIVE, ...known, serves('home', 'C', 'X'))).toBe('C>X')
})
