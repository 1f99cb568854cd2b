import { expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { TestLog } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { tellRows } from './play-by-play.tsx'
import { tellStory } from './story.ts'

const rules = { pack: 'obr', version: '2019', values: baseball.packs[0]?.values as Record<string, unknown> }
const told = (plays: readonly Play[]) => {
  const side = { name: 'Hawks' } as Game['home']
  const story = tellStory(baseball, { epoch: 'e', seq: plays.length, rules, home: side, away: side, roster: [] }, plays)
  return tellRows(story, plays).map(({ text }) => text)
}
/** The newest play, with what was known of it when it came. */
function arrived(log: TestLog): Play {
  const play = log.plays.at(-1)
  if (!play) throw new Error('nothing came')
  const { facts } = log.marks(play.seq)
  const text = sayPlay(baseball, play, { side: null, player: null, rules: rules.values, facts })
  return { ...play, ...(facts ? { facts } : {}), text }
}

it('gathers by what a pitch comes to now, after a correction before it, not by what it came to when it arrived', () => {
  const log = new TestLog(baseball, rules.values)
  const plays: Play[] = []
  const add = (...kinds: Parameters<TestLog['add']>) => {
    for (const kind of kinds) {
      log.add(kind)
      plays.push(arrived(log))
    }
  }
  add('ball', 'ball', 'ball', 'strike')
  expect(told(plays)).toEqual(['Ball, ball, ball, strike'])
  // One was forgotten: the third was the walk, and the strike is another batter's.
  add({ kind: 'ball', before: 1 })
  expect(told(plays)).toEqual(['Strike', 'Ball, ball, ball, walk'])
  // It was none after all.
  add({ kind: 'void', voids: 5 })
  expect(told(plays)).toEqual(['Correction', 'Ball, ball, ball, strike', 'Ball'])
})

it('gathers the pitches of one batter, and tells what they came to', () => {
  const log = new TestLog(baseball, rules.values)
  const plays: Play[] = []
  for (const kind of ['ball', 'strike', 'ball', 'ball', 'ball', 'strike', 'foul', 'strike', 'ball']) {
    log.add(kind)
    plays.push(arrived(log))
  }
  expect(told(plays)).toEqual(['Ball', 'Strike, foul, strikeout', 'Ball, strike, ball, ball, walk'])
})
