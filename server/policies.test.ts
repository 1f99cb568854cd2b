import { describe, expect, it } from 'vitest'
import * as policies from './policies.ts'
import { type Account, type Grants, type Guarded, ROLE_SCOPES, type Role, SCOPES, type Scope } from './policies.ts'

const GRANTS: Record<string, Grants | null> = {
  all: null,
  none: { games: [], competitions: [] },
  'this game': { games: ['g1'], competitions: [] },
  'another game': { games: ['g2'], competitions: [] },
  'its competition': { games: [], competitions: ['c1'] },
  'another competition': { games: [], competitions: ['c2'] },
  'its tie': { games: ['tie'], competitions: [] },
}
/** Whether such a limit covers game g1 of competition c1, part of the tie. */
const COVERING = new Set(['all', 'this game', 'its competition', 'its tie'])

function person(role: Role, grants: Grants | null): Account {
  return { id: 'u1', name: 'Ann', email: 'ann@club.example', role, scopes: ROLE_SCOPES[role], grants, via: 'session', sessionId: 's1' }
}
function program(scopes: Scope[], grants: Grants | null): Account {
  return { id: 't1', name: 'Feed', email: '', role: 'scorer', scopes, grants, via: 'token', tokenId: 't1', rate: null }
}

interface Asker {
  name: string
  account: Account | null
  scopes: ReadonlySet<Scope>
  covers: boolean
  limited: boolean
  competition: boolean
}
const SCOPE_SETS = [[], ...SCOPES.map(scope => [scope]), ['score', 'manage'], ['read', 'score'], [...SCOPES]] as Scope[][]
const ASKERS: Asker[] = [
  { name: 'nobody', account: null, scopes: new Set(), covers: false, limited: true, competition: false },
  ...Object.entries(GRANTS).flatMap(([limit, grants]) => {
    const common = { covers: COVERING.has(limit), limited: grants !== null, competition: limit === 'all' || limit === 'its competition' }
    return [
      ...(['owner', 'admin', 'scorer'] as const).map(role => ({
        ...common,
        name: `${role}, ${limit}`,
        account: person(role, grants),
        scopes: new Set<Scope>(role === 'scorer' ? ['read', 'score'] : SCOPES),
      })),
      ...SCOPE_SETS.map(scopes => ({
        ...common,
        name: `token [${scopes}], ${limit}`,
        account: program(scopes, grants),
        scopes: new Set<Scope>(scopes.includes('admin') ? SCOPES : scopes.length > 0 ? ['read', ...scopes] : []),
      })),
    ]
  }),
]
const GAMES: Guarded[] = (['public', 'unlisted', 'private'] as const).flatMap(visibility =>
  [false, true].map(official => ({ id: 'g1', competitionId: 'c1', visibility, official, partOf: 'tie' })),
)

/** Every action, and who may: written a second time, from the contract's words instead of the code's. */
const ON_GAMES: Record<string, [(account: Account | null, game: Guarded) => boolean, (asker: Asker, game: Guarded) => boolean]> = {
  canRead: [policies.canRead, (a, g) => g.visibility !== 'private' || (a.scopes.has('read') && a.covers)],
  canScore: [policies.canScore, a => a.scopes.has('score') && a.covers],
  canCorrect: [policies.canCorrect, (a, g) => a.scopes.has(g.official ? 'manage' : 'score') && a.covers],
  canManage: [policies.canManage, a => a.scopes.has('manage') && a.covers],
  canModerate: [policies.canModerate, a => a.scopes.has('manage') && a.covers],
  canSeeWho: [policies.canSeeWho, a => a.scopes.has('score') && a.covers],
  canAddPart: [policies.canAddPart, a => (a.scopes.has('manage') || (a.account?.via === 'session' && a.scopes.has('score'))) && a.covers],
}
const OTHERS: Record<string, [(account: Account | null) => boolean, (asker: Asker) => boolean]> = {
  'canSchedule in the competition': [
    account => policies.canSchedule(account, 'c1'),
    a => (a.scopes.has('manage') || (a.account?.via === 'session' && a.scopes.has('score'))) && a.competition,
  ],
  'canSchedule outside competitions': [
    account => policies.canSchedule(account, null),
    a => (a.scopes.has('manage') || (a.account?.via === 'session' && a.scopes.has('score'))) && !a.limited,
  ],
  canManageCompetition: [account => policies.canManageCompetition(account, 'c1'), a => a.scopes.has('manage') && a.competition],
  canManageAll: [policies.canManageAll, a => a.scopes.has('manage') && !a.limited],
  canAdmin: [policies.canAdmin, a => a.scopes.has('admin') && !a.limited],
  'canChangeAccount of a scorer': [
    account => policies.canChangeAccount(account, { role: 'scorer' }),
    a => a.scopes.has('admin') && !a.limited,
  ],
  'canChangeAccount of an admin': [
    account => policies.canChangeAccount(account, { role: 'admin' }),
    a => a.account?.via === 'session' && a.scopes.has('admin') && !a.limited,
  ],
  'canChangeAccount of an owner': [
    account => policies.canChangeAccount(account, { role: 'owner' }),
    a => a.account?.via === 'session' && a.account.role === 'owner' && !a.limited,
  ],
  'canChangeAccount of a scorer into an owner': [
    account => policies.canChangeAccount(account, { role: 'scorer' }, 'owner'),
    a => a.account?.via === 'session' && a.account.role === 'owner' && !a.limited,
  ],
}

describe('S3 every role × action × ownership', () => {
  it('covers every rule there is', () => {
    const rules = Object.keys(policies).filter(name => name.startsWith('can'))
    const covered = new Set([...Object.keys(ON_GAMES), ...Object.keys(OTHERS)].map(name => name.split(' ')[0]))
    expect([...covered].sort()).toEqual(rules.sort())
  })
  describe.each(ASKERS)('$name', asker => {
    it.each(Object.entries(ON_GAMES))('%s', (_, [rule, expected]) => {
      for (const game of GAMES) expect([game, rule(asker.account, game)]).toEqual([game, expected(asker, game)])
    })
    it.each(Object.entries(OTHERS))('%s', (_, [rule, expected]) => expect(rule(asker.account)).toBe(expected(asker) ?? false))
  })
})

describe('grants', () => {
  const game: Guarded = { id: 'g1', competitionId: null, visibility: 'private', official: false }
  it('an empty competition never matches a game outside of them', () => {
    expect(policies.canScore(person('scorer', { games: [], competitions: [''] }), game)).toBe(false)
    expect(policies.canScore(person('scorer', { games: ['g1'], competitions: [] }), game)).toBe(true)
  })
})
