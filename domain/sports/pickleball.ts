import {
  type Book,
  currentSet,
  hasJustReached,
  isFinalSet,
  played,
  RALLY_STATE,
  type RallyRules,
  type RallyState,
  rally,
} from '../parts/rally.ts'
import { rallyBox, type Way } from '../parts/rally-box.ts'
import { type Turn, toTurn } from '../parts/rally-pairs.ts'
import {
  describeRally,
  gameKinds,
  isRallyAsked,
  rallyActions,
  rallyFields,
  rallyGlance,
  rallyWarnings,
  rallyWords,
  TIMEOUT,
} from '../parts/rally-plays.ts'
import { LEVEL } from '../parts/timed.ts'
import { type Facts, type LoggedPlay, other, type Side } from '../play.ts'
import { type Action, type Context, type DescribeContext, defineSport, type Kind, type RulePack } from '../sport.ts'

/**
 * Pickleball: only the serving side scores, or, under rally scoring, whoever wins the rally. Rule numbers are those of the USA Pickleball
 * Official Rulebook 2025 and 2026.
 *
 * `detail`: what `RallyDetail` says, and `{serverNumber, call}`. `serverNumber` is which of the serving pair serves, 1 or 2, null where it
 * has no meaning (singles, rally scoring) or nobody said who serves; `call` the score as it is called before the service, `4–2–1`.
 */
interface Rules extends RallyRules {
  /** `side-out` or `rally`. */
  scoring: string
  /** A second server before the side-out (4.B). */
  doubles: boolean
  /** Under rally scoring: the point that wins a game is only scored on service (12.B.1.c in 2025). */
  winOnServe: boolean
  /** The score at which ends change in the last game (5.B). */
  endsAt: number
}

interface State extends RallyState {
  number: 1 | 2
  /** Which of the serving pair that is: 0 for whoever stands on the right while their score is even. */
  turn: Turn
}

const RALLY_DATA = {
  how: { type: 'choice', options: ['winner', 'ace'], labels: { winner: 'Winner', ace: 'Ace' }, label: 'How', optional: true },
} as const
const kinds = {
  rally: { label: 'Rally won', side: 'required', player: true, scoring: true, data: RALLY_DATA },
  error: {
    label: 'Fault',
    side: 'required',
    player: true,
    playerSide: 'other',
    scoring: true,
    data: {
      how: {
        type: 'choice',
        options: ['serve', 'net', 'out', 'kitchen'],
        labels: { serve: 'Serve', net: 'Net', out: 'Out', kitchen: 'Kitchen' },
        label: 'Which',
        optional: true,
      },
    },
  },
  point: { label: 'Point', side: 'required', player: true, scoring: true },
  ...gameKinds,
  server: {
    ...gameKinds.server,
    data: { number: { type: 'int', min: 1, max: 2, label: 'First or second server', optional: true } },
  },
  let: { label: 'Replay', side: 'none' },
  technicalWarning: { label: 'Technical warning', side: 'required', player: true },
  technicalFoul: { label: 'Technical foul', side: 'required', player: true, playerSide: 'other', scoring: true },
} as const satisfies Readonly<Record<string, Kind>>

const isSideOut = ({ scoring }: Rules) => scoring === 'side-out'
const hasSecond = (rules: Rules) => isSideOut(rules) && rules.doubles
/** 4.B: each game of doubles begins with the second server. */
const firstNumber = (rules: Rules): 1 | 2 => (hasSecond(rules) ? 2 : 1)

const partner = (turn: Turn): Turn => toTurn(turn + 1)

const book: Book<State, Rules> = {
  unit: 'game',
  kinds,
  initial: rules => ({ ...RALLY_STATE, number: firstNumber(rules), turn: 0 }),
  fresh: (_, rules) => ({ number: firstNumber(rules), turn: 0, timeouts: LEVEL }),
  // 5.B: service and ends change over after each game.
  next: ({ first }) => (first ? other(first) : null),
  worth: (_, { kind }) => (kind === 'point' ? 1 : 0),
  rallies: ['rally', 'error', 'technicalFoul'],
  rally(state, side, rules, wins, play) {
    const { server } = state
    if (play?.kind === 'technicalFoul') return foul(state, other(side))
    // A point noted as such tells who served; so does a rally while nobody has said.
    if (play?.kind === 'point' || server === null)
      return { state: server === side ? state : { ...state, server: side, number: server ? 1 : state.number }, scores: true }
    if (server === side) return { state, scores: true }
    if (!isSideOut(rules)) return { state: { ...state, server: side }, scores: !(rules.winOnServe && wins) }
    const isSecondToServe = hasSecond(rules) && state.number === 1
    // 4.B.5 and 4.B.6: after a side-out whoever stands on the right serves, then the partner.
    const after: State = isSecondToServe
      ? { ...state, number: 2, turn: partner(state.turn) }
      : { ...state, server: side, number: 1, turn: toTurn(currentSet(state)[side]) }
    return { state: after, scores: false }
  },
  turns: (state, rules) => (hasSecond(rules) ? { server: state.turn } : null),
  note(state, { kind, data = {} }, side, rules) {
    if (kind !== 'server' || !side) return { state }
    const said = data.number === 1 || data.number === 2 ? data.number : undefined
    const isFirst = played(state) === 0 || currentSet(state).winner !== undefined
    const number = hasSecond(rules) ? (said ?? (isFirst ? firstNumber(rules) : 1)) : 1
    const onRight = toTurn(currentSet(state)[side])
    return { state: { ...state, number, turn: isFirst ? 0 : number === 1 ? onRight : partner(onRight) } }
  },
  ends(state, rules) {
    if (currentSet(state).winner) return true
    return isFinalSet(state, rules) && hasJustReached(state, rules.endsAt)
  },
  detail: (state, rules) => {
    const server = core.serverNow(state, rules)
    // Between games whoever begins the next one.
    const number = currentSet(state).winner ? firstNumber(rules) : state.number
    const serverNumber = server && hasSecond(rules) ? number : null
    return { serverNumber, call: server ? callOf(state, server, serverNumber) : null }
  },
}

/** 13.G: a point off the side that committed it, or, if it has none, one for the other. The service stays where it is. */
function foul(state: State, by: Side): { state: State; scores: boolean } {
  const set = currentSet(state)
  if (set[by] === 0) return { state, scores: true }
  return { state: { ...state, sets: [...state.sets.slice(0, -1), { ...set, [by]: set[by] - 1 }] }, scores: false }
}

function callOf(state: State, server: Side, serverNumber: number | null): string {
  const set = currentSet(state)
  const [own, theirs] = set.winner ? [0, 0] : [set[server], set[other(server)]]
  return [own, theirs, ...(serverNumber === null ? [] : [serverNumber])].join('–')
}

const core = rally(book)

const RALLIES: ReadonlySet<string> = new Set(['rally', 'error'])

function reduce(state: State, play: LoggedPlay, context: Context<Rules>): ReturnType<typeof core.reduce> {
  const step = core.reduce(state, play, context)
  if ('refuse' in step || context.late || !RALLIES.has(play.kind)) return step
  return { ...step, facts: { ...step.facts, ...lostService(state, step.state, context.rules) } }
}

/** Of a rally that brought no point: the service has gone to the partner, or to the other side. */
function lostService(before: State, after: State, rules: Rules): Facts {
  const server = core.serverNow(before, rules)
  const stood = currentSet(before).winner ? 0 : played(before)
  if (!isSideOut(rules) || server === null || played(after) !== stood) return {}
  return { service: core.serverNow(after, rules) === server ? 'second' : 'out' }
}

function describe(play: LoggedPlay, context?: DescribeContext) {
  const service = context?.facts?.service
  return { ...describeRally(play, context), ...(service === undefined ? {} : { clauses: [`service.${service}`] }) }
}

const WAYS: readonly Way[] = [
  { key: 'winner', label: 'WIN', name: 'Winners', kind: 'rally', how: 'winner' },
  { key: 'ace', label: 'ACE', name: 'Aces', kind: 'rally', how: 'ace' },
  { key: 'serviceError', label: 'SF', name: 'Service faults', kind: 'error', how: 'serve', isError: true },
  { key: 'error', label: 'FLT', name: 'Other faults', kind: 'error', isError: true },
]

const TO_11: Rules = {
  bestOf: 3,
  playAll: false,
  pointsPerSet: 11,
  finalPoints: 11,
  winBy: 2,
  cap: 0,
  finalCap: 0,
  timeouts: 2,
  timeoutSeconds: 60,
  forfeitScore: 0,
  scoring: 'side-out',
  doubles: true,
  winOnServe: false,
  endsAt: 6,
}
const one = (to: number, endsAt: number): Partial<Rules> => ({ bestOf: 1, pointsPerSet: to, finalPoints: to, endsAt })
const pack = (id: string, name: string, version: string, from: string, source: string, change: Partial<Rules>): RulePack<Rules> => ({
  id,
  name,
  version,
  from,
  source,
  values: { ...TO_11, ...change },
})
const BOOK = 'USA Pickleball Official Rulebook: sections 4.A, 4.B, 5.B and 10.A'
const SINCE = '2010-01-01'
const RALLY: Partial<Rules> = { ...one(21, 11), scoring: 'rally', timeouts: 3 }
const PACKS: readonly RulePack<Rules>[] = [
  { ...pack('doubles', 'Doubles, best of three to 11', '1', SINCE, BOOK, {}), isDefault: true },
  pack('singles', 'Singles, best of three to 11', '1', SINCE, BOOK, { doubles: false }),
  pack('doubles-15', 'Doubles, one game to 15', '1', SINCE, BOOK, one(15, 8)),
  pack('doubles-21', 'Doubles, one game to 21', '1', SINCE, BOOK, { ...one(21, 11), timeouts: 3 }),
  pack('singles-15', 'Singles, one game to 15', '1', SINCE, BOOK, { ...one(15, 8), doubles: false }),
  pack('singles-21', 'Singles, one game to 21', '1', SINCE, BOOK, { ...one(21, 11), doubles: false, timeouts: 3 }),
  pack(
    'rally-21',
    'Rally scoring to 21',
    '2026',
    '2026-01-01',
    'USA Pickleball Official Rulebook 2026: either side may win the game',
    RALLY,
  ),
  pack(
    'rally-21',
    'Rally scoring to 21, won on service',
    '2025',
    '2025-01-01',
    'USA Pickleball Official Rulebook 2025, 12.B.1.c: the point that wins the game is scored on service',
    { ...RALLY, winOnServe: true },
  ),
  pack('to-7', 'One game to 7', '1', SINCE, 'USA Pickleball Official Rulebook: one game to 7 in bad weather, ends at 4', one(7, 4)),
]

const actions: readonly Action[] = [
  {
    id: 'rally',
    kind: 'rally',
    label: 'Rally',
    hint: 'won',
    size: 3,
    key: { home: 's', away: 'k' },
    depth: 'score',
    ask: ['how'],
    insteadOf: ['error'],
  },
  {
    id: 'ace',
    kind: 'rally',
    label: 'Ace',
    size: 1,
    key: { home: 'a', away: 'j' },
    data: { how: 'ace' },
    depth: 'full',
    insteadOf: ['rally'],
  },
  {
    id: 'error',
    kind: 'error',
    label: 'Fault',
    hint: 'to the other',
    size: 2,
    key: { home: 'f', away: 'h' },
    creditsOther: true,
    ask: ['how'],
    depth: 'full',
    insteadOf: ['rally'],
  },
  { id: 'point', kind: 'point', label: 'Point', hint: 'on service', size: 2, key: { home: 'd', away: 'l' }, insteadOf: ['rally'] },
  TIMEOUT,
  ...rallyActions('game').map(action => (action.id === 'server' ? { ...action, depth: 'score' as const, ask: ['number'] } : action)),
  { id: 'let', kind: 'let', label: 'Replay', size: 1, key: { home: 'g', away: 'g' }, depth: 'full' },
  {
    id: 'technicalWarning',
    kind: 'technicalWarning',
    label: 'Technical',
    hint: 'warning',
    size: 1,
    key: { home: 't', away: 'y' },
    insteadOf: ['technicalFoul'],
  },
  {
    id: 'technicalFoul',
    kind: 'technicalFoul',
    label: 'Technical foul',
    hint: 'a point off',
    size: 1,
    key: { home: 'r', away: 'u' },
    creditsOther: true,
    insteadOf: ['technicalWarning'],
  },
]

export const sport = defineSport<State, Rules>({
  id: 'pickleball',
  name: 'Pickleball',
  version: 3,
  labels: {
    game: 'Match',
    period: 'Game',
    periods: 'Games',
    unit: 'game',
    units: 'games',
    byPeriod: 'By game',
    player: 'Player',
    inColumns: 'points',
    mark: 'serving',
    tablePoints: { win: 1, draw: 0, loss: 0 },
    tieBreakers: ['column-difference', 'head-to-head'],
  },
  endsItself: true,
  timed: null,
  packs: PACKS,
  packFor: ({ home, away }) => (home === 'person' && away === 'person' ? 'singles' : null),
  ruleFields: {
    ...rallyFields('game'),
    scoring: {
      type: 'choice',
      options: ['side-out', 'rally'],
      labels: { 'side-out': 'Side-out: only the server scores', rally: 'Rally: every rally scores' },
      label: 'Scoring',
    },
    doubles: { type: 'flag', label: 'Doubles: a second server' },
    winOnServe: { type: 'flag', label: 'Rally scoring: a game is won on service only' },
    endsAt: { type: 'int', min: 0, max: 50, label: 'Points at which ends change in the last game (0: never)' },
  },
  kinds,
  ...core,
  reduce,
  chart: 'lead',
  showColumns: true,
  actions: () => actions,
  isAsked(question, play, was, now) {
    // 4.B: a game begins with the second server, and singles have no other.
    if (question === 'number') return typeof now.serverNumber === 'number' && !String(now.call).startsWith('0–0')
    return isRallyAsked(question, play, was, now)
  },
  box: (plays, rules) => rallyBox(plays, rules, { ways: WAYS, ...core }),
  describe,
  words: {
    rally: 'Rally {side}',
    'rally.by': 'Rally {side}, {player}',
    'rally.winner': 'Winner by {side}',
    'rally.winner.by': 'Winner by {player}',
    'rally.ace': 'Ace by {side}',
    'rally.ace.by': 'Ace by {player}',
    'rally.ace.server': 'Ace by {server}',
    error: 'Fault, rally {side}',
    'error.by': 'Fault by {player}, rally {side}',
    'error.serve': 'Service fault, rally {side}',
    'error.serve.by': 'Service fault by {player}, rally {side}',
    'error.serve.server': 'Service fault by {server}, rally {side}',
    'error.net': 'Into the net, rally {side}',
    'error.net.by': '{player} into the net, rally {side}',
    'error.out': 'Out, rally {side}',
    'error.out.by': '{player} hits out, rally {side}',
    'error.kitchen': 'Fault at the kitchen line, rally {side}',
    'error.kitchen.by': '{player} in the kitchen, rally {side}',
    point: 'Point {side}',
    'point.by': 'Point {side}, {player}',
    ...rallyWords('Game'),
    'service.second': 'second server',
    'service.out': 'side-out',
    let: 'The rally is played again',
    technicalWarning: 'Technical warning, {side}',
    'technicalWarning.by': 'Technical warning, {player}',
    technicalFoul: 'Technical foul in favour of {side}',
    'technicalFoul.by': 'Technical foul, {player}',
  },
  warnings: rallyWarnings('game'),
  glance: game => {
    if (game.status !== 'live' && game.status !== 'suspended') return {}
    const { serverNumber } = game.detail
    return rallyGlance(game, 'game', serverNumber === null ? undefined : `Server ${serverNumber}`)
  },
})
