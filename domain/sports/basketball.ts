import type { Score } from '#domain/game.ts'
import { other, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack, refuse } from '#domain/sport.ts'
import {
  addPoints,
  amend,
  begin,
  columnsOf,
  countOf,
  LEVEL,
  leader,
  MINUTE,
  ordinal,
  type PeriodScore,
  plus,
  tally,
  total,
} from '#domain/timed.ts'

interface Rules {
  periods: number
  periodMinutes: number
  overtimeMinutes: number
  /** A player leaves the game with this many. */
  playerFouls: number
  /** The team foul of a period from which the other side shoots free throws; `doubleBonusAt` 0 where there is one stage only. */
  bonusAt: number
  doubleBonusAt: number
  bonusAtOvertime: number
  /** The same within the last two minutes of a period, 0 where that makes no difference. */
  bonusAtLastTwo: number
  overtimeFoulsCarry: boolean
  offensiveFoulsCount: boolean
  technicalFoulsCount: boolean
  benchFoulsCount: boolean
  timeoutsFirstHalf: number
  timeoutsSecondHalf: number
  timeoutsCarry: boolean
  /** At most this many in the last period of regulation, 0 for no such limit. */
  timeoutsLastPeriod: number
  timeoutsOvertime: number
  timeoutsCarryOvertime: boolean
  arrow: boolean
  forfeitScore: number
}

interface Row extends PeriodScore {
  fouls: Score
  foulsLastTwo: Score
  timeouts: Score
}

interface State {
  /** The period under way, 0 before the first. */
  current: number
  rows: readonly Row[]
  /** Fouls by roster id. */
  players: Readonly<Record<string, number>>
  possession: Side | null
}

/** What the board shows beside the score. `bonus` names the side whose next foul against it brings free throws. */
interface Shown extends Record<string, unknown> {
  fouls: Score
  bonus: Record<Side, boolean>
  doubleBonus: Record<Side, boolean>
  timeouts: Score
  possession: Side | null
  players: Readonly<Record<string, number>>
}

const fiba: Rules = {
  periods: 4,
  periodMinutes: 10,
  overtimeMinutes: 5,
  playerFouls: 5,
  bonusAt: 5,
  doubleBonusAt: 0,
  bonusAtOvertime: 5,
  bonusAtLastTwo: 0,
  overtimeFoulsCarry: true,
  offensiveFoulsCount: true,
  technicalFoulsCount: true,
  benchFoulsCount: false,
  timeoutsFirstHalf: 2,
  timeoutsSecondHalf: 3,
  timeoutsCarry: false,
  timeoutsLastPeriod: 0,
  timeoutsOvertime: 1,
  timeoutsCarryOvertime: false,
  arrow: true,
  forfeitScore: 0,
}

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'fiba',
    name: 'FIBA',
    version: '2024',
    from: '2010-10-01',
    isDefault: true,
    source: 'FIBA Official Basketball Rules 2024, art. 8, 12, 18, 40, 41',
    values: fiba,
  },
  {
    id: 'nba',
    name: 'NBA',
    version: '2017-18',
    from: '2017-10-01',
    source: 'NBA Rulebook, rules 5 (II, VI) and 12 part B (I, V)',
    values: {
      ...fiba,
      periodMinutes: 12,
      playerFouls: 6,
      bonusAtOvertime: 4,
      bonusAtLastTwo: 2,
      overtimeFoulsCarry: false,
      offensiveFoulsCount: false,
      technicalFoulsCount: false,
      timeoutsFirstHalf: 7,
      timeoutsSecondHalf: 0,
      timeoutsCarry: true,
      timeoutsLastPeriod: 4,
      timeoutsOvertime: 2,
      arrow: false,
    },
  },
  {
    id: 'ncaa-men',
    name: 'NCAA men',
    version: '2015-16',
    from: '2015-07-01',
    source: "NCAA Men's Basketball Rules, rules 4 (bonus), 5 (periods, time-outs) and 10 (fouls)",
    values: {
      ...fiba,
      periods: 2,
      periodMinutes: 20,
      bonusAt: 7,
      doubleBonusAt: 10,
      bonusAtOvertime: 7,
      benchFoulsCount: true,
      timeoutsFirstHalf: 4,
      timeoutsSecondHalf: 0,
      timeoutsCarry: true,
      timeoutsLastPeriod: 3,
      timeoutsCarryOvertime: true,
    },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2023-24',
    from: '2023-07-01',
    source: 'NFHS Basketball Rules Book 2023-24, rules 4-8 (bonus), 5-5 to 5-7 (quarters, overtime), 5-12 (time-outs), 4-19 (fouls)',
    values: {
      ...fiba,
      periodMinutes: 8,
      overtimeMinutes: 4,
      benchFoulsCount: true,
      timeoutsFirstHalf: 5,
      timeoutsSecondHalf: 0,
      timeoutsCarry: true,
      timeoutsCarryOvertime: true,
    },
  },
]

/** The longest game on record had thirteen overtimes; the linescore stays bounded. */
const MAX_OVERTIMES = 20
const LAST_TWO_MS = 2 * MINUTE

const kinds: Readonly<Record<string, Kind>> = {
  '2pt': { label: 'Two points', side: 'required', player: true, scoring: true },
  '3pt': { label: 'Three points', side: 'required', player: true, scoring: true },
  ft: { label: 'Free throw', side: 'required', player: true, scoring: true },
  ftMissed: { label: 'Free throw missed', side: 'required', player: true },
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
    },
  },
  timeout: { label: 'Time-out', side: 'required' },
  substitution: { label: 'Substitution', side: 'required', player: true },
  possession: { label: 'Possession arrow', side: 'required' },
}
const WORTH: Readonly<Record<string, number>> = { '2pt': 2, '3pt': 3, ft: 1 }

const ACTIONS: readonly Action[] = [
  { id: '2pt', kind: '2pt', label: '+2', size: 3, key: { home: 's', away: 'k' }, insteadOf: ['3pt', 'ft'] },
  { id: '3pt', kind: '3pt', label: '+3', size: 3, key: { home: 'd', away: 'l' }, insteadOf: ['2pt'] },
  { id: 'ft', kind: 'ft', label: '+1', hint: 'Free throw', size: 2, key: { home: 'a', away: 'j' }, insteadOf: ['ftMissed', '2pt'] },
  { id: 'ftMissed', kind: 'ftMissed', label: 'Missed', hint: 'Free throw', size: 1, key: { home: 'z', away: 'm' }, insteadOf: ['ft'] },
  { id: 'foul', kind: 'foul', label: 'Foul', size: 2, key: { home: 'f', away: 'h' }, ask: ['type'] },
  { id: 'timeout', kind: 'timeout', label: 'Time-out', size: 1, key: { home: 't', away: 'y' } },
  { id: 'substitution', kind: 'substitution', label: 'Sub', size: 1, key: { home: 'e', away: 'i' } },
  { id: 'possession', kind: 'possession', label: 'Arrow', hint: 'Possession', size: 1, key: { home: 'w', away: 'o' } },
]

const blank = (n: number): Row => ({ n, ...LEVEL, fouls: LEVEL, foulsLastTwo: LEVEL, timeouts: LEVEL })

const foulCounts = (type: unknown, rules: Rules) =>
  (type !== 'offensive' || rules.offensiveFoulsCount) &&
  (type !== 'technical' || rules.technicalFoulsCount) &&
  (type !== 'bench' || rules.benchFoulsCount)

const isPlayersFoul = (type: unknown, rules: Rules) => type !== 'bench' && (type !== 'technical' || rules.technicalFoulsCount)

/** The rows whose team fouls count together with those of the current period. */
function foulRows({ rows, current }: State, rules: Rules): readonly Row[] {
  const from = rules.overtimeFoulsCarry ? Math.min(current, rules.periods) : current
  return rows.filter(({ n }) => n >= from && n <= current)
}

function teamFouls(state: State, rules: Rules): Score {
  return total(foulRows(state, rules).map(row => row.fouls))
}

/** Sides that shoot free throws at the next foul against them, by the limit given. */
function inBonus(state: State, rules: Rules, limit: number): Record<Side, boolean> {
  const fouls = teamFouls(state, rules)
  const late = state.rows.find(({ n }) => n === state.current)?.foulsLastTwo ?? LEVEL
  const has = (fouling: Side) =>
    limit > 0 &&
    (fouls[fouling] >= limit - 1 || (rules.bonusAtLastTwo > 0 && late[fouling] > 0 && late[fouling] >= rules.bonusAtLastTwo - 1))
  return { home: has(other('home')), away: has(other('away')) }
}

function timeoutsLeft({ rows, current }: State, rules: Rules, side: Side): number {
  const { periods } = rules
  const used = (from: number, to: number) => total(rows.filter(({ n }) => n >= from && n <= to).map(row => row.timeouts))[side]
  const half = Math.floor(periods / 2)
  if (current <= half) return Math.max(0, rules.timeoutsFirstHalf - used(1, half))
  const ofHalf = rules.timeoutsCarry
    ? rules.timeoutsFirstHalf + rules.timeoutsSecondHalf - used(1, periods)
    : rules.timeoutsSecondHalf - used(half + 1, periods)
  const capped =
    rules.timeoutsLastPeriod > 0 && current >= periods ? Math.min(ofHalf, rules.timeoutsLastPeriod - used(periods, periods)) : ofHalf
  if (current <= periods) return Math.max(0, capped)
  if (!rules.timeoutsCarryOvertime) return Math.max(0, rules.timeoutsOvertime - used(current, current))
  return Math.max(0, Math.max(0, capped) + (current - periods) * rules.timeoutsOvertime - used(periods + 1, current))
}

const label = (n: number, { periods }: Rules) =>
  n > periods ? `OT${n - periods}` : periods === 4 ? `Q${n}` : periods === 2 ? `${n}H` : `P${n}`

const nameOf = (n: number, { periods }: Rules) => {
  if (n > periods) return n === periods + 1 ? 'Overtime' : `${ordinal(n - periods)} overtime`
  return `${ordinal(n)} ${kindOf(n, periods)}`
}
const kindOf = (n: number, periods: number) => (n > periods ? 'overtime' : periods === 4 ? 'quarter' : periods === 2 ? 'half' : 'period')

export const sport = defineSport<State, Rules>({
  id: 'basketball',
  name: 'Basketball',
  version: 1,
  labels: {
    game: 'Game',
    period: 'Quarter',
    periods: 'Quarters',
    unit: 'point',
    units: 'points',
    byPeriod: 'By quarter',
    mark: 'has the arrow',
    tablePoints: { win: 2, draw: 0, loss: 1 },
  },
  endsItself: false,
  timed: {
    direction: () => 'down',
    period(n, rules) {
      if (n < 1 || n > rules.periods + MAX_OVERTIMES) return null
      const lengthMs = (n > rules.periods ? rules.overtimeMinutes : rules.periodMinutes) * MINUTE
      return { number: n, kind: kindOf(n, rules.periods), label: label(n, rules), name: nameOf(n, rules), startMs: lengthMs, lengthMs }
    },
    regulation: rules => rules.periods,
  },
  packs,
  ruleFields: {
    periods: { type: 'int', min: 1, max: 4, label: 'Periods' },
    periodMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a period' },
    overtimeMinutes: { type: 'int', min: 1, max: 20, label: 'Minutes in an overtime' },
    playerFouls: { type: 'int', min: 1, max: 99, label: 'A player is out at this foul' },
    bonusAt: { type: 'int', min: 1, max: 99, label: 'Free throws from this team foul of a period' },
    doubleBonusAt: { type: 'int', min: 0, max: 99, label: 'Two free throws from this team foul (0: always two)' },
    bonusAtOvertime: { type: 'int', min: 1, max: 99, label: 'Free throws from this team foul of an overtime' },
    bonusAtLastTwo: { type: 'int', min: 0, max: 99, label: 'Free throws from this team foul of the last two minutes (0: no such rule)' },
    overtimeFoulsCarry: { type: 'flag', label: 'Overtime fouls count with the last period' },
    offensiveFoulsCount: { type: 'flag', label: 'Offensive fouls are team fouls' },
    technicalFoulsCount: { type: 'flag', label: 'Technical fouls are team and player fouls' },
    benchFoulsCount: { type: 'flag', label: 'Technical fouls of the bench are team fouls' },
    timeoutsFirstHalf: { type: 'int', min: 0, max: 20, label: 'Time-outs at the start' },
    timeoutsSecondHalf: { type: 'int', min: 0, max: 20, label: 'Time-outs added for the second half' },
    timeoutsCarry: { type: 'flag', label: 'Unused time-outs carry into the second half' },
    timeoutsLastPeriod: { type: 'int', min: 0, max: 20, label: 'Most time-outs in the last period (0: no limit)' },
    timeoutsOvertime: { type: 'int', min: 0, max: 20, label: 'Time-outs added for an overtime' },
    timeoutsCarryOvertime: { type: 'flag', label: 'Unused time-outs carry into overtime' },
    arrow: { type: 'flag', label: 'Possession arrow' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Points for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({ current: 0, rows: [], players: {}, possession: null }),
  onPeriod(state, edge, _play, { period }) {
    return { state: edge === 'end' ? state : { ...state, current: period, rows: begin(state.rows, period, blank) } }
  },
  reduce(state, play, { rules, period }) {
    const { side } = play
    if (!side) return refuse('Say which side.', 'side')
    const worth = WORTH[play.kind]
    const isOut = countOf(state.players, play.playerId) >= rules.playerFouls
    const warnings = isOut && play.kind !== 'substitution' ? ['player-fouled-out'] : []
    if (worth) return { state: { ...state, rows: addPoints(state.rows, period, blank, side, worth) }, warnings }
    switch (play.kind) {
      case 'foul': {
        const type = play.data?.type
        const isLastTwo = play.clockMs !== undefined && play.clockMs <= LAST_TWO_MS
        const rows = !foulCounts(type, rules)
          ? state.rows
          : amend(state.rows, period, blank, row => ({
              ...row,
              fouls: plus(row.fouls, side),
              foulsLastTwo: isLastTwo ? plus(row.foulsLastTwo, side) : row.foulsLastTwo,
            }))
        const players = isPlayersFoul(type, rules) ? tally(state.players, play.playerId) : state.players
        const leaves = !isOut && countOf(players, play.playerId) >= rules.playerFouls
        return { state: { ...state, rows, players }, warnings: leaves ? ['player-must-leave'] : warnings }
      }
      case 'timeout': {
        const left = timeoutsLeft({ ...state, current: Math.max(1, period) }, rules, side)
        const rows = amend(state.rows, period, blank, row => ({ ...row, timeouts: plus(row.timeouts, side) }))
        return { state: { ...state, rows }, warnings: left > 0 ? [] : ['no-timeouts-left'] }
      }
      case 'possession':
        return { state: { ...state, possession: side } }
      default:
        return { state, warnings }
    }
  },
  score: state => total(state.rows),
  columns: (state, rules) => columnsOf(state.rows, n => label(n, rules)),
  winner: state => leader(total(state.rows)),
  detail(before, rules): Shown {
    const state = before.current > 0 ? before : { ...before, current: 1 }
    const isOvertime = state.current > rules.periods && !rules.overtimeFoulsCarry
    return {
      fouls: teamFouls(state, rules),
      bonus: inBonus(state, rules, isOvertime ? rules.bonusAtOvertime : rules.bonusAt),
      doubleBonus: inBonus(state, { ...rules, bonusAtLastTwo: 0 }, rules.doubleBonusAt),
      timeouts: { home: timeoutsLeft(state, rules, 'home'), away: timeoutsLeft(state, rules, 'away') },
      possession: state.possession,
      players: state.players,
    }
  },
  chart: 'lead',
  actions: rules => ACTIONS.filter(action => action.kind !== 'possession' || rules.arrow),
  describe(play) {
    const type = play.data?.type
    return { key: play.kind === 'foul' && typeof type === 'string' && type !== 'personal' ? `foul.${type}` : play.kind }
  },
  words: {
    '2pt': '{side}, two points',
    '2pt.by': '{player}, two points',
    '3pt': '{side}, three points',
    '3pt.by': '{player}, three points',
    ft: '{side}, free throw made',
    'ft.by': '{player}, free throw made',
    ftMissed: '{side}, free throw missed',
    'ftMissed.by': '{player}, free throw missed',
    foul: 'Foul on {side}',
    'foul.by': 'Foul on {player}',
    'foul.shooting': 'Shooting foul on {side}',
    'foul.shooting.by': 'Shooting foul on {player}',
    'foul.offensive': 'Offensive foul on {side}',
    'foul.offensive.by': 'Offensive foul on {player}',
    'foul.technical': 'Technical foul on {side}',
    'foul.technical.by': 'Technical foul on {player}',
    'foul.bench': 'Technical foul on the {side} bench',
    'foul.unsportsmanlike': 'Unsportsmanlike foul on {side}',
    'foul.unsportsmanlike.by': 'Unsportsmanlike foul on {player}',
    'foul.disqualifying': 'Disqualifying foul on {side}',
    'foul.disqualifying.by': 'Disqualifying foul on {player}',
    timeout: 'Time-out, {side}',
    substitution: 'Substitution, {side}',
    'substitution.by': '{player} comes on',
    possession: 'Possession arrow to {side}',
    'warning.player-must-leave': 'Must leave the game',
    'warning.player-fouled-out': 'Had fouled out',
    'warning.no-timeouts-left': 'No time-out was left',
  },
  warnings: {
    'player-fouled-out': 'This player has fouled out.',
    'player-must-leave': 'The last foul allowed: this player has to leave.',
    'no-timeouts-left': 'This side had no time-out left.',
  },
  glance({ detail }) {
    const { fouls, bonus, possession } = detail as Partial<Shown>
    const say = (side: Side) => [
      fouls?.[side] ? `${fouls[side]} ${fouls[side] === 1 ? 'foul' : 'fouls'}` : '',
      bonus?.[side] ? 'bonus' : '',
    ]
    return {
      home: say('home').filter(Boolean).join(', '),
      away: say('away').filter(Boolean).join(', '),
      mark: possession ?? null,
    }
  },
})
