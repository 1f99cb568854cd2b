import { expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { TestLog } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { tellRows } from './play-by-play.tsx'
import { tellStory } from './story.ts'

it('gathers the pitches of one batter, and tells what they came to', () => {
  const rules = { pack: 'obr', version: '2019', values: baseball.packs[0]?.values as Record<string, unknown> }
  const log = new TestLog(baseball, rules.values)
  log.add('ball', 'strike', 'ball', 'ball', 'ball', 'strike', 'foul', 'strike', 'ball')
  const plays = log.plays.map(play => {
    const { facts } = log.marks(play.seq)
    const said = sayPlay(baseball, play, { side: null, player: null, rules: rules.values, facts })
    return { ...play, ...(facts ? { facts } : {}), text: said } as Play
  })
  const side = { name: 'Hawks' } as Game['home']
  const story = tellStory(baseball, { epoch: 'e', seq: plays.length, rules, home: side, away: side, roster: [] }, plays)
  expect(tellRows(story, plays).map(({ text }) => text)).toEqual(['Ball', 'Strike, foul, strikeout', 'Ball, strike, ball, ball, walk'])
})
