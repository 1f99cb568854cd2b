import type { SidelineError } from '#domain/errors.ts'

export interface NewGameInput {
  sport: string
  home: { name: string }
  away: { name: string }
  startsAt: string
  competitionId?: string
  rules?: { pack?: string; version?: string; values: Readonly<Record<string, unknown>> }
  externalId: string
}

type Made = { ok: true; gameId: string } | { ok: false; error: SidelineError }

export async function createGame(input: NewGameInput, fetch: typeof globalThis.fetch): Promise<Made> {
  try {
    const response = await fetch('/api/v1/games', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(15_000),
    })
    const body = (await response.json()) as { game?: { id: string }; error?: SidelineError }
    if (body.game) return { ok: true, gameId: body.game.id }
    return { ok: false, error: body.error ?? { code: 'INTERNAL', message: 'Something went wrong.' } }
  } catch {
    return { ok: false, error: { code: 'UNAVAILABLE', message: 'The server was not reached. Nothing is lost: try again.' } }
  }
}
