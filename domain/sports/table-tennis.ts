import type { Score } from '../game.ts'
import {
  type Book,
  currentSet,
  hasJustReached,
  isFinalSet,
  played,
  RALLY_STATE,
  type RallyDetail,
  type RallyRules,
  type RallyState,
  rally,
} from '../parts/rally.ts'
import { rallyBox, type Way } from '../parts/rally-box.ts'
import { swap, type Turn, toTurn } from '../parts/rally-pairs.ts'
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
  TIMEOUT,
} from '../parts/rally-plays.ts'
import { LEVEL, plus } from '../parts/timed.ts'
import { other, type Side } from '../play.ts'
import { type Action, defineSport, type Kind, type RulePack } from '../sport.ts'

/**
 * Table tennis: games to 11 by two, two services each. Rule numbers are those of the ITTF Handbook, chapter 2 (Laws) and 3 (Regulations).
 *
 * `detail`: what `RallyDetail` says, and `{expedite, cards: {yellow: {home, away}, red: {home, away}}}`: whether the expedite system is on, and
 * who was warned and penalised.
 */
interface Rules extends RallyRules {
  /** Services in a row, until one each from the last point but one (2.13.3). */
  serves: number
  /** The score of one side at which ends change in the last game (2.13.7). */
  endsAt: number
}

interface State extends RallyState {
  expedite: boolean
  /** Under expedite: how far the services of this game are ahead of its points in the order of four, since it began in the middle. */
  shift: number
  /** Of the game before: who began to serve, and with which of each pair. */
  before: { first: Side; turns: Record<Side, Turn> } | null
  /** Warnings. */
  yellow: Score
  /** Penalties after a warning, by the side they were against. */
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
        options: ['winner', 'ace', 'returns'],
        labels: { winner: 'Winner', ace: 'Ace', returns: '13 returns' },
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
        options: ['serve', 'return', 'rally'],
        labels: { serve: 'Serve', return: 'Return', rally: 'Rally' },
        label: 'Which',
        optional: true,
      },
    },
  },
  ...gameKinds,
  server: SERVER_TO,
  let: { label: 'Let', side: 'none' },
  expedite: {
    label: 'Expedite system',
    side: 'none',
    data: {
      off: { type: 'flag', label: 'Switched off again', optional: true },
      inRally: { type: 'flag', label: 'A rally was interrupted', optional: true },
    },
  },
  yellowCard: { label: 'Yellow card', side: 'required', player: true },
  redCard: {
    label: 'Penalty points',
    side: 'required',
    player: true,
    playerSide: 'other',
    scoring: true,
    data: { worth: { type: 'int', min: 1, max: 2, label: 'Points', optional: true } },
  },
} as const satisfies Readonly<Record<string, Kind>>

const isEven = (n: number) => n % 2 === 0

/** How often the service has changed in the game: 2.13.3, and 2.15.4 under expedite. */
function changesOf(state: State, rules: Rules): number {
  const { expedite, shift } = state
  const n = played(state)
  const to = isFinalSet(state, rules) && rules.bestOf > 1 ? rules.finalPoints : rules.pointsPerSet
  const level = 2 * (to - 1)
  return expedite ? n + shift : n < level ? Math.floor(n / rules.serves) : Math.floor(level / rules.serves) + n - level
}
function serverNow(state: State, rules: Rules): Side | null {
  if (!state.first) return null
  return isEven(changesOf(state, rules)) ? state.first : other(state.first)
}

/** 2.13.4: whoever received serves next, to the partner of who served before; so all four have their turn. */
function turnsOf(state: State, rules: Rules) {
  const place = changesOf(state, rules) % 4
  return { server: toTurn(place < 2 ? 0 : 1), receiver: toTurn(place === 0 || place === 3 ? 0 : 1) }
}

/** 2.13.6: when a pair first has five in the last possible game, the one that is to receive next changes its order. */
function turnOver(state: State, side: Side, wins: boolean, rules: Rules): State {
  const { home, away } = plus(currentSet(state), side)
  const after: State = { ...state, last: side, sets: [...state.sets.slice(0, -1), { home, away }] }
  const server =
    !wins && isFinalSet(state, rules) && rules.bestOf > 1 && hasJustReached(after, rules.endsAt) ? serverNow(after, rules) : null
  return server ? { ...state, pairs: swap(state.pairs, other(server)) } : state
}

const book: Book<State, Rules> = {
  unit: 'game',
  kinds,
  initial: () => ({ ...RALLY_STATE, expedite: false, shift: 0, before: null, yellow: LEVEL, red: LEVEL }),
  // 2.15.6: once on, it stays on until the end of the match.
  fresh: () => ({ shift: 0 }),
  // 2.13.6: who served first in a game receives first in the next.
  next: ({ first }) => (first ? other(first) : null),
  worth: (state, { kind, side, data = {} }) => {
    if (kind === 'point' || kind === 'error') return 1
    if (kind !== 'redCard' || !side) return 0
    // 3.5.2.3: one point for the second offence of a match, two for the third.
    return typeof data.worth === 'number' ? data.worth : state.red[other(side)] === 0 ? 1 : 2
  },
  rally: (state, side, rules, wins) => ({ state: turnOver(state, side, wins, rules), scores: true }),
  serverNow,
  turns: turnsOf,
  keepsOrder: (state, rules) => !isFinalSet(state, rules),
  ended({ first, pairs }) {
    const { home = null, away = null } = pairs?.first ?? {}
    return { before: first && home !== null && away !== null ? { first, turns: { home, away } } : null }
  },
  // 2.13.5: to the chosen server of a game serves in the game before whoever now receives.
  receiverOf(state, side) {
    const { before, pairs } = state
    if (!currentSet(state).winner && state.first !== side) return null
    const chosen = pairs?.first[side] ?? null
    if (!before || chosen === null) return null
    const isAsBefore = before.turns[side] === chosen
    const facing = before.turns[other(side)]
    return isAsBefore === (before.first !== side) ? facing : toTurn(facing + 1)
  },
  ofMatch: ['yellowCard', 'redCard', 'timeout'],
  note(state, { kind, data = {} }, side, rules) {
    if (kind === 'expedite') {
      const isInRally = data.inRally === true
      return { state: data.off === true ? { ...state, expedite: false, shift: 0 } : startExpedite(state, isInRally, rules) }
    }
    if (side && kind === 'yellowCard') {
      const yellow = plus(state.yellow, side)
      return { state: { ...state, yellow }, ...(yellow[side] > 1 ? { warnings: ['warned-before'] } : {}) }
    }
    if (side && kind === 'redCard') return { state: { ...state, red: plus(state.red, other(side)) } }
    return { state }
  },
  // 2.13.7: after each game, and in the last possible one when a side first has five.
  ends(state, rules) {
    if (currentSet(state).winner) return true
    return isFinalSet(state, rules) && rules.bestOf > 1 && hasJustReached(state, rules.endsAt)
  },
  detail: ({ expedite, yellow, red }) => ({ expedite, cards: { yellow, red } }),
}

/** 2.15.3: who served the rally interrupted serves again; between rallies who received the last one, and at the start who begins anyway. */
function startExpedite(state: State, isInRally: boolean, rules: Rules): State {
  const n = played(state)
  if (state.expedite || n === 0 || !state.first || currentSet(state).winner) return { ...state, expedite: true }
  const { home, away } = currentSet(state)
  const before: State = { ...state, sets: [...state.sets.slice(0, -1), { home: Math.max(0, home - 1), away: home > 0 ? away : away - 1 }] }
  const last = serverNow(before, rules)
  const due = isInRally || !last ? changesOf(state, rules) : changesOf(before, rules) + 1
  return { ...state, expedite: true, shift: (((due - n) % 4) + 4) % 4 }
}

const core = rally(book)

const WAYS: readonly Way[] = [
  { key: 'winner', label: 'WIN', name: 'Winners', kind: 'point', how: 'winner' },
  { key: 'ace', label: 'ACE', name: 'Aces', kind: 'point', how: 'ace' },
  { key: 'serviceError', label: 'SE', name: 'Service errors', kind: 'error', how: 'serve', isError: true },
  { key: 'error', label: 'ERR', name: 'Other errors', kind: 'error', isError: true },
]

const TO_11: Rules = {
  bestOf: 5,
  playAll: false,
  pointsPerSet: 11,
  finalPoints: 11,
  winBy: 2,
  cap: 0,
  finalCap: 0,
  timeouts: 1,
  timeoutSeconds: 60,
  forfeitScore: 0,
  serves: 2,
  endsAt: 5,
}
const LAWS = 'ITTF Handbook 2.11–2.15, 3.4.4.2 (time-outs); eleven points since 1 September 2001'
const pack = (id: string, name: string, bestOf: number): RulePack<Rules> => ({
  id,
  name,
  version: '2001',
  from: '2001-09-01',
  source: LAWS,
  values: { ...TO_11, bestOf },
})
const PACKS: readonly RulePack<Rules>[] = [
  { ...pack('best-of-five', 'Best of five', 5), isDefault: true },
  {
    id: 'best-of-five',
    name: 'Best of five to 21',
    version: '1926',
    from: '1926-12-01',
    isDefault: true,
    source: 'Laws of Table Tennis until 31 August 2001: games to 21, five services each, ends at ten in the last game',
    values: { ...TO_11, pointsPerSet: 21, finalPoints: 21, serves: 5, endsAt: 10 },
  },
  pack('best-of-seven', 'Best of seven', 7),
  pack('best-of-three', 'Best of three', 3),
  {
    ...pack('all-three', 'Three games, all played', 3),
    source: 'League practice: three games to 11, each counts',
    values: { ...TO_11, bestOf: 3, playAll: true },
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
  TIMEOUT,
  ...asksReceiver(rallyActions('game')),
  {
    id: 'expedite',
    kind: 'expedite',
    label: 'Expedite',
    hint: 'after 10 min',
    size: 1,
    key: { home: 'z', away: 'z' },
    ask: ['inRally', 'off'],
  },
  { id: 'let', kind: 'let', label: 'Let', size: 1, key: { home: 'g', away: 'g' }, depth: 'full' },
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
    label: 'Yellow-red',
    hint: '1, then 2',
    size: 1,
    key: { home: 'r', away: 'u' },
    creditsOther: true,
    insteadOf: ['yellowCard'],
  },
]

export const sport = defineSport<State, Rules>({
  id: 'table_tennis',
  name: 'Table tennis',
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
    mark: 'serving',
    // ITTF Handbook 3.7.5.1: two points for a win, one for a loss in a played match, none for one not played.
    tablePoints: { win: 2, draw: 1, loss: 1, forfeitLoss: 0 },
    tieBreakers: ['head-to-head-points', 'head-to-head-ratio', 'head-to-head-column-ratio'],
  },
  endsItself: true,
  timed: null,
  packs: PACKS,
  ruleFields: {
    ...rallyFields('game'),
    serves: { type: 'int', min: 1, max: 10, label: 'Services in a row' },
    endsAt: { type: 'int', min: 0, max: 50, label: 'Points at which ends change in the last game (0: never)' },
  },
  kinds,
  ...core,
  chart: 'lead',
  showColumns: true,
  actions: () => actions,
  isAsked(question, play, was, now) {
    const { points, server, expedite } = was as unknown as RallyDetail & { expedite: boolean }
    switch (question) {
      // 2.15.4: under expedite, and for who received.
      case 'how.returns':
        return expedite && server !== play.side
      case 'off':
        return expedite
      case 'inRally':
        return !expedite && (points.home !== '0' || points.away !== '0')
    }
    return isRallyAsked(question, play, was, now)
  },
  box: (plays, rules) => rallyBox(plays, rules, { ways: WAYS, ...core }),
  describe: (play, context) => {
    if (play.kind === 'expedite' && play.data?.off === true) return { key: 'expedite.off' }
    if (play.kind === 'redCard' && play.data?.worth === 2) return { key: 'redCard.two' }
    return describeRally(play, context)
  },
  words: {
    point: 'Point {side}',
    'point.by': 'Point {side}, {player}',
    'point.winner': 'Winner by {side}',
    'point.winner.by': 'Winner by {player}',
    'point.ace': 'Ace by {side}',
    'point.ace.by': 'Ace by {player}',
    'point.ace.server': 'Ace by {server}',
    'point.returns': 'Thirteen returns, point {side}',
    'point.returns.by': 'Thirteen returns by {player}, point {side}',
    error: 'Error, point {side}',
    'error.by': 'Error by {player}, point {side}',
    'error.serve': 'Service error, point {side}',
    'error.serve.by': 'Service error by {player}, point {side}',
    'error.serve.server': 'Service error by {server}, point {side}',
    'error.return': 'Service not returned, point {side}',
    'error.return.by': '{player} misses the return, point {side}',
    'error.rally': 'Rally error, point {side}',
    'error.rally.by': '{player} misses, point {side}',
    ...rallyWords('Game'),
    ...SERVER_TO_WORDS,
    let: 'Let, the rally is played again',
    expedite: 'Expedite system from now on',
    'expedite.off': 'Expedite system switched off',
    yellowCard: 'Yellow card, warning {side}',
    'yellowCard.by': 'Yellow card, warning {player}',
    redCard: 'Yellow and red card, penalty to {side}',
    'redCard.by': 'Yellow and red card {player}, penalty to {side}',
    'redCard.two': 'Yellow and red card, two penalty points to {side}',
    'redCard.two.by': 'Yellow and red card {player}, two penalty points to {side}',
  },
  warnings: { ...rallyWarnings('game'), 'warned-before': 'That side was warned before: further misbehaviour brings penalty points.' },
  glance: game => {
    const { detail, status } = game
    if (status !== 'live' && status !== 'suspended') return {}
    const glance = rallyGlance(game, 'game')
    // Beside a game point there is no room for it.
    return detail.expedite === true && !glance.middle?.includes(',') ? { ...glance, middle: `${glance.middle}, expedite` } : glance
  },
})
