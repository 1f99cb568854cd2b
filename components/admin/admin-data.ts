import type { Game, GameRow, Ref } from '#domain/game.ts'

export type Role = 'owner' | 'admin' | 'scorer'

export interface Limits {
  games: string[]
  competitions: string[]
}

export interface Person {
  id: string
  name: string
  email: string
  role: Role
  /** What a scorer is limited to; null: not limited. */
  grants: Limits | null
  isDisabled: boolean
  createdAt: string
}

export interface Token {
  id: string
  name: string
  scopes: string[]
  games: string[] | null
  competitions: string[] | null
  /** Plays a second; null: not limited. */
  rate: number | null
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}

/** What somebody may be limited to. */
export interface Choices {
  games: (Ref & { startsAt: string | null })[]
  competitions: Ref[]
}

export type AdminGame = GameRow & Pick<Game, 'visibility' | 'chat' | 'official'>
export type Stage = 'live' | 'next' | 'done'

export interface Overview {
  games: { live: number; today: number; all: number; demo: number }
  people: number
  tokens: number
  competitions: number
  seen: { address: string; host: string; publicOrigin: string | null; isSecure: boolean; isProxyUnlisted: boolean }
}

export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** `2 games and 1 competition`, `every game` */
export function limitsText(limits: { games: readonly string[] | null; competitions: readonly string[] | null } | null): string {
  const [games, competitions] = [limits?.games?.length ?? 0, limits?.competitions?.length ?? 0]
  if (limits === null || (limits.games === null && limits.competitions === null)) return 'every game'
  const parts = [games > 0 ? count(games, 'game') : '', competitions > 0 ? count(competitions, 'competition') : ''].filter(Boolean)
  return parts.join(' and ') || 'no game yet'
}
