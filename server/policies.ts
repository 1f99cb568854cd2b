export const SCOPES = ['read', 'score', 'manage', 'admin'] as const
export type Scope = (typeof SCOPES)[number]
export type Role = 'owner' | 'admin' | 'scorer'

/** The games and competitions somebody is limited to. */
export interface Grants {
  games: string[]
  competitions: string[]
}

/** Who is asking: a person with a sign-in, or a program with a token. */
export interface Account {
  /** A person's id, or a token's own: what a play's `by` keeps. */
  id: string
  name: string
  /** Empty for a token. */
  email: string
  /** A token has the least role that its scopes need. */
  role: Role
  scopes: readonly Scope[]
  /** null: not limited. */
  grants: Grants | null
  via: 'session' | 'token'
  sessionId?: string
  tokenId?: string
  /** Plays a second for a token; null: unlimited. Undefined for a person, whose limit is everybody's. */
  rate?: number | null
}

/** What the rules need to know of a game. */
export interface Guarded {
  id: string
  competitionId: string | null
  visibility: 'public' | 'unlisted' | 'private'
  official: boolean
  /** The tie this game is a part of: who may score the tie may score its games. */
  partOf?: string | null
}

type Asking = Account | null

/** Scopes stand for themselves: `manage` alone records no plays. Only `admin` holds all of them, and each one lets its bearer read. */
export function hasScope(account: Asking, scope: Scope): boolean {
  if (!account) return false
  return account.scopes.includes(scope) || account.scopes.includes('admin') || (scope === 'read' && account.scopes.length > 0)
}

function covers(account: Asking, game: Guarded): boolean {
  if (!account) return false
  const { grants } = account
  if (grants === null) return true
  if (grants.games.includes(game.id) || (game.partOf && grants.games.includes(game.partOf))) return true
  return game.competitionId !== null && grants.competitions.includes(game.competitionId)
}

/** Private games are nobody's but those who may score or manage them: to others they do not exist. Unlisted ones open by their id. */
export function canRead(account: Asking, game: Guarded): boolean {
  return game.visibility !== 'private' || (hasScope(account, 'read') && covers(account, game))
}

export function canScore(account: Asking, game: Guarded): boolean {
  return hasScope(account, 'score') && covers(account, game)
}

/** After the end: who scores may correct until the result is official, then it takes who manages. */
export function canCorrect(account: Asking, game: Guarded): boolean {
  return game.official ? canManage(account, game) : canScore(account, game)
}

/** Names, times, visibility, deletion. */
export function canManage(account: Asking, game: Guarded): boolean {
  return hasScope(account, 'manage') && covers(account, game)
}

/** Deleting chat messages, switching a game's chat off. */
export function canModerate(account: Asking, game: Guarded): boolean {
  return canManage(account, game)
}

/** `by` of a play is shown only to who may score the game. */
export function canSeeWho(account: Asking, game: Guarded): boolean {
  return canScore(account, game)
}

/** A new game: who manages, and a person who scores, within what they are limited to. A game outside every competition needs no limits. */
export function canSchedule(account: Asking, competitionId: string | null): boolean {
  if (!account || (!hasScope(account, 'manage') && !(account.via === 'session' && hasScope(account, 'score')))) return false
  return account.grants === null || (competitionId !== null && account.grants.competitions.includes(competitionId))
}

/** A match of a tie: who may make a game there, or score the tie at its side. */
export function canAddPart(account: Asking, tie: Guarded): boolean {
  return covers(account, tie) && (hasScope(account, 'manage') || (account?.via === 'session' && hasScope(account, 'score')))
}

/** An existing competition: its name, standings, rules. */
export function canManageCompetition(account: Asking, competitionId: string): boolean {
  return hasScope(account, 'manage') && (account?.grants === null || account?.grants.competitions.includes(competitionId) === true)
}

/** What concerns everybody: new competitions, announcements, metrics. Nobody limited to some games may. */
export function canManageAll(account: Asking): boolean {
  return hasScope(account, 'manage') && account?.grants === null
}

/** Accounts, tokens, settings, backups. */
export function canAdmin(account: Asking): boolean {
  return hasScope(account, 'admin') && account?.grants === null
}

/** An admin makes scorers and admins and changes them; only an owner touches owners. Programs touch nobody above a scorer. */
export function canChangeAccount(account: Asking, target: { role: Role }, role: Role = target.role): boolean {
  if (!canAdmin(account)) return false
  if (account?.via === 'token') return target.role === 'scorer' && role === 'scorer'
  return account?.role === 'owner' || (target.role !== 'owner' && role !== 'owner')
}

export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  owner: SCOPES,
  admin: SCOPES,
  scorer: ['read', 'score'],
}
