import type { Action } from '#domain/sport.ts'

/** How much of the game this device writes down. */
export const LEVELS = ['score', 'plays', 'full'] as const
export type Level = (typeof LEVELS)[number]
export const LEVEL_WORDS: Readonly<Record<Level, { label: string; hint: string }>> = {
  score: { label: 'Score only', hint: 'Nothing is asked after a tap' },
  plays: { label: 'Scoring plays', hint: 'Who and how, when there is time' },
  full: { label: 'Everything', hint: 'Shots, assists, fouls and the rest' },
}

const levelOf = ({ depth }: Action): Level => depth ?? 'plays'

/** The keys that a level shows: its own, and those of every lesser one. */
export function keysAt(actions: readonly Action[], level: Level): Action[] {
  const kept = actions.filter(action => LEVELS.indexOf(levelOf(action)) <= LEVELS.indexOf(level))
  // Where nothing is marked as the least there is, it is what stands in between.
  return kept.length > 0 ? kept : actions.filter(action => levelOf(action) !== 'full')
}

/** The levels that differ in this sport; none where every key is of one. */
export function levelsOf(actions: readonly Action[]): Level[] {
  const levels = LEVELS.filter(level => actions.some(action => levelOf(action) === level))
  return levels.length > 1 ? [...new Set<Level>([...levels, 'plays'])].sort((a, b) => LEVELS.indexOf(a) - LEVELS.indexOf(b)) : []
}
