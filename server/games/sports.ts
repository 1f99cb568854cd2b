import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'

/** All sports at hand: the server needs every one, a page only its own. */
export type Sports = ReadonlyMap<string, Sport>

export async function loadSports(): Promise<Sports> {
  const loaded = await Promise.all(Object.entries(SPORTS).map(async ([id, load]) => [id, (await load()).sport] as const))
  return new Map(loaded)
}
