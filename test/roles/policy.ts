// Who may do what, written from docs/protocol.md (R1, R2, R4, P6) and SECURITY.md in words. Nothing of the server's own rules is read here.

import type { Standing } from './places.ts'

/** What somebody must hold, for the game or for everything that is concerned. */
export type Need =
  | 'anyone'
  /** With an account or without, under some name. */
  | 'a name'
  | 'score'
  | 'manage'
  | 'score or manage'
  | 'score and manage'
  /** Or a person who scores here. */
  | 'manage or score in person'
  /** Manages here, or is a person who scores here. */
  | 'schedule'
  /** Manages everything, or this competition. */
  | 'manage competition'
  /** Not limited to some games. */
  | 'manage everything'
  | 'admin of everything'
  /** The same, as a person and not as a program. */
  | 'admin in person'
  | 'owner'
  /** Signed in, with a session and not with a token. */
  | 'session'
  | 'nobody'

export interface Rule {
  /** By how the game stands, where that makes a difference. */
  need: Need | Readonly<Partial<Record<Standing, Need>>>
  /** What those who may are told all the same, since the game or the body does not allow it; else they succeed. */
  yet?: string | Readonly<Partial<Record<Standing, string>>>
  /** What those without an account are told, where it is not that they have to sign in. */
  strangers?: string
  /** The line that a success leaves in the audit; a refusal of a change always does. */
  audited?: string
}

/** How a right changes once the game is over, and once its result is official. */
const asLong = (live: Need, finished: Need, official: Need) => ({ live, finished, official })

export const RECORD = 'POST /api/v1/games/{gameId}/plays'

/** Plays by what they do to a log: R2, R4 and P6. */
export const PLAYS: Readonly<Record<string, Rule>> = {
  'an ordinary play': { need: asLong('score', 'score', 'score and manage') },
  'the clock': { need: asLong('score', 'score', 'score and manage') },
  'the next period': { need: { live: 'score' } },
  'the end': { need: { live: 'score' } },
  'a note': { need: asLong('score or manage', 'score or manage', 'manage') },
  'a review': { need: asLong('score or manage', 'score or manage', 'manage') },
  'the venue': { need: asLong('score or manage', 'score or manage', 'manage') },
  'who sees it': { need: 'manage' },
  'its chat': { need: 'manage' },
  'a void': { need: asLong('score', 'score', 'manage') },
  'a replacement': { need: asLong('score', 'score', 'manage') },
  'an insertion': { need: asLong('score', 'score', 'manage') },
  'a late play': { need: asLong('score', 'score', 'manage') },
  'made official': { need: asLong('score or manage', 'score or manage', 'manage'), yet: { live: 'INVALID_PAYLOAD' } },
  'made unofficial': { need: 'manage' },
  'a batch with all of it': { need: asLong('score and manage', 'score and manage', 'score and manage') },
}

/** What concerns one game: R1. */
export const ON_GAMES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/games/{gameId}': { need: 'anyone' },
  'GET /api/v1/games/{gameId}/plays': { need: 'anyone' },
  'GET /api/v1/games/{gameId}/box': { need: 'anyone' },
  'GET /api/v1/games/{gameId}/chat': { need: 'anyone' },
  'GET /api/v1/games/{gameId}/stream': { need: 'anyone' },
  'HEAD /api/v1/games/{gameId}/stream': { need: 'anyone' },
  'PATCH /api/v1/games/{gameId}/chat/{messageId}': { need: 'manage', audited: 'chat.unmute' },
  'DELETE /api/v1/games/{gameId}/chat/{messageId}': { need: 'manage', audited: 'chat.remove' },
  // All of them have begun: who plays stands.
  'PATCH /api/v1/games/{gameId}': { need: 'manage or score in person', yet: 'CONFLICT' },
  'DELETE /api/v1/games/{gameId}': { need: 'manage' },
}

const act = (need: Need, audited?: string): Rule => ({ need, audited })

/** Everything else; a name after the address tells apart what it is done to. */
export const ELSEWHERE: Readonly<Record<string, Rule>> = {
  'GET /api/openapi.json': { need: 'anyone' },
  'GET /api/v1/sports': { need: 'anyone' },
  'GET /api/v1/competitions': { need: 'anyone' },
  'GET /api/v1/competitions/{competitionId}': { need: 'anyone' },
  'GET /api/v1/competitions/{competitionId}/standings': { need: 'anyone' },
  'GET /api/v1/games': { need: 'anyone' },
  'GET /api/v1/announcements': { need: 'anyone' },
  'POST /api/v1/games · of this competition': { need: 'schedule' },
  'POST /api/v1/games · of another competition': { need: 'schedule' },
  'POST /api/v1/games · of none': { need: 'schedule' },
  'POST /api/v1/competitions': { need: 'manage everything' },
  'PATCH /api/v1/competitions/{competitionId} · this competition': act('manage competition', 'competition.edit'),
  'PATCH /api/v1/competitions/{competitionId} · another competition': act('manage competition', 'competition.edit'),
  'DELETE /api/v1/competitions/{competitionId}': act('manage everything', 'competition.remove'),
  'POST /api/v1/announcements': { need: 'manage everything' },
  'DELETE /api/v1/announcements/{announcementId}': { need: 'manage everything' },
  'PATCH /api/v1/admin/settings': { need: 'manage everything' },
  'DELETE /api/v1/admin/demo': { need: 'manage everything' },
  'PATCH /api/v1/teams/{teamId} · of this competition': act('manage competition', 'team.edit'),
  'PATCH /api/v1/teams/{teamId} · of another competition': act('manage competition', 'team.edit'),
  'PATCH /api/v1/teams/{teamId} · of none': act('manage everything', 'team.edit'),
  'GET /api/v1/people': { need: 'manage everything' },
  'DELETE /api/v1/people/{personId}': act('manage everything', 'person.erase'),
  'GET /api/v1/admin/overview': { need: 'admin of everything' },
  'GET /api/v1/admin/people': { need: 'admin of everything' },
  'GET /api/v1/admin/tokens': { need: 'admin of everything' },
  'POST /api/v1/admin/tokens · that scores': act('admin of everything', 'token.create'),
  'POST /api/v1/admin/tokens · that manages': act('admin in person', 'token.create'),
  'DELETE /api/v1/admin/tokens/{tokenId} · that scores': act('admin of everything', 'token.revoke'),
  'DELETE /api/v1/admin/tokens/{tokenId} · that manages': act('admin in person', 'token.revoke'),
  'POST /api/v1/admin/people · a scorer': act('admin of everything', 'user.create'),
  'POST /api/v1/admin/people · an admin': act('admin in person', 'user.create'),
  'POST /api/v1/admin/people · an owner': act('owner', 'user.create'),
  'PATCH /api/v1/admin/people/{personId} · a scorer': act('admin of everything'),
  'PATCH /api/v1/admin/people/{personId} · an admin': act('admin in person'),
  'PATCH /api/v1/admin/people/{personId} · an owner': act('owner'),
  'PATCH /api/v1/admin/people/{personId} · oneself': act('nobody'),
  'PATCH /api/v1/admin/people/{personId} · a scorer made owner': act('owner', 'user.set-role'),
  'POST /api/v1/admin/people/{personId}/password · a scorer': act('admin of everything', 'user.reset-password'),
  'POST /api/v1/admin/people/{personId}/password · an admin': act('admin in person', 'user.reset-password'),
  'POST /api/v1/admin/people/{personId}/password · an owner': act('owner', 'user.reset-password'),
  'POST /api/v1/admin/people/{personId}/password · oneself': act('nobody'),
  'DELETE /api/v1/admin/people/{personId} · a scorer': act('admin of everything', 'user.remove'),
  'DELETE /api/v1/admin/people/{personId} · an admin': act('admin in person', 'user.remove'),
  'DELETE /api/v1/admin/people/{personId} · an owner': act('owner', 'user.remove'),
  'DELETE /api/v1/admin/people/{personId} · oneself': act('nobody'),
  // The set-up is over once there is an owner, for everybody alike.
  'POST /api/v1/setup': { need: 'nobody', strangers: 'FORBIDDEN' },
  'GET /api/{path}': { need: 'anyone', yet: 'NOT_FOUND' },
  'POST /api/{path}': { need: 'anyone', yet: 'NOT_FOUND' },
  'PUT /api/{path}': { need: 'anyone', yet: 'NOT_FOUND' },
  'PATCH /api/{path}': { need: 'anyone', yet: 'NOT_FOUND' },
  'DELETE /api/{path}': { need: 'anyone', yet: 'NOT_FOUND' },
  'GET /api/auth/get-session': { need: 'anyone' },
  // Nothing in it is taken, and nobody is turned away for who they are.
  'POST /api/auth/sign-in/email': { need: 'anyone', yet: 'INVALID_PAYLOAD' },
  'POST /api/auth/change-password': { need: 'session', yet: 'INVALID_PAYLOAD' },
  'POST /api/auth/revoke-other-sessions': { need: 'session' },
  'POST /api/auth/sign-out': { need: 'anyone' },
}
/** Routes that look at the login themselves, or not at all: a token that is no good is like none there. */
export const TAKES_NO_TOKEN = /^\w+ \/api\/(auth\/|\{path\})/

/** What a socket may send. */
export const EVENTS: Readonly<Record<string, Rule>> = {
  'game:watch': { need: 'anyone' },
  'game:unwatch': { need: 'anyone' },
  'lobby:watch': { need: 'anyone' },
  'lobby:unwatch': { need: 'anyone' },
  'chat:send': { need: 'a name' },
  'time:sync': { need: 'anyone' },
}
