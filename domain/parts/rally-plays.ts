import { scoreOf } from '../display-order.ts'
import type { Field } from '../fields.ts'
import type { Game, Score } from '../game.ts'
import { type LoggedPlay, other, SIDES, type Side } from '../play.ts'
import type { Action, DescribeContext, Glance, Kind, Sport } from '../sport.ts'
import { countBadge } from './badges.ts'
import type { RallyDetail, RallyRules } from './rally.ts'
import { namedBy, serviceWords } from './rally-pairs.ts'
import { TIMEOUT_KIND, TIMEOUT_SECONDS } from './timeout.ts'

const MOST = { type: 'int', min: 0, max: 99, optional: true } as const
const LINE = { home: { ...MOST, label: 'Home' }, away: { ...MOST, label: 'Away' } }

/** The kinds that all games won by points have. */
export const RALLY_KINDS = {
  setWon: { label: 'Set won', side: 'required', scoring: true, data: LINE },
  setScore: { label: 'Set score', side: 'none', scoring: true, data: LINE },
  server: { label: 'Server', side: 'required', player: true },
  timeout: TIMEOUT_KIND,
} as const satisfies Readonly<Record<string, Kind>>

/** Where who receives is part of the order too: among pairs. */
export const SERVER_TO = {
  ...RALLY_KINDS.server,
  data: { receiver: { type: 'player', of: 'other', label: 'Receives', optional: true } },
} as const satisfies Kind

export const SERVER_TO_WORDS = {
  'server.to': '{side} to serve to {receiver}',
  'server.to.by': '{player} to serve to {receiver}',
}

export const gameKinds = {
  ...RALLY_KINDS,
  setWon: { ...RALLY_KINDS.setWon, label: 'Game won' },
  setScore: { ...RALLY_KINDS.setScore, label: 'Game score' },
} as const satisfies Readonly<Record<string, Kind>>

/** The fields of `RallyRules`, as a sport calls its sets. */
export const rallyFields = (unit: 'set' | 'game'): Readonly<Record<keyof RallyRules, Field>> => ({
  bestOf: { type: 'int', min: 1, max: 9, label: `Best of how many ${unit}s` },
  playAll: { type: 'flag', label: `All ${unit}s are played, won or not` },
  pointsPerSet: { type: 'int', min: 3, max: 51, label: `Points to win a ${unit}` },
  finalPoints: { type: 'int', min: 3, max: 51, label: `Points to win the last ${unit}` },
  winBy: { type: 'int', min: 1, max: 2, label: 'Points ahead to win' },
  cap: { type: 'int', min: 0, max: 99, label: 'The point that wins whatever the lead (0: none)' },
  finalCap: { type: 'int', min: 0, max: 99, label: `The same in the last ${unit} (0: none)` },
  timeoutSeconds: TIMEOUT_SECONDS,
  timeouts: { type: 'int', min: 0, max: 9, label: 'Time-outs' },
  forfeitScore: { type: 'int', min: 0, max: 5, label: `${unit === 'set' ? 'Sets' : 'Games'} for a forfeit` },
})

/** Keys every such sport has in the same places. */
export const rallyActions = (unit: 'set' | 'game'): readonly Action[] => [
  {
    id: 'setWon',
    kind: 'setWon',
    label: unit === 'set' ? 'Set' : 'Game',
    hint: 'as it stands',
    size: 1,
    key: { home: 'x', away: 'n' },
    depth: 'score',
    asks: `Give {side} the ${unit} as it stands, {column}?`,
  },
  { id: 'server', kind: 'server', label: 'Serves', hint: 'fix the server', size: 1, key: { home: 'q', away: 'p' } },
]
/** The same, with who receives. */
export const asksReceiver = (actions: readonly Action[]): readonly Action[] =>
  actions.map(action => (action.id === 'server' ? { ...action, ask: ['receiver'] } : action))
export const TIMEOUT: Action = { id: 'timeout', kind: 'timeout', label: 'Time-out', size: 1, key: { home: 'e', away: 'i' } }

export const rallyWords = (unit: 'Set' | 'Game') => ({
  setWon: `${unit} {side}`,
  'setWon.score': `${unit} {side}, {home}–{away}`,
  setScore: `${unit} score {home}–{away}`,
  server: '{side} to serve',
  'server.by': '{player} to serve',
  timeout: 'Time-out, {side}',
})

export const rallyWarnings = (unit: 'set' | 'game') => ({
  'set-over': `That ${unit} was over.`,
  'no-timeout-left': 'That side has no time-out left.',
})

/** The key into the words: the kind, with how a point was won; a set with its score. */
export function describeRally(play: LoggedPlay, context?: DescribeContext): { key: string; values?: Record<string, string | number> } {
  const { home, away, how, receiver } = (play.data ?? {}) as Record<string, unknown>
  if (typeof home === 'number' && typeof away === 'number')
    return { key: play.kind === 'setWon' ? 'setWon.score' : play.kind, values: { home, away } }
  if (play.kind === 'setScore') return { key: 'setScore', values: { home: 0, away: 0 } }
  if (play.kind === 'server' && receiver !== undefined) return { key: 'server.to' }
  if (how !== 'ace' && how !== 'serve') return { key: typeof how === 'string' ? `${play.kind}.${how}` : play.kind }
  const server = namedBy(context)
  return { key: `${play.kind}.${how}${server ? '.server' : ''}`, values: { server } }
}

/** Who served the rally can have an ace or a fault on service, who received it the rest: the ways that are asked for are those that can be. */
export const isRallyAsked: NonNullable<Sport['isAsked']> = (question, { side }, was) => {
  const { server } = was as unknown as RallyDetail
  if (!side || !server) return true
  if (BY_SERVER.has(question)) return server === side
  return question !== 'how.serve' || server !== side
}
/** By the side that gets the point, which is not the one that missed the service. */
const BY_SERVER: ReadonlySet<string> = new Set(['how.ace', 'how.reception', 'how.return'])

type RallyGame = Parameters<NonNullable<Sport['glance']>>[0]
type Badges = NonNullable<Glance['badges']>
interface Shown extends RallyDetail {
  /** Of sports that have cards: warnings and penalties. */
  cards?: Record<'yellow' | 'red', Score>
}

/**
 * The score of the set, what is at stake and what the rules ask for now; cards and time-outs beside the sides, and there too who serves and
 * who receives.
 *
 * @param served what else there is to say of the side that serves: `Left court`
 */
export function rallyGlance(game: RallyGame, unit: 'set' | 'game', served?: string): Glance & { badges: Badges } {
  const { points, server, setPoint, matchPoint, changeEnds, pause, cards, timeouts, timeoutsAllowed } = game.detail as unknown as Shown
  const stake = matchPoint ? ', match point' : setPoint ? `, ${unit} point` : ''
  const asked = [pause?.toLowerCase(), changeEnds ? 'change ends' : undefined].filter(Boolean).join(', ')
  const badges = SIDES.flatMap(side => [
    ...(cards ? countBadge(side, cards.yellow[side], 'yellow', 'Warnings') : []),
    ...(cards ? countBadge(side, cards.red[side], 'red', 'Penalties') : []),
    ...takenBadge(side, 'T', 'Time-outs', timeouts[side], timeoutsAllowed),
  ])
  return {
    ...serviceWords(game, served),
    middle: `${scoreOf(points, game)}${stake}${asked ? `, ${asked}` : ''}`,
    mark: server,
    badges,
  }
}

/** What a side has taken of what it is allowed, `T1`. */
export const takenBadge = (side: Side, letter: string, name: string, n: number, allowed: number): Badges =>
  n > 0 ? [{ side, text: `${letter}${n}`, tone: n < allowed ? 'plain' : 'accent', title: `${name}: ${n} of ${allowed}` }] : []

/** What a match was in tables that tell a win in the last possible set (`deciderWin`, `deciderLoss`) from others. */
export function setsOutcome({ winner, score, detail }: Pick<Game, 'winner' | 'score' | 'detail'>): Record<Side, string> {
  if (winner !== 'home' && winner !== 'away') return { home: 'draw', away: 'draw' }
  const loser = other(winner)
  const { setsToWin } = detail as unknown as RallyDetail
  const isClose = setsToWin > 1 && score[loser] === setsToWin - 1
  const [won, lost] = isClose ? ['deciderWin', 'deciderLoss'] : ['win', 'loss']
  return { [winner]: won, [loser]: lost } as Record<Side, string>
}
