import type { RosterEntry } from '#domain/game.ts'

/** How somebody reads on a roster whose name was taken off: the place and the plays are still theirs. */
export const ERASED = 'A player'
/** The same within a sentence. */
const ERASED_IN_WORDS = 'a player'

/** A name as it is stored; erased, it is empty. */
export const calledAs = (name: string): string => name || ERASED

/** A name as it stands in the middle of a sentence. */
export const inWords = (name: string): string => (name === ERASED ? ERASED_IN_WORDS : name)

/** What the people of a roster are called in sentences, by person. */
export const namesOf = (roster: readonly Pick<RosterEntry, 'id' | 'name'>[]): ReadonlyMap<string, string> =>
  new Map(roster.map(({ id, name }) => [id, inWords(name)]))

/** A sentence that begins with such a name begins with a capital. */
export const asSentence = (text: string): string => (text.startsWith(ERASED_IN_WORDS) ? ERASED + text.slice(ERASED.length) : text)
