import type { Score } from '../game.ts'
import { type Book, currentSet, hasJustReached, isFinalSet, RALLY_STATE, type RallyRules, type RallyState, rally } from '../parts/rally.ts'
import { rallyBox, type Way } from '../parts/rally-box.ts'
import { swap } from '../parts/rally-pairs.ts'
import {
  asksReceiver,
  describeRally,
  gameKinds,
  isRallyAsked,
  rallyActions,
  rallyFields,
  rallyGlance,
  rallyWarnings,
  rallyWords,
  SERVER_TO,
  SERVER_TO_WORDS,
} from '../parts/rally-plays.ts'
import { LEVEL, plus } from '../parts/timed.ts'
import { other, type Side } from '../play.ts'
import { type Action, defineSport, type Kind, type RulePack } from '../sport.ts'

/**
 * Badminton: every rally a point, its winner serves, from the right court on an even score. Rule numbers are those of the BWF Laws of
 * Badminton (BWF Statutes, section 4.1).
 *
 * `detail`: what `RallyDetail` says, and `{court, cards: {yellow: {home, away}, red: {home, away}}}`. `court` is where the next service is
 * delivered from, `right` or `left`, null while nobody said who serves; `pause` asks for the interval.
 */
interface Rules extends RallyRules {
  /** The score at which a side that reaches it first brings the interval of a game (16.2.1); 0 none. */
  intervalAt: number
  /** The same for the change of ends in the last game (8.1.3). */
  endsAt: number
}

interface State extends RallyState {
  yellow: Score
  red: Score
}

const kinds = {
  point: {
    label: 'Point',
    side: 'required',
    player: true,
    scoring: true,
    data: { how: { type: 'choice', options: ['winner', 'ace'], labels: { winner: 'Winner', ace: 'Ace' }, label: 'How', optional: true } },
  },
  error: {
    label: 'Error',
    side: 'required',
    player: true,
    playerSide: 'other',
    scoring: true,
    data: {
      how: {
        type: 'choice',
        options: ['out', 'net', 'serve', 'fault'],
        labels: { out: 'Out', net: 'Net', serve: 'Serve', fault: 'Fault' },
        label: 'Which',
        optional: true,
      },
    },
  },
  ...gameKinds,
  server: SERVER_TO,
  let: { label: 'Let', side: 'none' },
  challenge: { label: 'Challenge', side: 'required', data: { won: { type: 'flag', label: 'Successful', optional: true } } },
  yellowCard: { label: 'Yellow card', side: 'required', player: true },
  redCard: { label: 'Red card', side: 'required', player: true, playerSide: 'other', scoring: true },
} as const satisfies Readonly<Record<string, Kind>>

const book: Book<State, Rules> = {
  unit: 'game',
  kinds,
  initial: () => ({ ...RALLY_STATE, yellow: LEVEL, red: LEVEL }),
  fresh: () => ({}),
  // 7.6: the winner of a game serves first in the next.
  next: ({ winner }) => winner,
  // 11.4: the two of a side change courts when it wins a point as it serves, and at no other time. Their order begins on the right.
  rally: (state, side) => ({
    state: { ...state, server: side, pairs: state.server === side ? swap(state.pairs, side) : state.pairs },
    scores: true,
  }),
  // 11.1: the service goes from the court of the server's score to the one opposite, which has the same name.
  turns(state) {
    const court = state.server && courtOf(state, state.server) === 'left' ? 1 : 0
    return { server: court, receiver: court }
  },
  // 16.7: misconduct after a warning is a fault, and so a point.
  worth: (_, { kind }) => (kind === 'point' || kind === 'error' || kind === 'redCard' ? 1 : 0),
  ofMatch: ['yellowCard', 'redCard'],
  note(state, { kind }, side) {
    if (side && kind === 'yellowCard') return { state: { ...state, yellow: plus(state.yellow, side) } }
    if (side && kind === 'redCard') return { state: { ...state, red: plus(state.red, other(side)) } }
    return { state }
  },
  // 8.1: after each game, and in the last when a side reaches half of it.
  ends(state, rules) {
    if (currentSet(state).winner) return true
    return isFinalSet(state, rules) && rules.bestOf > 1 && hasJustReached(state, rules.endsAt)
  },
  pause: (state, rules) => (hasJustReached(state, rules.intervalAt) ? 'Interval' : null),
  detail: (state, rules) => {
    const server = core.serverNow(state, rules)
    return { court: server ? courtOf(state, server) : null, cards: { yellow: state.yellow, red: state.red } }
  },
}

/** 10.1 and 11.1: from the right when the server's score is even, from the left when it is odd. */
function courtOf(state: State, server: Side): 'right' | 'left' {
  const set = currentSet(state)
  return set.winner || set[server] % 2 === 0 ? 'right' : 'left'
}
const core = rally(book)

const WAYS: readonly Way[] = [
  { key: 'winner', label: 'WIN', name: 'Winners', kind: 'point', how: 'winner' },
  { key: 'ace', label: 'ACE', name: 'Aces', kind: 'point', how: 'ace' },
  { key: 'serviceError', label: 'SE', name: 'Service faults', kind: 'error', how: 'serve', isError: true },
  { key: 'error', label: 'ERR', name: 'Other errors', kind: 'error', isError: true },
]

const TO_21: Rules = {
  bestOf: 3,
  playAll: false,
  pointsPerSet: 21,
  finalPoints: 21,
  winBy: 2,
  cap: 30,
  finalCap: 30,
  timeouts: 0,
  timeoutSeconds: 60,
  forfeitScore: 0,
  intervalAt: 11,
  endsAt: 11,
}
const TO_15: Partial<Rules> = { pointsPerSet: 15, finalPoints: 15, cap: 21, finalCap: 21, intervalAt: 8, endsAt: 8 }
const TO_11: Partial<Rules> = { pointsPerSet: 11, finalPoints: 11, cap: 15, finalCap: 15, intervalAt: 0, endsAt: 6 }

const PACKS: readonly RulePack<Rules>[] = [
  {
    id: 'bwf',
    name: 'Best of three to 15',
    version: '2027',
    from: '2027-01-04',
    isDefault: true,
    source: 'BWF annual general meeting of 25 April 2026: best of three to 15, setting up to 21, in force from 4 January 2027',
    values: { ...TO_21, ...TO_15 },
  },
  {
    id: 'bwf',
    name: 'Best of three to 21',
    version: '2006',
    from: '2006-08-01',
    isDefault: true,
    source: 'BWF Laws of Badminton 7, 8.1 and 16.2: 21 points by two, 30 at most; interval at 11',
    values: TO_21,
  },
  {
    id: 'to-21',
    name: 'Best of three to 21, also after 2026',
    version: '1',
    from: '2006-08-01',
    source: 'BWF Laws of Badminton 7, 8.1 and 16.2 until 3 January 2027',
    values: TO_21,
  },
  {
    id: 'to-15',
    name: 'Best of three to 15, also before 2027',
    version: '1',
    from: '2006-08-01',
    source: 'BWF Laws of Badminton, alternative scoring: best of three to 15, setting up to 21',
    values: { ...TO_21, ...TO_15 },
  },
  {
    id: '5x11',
    name: 'Best of five to 11',
    version: '1',
    from: '2014-08-01',
    source: 'BWF Laws of Badminton, alternative scoring: best of five to 11, setting up to 15',
    values: { ...TO_21, ...TO_11, bestOf: 5 },
  },
  {
    id: 'one-game',
    name: 'One game to 21',
    version: '1',
    from: '2006-08-01',
    source: 'BWF Laws of Badminton 7.1: one game, where so arranged',
    values: { ...TO_21, bestOf: 1 },
  },
]

const actions: readonly Action[] = [
  {
    id: 'point',
    kind: 'point',
    label: 'Point',
    size: 3,
    key: { home: 's', away: 'k' },
    depth: 'score',
    ask: ['how'],
    insteadOf: ['error'],
  },
  {
    id: 'winner',
    kind: 'point',
    label: 'Winner',
    size: 2,
    key: { home: 'd', away: 'l' },
    data: { how: 'winner' },
    depth: 'full',
    insteadOf: ['point'],
  },
  {
    id: 'ace',
    kind: 'point',
    label: 'Ace',
    size: 1,
    key: { home: 'a', away: 'j' },
    data: { how: 'ace' },
    depth: 'full',
    insteadOf: ['point'],
  },
  {
    id: 'error',
    kind: 'error',
    label: 'Error',
    hint: 'to the other',
    size: 2,
    key: { home: 'f', away: 'h' },
    creditsOther: true,
    ask: ['how'],
    depth: 'full',
    insteadOf: ['point'],
  },
  ...asksReceiver(rallyActions('game')),
  { id: 'let', kind: 'let', label: 'Let', size: 1, key: { home: 'g', away: 'g' }, depth: 'full' },
  { id: 'challenge', kind: 'challenge', label: 'Challenge', size: 1, key: { home: 'v', away: 'b' }, ask: ['won'], depth: 'full' },
  {
    id: 'yellowCard',
    kind: 'yellowCard',
    label: 'Yellow',
    hint: 'warning',
    size: 1,
    key: { home: 't', away: 'y' },
    insteadOf: ['redCard'],
  },
  {
    id: 'redCard',
    kind: 'redCard',
    label: 'Red',
    hint: 'fault, point',
    size: 1,
    key: { home: 'r', away: 'u' },
    creditsOther: true,
    insteadOf: ['yellowCard'],
  },
]

export const sport = defineSport<State, Rules>({
  id: 'badminton',
  name: 'Badminton',
  version: 2,
  labels: {
    game: 'Match',
    period: 'Game',
    periods: 'Games',
    unit: 'game',
    units: 'games',
    byPeriod: 'By game',
    player: 'Player',
    inColumns: 'points',
    endings: { disqualified: { second: 'black card' } },
    mark: 'serving',
    // BWF General Competition Regulations, group play: matches won, then games, then points.
    tablePoints: { win: 1, draw: 0, loss: 0 },
    tieBreakers: ['difference', 'column-difference', 'head-to-head'],
  },
  endsItself: true,
  timed: null,
  packs: PACKS,
  ruleFields: {
    ...rallyFields('game'),
    intervalAt: { type: 'int', min: 0, max: 50, label: 'Points at which the interval comes (0: none)' },
    endsAt: { type: 'int', min: 0, max: 50, label: 'Points at which ends change in the last game (0: never)' },
  },
  kinds,
  ...core,
  chart: 'lead',
  showColumns: true,
  actions: () => actions,
  isAsked: isRallyAsked,
  box: (plays, rules) => rallyBox(plays, rules, { ways: WAYS, ...core }),
  describe: (play, context) => {
    if (play.kind !== 'challenge' || play.data?.won === undefined) return describeRally(play, context)
    return { key: play.data.won ? 'challenge.won' : 'challenge.lost' }
  },
  words: {
    point: 'Point {side}',
    'point.by': 'Point {side}, {player}',
    'point.winner': 'Winner by {side}',
    'point.winner.by': 'Winner by {player}',
    'point.ace': 'Service winner by {side}',
    'point.ace.by': 'Service winner by {player}',
    'point.ace.server': 'Service winner by {server}',
    error: 'Error, point {side}',
    'error.by': 'Error by {player}, point {side}',
    'error.out': 'Out, point {side}',
    'error.out.by': '{player} hits out, point {side}',
    'error.net': 'Into the net, point {side}',
    'error.net.by': '{player} into the net, point {side}',
    'error.serve': 'Service fault, point {side}',
    'error.serve.by': 'Service fault by {player}, point {side}',
    'error.serve.server': 'Service fault by {server}, point {side}',
    'error.fault': 'Fault, point {side}',
    'error.fault.by': 'Fault by {player}, point {side}',
    ...rallyWords('Game'),
    ...SERVER_TO_WORDS,
    let: 'Let, the rally is played again',
    challenge: 'Challenge by {side}',
    'challenge.won': 'Challenge by {side} is successful',
    'challenge.lost': 'Challenge by {side} fails',
    yellowCard: 'Yellow card, warning {side}',
    'yellowCard.by': 'Yellow card, warning {player}',
    redCard: 'Red card, fault: point {side}',
    'redCard.by': 'Red card {player}, point {side}',
  },
  warnings: rallyWarnings('game'),
  glance: game => {
    if (game.status !== 'live' && game.status !== 'suspended') return {}
    const { court } = game.detail
    return rallyGlance(game, 'game', court === null ? undefined : court === 'right' ? 'Right court' : 'Left court')
  },
})
