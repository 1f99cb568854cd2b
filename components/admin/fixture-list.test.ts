import { describe, expect, it } from 'vitest'
import { type DateOrder, MOST_LINES, readFixtures } from './fixture-list.ts'

const games = (text: string, order: DateOrder = 'day-first') =>
  readFixtures(text, order).lines.map(({ fixture, problem }) => (fixture ? `${fixture.local} ${fixture.home} | ${fixture.away}` : problem))
const ONE = '2026-12-05T19:30 Hawks | Bears'

describe('a list of fixtures', () => {
  it.each([
    ['a spreadsheet', '2026-12-05\t19:30\tHawks\tBears'],
    ['names first', 'Hawks\tBears\t5.12.2026\t19:30'],
    ['semicolons', '05.12.2026;19:30;Hawks;Bears'],
    ['commas', '2026-12-05, 19:30, Hawks, Bears'],
    ['quotes', '2026-12-05,"19:30","Hawks","Bears"'],
    ['a sentence', 'Hawks v Bears, 5 December 2026 19:30'],
    ['a dash', 'Sat 5 Dec 2026 19:30 Hawks – Bears'],
    ['a comma in the date', 'Saturday, December 5, 2026, 7:30 pm, Hawks, Bears'],
    ['visitors first', 'Bears @ Hawks; 5.12.26; 19.30 Uhr'],
    ['a moment in one', '2026-12-05T19:30,Hawks,Bears'],
    ['an ordinal', '5th of December 2026, 7.30pm, Hawks vs. Bears'],
    ['a slash', '05/12/2026 19:30,Hawks,Bears'],
    ['hours with an h', '05/12/2026,19h30,Hawks,Bears'],
  ])('reads %s', (_what, line) => {
    expect(games(line)).toEqual([ONE])
  })

  it('asks which number is the month only where it matters', () => {
    expect(games('12/05/2026,19:30,Hawks,Bears', 'month-first')).toEqual([ONE])
    expect(readFixtures('12/05/2026,19:30,Hawks,Bears', 'month-first').isAmbiguous).toBe(true)
    for (const line of [
      '2026-12-05,19:30,Hawks,Bears',
      '5 Dec 2026,19:30,Hawks,Bears',
      '25/12/2026,19:30,Hawks,Bears',
      '05/05/2026,19:30,A,B',
    ])
      expect(readFixtures(line, 'day-first').isAmbiguous).toBe(false)
  })

  it('goes by a weekday where one is named, and says when it is another one', () => {
    for (const order of ['day-first', 'month-first'] as const) {
      const { lines, isAmbiguous } = readFixtures('Sat 05/12/2026 19:30, Hawks, Bears', order)
      expect([lines[0]?.fixture?.local, isAmbiguous]).toEqual(['2026-12-05T19:30', false])
    }
    expect(games('Sunday 5 December 2026 19:30, Hawks, Bears')).toEqual(['That day is a Saturday.'])
    expect(games('12/25/2026, 19:30, Hawks, Bears')).toEqual(['2026-12-25T19:30 Hawks | Bears'])
    expect(games('Sat\t2026-12-05\t19:30\tHawks\tBears')).toEqual([ONE])
  })

  it('keeps the day and the time of a heading for the games below it', () => {
    const list = [
      'Saturday 5 December 2026, 15:00',
      'Hawks v Bears',
      'Lions v Wolves 17:30',
      '',
      '12.12.2026',
      'Bears v Hawks',
      'Wolves v Lions 18:00',
    ]
    expect(games(list.join('\n'))).toEqual([
      '2026-12-05T15:00 Hawks | Bears',
      '2026-12-05T17:30 Lions | Wolves',
      'The time is missing.',
      '2026-12-12T18:00 Wolves | Lions',
    ])
  })

  it('goes by the columns that are named, and keeps the venue of a column', () => {
    const { lines } = readFixtures('Round\tAway\tHome\tDate\tTime\tVenue\n3\tBears\tHawks\t5.12.2026\t19:30\tMain hall', 'day-first')
    expect(lines).toEqual([
      {
        ...{ number: 2, text: '3\tBears\tHawks\t5.12.2026\t19:30\tMain hall', problem: null, leftOut: ['3'] },
        fixture: { home: 'Hawks', away: 'Bears', venue: 'Main hall', local: '2026-12-05T19:30' },
      },
    ])
  })

  it('says what it does not keep', () => {
    expect(readFixtures('2026-12-05,19:30,Hawks,Bears,Main hall,Round 3', 'day-first').lines[0]?.leftOut).toEqual(['Main hall', 'Round 3'])
  })

  it('leaves names as they are, whatever stands in them', () => {
    expect(games('2026-12-05,19:30,1. FC Köln 07,Sun City 2.0')).toEqual(['2026-12-05T19:30 1. FC Köln 07 | Sun City 2.0'])
    expect(games('2026-12-05,19:30,Stoke-on-Trent,Saint-Étienne')).toEqual(['2026-12-05T19:30 Stoke-on-Trent | Saint-Étienne'])
    expect(games('2026-12-05,19:30,"Hawks, Juniors",Bears U16')).toEqual(['2026-12-05T19:30 Hawks, Juniors | Bears U16'])
    expect(games('2026-12-05,19:30,Ada Lind / Bo Ek,Zoe Brandt / Kim Osei')).toEqual([
      '2026-12-05T19:30 Ada Lind / Bo Ek | Zoe Brandt / Kim Osei',
    ])
  })

  it.each([
    ['Hawks v Bears 19:30', 'The day is missing.'],
    ['2026-12-05 Hawks v Bears', 'The time is missing.'],
    ['2026-02-30, 19:30, Hawks, Bears', 'There is no such day.'],
    ['2026-12-05, 19:30, Hawks', 'Two sides are wanted.'],
    ['2026-12-05, 25:30, Hawks v Bears', 'The time is missing.'],
    ['2026-12-05, 19:30, Hawks, hawks', 'A side cannot play itself.'],
    [`2026-12-05, 19:30, ${'H'.repeat(81)}, Bears`, 'A name has 80 letters at most.'],
    ['Friendly games', 'Two sides are wanted.'],
  ])('says of "%s" what is wrong', (line, problem) => {
    expect(games(line)).toEqual([problem])
  })

  it('has nothing to say about nothing, and reads no more than it should', () => {
    expect(games(' \n\t\n')).toEqual([])
    expect(games(`${'2026-12-05, 19:30, Hawks, Bears\n'.repeat(MOST_LINES + 50)}`)).toHaveLength(MOST_LINES)
  })

  it('reads hostile lines in no time', () => {
    const began = performance.now()
    for (const line of [
      ' '.repeat(20_000),
      'a '.repeat(10_000),
      '1.'.repeat(10_000),
      '"'.repeat(20_000),
      'mon '.repeat(5_000),
      '1 v '.repeat(5_000),
    ])
      games(line)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
