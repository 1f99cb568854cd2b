import type { Game } from '#domain/game.ts'
import type { Try } from './ask.ts'
import { type League, take } from './league.ts'
import type { Asker } from './roles.ts'

let made = 0
/** How what is not of one game is tried: the address, the body, and what is made first for those who may. */
export function tryOf(league: League, method: string, address: string, on: string): Try {
  const { ask, owner, competition, otherCompetition, standing, newcomers } = league
  made += 1
  const at = (id: string) => address.replace(/\{\w+\}/, id)
  const plainly = (body?: unknown, path = address): Try => ({ refused: asker => ask(asker, method, path, body) })
  const person = (asker: Asker) => (on === 'oneself' ? asker.id : standing.people[on.replace(' made owner', '')]) ?? ''
  switch (`${method} ${address}`) {
    case 'POST /api/v1/games': {
      const competitionId = { 'of this competition': competition, 'of another competition': otherCompetition }[on]
      return {
        refused(asker) {
          made += 1
          const sides = { home: { name: `Home ${made}` }, away: { name: `Away ${made}` } }
          return ask(asker, method, address, { sport: 'basketball', ...sides, startsAt: null, competitionId })
        },
      }
    }
    case 'POST /api/v1/competitions':
      return {
        refused(asker) {
          made += 1
          return ask(asker, method, address, { name: `League ${made}`, sport: 'tennis' })
        },
      }
    case 'PATCH /api/v1/competitions/{competitionId}':
      return {
        refused(asker) {
          made += 1
          const deductions = { Standing: made % 1000 }
          return ask(asker, method, at(on === 'this competition' ? competition : otherCompetition), { standings: { deductions } })
        },
      }
    case 'DELETE /api/v1/competitions/{competitionId}':
      return {
        refused: asker => ask(asker, method, at(competition)),
        async granted(asker) {
          made += 1
          const named = { name: `Goes ${made}`, sport: 'tennis' }
          const gone = await owner.post<{ competition: { id: string } }>('/api/v1/competitions', named)
          return ask(asker, method, at(gone.competition.id))
        },
      }
    case 'POST /api/v1/announcements':
      return plainly({ text: 'Hello', until: '2001-01-01T00:00:00Z' })
    case 'DELETE /api/v1/announcements/{announcementId}':
      return {
        refused: asker => ask(asker, method, at(standing.announcement)),
        async granted(asker) {
          const { announcement } = await owner.post<{ announcement: { id: string } }>('/api/v1/announcements', { text: 'Goes' })
          return ask(asker, method, at(announcement.id))
        },
      }
    case 'PATCH /api/v1/teams/{teamId}':
      return {
        refused(asker) {
          made += 1
          return ask(asker, method, at(standing.teams[on] ?? ''), { name: `Standing ${made}` })
        },
      }
    case 'GET /api/v1/people':
      return plainly(undefined, `${address}?name=Stands`)
    case 'DELETE /api/v1/people/{personId}':
      return {
        refused: asker => ask(asker, method, at(standing.player)),
        async granted(asker) {
          made += 1
          const sides = { home: { members: [{ name: `Goes ${made}` }] }, away: { name: `Stays ${made}` } }
          const { game } = await owner.post<{ game: Game }>('/api/v1/games', { sport: 'tennis', ...sides, startsAt: null })
          return ask(asker, method, at(game.home.members?.[0]?.id ?? ''))
        },
      }
    case 'PATCH /api/v1/admin/settings':
      return plainly({ chat: 'on' })
    case 'POST /api/v1/admin/tokens':
      return plainly({ name: 'Made', scopes: [on === 'that scores' ? 'score' : 'manage'] })
    case 'DELETE /api/v1/admin/tokens/{tokenId}':
      return {
        refused: asker => ask(asker, method, at(standing.tokens[on] ?? '')),
        async granted(asker) {
          const scopes = [on === 'that scores' ? 'score' : 'manage']
          return ask(asker, method, at((await owner.post<{ id: string }>('/api/v1/admin/tokens', { name: 'Goes', scopes })).id))
        },
      }
    case 'POST /api/v1/admin/people':
      return {
        async refused(asker) {
          made += 1
          const body = { email: `made-${made}@club.example`, name: 'Made', role: on.split(' ')[1] }
          const answer = await ask(asker, method, address, body)
          if (answer.code === 'ok') newcomers[on]?.push((answer.body as { person: { id: string } }).person.id)
          return answer
        },
      }
    case 'PATCH /api/v1/admin/people/{personId}':
      if (!on.endsWith('made owner')) return { refused: asker => ask(asker, method, at(person(asker)), { isDisabled: false }) }
      return {
        refused: asker => ask(asker, method, at(person(asker)), { role: 'owner' }),
        async granted(asker) {
          const answer = await ask(asker, method, at(person(asker)), { role: 'owner' })
          await owner.post(at(person(asker)), { role: 'scorer' }, 'PATCH')
          return answer
        },
      }
    case 'POST /api/v1/admin/people/{personId}/password':
      return { refused: asker => ask(asker, method, at(person(asker)), {}) }
    case 'DELETE /api/v1/admin/people/{personId}':
      return {
        refused: asker => ask(asker, method, at(person(asker))),
        granted: asker => ask(asker, method, at(take(newcomers[on]))),
      }
    case 'POST /api/v1/setup':
      return plainly({ setupToken: 'x'.repeat(43), email: 'new@club.example', name: 'New', password: 'turnstile of nobody' })
    case 'POST /api/auth/sign-in/email':
      return plainly({ email: 'nobody' })
    case 'POST /api/auth/change-password':
      return plainly({ currentPassword: 'x', newPassword: 'short' })
    case 'GET /api/v1/competitions/{competitionId}':
    case 'GET /api/v1/competitions/{competitionId}/standings':
      return plainly(undefined, at(competition))
    default:
      return plainly(method === 'POST' || method === 'PUT' || method === 'PATCH' ? {} : undefined, address.replace('{path}', 'v1/none'))
  }
}
