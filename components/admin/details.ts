import type { Game } from '#domain/game.ts'

/** What the form holds. */
export interface Details {
  /** `2026-11-23T19:30` by the browser's clock; empty: not known. */
  startsAt: string
  venue: string
  neutral: boolean
  displayOrder: Game['displayOrder']
}
type Editable = Pick<Game, 'startsAt' | 'venue' | 'neutral' | 'displayOrder'>

/** What of the form differs from the game, for an `edit`; null where nothing does. A venue once named is only renamed. */
export function changesOf(game: Editable, given: Details, startShown: string): Partial<Editable> | null {
  const changes: Partial<Editable> = {}
  if (given.startsAt !== startShown) changes.startsAt = given.startsAt === '' ? null : new Date(given.startsAt).toISOString()
  if (given.venue !== '' && given.venue !== game.venue) changes.venue = given.venue
  if (given.neutral !== game.neutral) changes.neutral = given.neutral
  if (given.displayOrder !== game.displayOrder) changes.displayOrder = given.displayOrder
  return Object.keys(changes).length > 0 ? changes : null
}

/** A moment as a field for date and time wants it, in the reader's zone: `2026-11-23T19:30`. */
export function momentInput(at: string | null, timeZone: string): string {
  if (at === null) return ''
  const options = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat('sv-SE', options).format(new Date(at)).replace(' ', 'T')
}
