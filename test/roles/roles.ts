import type { Server } from '#e2e/server.ts'

type Scope = 'read' | 'score' | 'manage' | 'admin'
/** What a role is limited to. */
type Limit = 'nothing' | 'the game' | 'another game' | 'the competition' | 'another competition' | 'everything'

/** Somebody who asks, as the table knows them: what they showed, and what they hold. */
export interface Role {
  name: string
  /** `refused`: a token that is no good; `ended`: a cookie that is none any more. */
  login: 'none' | 'session' | 'token' | 'refused' | 'ended'
  scopes: readonly Scope[]
  limit: Limit
  person?: 'owner' | 'admin' | 'scorer'
  /** Under which a guest chats. */
  chatName?: string
}

const ALL: readonly Scope[] = ['read', 'score', 'manage', 'admin']
const scorer = (name: string, limit: Limit): Role => ({ name, login: 'session', scopes: ['read', 'score'], limit, person: 'scorer' })
const token = (limit: Limit, ...scopes: Scope[]): Role => ({
  name: `a token to ${scopes.join(' and ')}, ${limit === 'everything' ? 'not limited' : `limited to ${limit}`}`,
  login: 'token',
  scopes,
  limit,
})
const refused = (name: string): Role => ({ name, login: 'refused', scopes: [], limit: 'nothing' })

export const ROLES: readonly Role[] = [
  { name: 'nobody', login: 'none', scopes: [], limit: 'nothing' },
  { name: 'a guest with a name', login: 'none', scopes: [], limit: 'nothing', chatName: 'Lena' },
  scorer('somebody signed in who may score nothing', 'nothing'),
  scorer('a scorer of the game', 'the game'),
  scorer('a scorer of another game', 'another game'),
  scorer('a scorer of the competition', 'the competition'),
  scorer('a scorer of everything', 'everything'),
  { name: 'an admin', login: 'session', scopes: ALL, limit: 'everything', person: 'admin' },
  { name: 'an owner', login: 'session', scopes: ALL, limit: 'everything', person: 'owner' },
  { name: 'a scorer who was switched off', login: 'ended', scopes: [], limit: 'nothing', chatName: 'Lena' },
  token('everything', 'read'),
  token('everything', 'score'),
  token('everything', 'manage'),
  token('everything', 'score', 'manage'),
  token('everything', 'admin'),
  token('the game', 'read'),
  token('the game', 'score'),
  token('the game', 'manage'),
  token('the game', 'admin'),
  token('another game', 'score', 'manage'),
  token('the competition', 'score'),
  token('the competition', 'manage'),
  token('another competition', 'score', 'manage'),
  refused('a token that was revoked'),
  refused('a token that has expired'),
  refused('a token that never was'),
]

/** The same, with what they show. */
export interface Asker extends Role {
  headers: Record<string, string>
  token?: string
  /** A person's or a token's: what the audit calls them. */
  id: string | null
}

/** Ids of what limits are about. */
export interface Ground {
  games: readonly string[]
  otherGames: readonly string[]
  competition: string
  otherCompetition: string
}

const limitsOf = (limit: Limit, ground: Ground): { games?: readonly string[]; competitions?: readonly string[] } => {
  switch (limit) {
    case 'the game':
      return { games: ground.games }
    case 'another game':
      return { games: ground.otherGames }
    case 'the competition':
      return { competitions: [ground.competition] }
    case 'another competition':
      return { competitions: [ground.otherCompetition] }
    default:
      return {}
  }
}

let addresses = 0
/** Each from a place of its own: limits by address are not what is tested here. */
const nextAddress = () => {
  addresses += 1
  return `10.7.0.${addresses}`
}

export interface Owner {
  post<T>(path: string, body: unknown, method?: string): Promise<T>
}

/** Signs somebody in, and answers the cookie. */
export async function signIn(server: Server, account: { email: string; password: string }): Promise<string> {
  const answer = await server.api('/api/auth/sign-in/email', account, { token: null, headers: { origin: server.url } })
  if (answer.status !== 200) throw new Error(`${account.email} could not sign in: ${answer.status}`)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Makes everybody of the table, two passwords at a time. */
export async function makeAskers(server: Server, owner: Owner, ownerCookie: string, ground: Ground): Promise<Asker[]> {
  const askers = new Map<Role, Asker>()
  // Expires soonest, so that it has by the time it is asked for.
  const made = await Promise.all(ROLES.filter(role => role.login === 'token' || role.login === 'refused').map(makeToken))
  for (const asker of made) askers.set(asker.role, asker.asker)
  const people = ROLES.filter(role => role.login === 'session' || role.login === 'ended')
  for (let i = 0; i < people.length; i += 2) {
    const pair = await Promise.all(people.slice(i, i + 2).map(async role => ({ role, asker: await makePerson(role, i) })))
    for (const { role, asker } of pair) askers.set(role, asker)
  }
  return ROLES.map(role => askers.get(role) ?? { ...role, id: null, headers: { 'x-forwarded-for': nextAddress() } })

  async function makeToken(role: Role): Promise<{ role: Role; asker: Asker }> {
    const address = nextAddress()
    if (role.name.endsWith('never was')) return { role, asker: bearer(role, `sl_pat_${'x'.repeat(43)}`, null, address) }
    const expiresAt = role.name.endsWith('expired') ? { expiresAt: new Date(Date.now() + 1_500).toISOString() } : {}
    const scopes = role.login === 'refused' ? ALL : role.scopes
    const wanted = { name: role.name.slice(0, 80), scopes, ...limitsOf(role.limit, ground), ...expiresAt }
    const { token, id } = await owner.post<{ token: string; id: string }>('/api/v1/admin/tokens', wanted)
    if (role.name.endsWith('revoked')) await owner.post(`/api/v1/admin/tokens/${id}`, undefined, 'DELETE')
    return { role, asker: bearer(role, token, id, address) }
  }

  async function makePerson(role: Role, index: number): Promise<Asker> {
    const address = nextAddress()
    const withCookie = (cookie: string, id: string | null): Asker => ({
      ...role,
      id,
      headers: { cookie, origin: server.url, 'x-forwarded-for': address },
    })
    if (role.person === 'owner') {
      const { account } = (
        await server.api<{ account: { id: string } }>('/api/auth/get-session', undefined, { token: null, headers: { cookie: ownerCookie } })
      ).body
      return withCookie(await signIn(server, server.owner), account.id)
    }
    const word = role.name.replaceAll(/\W+/g, '-')
    const account = { email: `${word}@club.example`, password: `turnstile of ${index}` }
    const { games = [], competitions = [] } = limitsOf(role.limit, ground)
    const isLimited = role.person === 'scorer' && role.limit !== 'everything'
    const { person } = await owner.post<{ person: { id: string } }>('/api/v1/admin/people', {
      ...account,
      name: role.name.slice(0, 80),
      role: role.person ?? 'scorer',
      ...(isLimited ? { grants: { games, competitions } } : {}),
    })
    const cookie = await signIn(server, account)
    if (role.login === 'ended') await owner.post(`/api/v1/admin/people/${person.id}`, { isDisabled: true }, 'PATCH')
    return withCookie(cookie, person.id)
  }
}

function bearer(role: Role, token: string, id: string | null, address: string): Asker {
  return { ...role, id, token, headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address } }
}
