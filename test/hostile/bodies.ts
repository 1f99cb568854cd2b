import type { SidelineError } from '#domain/errors.ts'
import type { Random } from '#test/sim/random.ts'
import type { Playable } from './plays.ts'
import { STRINGS } from './values.ts'

/** What is there to be written to; grows by what the server says it has made. */
export interface House {
  games: Playable[]
  /** To be deleted. */
  scrap: string[]
  competitions: string[]
  /** To be changed and deleted. */
  leagues: string[]
  messages: { gameId: string; id: string }[]
  tokens: string[]
  people: string[]
  /** To be erased. */
  players: string[]
  /** To be called otherwise. */
  teams: string[]
  announcements: string[]
  /** Somebody with a sign-in of their own. */
  fan: { email: string; password: string; cookie: string }
  play(random: Random, game: Playable, edgy: boolean): Record<string, unknown>
}

export interface Target {
  /** How many of all bodies. */
  weight: number
  /** Who asks: a program that scores and manages, one that may do everything, a browser with a sign-in, nobody. */
  asker: 'program' | 'admin' | 'browser' | 'nobody'
  /** `isThere`: of something that is there, not of a made-up one. */
  path(random: Random, house: House, isThere: boolean): string
  /** A body as it should be; `edgy`: with values that nobody means but a schema may allow. Absent: the route reads none. */
  body?(random: Random, house: House, edgy: boolean): unknown
  /** An error that has the code of a refusal at the entrance and is the handler's own. */
  isOwn?(error: SidelineError): boolean
  learn?(body: unknown, house: House): void
  /** A body that is good costs a hash of a password: so many may be. */
  most?: number
}

let made = 0
const fresh = (word: string) => {
  made += 1
  return `${word} ${made}`
}
const ODD_NAMES = STRINGS.filter(text => text.trim().length > 0 && text.length <= 64)
const ODD_IDS = ODD_NAMES.filter(text => text.isWellFormed() && !/\p{Cc}/u.test(text))
const text = (random: Random, edgy: boolean, word: string) => (edgy ? random.of(ODD_NAMES) : fresh(word))
const oneOf = (random: Random, ids: readonly string[], isThere: boolean) =>
  encodeURIComponent(ids.length > 0 && (isThere || random.chance(0.6)) ? random.of(ids) : random.of(ODD_IDS))
const take = <T>(list: T[], entry: T) => void (list.length < 200 && list.push(entry))
const idIn = (body: unknown, field: string) => String((body as Record<string, { id: string }>)[field]?.id)

function messagePath(random: Random, house: House): string {
  const message = house.messages.length > 0 && random.chance(0.5) ? random.of(house.messages) : null
  const id = encodeURIComponent(message?.id ?? random.of(ODD_IDS))
  return `/api/v1/games/${message?.gameId ?? random.of(house.games).id}/chat/${id}`
}

/** Every route that writes, by its method and address. */
export const TARGETS: Readonly<Record<string, Target>> = {
  'POST /api/v1/games/{gameId}/plays': {
    weight: 17_000,
    asker: 'program',
    path: (random, house, isThere) =>
      `/api/v1/games/${random.chance(0.97) ? random.of(house.games).id : oneOf(random, house.scrap, isThere)}/plays`,
    body(random, house, edgy) {
      const game = random.of(house.games)
      if (random.chance(0.8)) return house.play(random, game, edgy)
      const length = random.chance(0.03) ? random.of([0, 60, 500, 501]) : random.between(1, 5)
      return Array.from({ length }, () => house.play(random, game, edgy && random.chance(0.3)))
    },
  },
  'POST /api/v1/games': {
    weight: 450,
    asker: 'program',
    path: () => '/api/v1/games',
    body(random, house, edgy) {
      const home = text(random, edgy, 'Home')
      const sides = random.chance(0.8)
        ? { home: { name: home }, away: { name: edgy && random.chance(0.2) ? home : text(random, edgy, 'Away') } }
        : {
            home: { members: [{ name: text(random, edgy, 'Ida') }] },
            away: { members: [{ name: 'Mia' }, { name: text(random, edgy, 'Ann') }] },
          }
      const more: Record<string, unknown> = {
        competitionId: random.of(house.competitions),
        rules: { pack: random.of(['fiba', 'nosuch', '__proto__']), values: { periods: random.of([4, 0, 1e9]) } },
        externalId: random.of(ODD_NAMES),
        visibility: random.of(['public', 'unlisted', 'private']),
        venue: random.of(ODD_NAMES),
        timeZone: random.of(['Europe/Berlin', 'Mars/Olympus', '__proto__', '+25:00']),
        displayOrder: 'away-first',
        startsAt: random.of([null, '2031-02-03T19:30:00+01:00', '9999-12-31T23:59:59-14:00', '0001-01-01T00:00:00+14:00']),
      }
      const field = random.of(Object.keys(more))
      return { sport: 'basketball', ...sides, startsAt: null, ...(edgy ? { [field]: more[field] } : {}) }
    },
    learn(body, house) {
      take(house.scrap, idIn(body, 'game'))
      const { home } = (body as { game: { home: { id: string; members?: { id: string }[] } } }).game
      take(house.teams, home.id)
      for (const { id } of home.members ?? []) take(house.players, id)
    },
  },
  'PATCH /api/v1/games/{gameId}': {
    weight: 150,
    asker: 'program',
    path: (random, house, isThere) => `/api/v1/games/${oneOf(random, house.scrap, isThere)}`,
    body: (random, house, edgy) =>
      random.of<object>([
        { home: { name: text(random, edgy, 'Home') } },
        { away: { members: [{ name: text(random, edgy, 'Ann') }] } },
        { home: { id: edgy ? random.of(ODD_NAMES) : random.of(house.teams) }, away: { name: fresh('Away') } },
      ]),
    learn: (body, house) => take(house.teams, (body as { game: { home: { id: string } } }).game.home.id),
  },
  'PATCH /api/v1/teams/{teamId}': {
    weight: 150,
    asker: 'program',
    path: (random, house, isThere) => `/api/v1/teams/${oneOf(random, house.teams, isThere)}`,
    body: (random, _house, edgy) =>
      random.of<object>([
        { name: text(random, edgy, 'Renamed') },
        { shortName: edgy ? random.of(ODD_NAMES) : null, abbr: edgy ? random.of(ODD_NAMES) : 'ABC' },
        { color: edgy ? random.of(['red', '#12345', '#GGGGGG', '']) : random.of(['#123456', null]) },
        { members: [{ name: text(random, edgy, 'Ida') }] },
      ]),
  },
  'DELETE /api/v1/games/{gameId}': {
    weight: 120,
    asker: 'program',
    path: (random, house, isThere) => `/api/v1/games/${oneOf(random, house.scrap, isThere)}`,
  },
  'POST /api/v1/competitions': {
    weight: 300,
    asker: 'program',
    path: () => '/api/v1/competitions',
    body: (random, _house, edgy) => ({
      name: text(random, edgy, 'League'),
      sport: random.of(['basketball', 'soccer', 'tennis']),
      ...(edgy
        ? {
            standings: {
              points: { [random.of(['win', 'constructor', 'toString', 'x'])]: random.of([0, 3, 0.5, 100]) },
              tieBreakers: [random.of(STRINGS).slice(0, 40)],
              deductions: [{ team: random.of(ODD_NAMES), points: random.of([0, 999]), reason: random.of(ODD_NAMES) }],
            },
          }
        : {}),
    }),
    learn: (body, house) => take(house.leagues, idIn(body, 'competition')),
  },
  'PATCH /api/v1/competitions/{competitionId}': {
    weight: 150,
    asker: 'program',
    path: (random, house, isThere) => `/api/v1/competitions/${oneOf(random, house.leagues, isThere)}`,
    body: (random, _house, edgy) =>
      random.of<object>([
        { name: text(random, edgy, 'League') },
        { standings: { points: edgy ? { [random.of(['win', '__proto__', 'x'])]: random.of([1, 1e9, -100]) } : { win: 2, loss: 0 } } },
        { standings: { deductions: random.of([null, {}, { [text(random, edgy, 'Home')]: random.of([0, 999]) }]) } },
        { standings: { tieBreakers: edgy ? [random.of(STRINGS).slice(0, 40)] : random.of([null, ['wins', 'difference']]) } },
      ]),
  },
  'DELETE /api/v1/competitions/{competitionId}': {
    weight: 60,
    asker: 'program',
    path: (random, house, isThere) => `/api/v1/competitions/${oneOf(random, house.leagues, isThere)}`,
  },
  'POST /api/v1/announcements': {
    weight: 240,
    asker: 'program',
    path: () => '/api/v1/announcements',
    body: (random, _house, edgy) => ({
      text: text(random, edgy, 'No play today'),
      ...(edgy ? { until: random.of(['9999-12-31T23:59:59-14:00', '0000-01-01T00:00:00+14:00', '2001-01-01T00:00:00Z']) } : {}),
    }),
    learn: (body, house) => take(house.announcements, idIn(body, 'announcement')),
  },
  'DELETE /api/v1/announcements/{announcementId}': {
    weight: 120,
    asker: 'program',
    path: (random, house, isThere) => `/api/v1/announcements/${oneOf(random, house.announcements, isThere)}`,
  },
  'DELETE /api/v1/games/{gameId}/chat/{messageId}': { weight: 180, asker: 'program', path: messagePath },
  'PATCH /api/v1/games/{gameId}/chat/{messageId}': {
    weight: 120,
    asker: 'program',
    path: messagePath,
    body: (random, _house, edgy) => ({ muted: edgy ? random.of([1, 'yes', null, []]) : random.chance(0.1) }),
  },
  'PATCH /api/v1/admin/settings': {
    weight: 120,
    asker: 'program',
    path: () => '/api/v1/admin/settings',
    body: (random, _house, edgy) =>
      random.of<object>([
        { chat: 'on' },
        { chat: 'off' },
        { chatDays: random.of([0, 7, 3650]) },
        { name: edgy ? random.of(ODD_NAMES) : null },
      ]),
  },
  'DELETE /api/v1/admin/demo': { weight: 45, asker: 'program', path: () => '/api/v1/admin/demo' },
  'POST /api/v1/admin/tokens': {
    weight: 210,
    asker: 'admin',
    path: () => '/api/v1/admin/tokens',
    body: (random, house, edgy) => ({
      name: edgy ? random.of(ODD_NAMES) : 'A feed',
      scopes: edgy ? random.of([['read'], ['score'], ['read', 'read'], ['manage'], []]) : ['read', 'score'],
      ...(edgy ? { games: [random.of([...ODD_IDS, house.games[0]?.id ?? ''])], rate: random.of([1, 0, 100_000, 2 ** 31]) } : {}),
      ...(edgy && random.chance(0.3) ? { expiresAt: random.of(['9999-12-31T23:59:59-14:00', '2001-01-01T00:00:00Z']) } : {}),
    }),
    learn: (body, house) => take(house.tokens, String((body as { id: string }).id)),
  },
  'DELETE /api/v1/admin/tokens/{tokenId}': {
    weight: 120,
    asker: 'admin',
    path: (random, house, isThere) => `/api/v1/admin/tokens/${oneOf(random, house.tokens, isThere)}`,
  },
  'POST /api/v1/admin/people': {
    weight: 120,
    asker: 'admin',
    most: 1,
    path: () => '/api/v1/admin/people',
    body: (random, house, edgy) => ({
      email: edgy ? house.fan.email : `${fresh('person').replace(' ', '-')}@club.example`,
      name: edgy ? random.of(ODD_NAMES) : 'Ann',
      role: 'scorer',
      ...(edgy ? { grants: random.of([null, { games: [random.of(ODD_IDS)], competitions: [] }]) } : { grants: null }),
    }),
    learn: (body, house) => take(house.people, idIn(body, 'person')),
  },
  'PATCH /api/v1/admin/people/{personId}': {
    weight: 150,
    asker: 'admin',
    path: (random, house, isThere) => `/api/v1/admin/people/${oneOf(random, house.people, isThere)}`,
    body: (random, house, edgy) =>
      random.of<object>([
        { isDisabled: random.chance(0.5) },
        { grants: { games: [edgy ? random.of(ODD_IDS) : (house.games[0]?.id ?? '')], competitions: [] } },
        { role: edgy ? random.of(['owner', 'admin', 'referee']) : 'scorer', grants: null },
      ]),
  },
  'POST /api/v1/admin/people/{personId}/password': {
    weight: 90,
    asker: 'admin',
    most: 1,
    path: (random, house, isThere) => `/api/v1/admin/people/${oneOf(random, house.people, isThere)}/password`,
    body: (random, _house, edgy) => (edgy ? { password: random.of(STRINGS).slice(0, 200) } : {}),
  },
  'DELETE /api/v1/admin/people/{personId}': {
    weight: 90,
    asker: 'admin',
    path: (random, house, isThere) => `/api/v1/admin/people/${oneOf(random, house.people, isThere)}`,
  },
  'DELETE /api/v1/people/{personId}': {
    weight: 90,
    asker: 'program',
    path: (random, house, isThere) => `/api/v1/people/${oneOf(random, house.players, isThere)}`,
  },
  'POST /api/v1/setup': {
    weight: 120,
    asker: 'nobody',
    path: () => '/api/v1/setup',
    body: (random, _house, edgy) => ({
      setupToken: edgy ? random.of(STRINGS).slice(0, 200) : 'x'.repeat(43),
      email: edgy ? random.of(STRINGS).slice(0, 254) : 'new@club.example',
      name: edgy ? random.of(STRINGS).slice(0, 200) : 'New',
      password: 'turnstile of nobody',
    }),
    // There is an owner: that is found out once the body was read and understood.
    isOwn: error => error.message.startsWith('There is an owner'),
  },
  'POST /api/auth/sign-in/email': {
    weight: 90,
    asker: 'nobody',
    most: 1,
    path: () => '/api/auth/sign-in/email',
    body: (random, house, edgy) => ({
      email: edgy ? `${fresh('x').replace(' ', '')}@${random.of(['club.example', 'xn--80ak6aa92e.example'])}` : house.fan.email,
      password: edgy ? random.of(ODD_NAMES) : house.fan.password,
      ...(edgy ? { rememberMe: random.chance(0.5) } : {}),
    }),
    isOwn: error => error.code === 'AUTH_INVALID' || error.code === 'FORBIDDEN',
  },
  'POST /api/auth/change-password': {
    weight: 75,
    asker: 'browser',
    most: 1,
    path: () => '/api/auth/change-password',
    body: (random, house, edgy) => ({
      currentPassword: edgy ? random.of(ODD_NAMES) : house.fan.password,
      newPassword: house.fan.password,
    }),
    isOwn: error => error.path === 'currentPassword' && error.message.startsWith('This is not'),
  },
  'POST /api/auth/revoke-other-sessions': {
    weight: 60,
    asker: 'browser',
    path: () => '/api/auth/revoke-other-sessions',
    body: () => ({}),
  },
  'POST /api/auth/sign-out': { weight: 90, asker: 'nobody', path: () => '/api/auth/sign-out', body: () => ({}) },
  ...Object.fromEntries(
    ['POST', 'PUT', 'PATCH', 'DELETE'].map((method): [string, Target] => [
      `${method} /api/{path}`,
      {
        weight: 25,
        asker: 'program',
        path: random => `/api/v1/${random.of(['none', 'games/x/none', 'games/x/chat/y/z'])}`,
        body: () => ({ some: 'thing' }),
      },
    ]),
  ),
}
