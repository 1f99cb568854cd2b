import type { SidelineError } from '#domain/errors.ts'
import type { Sport } from '#domain/sport.ts'

/** A team by its name, or the one or two players who are the side. */
export type NewSide = { name: string } | { members: { name: string }[] }

/** What was typed for a side: `Ada Lind / Bo Ek` is a pair where sides are players. */
export function sideOf(typed: string, isOfPlayers: boolean): NewSide {
  const name = typed.trim()
  const players = name.split(/\s*\/\s*/).filter(Boolean)
  return isOfPlayers && players.length > 0 && players.length <= 2 ? { members: players.map(player => ({ name: player })) } : { name }
}

/** The pack that who plays asks for, where it is not the usual one. */
export function packFor(sport: Pick<Sport, 'packs' | 'packFor'>, home: NewSide, away: NewSide): Sport['packs'][number] | null {
  const kindOf = (side: NewSide) => ('members' in side ? (side.members.length === 1 ? 'person' : 'pair') : 'team')
  const id = sport.packFor?.({ home: kindOf(home), away: kindOf(away) })
  return sport.packs.find(pack => pack.id === id) ?? null
}

export interface NewGameInput {
  sport: string
  home: NewSide
  away: NewSide
  startsAt: string
  competitionId?: string
  venue?: string
  rules?: { pack?: string; version?: string; values: Readonly<Record<string, unknown>> }
  externalId: string
  /** The tie that it is a match of. */
  partOf?: string
}

/** `isNew`: by its `externalId` there was none yet. */
type Made = { ok: true; gameId: string; isNew: boolean } | { ok: false; error: SidelineError }

export async function createGame(input: NewGameInput, fetch: typeof globalThis.fetch): Promise<Made> {
  try {
    const response = await fetch('/api/v1/games', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(15_000),
    })
    const body = (await response.json()) as { game?: { id: string }; error?: SidelineError }
    if (body.game) return { ok: true, gameId: body.game.id, isNew: response.status === 201 }
    return { ok: false, error: body.error ?? { code: 'INTERNAL', message: 'Something went wrong.' } }
  } catch {
    return { ok: false, error: { code: 'UNAVAILABLE', message: 'The server was not reached. Nothing is lost: try again.' } }
  }
}
