import type { Score } from '../game.ts'
import {
  type Book,
  currentSet,
  hasJustReached,
  isFinalSet,
  RALLY_STATE,
  type RallyDetail,
  type RallyRules,
  type RallyState,
  rally,
} from '../parts/rally.ts'
import { rallyBox, type Way } from '../parts/rally-box.ts'
import {
  describeRally,
  isRallyAsked,
  RALLY_KINDS,
  rallyActions,
  rallyFields,
  rallyGlance,
  rallyWarnings,
  rallyWords,
  setsOutcome,
  TIMEOUT,
  takenBadge,
} from '../parts/rally-plays.ts'
import { LEVEL, plus } from '../parts/timed.ts'
import { other, SIDES, type Side } from '../play.ts'
import { type Action, defineSport, type Kind, type RulePack } from '../sport.ts'

/**
 * Volleyball: whoever wins a rally has a point and serves; points make sets, sets the match. Rule numbers are those of the FIVB Official
 * Volleyball Rules 2021–2024.
 *
 * `detail`: what `RallyDetail` says, and `{rotation: {home, away}, substitutions: {home, away}, substitutionsAllowed, serverId,
 * lineups: {home, away}, cards: {yellow: {home, away}, red: {home, away}}}`. `rotation` is the place in the line-up that serves next, 1 to 6, for the side that
 * receives the one that last did; `serverId` who that is, where the line-up was given, and
 * `lineups` the six of it by place, null where it was not; `pause` asks for the technical time-out.
 */
interface Rules extends RallyRules {
  /** A side's score at which ends change in the last set (18.2.2). */
  endsAt: number
  /** Technical time-outs when a side first has 8 and 16, but for the last set. */
  technical: boolean
  /** Of each side in a set (15.6). */
  substitutions: number
}

interface State extends RallyState {
  /** How often each side has rotated in this set: it does whenever it wins the service (7.6.2). */
  turns: Score
  substitutions: Score
  /** The six of the line-up sheet in order of service, as they stand now. */
  lineups: Readonly<Record<Side, readonly string[] | null>>
  yellow: Score
  red: Score
}

/** What is shown of a match beside the rest. */
interface Shown extends RallyDetail {
  substitutions: Score
  substitutionsAllowed: number
  serverId: string | null
  rotation: Score
  lineups: State['lineups']
}

const PLACES = 6
const NOBODY = { home: null, away: null }
/** Counted in each set. */
const UNUSED = { substitutions: LEVEL, timeouts: LEVEL }
/** Said anew for each, from the end of the one before: the sheets are handed in between sets (7.3.2). */
const UNSAID = { turns: LEVEL, lineups: NOBODY }

const PLACE_FIELDS = Object.fromEntries(
  [1, 2, 3, 4, 5, 6].map((place, i) => [`p${i + 1}`, { type: 'player', label: `Place ${place}`, optional: true } as const]),
)

const PLACE_KEYS = Object.keys(PLACE_FIELDS)

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
        options: ['serve', 'attack', 'reception', 'net', 'rotation'],
        labels: { serve: 'Serve', attack: 'Attack', reception: 'Reception', net: 'Net', rotation: 'Rotation' },
        label: 'Which',
        optional: true,
      },
    },
  },
  ...RALLY_KINDS,
  server: {
    ...RALLY_KINDS.server,
    data: { rotation: { type: 'int', min: 1, max: PLACES, label: 'Place in the line-up', optional: true } },
  },
  lineup: { label: 'Line-up', side: 'required', data: PLACE_FIELDS },
  substitution: { label: 'Substitution', side: 'required', player: true, data: { out: { type: 'player', label: 'For', optional: true } } },
  libero: { label: 'Libero', side: 'required', player: true, data: { out: { type: 'player', label: 'For', optional: true } } },
  challenge: {
    label: 'Challenge',
    side: 'required',
    data: { won: { type: 'flag', label: 'Successful', optional: true } },
  },
  yellowCard: { label: 'Yellow card', side: 'required', player: true },
  redCard: { label: 'Red card', side: 'required', player: true, playerSide: 'other', scoring: true },
  expulsion: { label: 'Expulsion', side: 'required', player: true },
  disqualification: { label: 'Disqualification', side: 'required', player: true },
} as const satisfies Readonly<Record<string, Kind>>

const placeOf = (turns: number) => turns % PLACES

const book: Book<State, Rules> = {
  unit: 'set',
  kinds,
  initial: () => ({ ...RALLY_STATE, ...UNUSED, ...UNSAID, yellow: LEVEL, red: LEVEL }),
  fresh: () => UNUSED,
  ended: () => UNSAID,
  // 12.2: the side that did not begin the last set begins this one; the deciding set is tossed for again (7.1).
  next: ({ first, number }, { bestOf }) => (first && number + 1 < bestOf ? other(first) : null),
  // 21.3.1: a red card is a point and the service for the other side.
  worth: (_, { kind }) => (kind === 'point' || kind === 'error' || kind === 'redCard' ? 1 : 0),
  rally(state, side) {
    const isWonBack = state.server !== null && state.server !== side
    return { state: { ...state, server: side, turns: isWonBack ? plus(state.turns, side) : state.turns }, scores: true }
  },
  serverId: ({ lineups, turns }, side) => lineups[side]?.[placeOf(turns[side])] || undefined,
  ofMatch: ['yellowCard', 'redCard'],
  note(state, { kind, playerId, data = {} }, side, rules) {
    if (!side) return { state }
    switch (kind) {
      case 'server': {
        const { rotation } = data
        return { state: typeof rotation === 'number' ? { ...state, turns: { ...state.turns, [side]: rotation - 1 } } : state }
      }
      case 'lineup': {
        const lineup = PLACE_KEYS.map(place => String(data[place] ?? ''))
        return { state: { ...state, lineups: { ...state.lineups, [side]: lineup } } }
      }
      case 'substitution': {
        const substitutions = plus(state.substitutions, side)
        const lineups = { ...state.lineups, [side]: replaced(state.lineups[side], String(data.out), playerId) }
        const isOver = substitutions[side] > rules.substitutions
        return { state: { ...state, substitutions, lineups }, ...(isOver ? { warnings: ['no-substitution-left'] } : {}) }
      }
      case 'yellowCard': {
        const yellow = plus(state.yellow, side)
        return { state: { ...state, yellow }, ...(yellow[side] > 1 ? { warnings: ['warned-before'] } : {}) }
      }
      case 'redCard':
        return { state: { ...state, red: plus(state.red, other(side)) } }
    }
    return { state }
  },
  // 18.2: after each set but the one before the deciding one, for which there is a toss; and in that when a side has eight.
  ends(state, rules) {
    if (currentSet(state).winner) return state.sets.length + 1 < rules.bestOf
    return isFinalSet(state, rules) && rules.bestOf > 1 && hasJustReached(state, rules.endsAt)
  },
  pause: (state, rules) => {
    const isDue = rules.technical && !isFinalSet(state, rules) && [8, 16].some(points => hasJustReached(state, points))
    return isDue ? 'Technical time-out' : null
  },
  detail: (state, rules) => ({
    rotation: { home: placeOf(state.turns.home) + 1, away: placeOf(state.turns.away) + 1 },
    substitutions: state.substitutions,
    substitutionsAllowed: rules.substitutions,
    serverId: core.serverId(state, rules) ?? null,
    lineups: state.lineups,
    cards: { yellow: state.yellow, red: state.red },
  }),
}

function replaced(lineup: readonly string[] | null, out: string, playerId: string | undefined) {
  return lineup && playerId !== undefined ? lineup.map(id => (id === out ? playerId : id)) : lineup
}

const core = rally(book)

const WAYS: readonly Way[] = [
  { key: 'attack', label: 'ATT', name: 'Attacks', kind: 'point', how: 'attack' },
  { key: 'block', label: 'BLK', name: 'Blocks', kind: 'point', how: 'block' },
  { key: 'ace', label: 'ACE', name: 'Aces', kind: 'point', how: 'ace' },
  { key: 'serviceError', label: 'SE', name: 'Service errors', kind: 'error', how: 'serve', isError: true },
  { key: 'error', label: 'ERR', name: 'Other errors', kind: 'error', isError: true },
]

const FIVB: Rules = {
  bestOf: 5,
  playAll: false,
  pointsPerSet: 25,
  finalPoints: 15,
  winBy: 2,
  cap: 0,
  finalCap: 0,
  timeouts: 2,
  timeoutSeconds: 30,
  forfeitScore: 3,
  endsAt: 8,
  technical: false,
  substitutions: 6,
}
const pack = (id: string, name: string, from: string, source: string, change: Partial<Rules>): RulePack<Rules> => ({
  id,
  name,
  version: '1',
  from,
  source,
  values: { ...FIVB, ...change },
})
const SHORT: Partial<Rules> = { bestOf: 3, forfeitScore: 2 }

const PACKS: readonly RulePack<Rules>[] = [
  {
    ...pack('fivb', 'Indoor, best of five', '1999-01-01', 'FIVB Official Volleyball Rules: 6.1–6.4, 15.1, 15.6, 18.2', {}),
    isDefault: true,
  },
  pack('fivb-technical', 'With technical time-outs', '1999-01-01', 'FIVB rules until 2016, 15.4.1: technical time-outs at 8 and 16', {
    technical: true,
  }),
  pack('ncaa', 'US college', '2008-08-01', 'NCAA Women’s Volleyball Rules: best of five to 25, fifth to 15; 15 substitutions a set', {
    substitutions: 15,
  }),
  pack('nfhs', 'US high school', '2003-08-01', 'NFHS Volleyball Rules Book: best of five to 25, fifth to 15; 18 substitutions a set', {
    substitutions: 18,
  }),
  pack(
    'best-of-three',
    'Best of three, 25/25/15',
    '1999-01-01',
    'FIVB rules 6.1–6.3 over two winning sets; youth and tournament play',
    SHORT,
  ),
  pack('youth-usav', 'Youth, best of three, twelve substitutions', '1999-01-01', 'USA Volleyball Domestic Competition Regulations', {
    ...SHORT,
    substitutions: 12,
  }),
  pack('youth-15', 'Youth, best of three to 15', '1999-01-01', 'Youth leagues: two winning sets to 15', {
    ...SHORT,
    pointsPerSet: 15,
  }),
  pack('two-sets', 'Two sets, both played', '1999-01-01', 'Tournament practice: two sets to 25, each counts', {
    bestOf: 2,
    playAll: true,
    finalPoints: 25,
    forfeitScore: 2,
  }),
  pack('timed-set', 'One set', '1999-01-01', 'Tournament practice: one set to 25', { bestOf: 1, finalPoints: 25, forfeitScore: 1 }),
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
  {
    id: 'substitution',
    kind: 'substitution',
    label: 'Sub',
    size: 1,
    key: { home: 'w', away: 'o' },
    ask: ['out'],
  },
  ...rallyActions('set'),
  { id: 'libero', kind: 'libero', label: 'Libero', size: 1, key: { home: 'c', away: 'm' }, ask: ['out'], depth: 'full' },
  { id: 'lineup', kind: 'lineup', label: 'Line-up', size: 1, key: { home: 'z', away: '.' }, ask: PLACE_KEYS, depth: 'full' },
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
  id: 'volleyball',
  name: 'Volleyball',
  version: 2,
  labels: {
    game: 'Match',
    period: 'Set',
    periods: 'Sets',
    unit: 'set',
    units: 'sets',
    byPeriod: 'By set',
    inColumns: 'points',
    mark: 'serving',
    // FIVB Sports Regulations: 3–0 and 3–1 bring three points, 3–2 two, and one to the loser.
    tablePoints: { win: 3, draw: 1, loss: 0, deciderWin: 2, deciderLoss: 1, forfeitLoss: 0 },
    tieBreakers: ['wins', 'ratio', 'column-ratio', 'head-to-head'],
  },
  endsItself: true,
  timed: null,
  packs: PACKS,
  ruleFields: {
    ...rallyFields('set'),
    endsAt: { type: 'int', min: 0, max: 50, label: 'Points at which ends change in the last set (0: never)' },
    technical: { type: 'flag', label: 'Technical time-outs at 8 and 16' },
    substitutions: { type: 'int', min: 0, max: 99, label: 'Substitutions a set' },
  },
  kinds,
  ...core,
  chart: 'lead',
  showColumns: true,
  actions: () => actions,
  isAsked(question, play, was, now) {
    const { serverId, lineups } = now as unknown as Shown
    if (play.kind === 'server' && question === 'player') return serverId === null
    if (play.kind !== 'substitution' || !play.side) return isRallyAsked(question, play, was, now)
    // Who is on court goes off, and somebody else comes on.
    const [who, id = ''] = question.split('.')
    const lineup = (was as unknown as Shown).lineups[play.side] ?? lineups[play.side]
    return !id || !lineup || lineup.includes(id) === (who === 'out')
  },
  outcome: setsOutcome,
  box: (plays, rules) => rallyBox(plays, rules, { ways: WAYS, ...core }),
  describe: (play, context) => {
    const { key, values } = describeRally(play, context)
    if (play.kind === 'challenge') return { key: play.data?.won === undefined ? key : play.data.won ? 'challenge.won' : 'challenge.lost' }
    const isFor = (play.kind === 'substitution' || play.kind === 'libero') && play.data?.out !== undefined
    return { key: isFor ? `${key}.for` : key, ...(values ? { values } : {}) }
  },
  words: {
    point: 'Point {side}',
    'point.by': 'Point {side}, {player}',
    'point.attack': 'Kill by {side}',
    'point.attack.by': 'Kill by {player}',
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
    'error.rotation': 'Wrong rotation, point {side}',
    'error.rotation.by': 'Wrong rotation by {player}, point {side}',
    ...rallyWords('Set'),
    lineup: 'Line-up of {side}',
    substitution: 'Substitution, {side}',
    'substitution.by': '{player} comes on for {side}',
    'substitution.for': 'Substitution, {side}: {out} goes off',
    'substitution.for.by': '{player} comes on for {out}',
    libero: 'Libero of {side} comes on',
    'libero.by': 'Libero {player} comes on',
    'libero.for': 'Libero of {side} for {out}',
    'libero.for.by': 'Libero {player} for {out}',
    challenge: 'Challenge by {side}',
    'challenge.won': 'Challenge by {side} is successful',
    'challenge.lost': 'Challenge by {side} fails',
    yellowCard: 'Yellow card, warning {side}',
    'yellowCard.by': 'Yellow card, warning {player}',
    redCard: 'Red card, point {side}',
    'redCard.by': 'Red card {player}, point {side}',
    expulsion: 'A player of {side} is expelled for the set',
    'expulsion.by': '{player} is expelled for the set',
    disqualification: 'A player of {side} is disqualified',
    'disqualification.by': '{player} is disqualified',
  },
  warnings: {
    ...rallyWarnings('set'),
    'no-substitution-left': 'That side has no substitution left in this set.',
    'warned-before': 'That side was warned before: further misconduct is a red card.',
  },
  glance: game => {
    if (game.status !== 'live' && game.status !== 'suspended') return {}
    const { substitutions, substitutionsAllowed, server, serverId, rotation } = game.detail as unknown as Shown
    const detail = { ...game.detail, serving: serverId ? { id: serverId } : null }
    const glance = rallyGlance({ ...game, detail }, 'set', server && serverId ? `Rotation ${rotation[server]}` : undefined)
    const taken = SIDES.flatMap(side => takenBadge(side, 'S', 'Substitutions', substitutions[side], substitutionsAllowed))
    return { ...glance, badges: [...glance.badges, ...taken] }
  },
})
