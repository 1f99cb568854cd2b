import type { Place, Standing } from './places.ts'
import { type Need, type Rule, TAKES_NO_TOKEN } from './policy.ts'
import type { Role } from './roles.ts'

const has = (role: Role, scope: 'read' | 'score' | 'manage' | 'admin') =>
  role.scopes.includes(scope) || role.scopes.includes('admin') || (scope === 'read' && role.scopes.length > 0)

/** Whether what a role is limited to holds this game. */
export function covers({ limit }: Role, { isOwn }: Pick<Place, 'isOwn'>): boolean {
  if (limit === 'everything') return true
  return isOwn ? limit === 'the game' || limit === 'the competition' : limit === 'another game' || limit === 'another competition'
}

/** R1: a private game is there for those alone who may score or manage it. */
export const sees = (role: Role, place: Place) => !place.isPrivate || (has(role, 'read') && covers(role, place))

/** R2: who recorded a play is shown to who may score the game. */
export const seesWho = (role: Role, place: Place) => has(role, 'score') && covers(role, place)

function holdsHere(role: Role, need: Need): boolean {
  const [score, manage] = [has(role, 'score'), has(role, 'manage')]
  if (need === 'score') return score
  if (need === 'manage') return manage
  if (need === 'manage or score in person') return manage || (score && role.login === 'session')
  return need === 'score or manage' ? score || manage : need === 'score and manage' && score && manage
}

/** Whether what a role is limited to holds the competition that is spoken of. */
function reaches({ limit }: Role, what: string): boolean {
  if (limit === 'everything') return true
  return what.endsWith('this competition')
    ? limit === 'the competition'
    : what.endsWith('another competition') && limit === 'another competition'
}

function holdsElsewhere(role: Role, need: Need, what: string): boolean {
  const isUnlimited = role.limit === 'everything'
  const isPerson = role.login === 'session'
  switch (need) {
    case 'schedule':
      return reaches(role, what) && (has(role, 'manage') || (isPerson && has(role, 'score')))
    case 'manage competition':
      return reaches(role, what) && has(role, 'manage')
    case 'manage everything':
      return isUnlimited && has(role, 'manage')
    case 'admin of everything':
      return isUnlimited && has(role, 'admin')
    case 'admin in person':
      return isUnlimited && has(role, 'admin') && isPerson
    case 'owner':
      return role.person === 'owner'
    default:
      return false
  }
}

const at = <T>(given: T | Readonly<Partial<Record<Standing, T>>> | undefined, standing: Standing): T | undefined =>
  given !== null && typeof given === 'object' ? (given as Partial<Record<Standing, T>>)[standing] : (given as T | undefined)

export const needAt = (rule: Rule, standing: Standing): Need | undefined => at<Need>(rule.need, standing)

/** What the table says of one try: `ok`, or the code of the refusal. Null where the table says nothing of such a game. */
export function expected(role: Role, what: string, rule: Rule, place: Place | null): string | null {
  const standing = place?.standing ?? 'live'
  const need = needAt(rule, standing)
  if (need === undefined) return null
  const isShown = role.login !== 'none' && role.login !== 'ended'
  if (role.login === 'refused' && !TAKES_NO_TOKEN.test(what)) return 'AUTH_INVALID'
  if (place && !sees(role, place)) return 'UNKNOWN_GAME'
  const granted = at<string>(rule.yet, standing) ?? 'ok'
  if (need === 'anyone') return granted
  if (need === 'session') return role.login === 'session' ? granted : 'UNAUTHENTICATED'
  if (!isShown) return rule.strangers ?? 'UNAUTHENTICATED'
  return (place ? covers(role, place) && holdsHere(role, need) : holdsElsewhere(role, need, what)) ? granted : 'FORBIDDEN'
}
