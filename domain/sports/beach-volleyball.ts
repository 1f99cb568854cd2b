import type { Score } from '../game.ts'
import { type Book, currentSet, isFinalSet, played, RALLY_STATE, type RallyRules, type RallyState, rally } from '../parts/rally.ts'
import { rallyBox, type Way } from '../parts/rally-box.ts'
import { toTurn } from '../parts/rally-pairs.ts'
import {
  describeRally,
  isRallyAsked,
  RALLY_KINDS,
  rallyActions,
  rallyFields,
  rallyGlance,
  rallyWarnings,
  rallyWords,
  TIMEOUT,
} from '../parts/rally-plays.ts'
import { LEVEL, plus } from '../parts/timed.ts'
import { other, type Side } from '../play.ts'
import { type Action, defineSport, type Kind, type RulePack } from '../sport.ts'

/**
 * Beach volleyball: pairs, every rally a point. Rule numbers are those of the FIVB Official Beach Volleyball Rules 2021–2024.
 *
 * `detail`: what `RallyDetail` says, and `{serverNumber: {home, away}, cards: {yellow: {home, away}, red: {home, away}}}`. `serverNumber` is
 * which of a pair serves next, or served last, 1 or 2 in the order in which they began the set; `pause` asks for the technical time-out.
 */
interface Rules extends RallyRules {
  /** Ends change whenever the points of both add up to a multiple of it, in the last set of the other (18.2.1); 0 never. */
  endsEvery: number
  finalEndsEvery: number
  /** The sum of points at which there is a technical time-out, but for the last set (15.4.1); 0 never. */
  technicalAt: number
}

interface State extends RallyState {
  /** How often each pair has come to serve in this set: its players take turns (7.6). */
  turns: Score
  yellow: Score
  red: Score
}

const kinds = {
  point: {
    label: 'Point',
    side: 'required',
    player: true,
    scoring: true,
    data: {
      how: {
        type: 'choice',
        options: ['attack', 'block', 'ace'],
        labels: { attack: 'Attack', block: 'Block', ace: 'Ace' },
        label: 'How',
        optional: true,
      },
    },
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
        options: ['serve', 'attack', 'reception', 'net', 'order'],
        labels: { serve: 'Serve', attack: 'Attack', reception: 'Reception', net: 'Net', order: 'Service order' },
        label: 'Which',
        optional: true,
      },
    },
  },
  ...RALLY_KINDS,
  server: {
    ...RALLY_KINDS.server,
    data: { number: { type: 'int', min: 1, max: 2, label: 'Which of the pair', optional: true } },
  },
  challenge: { label: 'Challenge', side: 'required', data: { won: { type: 'flag', label: 'Successful', optional: true } } },
  yellowCard: { label: 'Yellow card', side: 'required', player: true },
  redCard: { label: 'Red card', side: 'required', player: true, playerSide: 'other', scoring: true },
} as const satisfies Readonly<Record<string, Kind>>

const isMultiple = (points: number, every: number) => every > 0 && points > 0 && points % every === 0

const book: Book<State, Rules> = {
  unit: 'set',
  kinds,
  initial: () => ({ ...RALLY_STATE, turns: LEVEL, yellow: LEVEL, red: LEVEL }),
  fresh: ({ first }) => ({ turns: begun(first), timeouts: LEVEL }),
  // 7.1: the pair that lost the toss chooses in the second set, and the last one is tossed for.
  next: () => null,
  // 20.3: a red card is a point and the service for the other pair.
  worth: (_, { kind }) => (kind === 'point' || kind === 'error' || kind === 'redCard' ? 1 : 0),
  rally(state, side) {
    return { state: { ...state, server: side, turns: state.server === side ? state.turns : plus(state.turns, side) }, scores: true }
  },
  turns: state => ({ server: state.server ? toTurn(numberOf(state.turns[state.server]) - 1) : 0 }),
  ofMatch: ['yellowCard', 'redCard'],
  note(state, { kind, data = {} }, side) {
    if (!side) return { state }
    if (kind === 'server') {
      if (currentSet(state).winner) return { state }
      const turns = played(state) === 0 ? begun(side) : state.turns
      const said = typeof data.number === 'number' ? data.number : Math.max(1, turns[side])
      return { state: { ...state, turns: { ...turns, [side]: said } } }
    }
    if (kind === 'yellowCard') return { state: { ...state, yellow: plus(state.yellow, side) } }
    if (kind === 'redCard') return { state: { ...state, red: plus(state.red, other(side)) } }
    return { state }
  },
  ends(state, rules) {
    const every = isFinalSet(state, rules) && rules.bestOf > 1 ? rules.finalEndsEvery : rules.endsEvery
    return !currentSet(state).winner && state.last !== null && isMultiple(played(state), every)
  },
  pause(state, rules) {
    const isOpen = !currentSet(state).winner && !(isFinalSet(state, rules) && rules.bestOf > 1)
    return isOpen && state.last !== null && rules.technicalAt > 0 && played(state) === rules.technicalAt ? 'Technical time-out' : null
  },
  detail: state => ({
    serverNumber: { home: numberOf(state.turns.home), away: numberOf(state.turns.away) },
    cards: { yellow: state.yellow, red: state.red },
  }),
}
const begun = (first: Side | null): Score => (first ? plus(LEVEL, first) : LEVEL)
const numberOf = (turns: number) => (turns > 0 && turns % 2 === 0 ? 2 : 1)
const core = rally(book)

const WAYS: readonly Way[] = [
  { key: 'attack', label: 'ATT', name: 'Attacks', kind: 'point', how: 'attack' },
  { key: 'block', label: 'BLK', name: 'Blocks', kind: 'point', how: 'block' },
  { key: 'ace', label: 'ACE', name: 'Aces', kind: 'point', how: 'ace' },
  { key: 'serviceError', label: 'SE', name: 'Service errors', kind: 'error', how: 'serve', isError: true },
  { key: 'error', label: 'ERR', name: 'Other errors', kind: 'error', isError: true },
]

const FIVB: Rules = {
  bestOf: 3,
  playAll: false,
  pointsPerSet: 21,
  finalPoints: 15,
  winBy: 2,
  cap: 0,
  finalCap: 0,
  timeouts: 1,
  timeoutSeconds: 30,
  forfeitScore: 2,
  endsEvery: 7,
  finalEndsEvery: 5,
  technicalAt: 21,
}
const pack = (id: string, name: string, source: string, change: Partial<Rules>): RulePack<Rules> => ({
  id,
  name,
  version: '1',
  from: '2002-01-01',
  source,
  values: { ...FIVB, ...change },
})
const PACKS: readonly RulePack<Rules>[] = [
  { ...pack('fivb', 'Best of three, 21/21/15', 'FIVB Official Beach Volleyball Rules: 6.1–6.3, 15.1, 15.4, 18.2', {}), isDefault: true },
  pack('league', 'Without technical time-outs', 'FIVB Official Beach Volleyball Rules, 15.4: technical time-outs are for FIVB events', {
    technicalAt: 0,
  }),
  pack('short', 'Short sets, 15/15/11', 'Tournament practice: two winning sets to 15, the third to 11; ends every five points', {
    pointsPerSet: 15,
    finalPoints: 11,
    endsEvery: 5,
    technicalAt: 0,
  }),
  pack('one-set', 'One set to 21', 'Tournament practice: one set to 21', {
    bestOf: 1,
    finalPoints: 21,
    technicalAt: 0,
    forfeitScore: 1,
  }),
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
    id: 'attack',
    kind: 'point',
    label: 'Attack',
    size: 2,
    key: { home: 'd', away: 'l' },
    data: { how: 'attack' },
    depth: 'full',
    insteadOf: ['block'],
  },
  {
    id: 'block',
    kind: 'point',
    label: 'Block',
    size: 2,
    key: { home: 'f', away: 'h' },
    data: { how: 'block' },
    depth: 'full',
    insteadOf: ['attack'],
  },
  {
    id: 'ace',
    kind: 'point',
    label: 'Ace',
    size: 2,
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
    key: { home: 'g', away: ';' },
    creditsOther: true,
    ask: ['how'],
    depth: 'full',
    insteadOf: ['point'],
  },
  TIMEOUT,
  ...rallyActions('set'),
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
    hint: 'point, serve',
    size: 1,
    key: { home: 'r', away: 'u' },
    creditsOther: true,
    insteadOf: ['yellowCard'],
  },
]

export const sport = defineSport<State, Rules>({
  id: 'beach_volleyball',
  name: 'Beach volleyball',
  version: 2,
  labels: {
    game: 'Match',
    period: 'Set',
    periods: 'Sets',
    unit: 'set',
    units: 'sets',
    byPeriod: 'By set',
    player: 'Player',
    inColumns: 'points',
    mark: 'serving',
    // FIVB tournament regulations, pool play: two points, one for a match lost, none for one forfeited.
    tablePoints: { win: 2, draw: 1, loss: 1, forfeitLoss: 0 },
    tieBreakers: ['head-to-head-column-ratio', 'column-ratio'],
  },
  endsItself: true,
  timed: null,
  packs: PACKS,
  ruleFields: {
    ...rallyFields('set'),
    endsEvery: { type: 'int', min: 0, max: 50, label: 'Ends change every so many points (0: never)' },
    finalEndsEvery: { type: 'int', min: 0, max: 50, label: 'The same in the last set (0: never)' },
    technicalAt: { type: 'int', min: 0, max: 99, label: 'Technical time-out when the points add up to (0: none)' },
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
    'point.attack': 'Attack point {side}',
    'point.attack.by': '{player} puts it away',
    'point.block': 'Block by {side}',
    'point.block.by': 'Block by {player}',
    'point.ace': 'Ace by {side}',
    'point.ace.by': 'Ace by {player}',
    'point.ace.server': 'Ace by {server}',
    error: 'Error, point {side}',
    'error.by': 'Error by {player}, point {side}',
    'error.serve': 'Service error, point {side}',
    'error.serve.by': 'Service error by {player}, point {side}',
    'error.serve.server': 'Service error by {server}, point {side}',
    'error.attack': 'Attack error, point {side}',
    'error.attack.by': 'Attack error by {player}, point {side}',
    'error.reception': 'Reception error, point {side}',
    'error.reception.by': 'Reception error by {player}, point {side}',
    'error.net': 'Net touched, point {side}',
    'error.net.by': '{player} touches the net, point {side}',
    'error.order': 'Wrong server, point {side}',
    'error.order.by': '{player} served out of turn, point {side}',
    ...rallyWords('Set'),
    challenge: 'Challenge by {side}',
    'challenge.won': 'Challenge by {side} is successful',
    'challenge.lost': 'Challenge by {side} fails',
    yellowCard: 'Yellow card, warning {side}',
    'yellowCard.by': 'Yellow card, warning {player}',
    redCard: 'Red card, point {side}',
    'redCard.by': 'Red card {player}, point {side}',
  },
  warnings: rallyWarnings('set'),
  glance: game => (game.status === 'live' || game.status === 'suspended' ? rallyGlance(game, 'set') : {}),
})
