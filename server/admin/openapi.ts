import { choice, flag, list, maybe, object, placeholder, type Schema, text, time, whole, write } from '../openapi-parts.ts'
import { SCOPES } from '../policies.ts'

const role = choice(['owner', 'admin', 'scorer'])
const limits = maybe(object({ games: list(text), competitions: list(text) }))
const person = object({ id: text, name: text, email: text, role, grants: limits, isDisabled: flag, createdAt: time })
const made = { ...text, description: 'Set when none was given; shown here and nowhere else.' }
const scopes = list(choice(SCOPES))
const token = object({
  id: text,
  name: text,
  scopes,
  games: maybe(list(text)),
  competitions: maybe(list(text)),
  rate: maybe(whole),
  createdAt: time,
  expiresAt: maybe(time),
  lastUsedAt: maybe(time),
})
const done = object({ ok: flag })
const personId = [placeholder('personId')]
const look = (summary: string, answer: Schema) => write(summary, null, answer, [], 200)
const change = (summary: string, body: Schema, answer: Schema, parameters: object[] = []) => write(summary, body, answer, parameters, 200)

/** What the pages of an admin ask for, open to programs of the same rights. */
export const adminPaths = {
  '/admin/overview': { get: look('How much there is, and how the request looked from here', object({ overview: { type: 'object' } })) },
  '/admin/settings': {
    patch: change(
      'What holds for the whole site: what it is called (null: nothing of its own), its chat, and how many days that is kept (0: for good)',
      object({ name: maybe(text), chat: choice(['on', 'off']), chatDays: whole }, ['name', 'chat', 'chatDays']),
      object({ settings: object({ name: maybe(text), chat: choice(['on', 'off']), chatDays: whole }) }),
    ),
  },
  '/admin/demo': { delete: write('Remove the demo', null, object({ games: whole }), [], 200) },
  '/admin/people': {
    get: look('Everybody with an account', object({ people: list(person) })),
    post: write(
      'Make an account',
      object({ email: text, name: text, role, grants: limits, password: text }, ['grants', 'password']),
      object({ person, password: made }, ['password']),
    ),
  },
  '/admin/people/{personId}': {
    patch: change(
      'Change a role or limits, switch an account off or on',
      object({ role, grants: limits, isDisabled: flag }, ['role', 'grants', 'isDisabled']),
      object({ person }),
      personId,
    ),
    delete: write('Delete an account', null, done, personId, 200),
  },
  '/admin/people/{personId}/password': {
    post: change(
      'Set a new password',
      object({ password: text }, ['password']),
      object({ ok: flag, password: made }, ['password']),
      personId,
    ),
  },
  '/admin/tokens': {
    get: look('Tokens that are still good', object({ tokens: list(token) })),
    post: write(
      'Make a token',
      object({ name: text, scopes, games: list(text), competitions: list(text), rate: whole, expiresAt: time }, [
        'games',
        'competitions',
        'rate',
        'expiresAt',
      ]),
      object({ token: { ...text, description: 'Shown here and nowhere else.' }, id: text }),
    ),
  },
  '/admin/tokens/{tokenId}': { delete: write('Revoke a token', null, done, [placeholder('tokenId')], 200) },
}
