import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Game, GameRow, SideView } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { sport } from '#domain/sports/tennis.ts'
import { TestLog } from '#domain/test-log.ts'
import { type PartData, playedAs, TIE_PACK, type TieDetail, type TiePart } from '#domain/tie.ts'
import { sayPlay } from '#domain/words.ts'
import { asFollowed, underWay } from './followed.tsx'
import { sayGame, tellStory } from './story.ts'
import { TieMatches } from './tie-matches.tsx'
import { TieOf } from './tie-section.tsx'

const side = (name: string): SideView => ({ id: name, name, shortName: name, abbr: name.slice(0, 3), color: null, kind: 'team' })

function tie(...news: PartData[]) {
  const log = new TestLog(sport, { ...TIE_PACK.values, tieOf: 3 })
  for (const data of news) log.add({ kind: 'part', data: { ...data } })
  const rules = { pack: 'tie', version: '1', values: log.rules as Record<string, unknown> }
  const game = {
    id: 'tie',
    sport: 'tennis',
    home: side('Hawks'),
    away: side('Bears'),
    rules,
    epoch: 'e',
    seq: log.head.seq,
    ...log.game(),
  } as Game
  const plays = log.plays.map(
    (play): Play => ({ ...play, text: sayPlay(sport, play, { side: 'Hawks', player: null, rules: rules.values }) }),
  )
  return { game, plays }
}
const part = (id: string, number: number, more: Partial<PartData> = {}): PartData => ({
  part: id,
  number,
  seq: 1,
  status: 'scheduled',
  score: { home: 0, away: 0 },
  ...more,
})

const { game, plays } = tie(
  part('a', 1, { status: 'final', score: { home: 2, away: 0 }, winner: 'home', columns: '6-4 6-3' }),
  part('b', 2, { status: 'live', score: { home: 0, away: 1 } }),
  part('c', 3),
)

test('a tie lists its matches with who plays, how they stand and where they are', () => {
  const rows = [{ id: 'a', home: side('Ada Lind'), away: side('Bo Ek') }] as GameRow[]
  const html = renderToStaticMarkup(<TieMatches game={game} rows={rows} />)
  expect(html).toContain('Match 1: Ada Lind 2, Bo Ek 0, Final')
  expect(html).toContain('Match 2: Hawks 0, Bears 1, Live')
  expect(html).toContain('Match 3: Hawks, Bears, To come')
  for (const id of ['a', 'b', 'c']) expect(html).toContain(`href="/games/${id}"`)
  expect(html).toContain('6 6')
})

test('of a match under way the tie knows the sets that are over, not how far the next one is', () => {
  const live = (columns: string, home: number, away: number) => part('a', 1, { status: 'live', score: { home, away }, columns })
  const html = (news: PartData) => renderToStaticMarkup(<TieMatches game={tie(news).game} rows={[]} />)
  expect(html(live('11-7 3-2', 1, 0))).toMatch(/>11<.*>7</)
  expect(html(live('11-7', 1, 0))).toMatch(/>11<.*>7</)
  expect(html(live('8-5', 0, 0))).not.toMatch(/>8<|>5</)
  // Goals of periods make up the score: the tie is told of each.
  expect(html(live('1-0 2-1', 3, 1))).toMatch(/>1 2<.*>0 1</)
})

test('of a match that is followed all is known, and a phone shows the set under way', () => {
  const known = part('a', 1, { status: 'live', score: { home: 1, away: 0 }, columns: '11-7' })
  const [told] = (tie(known).game.detail as unknown as TieDetail).parts as [TiePart]
  const columns = [...told.columns, { label: '2', home: 3, away: 2 }]
  const followed = asFollowed(told, { ...tie().game, seq: 9, status: 'live', score: told.score, linescore: { columns } } as Game)
  expect(followed.columns).toEqual(columns)
  expect(underWay(followed)).toEqual({ at: 1, column: columns[1] })
  expect(underWay(told)).toBeNull()
  // Older than what the tie was told.
  expect(asFollowed(told, { ...tie().game, seq: 0 } as Game).columns).toEqual(told.columns)
})

test('what is planned and not known yet is said before, what was not needed after', () => {
  const before = renderToStaticMarkup(<TieMatches game={tie().game} rows={[]} />)
  expect(before.match(/Players not named yet/g)).toHaveLength(3)
  expect(before).not.toContain('href')
  const won = { status: 'final', score: { home: 2, away: 0 }, winner: 'home' } as const
  const decided = tie(part('a', 1, won), part('b', 2, won), part('c', 3)).game
  expect(decided.status).toBe('final')
  const after = renderToStaticMarkup(<TieMatches game={decided} rows={[]} />)
  expect(after).toContain('Match 3: Hawks, Bears, Not played')
  expect(after).not.toContain('To come')
  expect(after).not.toContain('not named')
})

test('a match leads back to its tie', () => {
  const html = renderToStaticMarkup(<TieOf tie={{ ...game } as unknown as GameRow} />)
  expect(html).toContain('Hawks against Bears')
  expect(html).toContain('href="/games/tie"')
})

test('a tie is told as any game is', () => {
  const told = tellStory(playedAs(sport, game.rules.values), game, plays)
  expect(told).toMatchObject({ isWhole: true, isTimed: false, hasSets: false, labels: { game: 'Tie', periods: 'Matches' }, box: [] })
  expect(told.rows.map(({ tally, gain }) => [tally, gain])).toEqual([
    [{ home: '1', away: '0' }, 'home'],
    [null, null],
    [null, null],
  ])
  expect(sayGame(playedAs(sport, game.rules.values), game)).toMatchObject({ glance: { middle: 'Match 2, 0–1' }, periodName: 'Match 2' })
})
