import { scoreOf } from '#domain/display-order.ts'
import type { Field } from '#domain/fields.ts'
import type { Score } from '#domain/game.ts'
import { ADVANTAGE_WORDS, advantageOf, sayAdvantage } from '#domain/parts/advantage.ts'
import { countBadge, shortBadge } from '#domain/parts/badges.ts'
import { type Conduct, note, noted } from '#domain/parts/conduct.ts'
import { column, count, type Figure, figure, outOf, percent, playerTables, teamRow, teamTable } from '#domain/parts/figures.ts'
import { INTERVAL_FIELDS, type IntervalRules } from '#domain/parts/interval.ts'
import {
  EMPTY_BOX,
  isServing,
  NO_CLOCK,
  NO_CLOCK_SENTENCE,
  type PenaltyBox,
  type ShownPenalties,
  serve,
  settle,
  shortNow,
  shownPenalties,
  timersOf,
} from '#domain/parts/penalties.ts'
import {
  attempt,
  attempting,
  dueAttempts,
  isDecided,
  isSettled,
  NO_SHOTS,
  type Shootout,
  type ShownShootout,
  shootoutMarks,
  shownShootout,
  TALLY_KIND,
  tallied,
} from '#domain/parts/shootout.ts'
import { decidedIn, type Stages, shootoutAt, stageLabel, timedBy, wonIn } from '#domain/parts/stages.ts'
import { addPoints, begin, bySide, columnsOf, LEVEL, leader, MINUTE, type PeriodScore, plus, total, warned } from '#domain/parts/timed.ts'
import { type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack, refuse } from '#domain/sport.ts'

interface Rules extends IntervalRules {
  periods: number
  periodMinutes: number
  overtimes: number
  overtimeSeconds: number
  /** The first goal of overtime ends it. */
  goldenGoal: boolean
  shootout: boolean
  shootoutAttempts: number
  /** Time for one attempt; kept by the table, not in the log. */
  shootoutSeconds: number
  /** 0: a green card warns, and nobody leaves. */
  greenMinutes: number
  /** Where the card does not say. */
  yellowMinutes: number
  /** Video referrals a side may lose, 0 where there are none. */
  referrals: number
  forfeitScore: number
}

interface State {
  rows: readonly PeriodScore[]
  box: PenaltyBox
  conduct: Conduct
  green: Score
  yellow: Score
  red: Score
  corners: Score
  /** Awarded and not yet played out. */
  due: 'corner' | null
  referralsLost: Score
  shootout: Shootout | null
}

/** What the board shows beside the score. `referrals` are those left; what is scored in a shoot-out never counts into the score. */
interface Shown extends Record<string, unknown> {
  cards: Record<Side, { green: number; yellow: number; red: number }>
  corners: Score
  due: 'corner' | null
  referrals: Score | null
  penalties: ShownPenalties
  shootout: (ShownShootout & { series: number }) | null
}

/** What is counted by player, in `Conduct`. */
const GREEN = 0
const YELLOW = 1
const RED = 2

const fih: Rules = {
  periods: 4,
  periodMinutes: 15,
  halfTimeMinutes: 10,
  breakSeconds: 120,
  overtimes: 0,
  overtimeSeconds: 450,
  goldenGoal: true,
  shootout: true,
  shootoutAttempts: 5,
  shootoutSeconds: 8,
  greenMinutes: 2,
  yellowMinutes: 5,
  referrals: 1,
  forfeitScore: 5,
}

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'fih',
    name: 'FIH',
    version: '2019',
    from: '2019-01-01',
    isDefault: true,
    source:
      'FIH Rules of Hockey 2019, rules 5.1 (4×15; intervals 2, 10, 2 as in its tournaments), 14 (cards; umpiring 2.3.e); FIH Tournament Regulations, appendices on the shoot-out (5, 8 s) and the video umpire',
    values: fih,
  },
  {
    id: 'fih',
    name: 'FIH, two halves',
    version: '2013',
    from: '2013-01-01',
    isDefault: true,
    source:
      'FIH Rules of Hockey 2013, rule 5.1 (2×35); FIH Outdoor Tournament Regulations 2013, appendices 1 (green card 2 min) and 9 (shoot-out)',
    values: { ...fih, periods: 2, periodMinutes: 35 },
  },
  {
    id: 'fih',
    name: 'FIH, two halves and extra time',
    version: '2011',
    from: '1998-01-01',
    isDefault: true,
    source:
      'FIH Rules of Hockey, rule 5.1 (2×35), 14 (green card a warning); FIH Tournament Regulations: 2×7½ with golden goal, then a shoot-out',
    values: { ...fih, periods: 2, periodMinutes: 35, overtimes: 2, greenMinutes: 0 },
  },
  {
    id: 'ncaa',
    name: 'US college (NCAA)',
    version: '2019',
    from: '2019-07-01',
    source: 'NCAA Field Hockey Rules Modifications, rules 5 (4×15, two sudden-victory overtimes of 10, shoot-out of 5), 14',
    values: { ...fih, overtimes: 2, overtimeSeconds: 600, shootoutSeconds: 10 },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2020-21',
    from: '2020-07-01',
    source: 'NFHS Field Hockey Rules Book 2020-21, rule 4 (4×15), 13 (cards); overtime of 10 with seven a side as the state adopts it',
    values: { ...fih, overtimes: 2, overtimeSeconds: 600, shootoutSeconds: 10, referrals: 0 },
  },
  {
    id: 'youth',
    name: 'Youth',
    version: '2019',
    from: '2019-01-01',
    source: 'FIH Rules of Hockey, rule 5.1: other periods may be agreed; league practice of 4×10 and shorter yellow cards',
    values: { ...fih, periodMinutes: 10, yellowMinutes: 3, referrals: 0 },
  },
]

const stagesOf = ({ periods, periodMinutes, overtimes, overtimeSeconds, shootout }: Rules): Stages => ({
  direction: 'down',
  periods,
  periodMs: periodMinutes * MINUTE,
  overtimes,
  overtimeParts: 1,
  overtimeMs: overtimeSeconds * 1000,
  shootout,
  shootoutLabel: 'SO',
  shootoutName: 'Shoot-out',
})

const ASSIST: Field = { type: 'player', label: 'Assist', optional: true }

const kinds: Readonly<Record<string, Kind>> = {
  goal: { label: 'Field goal', side: 'required', player: true, scoring: true, data: { assist: ASSIST } },
  cornerGoal: { label: 'Penalty corner scored', side: 'required', player: true, scoring: true, data: { assist: ASSIST } },
  strokeGoal: { label: 'Penalty stroke scored', side: 'required', player: true, scoring: true },
  strokeMissed: {
    label: 'Penalty stroke missed',
    side: 'required',
    player: true,
    data: { saved: { type: 'flag', label: 'Saved', optional: true } },
  },
  corner: { label: 'Penalty corner', side: 'required' },
  shot: {
    label: 'Shot',
    side: 'required',
    player: true,
    data: {
      result: {
        type: 'choice',
        label: 'Result',
        options: ['saved', 'wide', 'blocked'],
        labels: { saved: 'Saved', wide: 'Wide', blocked: 'Blocked' },
        optional: true,
      },
      keeper: { type: 'player', of: 'other', label: 'Goalkeeper', optional: true },
    },
  },
  circleEntry: { label: 'Circle entry', side: 'required', player: true },
  greenCard: { label: 'Green card', side: 'required', player: true, card: 'green' },
  yellowCard: {
    label: 'Yellow card',
    side: 'required',
    player: true,
    card: 'yellow',
    data: { minutes: { type: 'int', min: 3, max: 40, label: 'Minutes', default: 5, optional: true } },
  },
  redCard: { label: 'Red card', side: 'required', player: true, card: 'red' },
  referral: {
    label: 'Video referral',
    side: 'required',
    data: {
      result: {
        type: 'choice',
        label: 'Decision',
        options: ['won', 'lost', 'undecided'],
        labels: { won: 'Upheld', lost: 'Rejected, referral lost', undecided: 'No advice possible' },
        default: 'won',
      },
    },
  },
  shootoutGoal: { label: 'Attempt scored', side: 'required', player: true, scoring: true },
  shootoutMiss: { label: 'Attempt missed', side: 'required', player: true, scoring: true },
  shootoutTally: TALLY_KIND,
}
const GOALS: ReadonlySet<string> = new Set(['goal', 'cornerGoal', 'strokeGoal'])
/** What only somebody on the field can do. */
const ON_FIELD: ReadonlySet<string> = new Set([...GOALS, 'strokeMissed', 'shot', 'circleEntry', 'shootoutGoal', 'shootoutMiss'])
/** What plays a penalty corner out. */
const PLAYED_OUT: ReadonlySet<string> = new Set([...GOALS, 'strokeMissed', 'shot', 'circleEntry'])

/** Who began the first series of a shoot-out defends first in the next. */
const SWAPS = true
const IN_PLAY = ['quarter', 'half', 'period', 'overtime']
const ATTEMPTS = ['shootout']
const act = (kind: string, label: string, size: Action['size'], keys: string, more: Partial<Action> = {}): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home: keys.charAt(0), away: keys.charAt(1) },
  ...more,
})
/** Minutes. */
const LONG_YELLOW = 10
const actionsOf = ({ shootout, shootoutSeconds, yellowMinutes, referrals }: Rules): Action[] => [
  act('goal', 'Goal', 3, 'sk', { during: IN_PLAY, ask: ['assist'], insteadOf: ['cornerGoal', 'strokeGoal'], depth: 'score' }),
  act('cornerGoal', 'Corner goal', 2, 'dl', { during: IN_PLAY, ask: ['assist'], insteadOf: ['goal', 'strokeGoal'] }),
  act('strokeGoal', 'Stroke', 1, 'aj', { hint: 'Scored', during: IN_PLAY, insteadOf: ['strokeMissed', 'cornerGoal'] }),
  act('strokeMissed', 'Stroke', 1, 'zm', { hint: 'Missed', during: IN_PLAY, ask: ['saved'], insteadOf: ['strokeGoal'] }),
  act('corner', 'Corner', 2, 'fh', { hint: 'Awarded', during: IN_PLAY }),
  ...(shootout
    ? [
        act('shootoutGoal', 'Scored', 3, 'g;', {
          hint: `${shootoutSeconds} s each`,
          during: ATTEMPTS,
          insteadOf: ['shootoutMiss'],
          depth: 'score',
        }),
        act('shootoutMiss', 'Missed', 3, 'b,', {
          hint: `${shootoutSeconds} s each`,
          during: ATTEMPTS,
          insteadOf: ['shootoutGoal'],
          depth: 'score',
        }),
      ]
    : []),
  act('greenCard', 'Green', 1, 'ei', { hint: 'Card', insteadOf: ['yellowCard'] }),
  act('yellowCard', 'Yellow', 1, 'wo', {
    hint: `${yellowMinutes} min`,
    data: { minutes: yellowMinutes },
    insteadOf: ['greenCard', 'redCard'],
  }),
  // The longer suspension of rule 14.1, for what is rough.
  ...(yellowMinutes < LONG_YELLOW
    ? [
        act('yellowCard', 'Yellow', 1, '28', {
          id: 'longYellowCard',
          hint: `${LONG_YELLOW} min`,
          data: { minutes: LONG_YELLOW },
          insteadOf: ['yellowCard'],
          depth: 'full',
        }),
      ]
    : []),
  act('redCard', 'Red', 1, 'ru', { hint: 'Card', insteadOf: ['yellowCard'] }),
  ...(referrals > 0
    ? [
        act('referral', 'Referral', 1, 'qp', {
          id: 'referralWon',
          hint: 'Won',
          data: { result: 'won' },
          // In the shoot-out the umpires alone ask for the video.
          during: IN_PLAY,
          ask: ['result'],
          insteadOf: ['referralLost'],
        }),
        act('referral', 'Referral', 1, 'x.', {
          id: 'referralLost',
          hint: 'Lost',
          data: { result: 'lost' },
          during: IN_PLAY,
          insteadOf: ['referralWon'],
        }),
      ]
    : []),
  act('shot', 'Shot', 1, 'ty', { during: IN_PLAY, ask: ['result', 'keeper'], depth: 'full' }),
  act('circleEntry', 'Circle entry', 1, 'c7', { during: IN_PLAY, depth: 'full' }),
]

const blank = (n: number): PeriodScore => ({ n, ...LEVEL })

/** Goals scored in overtime: where the first one ends it there should be one. */
const overtimeGoals = (rows: readonly PeriodScore[], { periods }: Rules) => {
  const { home, away } = total(rows.filter(({ n }) => n > periods))
  return home + away
}

function figuresOf({ kind, side, playerId, data = {} }: LoggedPlay): Figure[] {
  if (!side) return []
  const by = (key: string): Figure => ({ side, key, playerId })
  const assist: Figure[] = data.assist ? [{ side, key: 'assists', playerId: data.assist as string }] : []
  const saved: Figure[] =
    data.saved || data.result === 'saved' || data.keeper
      ? [{ side: other(side), key: 'saves', playerId: data.keeper as string | undefined }]
      : []
  switch (kind) {
    case 'goal':
      return [by('goals'), by('fieldGoals'), by('shots'), ...assist]
    case 'cornerGoal':
      return [by('goals'), by('cornerGoals'), by('shots'), ...assist]
    case 'strokeGoal':
      return [by('goals'), by('strokeGoals'), by('strokes')]
    case 'strokeMissed':
      return [by('strokes'), ...saved]
    case 'shot':
      return [by('shots'), ...saved]
    case 'referral':
      return [by('referrals'), ...(data.result === 'won' ? [by('referralsWon')] : [])]
    case 'corner':
    case 'greenCard':
    case 'yellowCard':
    case 'redCard':
      return [by(`${kind}s`)]
    case 'circleEntry':
      return [by('entries')]
    default:
      return []
  }
}

export const sport = defineSport<State, Rules>({
  id: 'field_hockey',
  name: 'Field hockey',
  version: 2,
  labels: {
    game: 'Match',
    period: 'Quarter',
    periods: 'Quarters',
    unit: 'goal',
    units: 'goals',
    byPeriod: 'By period',
    mark: 'attacking',
    endings: { overtime: { second: 'AET' }, golden: { second: 'Golden goal' }, shootout: { second: 'SO' } },
    tablePoints: { win: 3, draw: 1, loss: 0, shootoutWin: 2, shootoutLoss: 1 },
    tieBreakers: ['wins', 'difference', 'for', 'head-to-head'],
  },
  endsItself: false,
  timed: timedBy(stagesOf),
  packs,
  ruleFields: {
    periods: { type: 'int', min: 1, max: 4, label: 'Periods' },
    periodMinutes: { type: 'int', min: 1, max: 60, label: 'Minutes in a period' },
    ...INTERVAL_FIELDS,
    overtimes: { type: 'int', min: 0, max: 8, label: 'Periods of overtime at the most' },
    overtimeSeconds: { type: 'int', min: 60, max: 1800, label: 'Seconds in a period of overtime' },
    goldenGoal: { type: 'flag', label: 'The first goal of overtime wins' },
    shootout: { type: 'flag', label: 'A shoot-out may decide' },
    shootoutAttempts: { type: 'int', min: 1, max: 20, label: 'Attempts a side before sudden death' },
    shootoutSeconds: { type: 'int', min: 1, max: 60, label: 'Seconds for an attempt' },
    greenMinutes: { type: 'int', min: 0, max: 20, label: 'Minutes of a green card (0: a warning)' },
    yellowMinutes: { type: 'int', min: 3, max: 40, label: 'Minutes of a yellow card unless it says otherwise' },
    referrals: { type: 'int', min: 0, max: 9, label: 'Video referrals a side may lose (0: none)' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Goals for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    rows: [],
    box: EMPTY_BOX,
    conduct: {},
    green: LEVEL,
    yellow: LEVEL,
    red: LEVEL,
    corners: LEVEL,
    due: null,
    referralsLost: LEVEL,
    shootout: null,
  }),
  onPeriod(before, edge, _play, { period, rules, playedMs }) {
    // A penalty corner awarded before the end is played to its end, the time being up or not (rule 13.5).
    if (edge === 'end') return { state: before }
    const state = { ...before, due: null, box: settle(before.box, playedMs) }
    if (period === shootoutAt(stagesOf(rules))) return { state: { ...state, shootout: state.shootout ?? NO_SHOTS } }
    return { state: { ...state, rows: begin(state.rows, period, blank) } }
  },
  reduce(before, play, { rules, period, late, playedMs }) {
    const { kind, side, playerId, data = {} } = play
    const isAttempt = kind.startsWith('shootout')
    if (isAttempt !== (period === shootoutAt(stagesOf(rules))) && (isAttempt || GOALS.has(kind))) {
      return refuse(
        isAttempt ? 'These attempts belong to the shoot-out.' : 'Goals do not count in the shoot-out, its attempts do.',
        'period',
      )
    }
    if (kind === 'shootoutTally') return { state: { ...before, shootout: tallied(data) } }
    if (!side) return refuse('Say which side.', 'side')
    const due = late ? before.due : PLAYED_OUT.has(kind) ? null : before.due
    const state: State = { ...before, due, box: settle(before.box, playedMs) }
    const { conduct, box } = state
    const isOff = noted(conduct, playerId, RED) > 0
    const odd = ON_FIELD.has(kind) ? warned(isOff ? 'player-sent-off' : isServing(box, playerId, playedMs) && 'player-suspended') : []
    const off = (label: string, minutes: number | null) =>
      serve(box, { side, label, playerId, lengthMs: minutes === null ? null : minutes * MINUTE }, playedMs)
    const clockless = playedMs === null && NO_CLOCK
    switch (kind) {
      case 'goal':
      case 'cornerGoal':
      case 'strokeGoal': {
        const isGoldenOver = period > rules.periods && rules.goldenGoal && overtimeGoals(state.rows, rules) > 0
        const noCorner = kind === 'cornerGoal' && state.corners[side] === 0
        const rows = addPoints(state.rows, period, blank, side, 1)
        return {
          state: { ...state, rows },
          warnings: warned(...odd, isGoldenOver && 'golden-goal-scored', noCorner && 'no-corner-awarded'),
          facts: late || kind === 'strokeGoal' ? {} : advantageOf(box, side, playedMs),
        }
      }
      case 'corner':
        return { state: { ...state, corners: plus(state.corners, side), due: late ? state.due : 'corner' } }
      case 'greenCard': {
        const again = noted(conduct, playerId, GREEN) > 0 && 'second-green'
        const next = { ...state, green: plus(state.green, side), conduct: note(conduct, playerId, GREEN) }
        // Rule 14.1: two minutes; before that it was a warning.
        if (rules.greenMinutes === 0) return { state: next, warnings: warned(again) }
        return { state: { ...next, box: off('Green', rules.greenMinutes) }, warnings: warned(again, clockless) }
      }
      case 'yellowCard': {
        const minutes = typeof data.minutes === 'number' && data.minutes > 0 ? data.minutes : rules.yellowMinutes
        const again = noted(conduct, playerId, YELLOW) > 0 && 'second-yellow'
        const next = { ...state, yellow: plus(state.yellow, side), conduct: note(conduct, playerId, YELLOW), box: off('Yellow', minutes) }
        return { state: next, warnings: warned(again, clockless) }
      }
      case 'redCard': {
        const again = noted(conduct, playerId, RED) > 0 && 'player-sent-off'
        // For the rest of the match (rule 14.1), so it runs on no clock.
        return {
          state: { ...state, red: plus(state.red, side), conduct: note(conduct, playerId, RED), box: off('Red', null) },
          warnings: warned(again),
        }
      }
      case 'referral': {
        const isBeyond = state.referralsLost[side] >= rules.referrals
        const referralsLost = data.result === 'lost' ? plus(state.referralsLost, side) : state.referralsLost
        return { state: { ...state, referralsLost }, warnings: warned(isBeyond && 'no-referral-left') }
      }
      case 'shootoutGoal':
      case 'shootoutMiss': {
        const wasSettled = state.shootout !== null && isSettled(state.shootout, rules.shootoutAttempts)
        const shootout = attempt(state.shootout, side, kind === 'shootoutGoal')
        return { state: { ...state, shootout }, warnings: warned(...odd, wasSettled && 'shootout-settled') }
      }
      default:
        return { state, warnings: odd }
    }
  },
  score: state => total(state.rows),
  columns: (state, rules) => columnsOf(state.rows, n => stageLabel(n, stagesOf(rules))),
  winner: ({ rows, shootout }) => leader(isDecided(shootout) ? shootout : total(rows)),
  decided: ({ rows, shootout }, { periods, goldenGoal, shootoutAttempts }) =>
    wonIn(rows, shootout, shootoutAttempts, n => goldenGoal && n > periods),
  how({ rows, shootout }, rules) {
    const how = decidedIn(rows, shootout, stagesOf(rules))
    return how === 'overtime' && rules.goldenGoal && overtimeGoals(rows, rules) > 0 ? 'golden' : how
  },
  detail({ green, yellow, red, corners, due, referralsLost, box, shootout }, { referrals, shootoutAttempts }): Shown {
    const shown = shownShootout(shootout)
    return {
      cards: bySide(side => ({ green: green[side], yellow: yellow[side], red: red[side] })),
      corners,
      due,
      referrals: referrals > 0 ? bySide(side => Math.max(0, referrals - referralsLost[side])) : null,
      penalties: shownPenalties(box),
      shootout: shown && { ...shown, series: shootoutAttempts },
    }
  },
  timers: ({ box }) => timersOf(box),
  totals(detail) {
    const { corners, shootout } = detail as Partial<Shown>
    const awarded = corners && corners.home + corners.away > 0 ? [{ label: 'PC', name: 'Penalty corners', of: corners }] : []
    return shootout ? [...awarded, { label: 'SO', name: 'Shoot-out', of: shootout }] : awarded
  },
  due(detail) {
    const { due, shootout } = detail as Partial<Shown>
    if (shootout) return dueAttempts(shootout, shootout.series, ['shootoutGoal', 'shootoutMiss'], SWAPS)
    return due === 'corner' ? ['cornerGoal'] : []
  },
  chart: 'timeline',
  actions: actionsOf,
  describe({ kind, data = {} }, { rules, facts }) {
    switch (kind) {
      case 'goal':
      case 'cornerGoal':
        return { key: data.assist ? `${kind}.assist` : kind, ...sayAdvantage(facts) }
      case 'strokeMissed':
        return { key: data.saved ? 'strokeMissed.saved' : kind }
      case 'shot':
        return { key: data.keeper ? 'shot.keeper' : data.result ? `shot.${data.result}` : kind }
      case 'yellowCard':
        return { key: kind, values: { minutes: Number(data.minutes ?? rules.yellowMinutes ?? 5) } }
      case 'shootoutTally':
        return { key: kind, values: data as Record<string, number> }
      case 'referral':
        return { key: `referral.${data.result ?? 'won'}` }
      default:
        return { key: kind }
    }
  },
  words: {
    ...ADVANTAGE_WORDS,
    goal: 'Goal for {side}',
    'goal.by': '{player} scores for {side}',
    'goal.assist': 'Goal for {side}, set up by {assist}',
    'goal.assist.by': '{player} scores for {side}, set up by {assist}',
    cornerGoal: '{side} score from a penalty corner',
    'cornerGoal.by': '{player} scores for {side} from a penalty corner',
    'cornerGoal.assist': '{side} score from a penalty corner, set up by {assist}',
    'cornerGoal.assist.by': '{player} scores for {side} from a penalty corner, set up by {assist}',
    strokeGoal: '{side} score the penalty stroke',
    'strokeGoal.by': '{player} scores the penalty stroke for {side}',
    strokeMissed: '{side} miss a penalty stroke',
    'strokeMissed.by': '{player} misses a penalty stroke for {side}',
    'strokeMissed.saved': 'Penalty stroke by {side} saved',
    'strokeMissed.saved.by': 'Penalty stroke by {player} of {side} saved',
    corner: 'Penalty corner to {side}',
    shot: 'Shot by {side}',
    'shot.by': 'Shot by {player}, {side}',
    'shot.saved': 'Shot by {side} saved',
    'shot.saved.by': 'Shot by {player} of {side} saved',
    'shot.wide': 'Shot by {side} goes wide',
    'shot.wide.by': 'Shot by {player} of {side} goes wide',
    'shot.blocked': 'Shot by {side} blocked',
    'shot.blocked.by': 'Shot by {player} of {side} blocked',
    'shot.keeper': '{keeper} saves a shot by {side}',
    'shot.keeper.by': '{keeper} saves from {player}',
    circleEntry: '{side} enter the circle',
    'circleEntry.by': '{player} enters the circle for {side}',
    greenCard: 'Green card, {side}',
    'greenCard.by': 'Green card for {player}, {side}',
    yellowCard: 'Yellow card, {side}, {minutes} minutes',
    'yellowCard.by': 'Yellow card for {player}, {side}, {minutes} minutes',
    redCard: 'Red card, {side}',
    'redCard.by': 'Red card for {player}, {side}',
    'referral.won': 'Referral by {side} upheld',
    'referral.lost': 'Referral by {side} rejected, they have lost it',
    'referral.undecided': 'Referral by {side}, no advice possible',
    shootoutGoal: '{side} score in the shoot-out',
    'shootoutGoal.by': '{player} scores in the shoot-out for {side}',
    shootoutMiss: '{side} miss in the shoot-out',
    shootoutTally: 'Shoot-out {home}–{away}',
    'shootoutMiss.by': '{player} misses in the shoot-out for {side}',
    'warning.player-sent-off': 'Had been sent off',
    'warning.shootout-settled': 'Taken after the shoot-out was settled',
    'warning.golden-goal-scored': 'Scored after the golden goal',
  },
  warnings: {
    'player-sent-off': 'This player has been sent off.',
    'player-suspended': 'This player still sits out a card.',
    'second-green': 'This player had a green card already: for the same offence it is a yellow one.',
    'second-yellow': 'This player had a yellow card already: for the same offence it is a red one.',
    'golden-goal-scored': 'The first goal of overtime had won it.',
    'no-corner-awarded': 'No penalty corner of this side is written down.',
    'no-referral-left': 'This side had no referral left.',
    'shootout-settled': 'The shoot-out was settled already.',
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
  },
  glance({ detail, status, displayOrder }) {
    const { cards, corners, due, shootout, penalties } = detail as Partial<Shown>
    const short = shortNow(penalties, detail.timers)
    const badges = SIDES.flatMap(side => [
      ...shortBadge(side, short[side], 'on the field'),
      ...countBadge(side, cards?.[side].green ?? 0, 'green', 'Green cards'),
      ...countBadge(side, cards?.[side].yellow ?? 0, 'yellow', 'Yellow cards'),
      ...countBadge(side, cards?.[side].red ?? 0, 'red', 'Red cards'),
    ])
    const say = (side: Side) => {
      const n = corners?.[side] ?? 0
      return n === 0 ? '' : n === 1 ? '1 corner' : `${n} corners`
    }
    const scored = shootout && scoreOf(shootout, { displayOrder })
    const middle = scored
      ? status === 'final'
        ? `SO ${scored}`
        : `${scored}, shoot-out`
      : due && status === 'live'
        ? 'penalty corner'
        : ''
    const series = shootout?.series ?? 0
    return {
      ...{ home: say('home'), away: say('away'), middle, badges },
      ...(shootout ? { mark: attempting(shootout, series, SWAPS) } : {}),
      marks: shootoutMarks(shootout, series, 'SO'),
    }
  },
  box(plays) {
    const counted = count(plays, figuresOf)
    return [
      ...playerTables(counted, 'players', 'Players', [
        column('goals', 'G', 'Goals'),
        column('fieldGoals', 'FG', 'Field goals'),
        column('cornerGoals', 'PC', 'Penalty corner goals'),
        column('strokes', 'PS', 'Penalty strokes', own => outOf(figure(own, 'strokeGoals'), figure(own, 'strokes'))),
        column('assists', 'A', 'Assists'),
        column('shots', 'SH', 'Shots'),
        column('saves', 'SV', 'Saves'),
        column('entries', 'CE', 'Circle entries'),
        column('greenCards', 'GC', 'Green cards'),
        column('yellowCards', 'YC', 'Yellow cards'),
        column('redCards', 'RC', 'Red cards'),
      ]),
      ...teamTable(counted, [
        teamRow('Goals', 'goals'),
        teamRow('Field goals', 'fieldGoals'),
        teamRow('Penalty corners', 'corners'),
        teamRow('Penalty corner goals', 'cornerGoals'),
        { label: 'Corners converted', of: own => percent(figure(own, 'cornerGoals'), figure(own, 'corners')) },
        { label: 'Penalty strokes', of: own => outOf(figure(own, 'strokeGoals'), figure(own, 'strokes')) },
        teamRow('Shots', 'shots'),
        teamRow('Saves', 'saves'),
        teamRow('Circle entries', 'entries'),
        teamRow('Green cards', 'greenCards'),
        teamRow('Yellow cards', 'yellowCards'),
        teamRow('Red cards', 'redCards'),
        { label: 'Referrals won', of: own => outOf(figure(own, 'referralsWon'), figure(own, 'referrals')) },
      ]),
    ]
  },
})
