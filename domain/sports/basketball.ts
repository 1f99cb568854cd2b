import {
  blank,
  bonusOf,
  challengesLeft,
  inBonus,
  isUnknown,
  kindOf,
  label,
  MAX_OVERTIMES,
  nameOf,
  type Rules,
  reduce,
  type Shown,
  type State,
  teamFouls,
  timeoutsLeft,
} from '#domain/parts/basketball.ts'
import { box } from '#domain/parts/basketball-box.ts'
import { INTERVAL_FIELDS } from '#domain/parts/interval.ts'
import { SHOT_CLOCK_FIELDS, SHOT_CLOCK_KIND, SHOT_CLOCK_WORDS, shotClockKeys } from '#domain/parts/shot-clock.ts'
import { perSide } from '#domain/parts/stints.ts'
import { begin, columnsOf, LEVEL, leader, MINUTE, total } from '#domain/parts/timed.ts'
import { TIMEOUT_KIND, TIMEOUT_SECONDS } from '#domain/parts/timeout.ts'
import { type Facts, type PlayData, SIDES, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack } from '#domain/sport.ts'

const fiba: Rules = {
  periods: 4,
  periodMinutes: 10,
  halfTimeMinutes: 15,
  breakSeconds: 120,
  overtimeMinutes: 5,
  overtimes: MAX_OVERTIMES,
  fieldGoals: '2-3',
  target: 0,
  overtimeTarget: 0,
  playerFouls: 5,
  technicalsOut: 2,
  bonusAt: 5,
  doubleBonusAt: 0,
  bonusAtOvertime: 5,
  bonusAtLastTwo: 0,
  bonusLastMinutes: 2,
  overtimeFoulsCarry: true,
  offensiveFoulsCount: true,
  technicalFoulsCount: true,
  benchFoulsCount: false,
  heavyFouls: 1,
  timeoutsFirstHalf: 2,
  timeoutSeconds: 60,
  timeoutsSecondHalf: 3,
  timeoutsCarry: false,
  timeoutsLastPeriod: 0,
  timeoutsLate: 2,
  timeoutsLateMinutes: 2,
  timeoutsOvertime: 1,
  timeoutsCarryOvertime: false,
  challenges: 1,
  challengeRegained: false,
  arrow: true,
  shotClock: 24,
  shotClockAgain: 14,
  forfeitScore: 0,
}

/** Rules 5 (II, VI: periods, time-outs) and 12 part B (I, V: fouls, penalty). */
const nba: Rules = {
  ...fiba,
  periodMinutes: 12,
  breakSeconds: 150,
  playerFouls: 6,
  bonusAtOvertime: 4,
  bonusAtLastTwo: 2,
  overtimeFoulsCarry: false,
  offensiveFoulsCount: false,
  technicalFoulsCount: false,
  timeoutsFirstHalf: 7,
  timeoutSeconds: 75,
  timeoutsSecondHalf: 0,
  timeoutsCarry: true,
  timeoutsLastPeriod: 4,
  timeoutsLateMinutes: 3,
  timeoutsOvertime: 2,
  challenges: 0,
  arrow: false,
}
/** NCAA and NFHS count technical fouls of the bench, carry time-outs, and know no limit at the end. */
const school: Rules = {
  ...fiba,
  breakSeconds: 60,
  shotClock: 30,
  shotClockAgain: 20,
  benchFoulsCount: true,
  timeoutsSecondHalf: 0,
  timeoutsCarry: true,
  timeoutsLate: 0,
  timeoutsCarryOvertime: true,
  challenges: 0,
}

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'fiba',
    name: 'FIBA',
    version: '2024',
    from: '2010-10-01',
    isDefault: true,
    source: 'FIBA Official Basketball Rules 2024, art. 8 (time), 12 (arrow), 18 (time-outs), 36–41 (fouls), app. F (challenge)',
    values: fiba,
  },
  {
    id: '3x3',
    name: 'FIBA 3x3',
    version: '2022',
    from: '2012-01-01',
    source: 'FIBA 3x3 Official Rules, art. 5 (scoring), 6 (time, 21 points, overtime), 7 (fouls), 10 (time-out)',
    values: {
      ...fiba,
      periods: 1,
      overtimes: 1,
      fieldGoals: '1-2',
      timeoutSeconds: 30,
      shotClock: 12,
      shotClockAgain: 12,
      target: 21,
      overtimeTarget: 2,
      playerFouls: 99,
      bonusAt: 7,
      doubleBonusAt: 10,
      bonusAtOvertime: 7,
      heavyFouls: 2,
      timeoutsFirstHalf: 0,
      timeoutsSecondHalf: 1,
      timeoutsLate: 0,
      timeoutsOvertime: 0,
      timeoutsCarryOvertime: true,
      challenges: 0,
      arrow: false,
    },
  },
  {
    id: 'nba',
    name: 'NBA',
    version: '2017-18',
    from: '2017-10-01',
    source: 'NBA Rulebook, rules 5 (II, VI) and 12 part B (I, V)',
    values: nba,
  },
  {
    id: 'nba',
    name: 'NBA',
    version: '2019-20',
    from: '2019-10-22',
    source: 'NBA Rulebook 2019-20, as 2017-18 and rule 14: one coach’s challenge',
    values: { ...nba, challenges: 1 },
  },
  {
    id: 'nba',
    name: 'NBA',
    version: '2023-24',
    from: '2023-10-24',
    source: 'NBA Rulebook 2023-24, as 2019-20 and rule 14: a second challenge after a successful one',
    values: { ...nba, challenges: 1, challengeRegained: true },
  },
  {
    id: 'wnba',
    name: 'WNBA',
    version: '2024',
    from: '2024-05-14',
    source: 'WNBA Rule Book 2024, rules 5 (quarters, time-outs), 12 part B (penalty), 14 (challenge); five team time-outs since 2024',
    values: {
      ...nba,
      periodMinutes: 10,
      bonusLastMinutes: 1,
      timeoutsFirstHalf: 5,
      timeoutsLastPeriod: 0,
      timeoutsLate: 0,
      challenges: 1,
      challengeRegained: true,
    },
  },
  {
    id: 'ncaa-men',
    name: 'NCAA men',
    version: '2015-16',
    from: '2015-07-01',
    source: "NCAA Men's Basketball Rules, rules 4 (bonus), 5 (periods, time-outs) and 10 (fouls)",
    values: {
      ...school,
      periods: 2,
      periodMinutes: 20,
      bonusAt: 7,
      doubleBonusAt: 10,
      bonusAtOvertime: 7,
      timeoutsFirstHalf: 4,
      timeoutsLastPeriod: 3,
    },
  },
  {
    id: 'ncaa-women',
    name: 'NCAA women',
    version: '2015-16',
    from: '2015-07-01',
    source: "NCAA Women's Basketball Rules, rules 4 (bonus), 5 (quarters since 2015-16, time-outs) and 10 (fouls)",
    values: { ...school, breakSeconds: 75, timeoutsFirstHalf: 4 },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2023-24',
    from: '2023-07-01',
    source: 'NFHS Basketball Rules Book 2023-24, rules 4-8 (bonus), 5-5 to 5-7 (quarters, overtime), 5-12 (time-outs), 4-19 (fouls)',
    values: { ...school, shotClock: 0, shotClockAgain: 0, periodMinutes: 8, halfTimeMinutes: 10, overtimeMinutes: 4, timeoutsFirstHalf: 5 },
  },
  {
    id: 'youth',
    name: 'Youth, four times eight',
    version: '2024',
    from: '2010-10-01',
    source: 'FIBA Official Basketball Rules 2024 with the quarters of eight minutes that youth leagues play; every number is the league’s',
    values: { ...fiba, periodMinutes: 8, overtimeMinutes: 3, challenges: 0 },
  },
  {
    id: 'mini',
    name: 'Mini-basketball',
    version: '2005',
    from: '2005-01-01',
    source: 'FIBA Mini-Basketball Rules 2005: four times ten, baskets worth two, a level score stands; time-outs as the league sets them',
    values: {
      ...fiba,
      overtimes: 0,
      fieldGoals: '2',
      bonusAt: 99,
      bonusAtOvertime: 99,
      timeoutsSecondHalf: 2,
      timeoutsLate: 0,
      challenges: 0,
    },
  },
]

const assist = { assist: { type: 'player', label: 'Assist', optional: true } } as const
const basket = (label: string): Kind => ({ label, side: 'required', player: true, scoring: true, attack: 'other', data: assist })
const deed = (label: string): Kind => ({ label, side: 'required', player: true })

const kinds: Readonly<Record<string, Kind>> = {
  '1pt': basket('One point'),
  '2pt': basket('Two points'),
  '3pt': basket('Three points'),
  ft: { label: 'Free throw', side: 'required', player: true, scoring: true },
  ftMissed: deed('Free throw missed'),
  '1ptMissed': deed('One-point shot missed'),
  '2ptMissed': deed('Two-point shot missed'),
  '3ptMissed': deed('Three-point shot missed'),
  offensiveRebound: { ...deed('Offensive rebound'), attack: 'again' },
  defensiveRebound: { ...deed('Defensive rebound'), attack: 'own' },
  steal: { ...deed('Steal'), attack: 'own' },
  block: deed('Block'),
  turnover: { ...deed('Turnover'), attack: 'other' },
  shotClock: SHOT_CLOCK_KIND,
  foul: {
    label: 'Foul',
    side: 'required',
    player: true,
    data: {
      type: {
        type: 'choice',
        label: 'Type',
        options: ['personal', 'shooting', 'offensive', 'technical', 'bench', 'unsportsmanlike', 'disqualifying'],
        labels: {
          personal: 'Personal',
          shooting: 'Shooting',
          offensive: 'Offensive',
          technical: 'Technical, player',
          bench: 'Technical, bench',
          unsportsmanlike: 'Unsportsmanlike',
          disqualifying: 'Disqualifying',
        },
        default: 'personal',
        optional: true,
      },
      drawn: { type: 'player', of: 'other', label: 'Drawn by', optional: true },
      shots: { type: 'int', min: 0, max: 3, label: 'Free throws', optional: true },
    },
  },
  timeout: TIMEOUT_KIND,
  substitution: {
    label: 'Substitution',
    side: 'required',
    player: true,
    data: { out: { type: 'player', label: 'Goes off', optional: true } },
  },
  starter: deed('Starts'),
  possession: { label: 'Possession arrow', side: 'required' },
  challenge: {
    label: 'Coach’s challenge',
    side: 'required',
    data: {
      result: {
        type: 'choice',
        label: 'Result',
        options: ['won', 'lost'],
        labels: { won: 'Successful', lost: 'Unsuccessful' },
        optional: true,
      },
    },
  },
}
const act = (id: string, label: string, size: Action['size'], [home = '', away = '']: string, more: Partial<Action> = {}): Action => ({
  id,
  kind: id,
  label,
  size,
  key: { home, away },
  ...more,
})
const ASK = ['assist']
const ACTIONS: readonly Action[] = [
  act('2pt', '+2', 3, 'sk', { ask: ASK, insteadOf: ['3pt', '1pt', 'ft', '2ptMissed'], depth: 'score' }),
  act('3pt', '+3', 3, 'dl', { ask: ASK, insteadOf: ['2pt', '3ptMissed'], depth: 'score' }),
  act('1pt', '+1', 3, 'dl', { hint: 'Inside', ask: ASK, insteadOf: ['2pt', '1ptMissed'], depth: 'score' }),
  act('ft', '+1', 2, 'aj', { hint: 'Free throw', insteadOf: ['ftMissed', '2pt'], depth: 'score' }),
  act('ftMissed', 'Missed', 1, 'zm', { hint: 'Free throw', insteadOf: ['ft'] }),
  act('2ptMissed', 'Missed 2', 2, 'x,', { insteadOf: ['3ptMissed', '1ptMissed', '2pt'], depth: 'full' }),
  act('3ptMissed', 'Missed 3', 2, 'c.', { insteadOf: ['2ptMissed', '3pt'], depth: 'full' }),
  act('1ptMissed', 'Missed 1', 2, 'c.', { insteadOf: ['2ptMissed', '1pt'], depth: 'full' }),
  act('defensiveRebound', 'Rebound', 2, 'qp', { hint: 'Defensive', insteadOf: ['offensiveRebound'], depth: 'full' }),
  act('offensiveRebound', 'Rebound', 1, 'ru', { hint: 'Offensive', insteadOf: ['defensiveRebound'], depth: 'full' }),
  act('foul', 'Foul', 2, 'fh', { ask: ['type', 'drawn'] }),
  act('turnover', 'Turnover', 1, '39', { depth: 'full' }),
  act('steal', 'Steal', 1, '17', { depth: 'full' }),
  act('block', 'Block', 1, '28', { depth: 'full' }),
  act('timeout', 'Time-out', 1, 'ty'),
  act('substitution', 'Sub', 1, 'ei', { hint: 'Comes on', ask: ['out'] }),
  act('possession', 'Arrow', 1, 'wo', { hint: 'Possession' }),
  act('challenge', 'Challenge', 1, '40', { ask: ['result'], depth: 'full' }),
  act('starter', 'Starts', 1, '56', { depth: 'full' }),
]
function actionsFor(rules: Rules): readonly Action[] {
  const has = ({ kind }: Action) =>
    !isUnknown(kind, rules) && (kind !== 'possession' || rules.arrow) && (kind !== 'challenge' || rules.challenges > 0)
  const known = ACTIONS.filter(has)
  return [...known, ...shotClockKeys(rules, 'gvb;')].map(action =>
    action.insteadOf ? { ...action, insteadOf: action.insteadOf.filter(id => known.some(one => one.id === id)) } : action,
  )
}

const FOULS = {
  personal: 'Foul',
  shooting: 'Shooting foul',
  offensive: 'Offensive foul',
  technical: 'Technical foul',
  unsportsmanlike: 'Unsportsmanlike foul',
  disqualifying: 'Disqualifying foul',
} as const
const BASKETS = { '1pt': 'one point', '2pt': 'two points', '3pt': 'three points' } as const
/** `{side}` and, where somebody is named, `{player}` in its place. */
const both = (key: string, text: string): [string, string][] => [
  [key, text],
  [`${key}.by`, text.replace('{side}', '{player}')],
]

/** What a commentator says after a foul. FIBA 34 knows personal fouls and technical ones: a player is out at so many of both. */
function foulClauses({ type, drawn }: PlayData, { foul, out, team, bonus }: Facts): string[] {
  return [
    ...(foul === undefined ? [] : [type === 'technical' ? 'clause.playerFoul' : 'clause.personalFoul']),
    ...(out === undefined ? [] : [out === 'fouls' ? 'clause.fouledOut' : 'clause.out']),
    ...(team === undefined ? [] : ['clause.teamFoul']),
    ...(bonus === undefined ? [] : [bonus === 'double' ? 'clause.doubleBonus' : 'clause.bonus']),
    ...(drawn === undefined || type === 'bench' ? [] : ['clause.drawn']),
  ]
}

export const sport = defineSport<State, Rules>({
  id: 'basketball',
  name: 'Basketball',
  version: 3,
  labels: {
    game: 'Game',
    period: 'Quarter',
    periods: 'Quarters',
    unit: 'point',
    units: 'points',
    byPeriod: 'By quarter',
    mark: 'has the arrow',
    // FIBA Official Basketball Rules, app. D: 2, 1, and 0 for a forfeit; then the games among those level.
    tablePoints: { win: 2, draw: 0, loss: 1, forfeitLoss: 0 },
    tieBreakers: ['head-to-head', 'difference', 'for'],
  },
  endsItself: false,
  timed: {
    direction: () => 'down',
    period(n, rules) {
      if (n < 1 || n > rules.periods + rules.overtimes) return null
      const isOvertime = n > rules.periods
      const lengthMs = (isOvertime ? rules.overtimeMinutes : rules.periodMinutes) * MINUTE
      const period = {
        number: n,
        kind: kindOf(n, rules.periods),
        label: label(n, rules),
        name: nameOf(n, rules),
        startMs: lengthMs,
        lengthMs,
      }
      return isOvertime && rules.overtimeTarget > 0 ? { ...period, clockless: true } : period
    },
    regulation: rules => rules.periods,
  },
  packs,
  ruleFields: {
    periods: { type: 'int', min: 1, max: 4, label: 'Periods' },
    periodMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a period' },
    ...INTERVAL_FIELDS,
    overtimeMinutes: { type: 'int', min: 1, max: 20, label: 'Minutes in an overtime' },
    overtimes: { type: 'int', min: 0, max: MAX_OVERTIMES, label: 'Overtimes at most (0: may end level)' },
    fieldGoals: {
      type: 'choice',
      options: ['2-3', '1-2', '2'],
      labels: { '2-3': '2, and 3 from outside the arc', '1-2': '1, and 2 from outside the arc', '2': '2 from everywhere' },
      label: 'A basket is worth',
    },
    target: { type: 'int', min: 0, max: 199, label: 'First to this score in regulation wins (0: by the clock)' },
    overtimeTarget: { type: 'int', min: 0, max: 99, label: 'First to score this in overtime wins (0: by the clock)' },
    playerFouls: { type: 'int', min: 1, max: 99, label: 'A player is out at this foul (99: never)' },
    technicalsOut: { type: 'int', min: 0, max: 9, label: 'A player is out at this technical or unsportsmanlike foul (0: never)' },
    bonusAt: { type: 'int', min: 1, max: 99, label: 'Free throws from this team foul of a period' },
    doubleBonusAt: { type: 'int', min: 0, max: 99, label: 'Double bonus from this team foul (0: none)' },
    bonusAtOvertime: { type: 'int', min: 1, max: 99, label: 'Free throws from this team foul of an overtime' },
    bonusAtLastTwo: { type: 'int', min: 0, max: 99, label: 'Free throws from this team foul of the last minutes (0: no such rule)' },
    bonusLastMinutes: { type: 'int', min: 1, max: 5, label: 'How many last minutes those are' },
    overtimeFoulsCarry: { type: 'flag', label: 'Overtime fouls count with the last period' },
    offensiveFoulsCount: { type: 'flag', label: 'Offensive fouls are team fouls' },
    technicalFoulsCount: { type: 'flag', label: 'Technical fouls are team and player fouls' },
    benchFoulsCount: { type: 'flag', label: 'Technical fouls of the bench are team fouls' },
    heavyFouls: { type: 'int', min: 1, max: 2, label: 'Team fouls for an unsportsmanlike foul' },
    timeoutSeconds: TIMEOUT_SECONDS,
    ...SHOT_CLOCK_FIELDS,
    timeoutsFirstHalf: { type: 'int', min: 0, max: 20, label: 'Time-outs at the start' },
    timeoutsSecondHalf: { type: 'int', min: 0, max: 20, label: 'Time-outs added for the second half' },
    timeoutsCarry: { type: 'flag', label: 'Unused time-outs carry into the second half' },
    timeoutsLastPeriod: { type: 'int', min: 0, max: 20, label: 'Most time-outs in the last period (0: no limit)' },
    timeoutsLate: { type: 'int', min: 0, max: 20, label: 'Most time-outs in its last minutes (0: no limit)' },
    timeoutsLateMinutes: { type: 'int', min: 1, max: 10, label: 'How many last minutes those are' },
    timeoutsOvertime: { type: 'int', min: 0, max: 20, label: 'Time-outs added for an overtime' },
    timeoutsCarryOvertime: { type: 'flag', label: 'Unused time-outs carry into overtime' },
    challenges: { type: 'int', min: 0, max: 9, label: 'Coach’s challenges' },
    challengeRegained: { type: 'flag', label: 'A successful challenge gives one more' },
    arrow: { type: 'flag', label: 'Possession arrow' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Points for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    current: 0,
    rows: [],
    players: {},
    heavy: {},
    possession: null,
    challenges: LEVEL,
    upheld: LEVEL,
    freeThrows: null,
    won: null,
  }),
  onPeriod(state, edge, _play, { period }) {
    if (edge === 'end') return { state: { ...state, freeThrows: null } }
    return { state: { ...state, current: period, freeThrows: null, rows: begin(state.rows, period, blank) } }
  },
  reduce,
  score: state => total(state.rows),
  columns: (state, rules) => columnsOf(state.rows, n => label(n, rules)),
  end: ({ won }) => won && { how: won.how, winner: won.side },
  winner: ({ rows, won }) => won?.side ?? leader(total(rows)),
  detail(before, rules): Shown {
    const state = before.current > 0 ? before : { ...before, current: 1 }
    return {
      fouls: teamFouls(state, rules),
      bonus: bonusOf(state, rules),
      doubleBonus: inBonus(state, { ...rules, bonusAtLastTwo: 0 }, rules.doubleBonusAt),
      timeouts: perSide(side => timeoutsLeft(state, rules, side)),
      challenges: perSide(side => challengesLeft(state, rules, side)),
      possession: state.possession,
      players: state.players,
      freeThrows: state.freeThrows,
    }
  },
  due(detail) {
    const { freeThrows } = detail as Partial<Shown>
    return freeThrows ? [`${freeThrows.side}:ft`, `${freeThrows.side}:ftMissed`] : []
  },
  box,
  chart: 'lead',
  actions: actionsFor,
  describe({ kind, data = {} }, { facts = {} }) {
    if (kind === 'foul') {
      const type = typeof data.type === 'string' && data.type !== 'personal' ? `.${data.type}` : ''
      return { key: `foul${type}`, values: { foul: facts.foul ?? 0, team: facts.team ?? 0 }, clauses: foulClauses(data, facts) }
    }
    if (kind === 'substitution' && data.out !== undefined) return { key: 'substitution.out' }
    if (kind === 'challenge' && data.result) return { key: `challenge.${data.result}` }
    return { key: data.assist === undefined ? kind : `${kind}.assist` }
  },
  words: {
    ...Object.fromEntries(
      Object.entries(BASKETS).flatMap(([kind, points]) => [
        ...both(kind, `{side}, ${points}`),
        ...both(`${kind}.assist`, `{side}, ${points}, assisted by {assist}`),
        ...both(`${kind}Missed`, `{side} miss for ${points}`).map(([key, text]) => [key, text.replace('{player} miss', '{player} misses')]),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(FOULS).flatMap(([type, foul]) => {
        return both(type === 'personal' ? 'foul' : `foul.${type}`, `${foul} on {side}`)
      }),
    ),
    'clause.personalFoul': 'personal foul {foul}',
    'clause.playerFoul': 'player foul {foul}',
    'clause.fouledOut': 'fouled out',
    'clause.out': 'out of the game',
    'clause.teamFoul': 'team foul {team}',
    'clause.bonus': 'bonus',
    'clause.doubleBonus': 'double bonus',
    'clause.drawn': 'drawn by {drawn}',
    ...Object.fromEntries([
      ...both('ft', '{side}, free throw made'),
      ...both('ftMissed', '{side}, free throw missed'),
      ...both('offensiveRebound', 'Offensive rebound, {side}'),
      ...both('defensiveRebound', 'Defensive rebound, {side}'),
      ...both('steal', 'Steal by {side}'),
      ...both('block', 'Blocked by {side}'),
      ...both('turnover', 'Turnover, {side}'),
    ]),
    'foul.bench': 'Technical foul on the {side} bench',
    timeout: 'Time-out, {side}',
    ...SHOT_CLOCK_WORDS,
    substitution: 'Substitution, {side}',
    'substitution.by': '{player} comes on',
    'substitution.out': 'Substitution, {side}, {out} goes off',
    'substitution.out.by': '{player} comes on for {out}',
    starter: 'In the starting line-up, {side}',
    'starter.by': '{player} starts for {side}',
    possession: 'Possession arrow to {side}',
    challenge: '{side} challenge the call',
    'challenge.won': '{side} challenge the call, and are right',
    'challenge.lost': '{side} challenge the call, it stands',
    'warning.player-fouled-out': 'Had fouled out',
    'warning.no-timeouts-left': 'No time-out was left',
    'warning.no-challenges-left': 'No challenge was left',
  },
  warnings: {
    'player-fouled-out': 'This player has fouled out.',
    'player-must-leave': 'The last foul allowed: this player has to leave.',
    'no-timeouts-left': 'This side had no time-out left.',
    'no-challenges-left': 'This side had no challenge left.',
  },
  glance({ detail }) {
    const { fouls, bonus, doubleBonus, possession } = detail as Partial<Shown>
    const say = (side: Side) => (fouls?.[side] ? `${fouls[side]} ${fouls[side] === 1 ? 'foul' : 'fouls'}` : '')
    const badges = SIDES.filter(side => bonus?.[side]).map(side =>
      doubleBonus?.[side]
        ? { side, text: 'B+', tone: 'accent' as const, title: 'In the double bonus' }
        : { side, text: 'B', tone: 'accent' as const, title: 'In the bonus' },
    )
    return { home: say('home'), away: say('away'), mark: possession ?? null, badges }
  },
})
