import type { Play } from '#domain/play.ts'

/** What changes how a game is told or listed, and is nothing that happened in it. */
const ABOUT_THE_GAME: ReadonlySet<string> = new Set(['edit', 'status', 'note', 'void'])

export const isPlayed = ({ kind }: Pick<Play, 'kind'>) => !ABOUT_THE_GAME.has(kind)

/** The newest thing that happened in the game. */
export const lastPlayed = (plays: readonly Play[]) => plays.findLast(isPlayed)

/** The newest sign of somebody keeping the score: all but a change of the game's details. */
export const lastSign = (plays: readonly Play[]) => plays.findLast(({ kind }) => kind !== 'edit')
