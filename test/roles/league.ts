import { io } from 'socket.io-client'
import type { Game } from '#domain/game.ts'
import { type Server, startServer } from '#e2e/server.ts'
import { type Answer, askAt } from './ask.ts'
import { expected } from './expected.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { makeGame, PLACES, type Place } from './places.ts'
import { ON_GAMES, type Rule } from './policy.ts'
import { type Asker, makeAskers, type Owner, ROLES, signIn } from './roles.ts'

/** A server with everybody and everything of the table on it. */
export interface League {
  server: Server
  ledger: Ledger
  owner: Owner
  askers: Asker[]
  competition: string
  otherCompetition: string
  games: Map<Place, string>
  /** Games to be deleted, and messages to be taken out, by where they are. */
  spareGames: Map<Place, string[]>
  spareMessages: Map<Place, string[]>
  /** Whom and what things are tried on that must still be there afterwards. */
  standing: {
    announcement: string
    player: string
    teams: Record<string, string>
    tokens: Record<string, string>
    people: Record<string, string>
  }
  /** People whom the table's own makers made, to be removed by them. */
  newcomers: Record<string, string[]>
  ask(asker: Pick<Asker, 'headers'>, method: string, path: string, body?: unknown): Promise<Answer>
}

export const named = <T>(all: ReadonlyMap<Place, T>, place: Place): T => all.get(place) as T

export function take(list: string[] | undefined): string {
  const one = list?.shift()
  if (one === undefined) throw new Error('none left')
  return one
}

export async function makeLeague(): Promise<League> {
  const server = await startServer({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
  const ask: League['ask'] = (asker, method, path, body) => askAt(server.url, asker, method, path, body)
  const cookie = await signIn(server, server.owner)
  const owner: Owner = {
    async post<T>(path: string, body: unknown, method = 'POST') {
      const answer = await ask({ headers: { cookie, origin: server.url } }, method, path, body)
      if (answer.code !== 'ok') throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
      return answer.body as T
    },
  }
  const made = async <T extends string>(field: T, path: string, body: object) =>
    (await owner.post<Record<T, { id: string }>>(path, body))[field].id
  const makeCompetition = (name: string) => made('competition', '/api/v1/competitions', { name, sport: 'basketball' })
  const [competition, otherCompetition] = [await makeCompetition('Harbour League'), await makeCompetition('Quarry Cup')]

  const games = new Map<Place, string>()
  const spareGames = new Map<Place, string[]>()
  const spareMessages = new Map<Place, string[]>()
  const make = async (place: Place) => (await makeGame(server, place, place.isOwn ? competition : otherCompetition)).id
  const mayDelete = ON_GAMES['DELETE /api/v1/games/{gameId}'] as Rule
  for (const place of PLACES) {
    const id = await make(place)
    games.set(place, id)
    const needed = ROLES.filter(role => expected(role, 'DELETE', mayDelete, place) === 'ok').length
    spareGames.set(place, await Promise.all(Array.from({ length: needed }, () => make(place))))
    spareMessages.set(place, await chatIn(server, owner, id, place, needed))
  }
  const idsWhere = (isOwn: boolean) =>
    PLACES.filter(place => place.isOwn === isOwn).flatMap(place => [named(games, place), ...named(spareGames, place)])
  const ground = { games: idsWhere(true), otherGames: idsWhere(false), competition, otherCompetition }
  const askers = await makeAskers(server, owner, cookie, ground)

  const makePerson = (role: string) =>
    made('person', '/api/v1/admin/people', { email: `standing-${role}@club.example`, name: 'Standing', role })
  const makeToken = async (scope: string) =>
    (await owner.post<{ id: string }>('/api/v1/admin/tokens', { name: 'Standing', scopes: [scope] })).id
  const [scorer, admin] = await Promise.all([makePerson('scorer'), makePerson('admin')])
  const sides = { home: { members: [{ name: 'Stands Here' }] }, away: { name: 'Somebody else' } }
  const { game } = await owner.post<{ game: Game }>('/api/v1/games', { sport: 'tennis', ...sides, startsAt: null })
  const teamOf = async (competitionId?: string) => {
    const names = { home: { name: 'Standing' }, away: { name: 'Others' } }
    return (await owner.post<{ game: Game }>('/api/v1/games', { sport: 'basketball', ...names, startsAt: null, competitionId })).game.home
      .id
  }
  const standing = {
    teams: {
      'of this competition': await teamOf(competition),
      'of another competition': await teamOf(otherCompetition),
      'of none': await teamOf(),
    },
    player: game.home.members?.[0]?.id ?? '',
    announcement: await made('announcement', '/api/v1/announcements', { text: 'Stands' }),
    tokens: { 'that scores': await makeToken('score'), 'that manages': await makeToken('manage') },
    people: { 'a scorer': scorer, 'an admin': admin, 'an owner': await makePerson('owner') },
  }
  const newcomers = { 'a scorer': [], 'an admin': [], 'an owner': [] }
  const ledger = openLedger(server.dataDir)
  return { server, ledger, owner, askers, competition, otherCompetition, games, spareGames, spareMessages, standing, newcomers, ask }
}

let writers = 0
/** So many messages in the chat of a game; each writer may write five at once. */
async function chatIn(server: Server, owner: Owner, gameId: string, place: Place, count: number): Promise<string[]> {
  const written: string[] = []
  while (written.length < count) {
    writers += 1
    const wanted = { name: `Writer ${writers}`, scopes: ['read'] }
    const made = place.isPrivate ? await owner.post<{ token: string }>('/api/v1/admin/tokens', wanted) : null
    const socket = io(server.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: made ? { token: made.token } : {},
      extraHeaders: { 'x-forwarded-for': `10.8.0.${writers}` },
    })
    for (let i = 0; i < 5 && written.length < count; i++) {
      const id = `message-${writers}-${i}`
      const answer = await socket.emitWithAck('chat:send', { gameId, id, text: 'Seen', name: 'Lena' })
      if (!answer.ok) throw new Error(JSON.stringify(answer))
      written.push(id)
    }
    socket.disconnect()
  }
  return written
}
