import type { GameRow, Ref } from '#domain/game.ts'

/** What the server draws a board from. */
export interface BoardData {
  /** The day shown and today's, `YYYY-MM-DD` in `timeZone`. */
  date: string
  today: string
  timeZone: string
  games: readonly GameRow[]
  strip: StripDay[]
  /** The nearest day with games when this one has none. */
  nearest: string | null
  competitions: (Ref & { sport: string })[]
  n: number
}
export interface StripDay {
  date: string
  games: number
  live: number
}

/** `ice_hockey` as people write it. */
export function sportName(id: string): string {
  const words = id.replace(/_/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
