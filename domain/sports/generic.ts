import type { Fields } from '#domain/fields.ts'
import type { How, Score } from '#domain/game.ts'
import { countBadge } from '#domain/parts/badges.ts'
import { column, count, type Figure, playerTables, teamRow, teamTable } from '#domain/parts/figures.ts'
import { decidedIn, type Stages, stageLabel, timedBy } from '#domain/parts/stages.ts'
import { addPoints, begin, columnsOf, LEVEL, leader, MINUTE, type PeriodScore, plus, total, warned } from '#domain/parts/timed.ts'
import { TIMEOUT_KIND, TIMEOUT_SECONDS } from '#domain/parts/timeout.ts'
import { type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack, refuse, type Timed } from '#domain/sport.ts'

/**
 * Any sport of two sides and points, for what has no file of its own: with or without periods, with or without a clock. Nothing here is
 * of a rule book; whoever sets the game up says what holds.
 */
interface Rules {
  /** 0: the game is played in one go. */
  periods: number
  /** Minutes of a period; 0: no clock. */
  minutes: number
  clock: 'up' | 'down'
  /** What the keys for points are worth; 0: no such key. */
  points1: number
  points2: number
  points3: number
  points4: number
  /** The score played to; 0: none. */
  target: number
  /** Points ahead that it takes. */
  targetLead: number
  targetEnds: boolean
  draws: boolean
  overtimes: number
  overtimeMinutes: number
  /** The first point of an overtime decides. */
  golden: boolean
  /** Time-outs of a side in a game; 0: as many as it likes. */
  timeouts: number
  timeoutSeconds: number
  forfeitScore: number
}

const CARDS = ['yellow', 'red', 'green', 'blue', 'white'] as const
type Card = (typeof CARDS)[number]

interface State {
  current: number
  /** Who had won when the rules ended the game: what is written down after it changes no more than the score. */
  won: { side: Side; how: How } | null
  rows: readonly PeriodScore[]
  fouls: Score
  /** In the period under way. */
  periodFouls: Score
  timeouts: Score
  cards: Readonly<Record<Card, Score>>
}

interface Shown extends Record<string, unknown> {
  fouls: Score
  periodFouls: Score
  /** Taken so far. */
  timeouts: Score
  cards: Readonly<Record<Card, Score>>
  target: number | null
  /** The side that has what it takes, where that does not end the game by itself. */
  reached: Side | null
  hasClock: boolean
}

const plain: Rules = {
  periods: 0,
  minutes: 0,
  clock: 'up',
  points1: 1,
  points2: 0,
  points3: 0,
  points4: 0,
  target: 0,
  targetLead: 1,
  targetEnds: true,
  draws: true,
  overtimes: 0,
  overtimeMinutes: 0,
  golden: false,
  timeouts: 0,
  timeoutSeconds: 60,
  forfeitScore: 0,
}

const pack = (id: string, name: string, values: Partial<Rules>): RulePack<Rules> => ({
  ...{ id, name, version: '1', from: '1900-01-01', values: { ...plain, ...values } },
  ...(id === 'points' ? { isDefault: true } : {}),
  source: 'None: set by whoever organises the game',
})
const packs: readonly RulePack<Rules>[] = [
  pack('points', 'Points, no clock', {}),
  pack('race', 'First to 21', { target: 21, draws: false }),
  pack('halves', 'Two halves, clock up', { periods: 2, minutes: 20 }),
  pack('quarters', 'Four quarters, clock down', {
    ...{ periods: 4, minutes: 10, clock: 'down', points2: 2, points3: 3 },
    ...{ draws: false, overtimes: 5, overtimeMinutes: 5 },
  }),
  pack('periods', 'Three periods, no clock', { periods: 3, draws: false, overtimes: 5, golden: true }),
]

const stagesOf = ({ periods, minutes, clock, overtimes, overtimeMinutes }: Rules): Stages => ({
  direction: clock,
  periods: Math.max(1, periods),
  periodMs: minutes * MINUTE,
  overtimes,
  overtimeParts: 1,
  overtimeMs: overtimeMinutes * MINUTE,
  shootout: false,
  shootoutLabel: '',
  shootoutName: '',
})
const byStages = timedBy(stagesOf)

const timed: Timed<Rules> = {
  ...byStages,
  period(n, rules) {
    const period = byStages.period(n, rules)
    if (!period) return null
    const named = rules.periods === 0 && n === 1 ? { ...period, kind: 'game', label: 'Game', name: 'Game' } : period
    // Without minutes there is nothing to show: no clock at all, rather than one that stands at 0:00.
    const minutes = n > Math.max(1, rules.periods) ? rules.overtimeMinutes : rules.minutes
    return minutes > 0 ? named : { ...named, startMs: 0, lengthMs: 0, clockless: true }
  },
}

const label = (n: number, rules: Rules) => (rules.periods === 0 && n === 1 ? 'Game' : stageLabel(n, stagesOf(rules)))

const text: Fields = { text: { type: 'text', max: 120, label: 'What', optional: true } }
const kinds: Readonly<Record<string, Kind>> = {
  point: { label: 'Points', side: 'required', player: true, scoring: true, points: { min: 1, max: 99 } },
  setScore: { label: 'Score as it stands', side: 'none', scoring: true, data: { score: { type: 'score', max: 999, label: 'Score' } } },
  foul: { label: 'Foul', side: 'required', player: true, data: text },
  timeout: TIMEOUT_KIND,
  card: {
    label: 'Card',
    side: 'required',
    player: true,
    data: {
      colour: {
        type: 'choice',
        options: CARDS,
        labels: { yellow: 'Yellow', red: 'Red', green: 'Green', blue: 'Blue', white: 'White' },
        label: 'Colour',
        default: 'yellow',
        optional: true,
      },
    },
  },
  substitution: {
    label: 'Substitution',
    side: 'required',
    player: true,
    data: { goesOff: { type: 'player', label: 'Goes off', optional: true } },
  },
  incident: { label: 'Incident', side: 'required', player: true, data: text },
}

const KEYS = [
  { home: 's', away: 'k' },
  { home: 'd', away: 'l' },
  { home: 'f', away: 'h' },
  { home: 'a', away: 'j' },
] as const

function actions({ points1, points2, points3, points4 }: Rules): readonly Action[] {
  const worths = [...new Set([points1, points2, points3, points4])].filter(worth => worth > 0)
  const pointKeys = worths.map(
    (points, i): Action => ({
      ...{ id: `point${points}`, kind: 'point', label: `+${points}`, points, depth: 'score' },
      size: i === 0 ? 3 : 2,
      key: KEYS[i] ?? KEYS[0],
      insteadOf: worths.filter(worth => worth !== points).map(worth => `point${worth}`),
    }),
  )
  return [
    ...pointKeys,
    { id: 'foul', kind: 'foul', label: 'Foul', size: 1, key: { home: 'q', away: 'p' } },
    { id: 'timeout', kind: 'timeout', label: 'Time-out', size: 1, key: { home: 't', away: 'y' } },
    { id: 'card', kind: 'card', label: 'Card', size: 1, key: { home: 'c', away: 'm' }, ask: ['colour', 'player'] },
    { id: 'substitution', kind: 'substitution', label: 'Sub', size: 1, key: { home: 'e', away: 'i' }, ask: ['goesOff'], depth: 'full' },
    { id: 'incident', kind: 'incident', label: 'Incident', size: 1, key: { home: 'x', away: ',' }, ask: ['text'], depth: 'full' },
  ]
}

const blank = (n: number): PeriodScore => ({ n, ...LEVEL })

/** The rows with this total: the period named takes the difference, earlier ones what it cannot. */
function withTotal(rows: readonly PeriodScore[], n: number, want: Score): readonly PeriodScore[] {
  const set = begin(rows, n, blank).map(row => ({ ...row }))
  for (const side of SIDES) {
    let change = want[side] - total(set)[side]
    for (const row of [...set.filter(row => row.n <= n).reverse(), ...set.filter(row => row.n > n)]) {
      const cell = Math.max(0, row[side] + change)
      change -= cell - row[side]
      row[side] = cell
    }
  }
  return set
}

/** Who has reached the score played to, far enough ahead. */
function reachedBy({ rows }: State, { target, targetLead }: Rules): Side | null {
  const score = total(rows)
  const ahead = leader(score)
  if (target === 0 || ahead === 'draw' || score[ahead] < target) return null
  return score[ahead] - score[other(ahead)] >= targetLead ? ahead : null
}

/** The state with its end, where these rows are one. */
function settled(state: State, rules: Rules): State {
  if (state.won) return state
  const regulation = Math.max(1, rules.periods)
  const ahead = leader(total(state.rows))
  const isGolden = rules.golden && ahead !== 'draw' && state.rows.some(({ n, home, away }) => n > regulation && home !== away)
  if (isGolden) return { ...state, won: { side: ahead, how: 'golden' } }
  const first = rules.targetEnds ? reachedBy(state, rules) : null
  return first ? { ...state, won: { side: first, how: decidedIn(state.rows, null, stagesOf(rules)) } } : state
}

const isCard = (value: unknown): value is Card => (CARDS as readonly unknown[]).includes(value)
const colourOf = ({ data }: LoggedPlay): Card => (isCard(data?.colour) ? data.colour : 'yellow')

function figuresOf(play: LoggedPlay): readonly Figure[] {
  const { kind, side, playerId } = play
  if (!side) return []
  const one = { side, playerId }
  switch (kind) {
    case 'point':
      return [
        { ...one, key: 'points', by: play.points ?? 1 },
        { ...one, key: 'scores' },
      ]
    case 'foul':
      return [{ ...one, key: 'fouls' }]
    case 'card':
      return [{ ...one, key: 'cards' }]
    case 'timeout':
      return [{ side, key: 'timeouts' }]
  }
  return []
}

export const sport = defineSport<State, Rules>({
  id: 'generic',
  name: 'Generic',
  version: 1,
  labels: {
    game: 'Game',
    period: 'Period',
    periods: 'Periods',
    unit: 'point',
    units: 'points',
    byPeriod: 'By period',
    tablePoints: { win: 2, draw: 1, loss: 0 },
  },
  endsItself: false,
  timed,
  packs,
  ruleFields: {
    periods: { type: 'int', min: 0, max: 12, label: 'Periods (0: none)' },
    minutes: { type: 'int', min: 0, max: 120, label: 'Minutes in a period (0: no clock)' },
    clock: { type: 'choice', options: ['up', 'down'], labels: { up: 'Up', down: 'Down' }, label: 'The clock counts' },
    points1: { type: 'int', min: 1, max: 99, label: 'Points of the first key' },
    points2: { type: 'int', min: 0, max: 99, label: 'Points of the second key (0: none)' },
    points3: { type: 'int', min: 0, max: 99, label: 'Points of the third key (0: none)' },
    points4: { type: 'int', min: 0, max: 99, label: 'Points of the fourth key (0: none)' },
    target: { type: 'int', min: 0, max: 999, label: 'Played to (0: no limit)' },
    targetLead: { type: 'int', min: 1, max: 20, label: 'Points ahead it takes' },
    targetEnds: { type: 'flag', label: 'That score ends the game' },
    draws: { type: 'flag', label: 'A game may end level' },
    overtimes: { type: 'int', min: 0, max: 20, label: 'Overtimes at the most' },
    overtimeMinutes: { type: 'int', min: 0, max: 60, label: 'Minutes in an overtime (0: no clock)' },
    golden: { type: 'flag', label: 'The first point of overtime decides' },
    timeoutSeconds: TIMEOUT_SECONDS,
    timeouts: { type: 'int', min: 0, max: 20, label: 'Time-outs in a game (0: no limit)' },
    forfeitScore: { type: 'int', min: 0, max: 999, label: 'Points for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    current: 0,
    won: null,
    rows: [],
    fouls: LEVEL,
    periodFouls: LEVEL,
    timeouts: LEVEL,
    cards: { yellow: LEVEL, red: LEVEL, green: LEVEL, blue: LEVEL, white: LEVEL },
  }),
  onPeriod(state, edge, _play, { period }) {
    if (edge === 'end') return { state }
    return { state: { ...state, current: period, rows: begin(state.rows, period, blank), periodFouls: LEVEL } }
  },
  reduce(state, play, { rules, period, late }) {
    const { kind, side } = play
    if (kind === 'setScore') {
      const score = play.data?.score as Partial<Score> | undefined
      const isScore = (n: unknown): n is number => typeof n === 'number' && Number.isInteger(n) && n >= 0
      if (!score || !isScore(score.home) || !isScore(score.away)) return refuse('Say the score.', 'data.score')
      return { state: settled({ ...state, rows: withTotal(state.rows, period, { home: score.home, away: score.away }) }, rules) }
    }
    if (!side) return refuse('Say which side.', 'side')
    switch (kind) {
      case 'point':
        return { state: settled({ ...state, rows: addPoints(state.rows, period, blank, side, play.points ?? 1) }, rules) }
      case 'foul':
        return {
          state: { ...state, fouls: plus(state.fouls, side), periodFouls: late ? state.periodFouls : plus(state.periodFouls, side) },
        }
      case 'timeout': {
        const isOut = rules.timeouts > 0 && state.timeouts[side] >= rules.timeouts
        return { state: { ...state, timeouts: plus(state.timeouts, side) }, warnings: warned(isOut && 'no-timeouts-left') }
      }
      case 'card': {
        const colour = colourOf(play)
        return { state: { ...state, cards: { ...state.cards, [colour]: plus(state.cards[colour], side) } } }
      }
      case 'substitution':
      case 'incident':
        return { state }
    }
    return refuse(`There is no play of kind "${kind}".`, 'kind')
  },
  score: ({ rows }) => total(rows),
  columns: ({ rows }, rules) => columnsOf(rows, n => label(n, rules)),
  end: ({ won }) => won && { how: won.how, winner: won.side },
  decided: reachedBy,
  winner({ rows, won }, rules) {
    const ahead = won?.side ?? leader(total(rows))
    // Where a game may not end level, a level one has no winner yet.
    return ahead === 'draw' && !rules.draws ? null : ahead
  },
  how: ({ rows, won }, rules) => won?.how ?? decidedIn(rows, null, stagesOf(rules)),
  detail(state, rules): Shown {
    const { fouls, periodFouls, timeouts, cards } = state
    const hasClock = timed.period(Math.max(1, state.current), rules)?.clockless !== true
    const target = rules.target > 0 ? rules.target : null
    return { fouls, periodFouls, timeouts, cards, target, reached: reachedBy(state, rules), hasClock }
  },
  chart: 'lead',
  actions,
  describe(play): { key: string; values?: Readonly<Record<string, string | number>> } {
    const { kind, data = {} } = play
    switch (kind) {
      case 'point': {
        const points = play.points ?? 1
        return { key: points === 1 ? 'point.one' : 'point', values: { points } }
      }
      case 'setScore': {
        const { home = 0, away = 0 } = (data.score ?? {}) as Partial<Score>
        return { key: kind, values: { score: `${home}–${away}` } }
      }
      case 'card':
        return { key: `card.${colourOf(play)}` }
      case 'substitution':
        return { key: data.goesOff === undefined ? kind : 'substitution.for' }
      case 'foul':
      case 'incident':
        return data.text ? { key: `${kind}.text`, values: { text: String(data.text) } } : { key: kind }
    }
    return { key: kind }
  },
  words: {
    point: '{points} points, {side}',
    'point.by': '{points} points, {player}, {side}',
    'point.one': 'Point, {side}',
    'point.one.by': 'Point, {player}, {side}',
    setScore: 'Score set to {score}',
    foul: 'Foul, {side}',
    'foul.by': 'Foul, {player}, {side}',
    'foul.text': 'Foul, {side}: {text}',
    'foul.text.by': 'Foul, {player}, {side}: {text}',
    timeout: 'Time-out, {side}',
    'card.yellow': 'Yellow card, {side}',
    'card.yellow.by': 'Yellow card, {player}, {side}',
    'card.red': 'Red card, {side}',
    'card.red.by': 'Red card, {player}, {side}',
    'card.green': 'Green card, {side}',
    'card.green.by': 'Green card, {player}, {side}',
    'card.blue': 'Blue card, {side}',
    'card.blue.by': 'Blue card, {player}, {side}',
    'card.white': 'White card, {side}',
    'card.white.by': 'White card, {player}, {side}',
    substitution: 'Substitution, {side}',
    'substitution.by': '{player} comes on, {side}',
    'substitution.for': 'Substitution, {side}: {goesOff} goes off',
    'substitution.for.by': '{player} comes on for {goesOff}, {side}',
    incident: 'Incident, {side}',
    'incident.by': 'Incident, {player}, {side}',
    'incident.text': '{side}: {text}',
    'incident.text.by': '{player}, {side}: {text}',
    'warning.no-timeouts-left': 'No time-out was left',
  },
  warnings: { 'no-timeouts-left': 'This side had no time-out left.' },
  glance({ detail, status, period }) {
    const { fouls, cards, target, reached, hasClock } = detail as Partial<Shown>
    const say = (side: Side) => (fouls?.[side] ? `${fouls[side]} ${fouls[side] === 1 ? 'foul' : 'fouls'}` : '')
    const isOn = status === 'live' || status === 'break'
    const goal = isOn && target ? (reached ? `${target} reached` : `to ${target}`) : ''
    return {
      home: say('home'),
      away: say('away'),
      // Without a clock the middle stands large, with the period first.
      ...(goal ? { middle: hasClock ? goal : [period?.label, goal].filter(Boolean).join(', ') } : {}),
      badges: SIDES.flatMap(side =>
        CARDS.flatMap(card => countBadge(side, cards?.[card][side] ?? 0, card === 'white' ? 'plain' : card, `${card} cards`)),
      ),
    }
  },
  box(plays) {
    const counted = count(plays, figuresOf)
    return [
      ...playerTables(counted, 'players', 'Players', [
        column('points', 'Pts', 'Points'),
        column('scores', 'Sc', 'Times scored'),
        column('fouls', 'F', 'Fouls'),
        column('cards', 'C', 'Cards'),
      ]),
      ...teamTable(counted, [
        teamRow('Points', 'points'),
        teamRow('Times scored', 'scores'),
        teamRow('Fouls', 'fouls'),
        teamRow('Time-outs', 'timeouts'),
        teamRow('Cards', 'cards'),
      ]),
    ]
  },
})
