import { scoreOf } from '#domain/display-order.ts'
import type { Fields } from '#domain/fields.ts'
import { HALF_TIME } from '#domain/parts/interval.ts'
import { EMPTY_BOX, NO_CLOCK, NO_CLOCK_SENTENCE, settle, shownPenalties, timersOf } from '#domain/parts/penalties.ts'
import { isDecided, NO_SHOTS, shootoutMarks, shownShootout } from '#domain/parts/shootout.ts'
import {
  blank,
  foulsOf,
  lengthOf,
  minuteOf,
  minutesBefore,
  PERIODS,
  type Rules,
  reduce,
  SHOOTOUT,
  type Shown,
  type State,
  timeoutsLeft,
} from '#domain/parts/soccer.ts'
import { box } from '#domain/parts/soccer-box.ts'
import { wonIn } from '#domain/parts/stages.ts'
import { begin, columnsOf, LEVEL, leader, MINUTE, total } from '#domain/parts/timed.ts'
import { TIMEOUT_KIND, TIMEOUT_SECONDS } from '#domain/parts/timeout.ts'
import { SIDES, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack } from '#domain/sport.ts'

const ifab: Rules = {
  halfMinutes: 45,
  halfTimeMinutes: 15,
  extraTime: true,
  extraMinutes: 15,
  shootout: true,
  shootoutKicks: 5,
  substitutions: 5,
  extraSubstitutions: 1,
  windows: 3,
  extraWindows: 1,
  concussionSubs: 0,
  goldenGoal: false,
  players: 11,
  sinBinMinutes: 0,
  sendOffMinutes: 0,
  foulLimit: 0,
  timeouts: 0,
  timeoutSeconds: 60,
  clock: 'up',
  forfeitScore: 0,
}
/** Substitutions without limit, as school and youth leagues have them. */
const free: Rules = { ...ifab, substitutions: 99, extraSubstitutions: 0, windows: 0, extraWindows: 0 }
const three: Rules = { ...ifab, substitutions: 3, extraSubstitutions: 0, windows: 0, extraWindows: 0 }

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'ifab',
    name: 'IFAB',
    version: '2024-25',
    from: '2024-07-01',
    isDefault: true,
    source: 'IFAB Laws of the Game 2024/25, laws 3 (five substitutes in three windows; concussion substitutes), 7, 10',
    values: { ...ifab, concussionSubs: 1 },
  },
  {
    id: 'ifab',
    name: 'IFAB',
    version: '2022-23',
    from: '2022-07-01',
    isDefault: true,
    source: 'IFAB Laws of the Game 2022/23, laws 3, 7, 10',
    values: ifab,
  },
  {
    id: 'ifab',
    name: 'IFAB, three substitutes',
    version: '1995-96',
    from: '1995-07-01',
    isDefault: true,
    source: 'IFAB Laws of the Game 1995/96, laws III, VII',
    values: three,
  },
  {
    id: 'ifab',
    name: 'IFAB, two substitutes',
    version: '1970',
    from: '1970-07-01',
    isDefault: true,
    source: 'IFAB Laws of the Game 1970/71, law III; kicks from the mark adopted in June 1970',
    values: { ...three, substitutions: 2 },
  },
  {
    id: 'ifab',
    name: 'IFAB, no substitutes',
    version: '1897',
    from: '1863-10-26',
    isDefault: true,
    source: 'IFAB Laws of the Game 1897: ninety minutes',
    values: { ...three, substitutions: 0 },
  },
  {
    id: 'youth',
    name: 'Youth',
    version: '2022-23',
    from: '2022-07-01',
    source:
      'IFAB Laws of the Game 2022/23, modifications for youth football: shorter halves, return substitutes, temporary dismissals of a tenth of the playing time',
    values: { ...free, halfMinutes: 30, halfTimeMinutes: 10, extraTime: false, extraMinutes: 5, sinBinMinutes: 6 },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2023-24',
    from: '2023-07-01',
    source: 'NFHS Soccer Rules Book 2023-24, rules 3 (substitutes), 7 (periods, half-time of ten minutes); overtime as the state adopts it',
    values: { ...free, halfMinutes: 40, halfTimeMinutes: 10, extraMinutes: 10, clock: 'down' },
  },
  {
    id: 'ncaa',
    name: 'NCAA',
    version: '2022',
    from: '2022-08-01',
    source:
      'NCAA Soccer Rules 2022 and 2023, rules 3 (substitution) and 7 (clock counts down; two overtimes of ten minutes, no golden goal)',
    values: { ...free, extraMinutes: 10, clock: 'down' },
  },
  {
    id: 'golden-goal',
    name: 'Golden goal',
    version: '1993',
    from: '1993-01-01',
    source: 'IFAB, 1993 to 2004: in competitions that chose it extra time ended with the first goal',
    values: { ...three, goldenGoal: true },
  },
  {
    id: 'futsal',
    name: 'Futsal',
    version: '2021-22',
    from: '2020-06-01',
    source:
      'FIFA Futsal Laws of the Game 2021/22, laws 3 (five players; whole again after two minutes or a goal), 7 (two times twenty, time-out), 10 (five kicks), 13 (from the sixth foul)',
    values: { ...free, halfMinutes: 20, extraMinutes: 5, players: 5, sendOffMinutes: 2, foulLimit: 5, timeouts: 1, clock: 'down' },
  },
]

/** Feeds that know the minute but not the clock say it here: 45 and 2 for `45+2′`. */
const MINUTE_FIELDS: Fields = {
  minute: { type: 'int', min: 1, max: 200, label: 'Minute', optional: true },
  added: { type: 'int', min: 0, max: 60, label: 'Minute of added time', optional: true },
}

const event = (label: string, more: Fields = {}): Kind => ({ label, side: 'required', player: true, data: { ...more, ...MINUTE_FIELDS } })
const goal = (label: string, more: Fields = {}): Kind => ({ ...event(label, more), scoring: true })

const kinds: Readonly<Record<string, Kind>> = {
  goal: goal('Goal', { assist: { type: 'player', label: 'Assist', optional: true } }),
  ownGoal: { ...goal('Own goal'), playerSide: 'other' },
  penaltyGoal: goal('Penalty scored'),
  penaltyMissed: event('Penalty missed', {
    how: {
      type: 'choice',
      options: ['saved', 'woodwork', 'off'],
      labels: { saved: 'Saved', woodwork: 'Post or bar', off: 'Off target' },
      label: 'How',
      optional: true,
    },
  }),
  penaltyAwarded: event('Penalty awarded'),
  yellowCard: { ...event('Yellow card', { sinBin: { type: 'flag', label: 'Temporary dismissal', optional: true } }), card: 'yellow' },
  secondYellow: { ...event('Second yellow card'), card: 'second' },
  redCard: { ...event('Red card'), card: 'red' },
  substitution: event('Substitution', {
    out: { type: 'player', label: 'Goes off', optional: true },
    concussion: { type: 'flag', label: 'Concussion substitute', optional: true },
  }),
  corner: event('Corner'),
  shot: event('Shot off target'),
  shotOnTarget: event('Shot on target'),
  save: event('Save'),
  offside: event('Offside'),
  foul: event('Foul'),
  starter: { label: 'Starts', side: 'required', player: true },
  timeout: { ...TIMEOUT_KIND, data: { ...TIMEOUT_KIND.data, ...MINUTE_FIELDS } },
  addedTime: {
    label: 'Added time',
    side: 'none',
    data: { minutes: { type: 'int', min: 0, max: 60, label: 'Minutes', optional: true, common: [1, 2, 3, 4, 5, 6, 7, 8] } },
  },
  shootoutGoal: goal('Kick scored'),
  shootoutMiss: goal('Kick missed'),
  shootoutTally: {
    label: 'Shoot-out, tally only',
    side: 'none',
    data: {
      home: { type: 'int', min: 0, max: 99, label: 'Home' },
      away: { type: 'int', min: 0, max: 99, label: 'Away' },
    },
  },
}

const IN_PLAY = ['half', 'extra-time']
const KICKS = ['shootout']
const act = (kind: string, label: string, size: Action['size'], [home = '', away = '']: string, more: Partial<Action> = {}): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home, away },
  ...more,
})
const inPlay = (more: Partial<Action> = {}): Partial<Action> => ({ during: IN_PLAY, ...more })
const full = inPlay({ depth: 'full' })
const ACTIONS: readonly Action[] = [
  act('goal', 'Goal', 3, 'sk', inPlay({ ask: ['assist'], insteadOf: ['ownGoal', 'penaltyGoal'], depth: 'score' })),
  act('penaltyGoal', 'Penalty', 2, 'dl', inPlay({ hint: 'Scored', insteadOf: ['goal', 'penaltyMissed'] })),
  act('ownGoal', 'Own goal', 2, 'aj', inPlay({ hint: 'Counts for this side', insteadOf: ['goal'] })),
  act('penaltyMissed', 'Penalty', 1, 'zm', inPlay({ hint: 'Missed', ask: ['how'], insteadOf: ['penaltyGoal'] })),
  act('shootoutGoal', 'Scored', 3, 'gh', { hint: 'Kick from the mark', during: KICKS, insteadOf: ['shootoutMiss'], depth: 'score' }),
  act('shootoutMiss', 'Missed', 3, 'bu', { hint: 'Kick from the mark', during: KICKS, insteadOf: ['shootoutGoal'], depth: 'score' }),
  act('yellowCard', 'Yellow', 1, 'ei', { hint: 'Card', ask: ['sinBin'], insteadOf: ['redCard', 'secondYellow'] }),
  act('secondYellow', 'Second yellow', 1, 'qp', { hint: 'Sent off', insteadOf: ['yellowCard', 'redCard'] }),
  act('redCard', 'Red', 1, 'ro', { hint: 'Card', insteadOf: ['yellowCard', 'secondYellow'] }),
  act('substitution', 'Sub', 1, 'fy', inPlay({ hint: 'Comes on', ask: ['out', 'concussion'] })),
  act('addedTime', 'Added time', 1, 'tt', inPlay({ ask: ['minutes'] })),
  act('penaltyAwarded', 'Penalty', 1, '46', inPlay({ hint: 'Awarded', depth: 'full' })),
  act('shotOnTarget', 'On target', 2, 'x,', inPlay({ hint: 'Shot', insteadOf: ['shot', 'goal'], depth: 'full' })),
  act('shot', 'Off target', 1, '17', inPlay({ hint: 'Shot', insteadOf: ['shotOnTarget'], depth: 'full' })),
  act('corner', 'Corner', 1, 'c.', full),
  act('foul', 'Foul', 1, 'v;', full),
  act('offside', 'Offside', 1, '39', full),
  act('save', 'Save', 1, '28', full),
  act('timeout', 'Time-out', 1, 'w0', inPlay()),
]

function actionsFor(rules: Rules): readonly Action[] {
  const asked = (key: string) => (key === 'sinBin' ? rules.sinBinMinutes > 0 : key === 'concussion' ? rules.concussionSubs > 0 : true)
  return ACTIONS.filter(({ kind }) => (kind.startsWith('shootout') ? rules.shootout : kind === 'timeout' ? rules.timeouts > 0 : true)).map(
    ({ ask, ...action }) => ({
      ...action,
      ...(ask ? { ask: ask.filter(asked) } : {}),
      // Where fouls are counted they belong to every game.
      ...(action.kind === 'foul' && rules.foulLimit > 0 ? { depth: undefined, size: 2 as const } : {}),
    }),
  )
}

const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

export const sport = defineSport<State, Rules>({
  id: 'soccer',
  name: 'Soccer',
  version: 4,
  labels: {
    game: 'Match',
    period: 'Half',
    periods: 'Halves',
    unit: 'goal',
    units: 'goals',
    byPeriod: 'By half',
    endings: { overtime: { second: 'AET' }, golden: { second: 'golden goal' }, shootout: { second: 'pens' } },
    isInMinutes: true,
    tablePoints: { win: 3, draw: 1, loss: 0 },
    tieBreakers: ['difference', 'for', 'head-to-head'],
  },
  endsItself: false,
  timed: {
    direction: rules => rules.clock,
    period(n, rules) {
      const period = PERIODS[n - 1]
      if (!period || (period.kind === 'extra-time' && !rules.extraTime) || (n === SHOOTOUT && !rules.shootout)) return null
      const lengthMs = lengthOf(n, rules) * MINUTE
      if (n === SHOOTOUT) return { ...period, startMs: 0, lengthMs: 0, clockless: true }
      return { ...period, lengthMs, startMs: rules.clock === 'up' ? minutesBefore(n, rules) * MINUTE : lengthMs }
    },
    regulation: () => 2,
    next(n, { extraTime, shootout }) {
      const kicks = shootout && n >= 2 ? [SHOOTOUT] : []
      if (n === 1) return [2]
      return extraTime && n < 4 ? [n + 1, ...kicks] : n < SHOOTOUT ? kicks : []
    },
  },
  packs,
  ruleFields: {
    halfMinutes: { type: 'int', min: 1, max: 60, label: 'Minutes in a half' },
    halfTimeMinutes: HALF_TIME,
    extraTime: { type: 'flag', label: 'Extra time may be played' },
    extraMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a half of extra time' },
    shootout: { type: 'flag', label: 'Kicks from the mark may decide' },
    shootoutKicks: { type: 'int', min: 1, max: 20, label: 'Kicks a side before sudden death' },
    substitutions: { type: 'int', min: 0, max: 99, label: 'Substitutions (99: no limit)' },
    extraSubstitutions: { type: 'int', min: 0, max: 99, label: 'More substitutions in extra time' },
    windows: { type: 'int', min: 0, max: 99, label: 'Stoppages to substitute in (0: no limit)' },
    extraWindows: { type: 'int', min: 0, max: 99, label: 'More of them in extra time' },
    concussionSubs: { type: 'int', min: 0, max: 9, label: 'Concussion substitutes' },
    goldenGoal: { type: 'flag', label: 'The first goal of extra time wins' },
    players: { type: 'int', min: 3, max: 11, label: 'Players on the field' },
    sinBinMinutes: { type: 'int', min: 0, max: 30, label: 'Minutes of a temporary dismissal (0: none)' },
    sendOffMinutes: { type: 'int', min: 0, max: 30, label: 'Minutes short after a sending-off (0: the rest of the match)' },
    foulLimit: { type: 'int', min: 0, max: 20, label: 'Fouls a half before free kicks without a wall (0: not counted)' },
    timeoutSeconds: TIMEOUT_SECONDS,
    timeouts: { type: 'int', min: 0, max: 9, label: 'Time-outs for each side in each half' },
    clock: { type: 'choice', options: ['up', 'down'], labels: { up: 'Counts up', down: 'Counts down' }, label: 'Clock' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Goals for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    rows: [],
    current: 0,
    isBreak: false,
    yellow: LEVEL,
    red: LEVEL,
    booked: {},
    sentOff: {},
    gone: {},
    substitutions: LEVEL,
    concussions: LEVEL,
    windows: LEVEL,
    lastWindow: { home: null, away: null },
    added: null,
    penalty: null,
    penalties: EMPTY_BOX,
    golden: null,
    shootout: null,
  }),
  onPeriod(state, edge, _play, { period, playedMs }) {
    const penalties = settle(state.penalties, playedMs)
    if (edge === 'end') return { state: { ...state, penalties, isBreak: true, added: null, penalty: null } }
    const opened = { ...state, penalties, current: period, isBreak: false, added: null, penalty: null }
    if (period === SHOOTOUT) return { state: { ...opened, shootout: state.shootout ?? NO_SHOTS } }
    return { state: { ...opened, rows: begin(state.rows, period, blank) } }
  },
  reduce,
  score: state => total(state.rows),
  columns: state => columnsOf(state.rows, n => PERIODS[n - 1]?.label ?? String(n)),
  // Kicks come first: at the end of a two-legged tie they decide against the score of the day.
  winner: ({ rows, shootout, golden }) => golden ?? leader(isDecided(shootout) ? shootout : total(rows)),
  end: ({ golden }) => golden && { how: 'golden', winner: golden },
  decided: ({ rows, shootout }, { shootoutKicks }) => wonIn(rows, shootout, shootoutKicks, () => false),
  how: ({ rows, shootout }) => (isDecided(shootout) ? 'shootout' : rows.some(({ n }) => n > 2) ? 'overtime' : 'regulation'),
  detail(state, rules): Shown {
    const { yellow, red, substitutions, windows, added, penalty, penalties, shootout } = state
    return {
      cards: { home: { yellow: yellow.home, red: red.home }, away: { yellow: yellow.away, red: red.away } },
      substitutions,
      windows,
      addedMinutes: added,
      fouls: rules.foulLimit > 0 ? foulsOf(state) : null,
      foulLimit: rules.foulLimit,
      timeouts: rules.timeouts > 0 ? timeoutsLeft(state, rules) : null,
      penalty,
      short: shownPenalties(penalties),
      shootout: shownShootout(shootout),
      shootoutKicks: rules.shootoutKicks,
    }
  },
  timers: ({ penalties }) => timersOf(penalties),
  totals: shown => {
    const { shootout } = shown as Partial<Shown>
    return shootout ? [{ label: 'Pens', name: 'Kicks from the mark', of: { home: shootout.home, away: shootout.away } }] : []
  },
  due: detail => ((detail as Partial<Shown>).penalty ? ['penaltyGoal', 'penaltyMissed'] : []),
  box,
  chart: 'timeline',
  actions: actionsFor,
  describe({ kind, data = {} }, { facts }) {
    const values = data as Readonly<Record<string, number>>
    // The board goes up before anybody at the table has read it.
    if (kind === 'addedTime' && values.minutes === undefined) return { key: 'addedTime.unsaid' }
    if (kind === 'addedTime' && values.minutes === 1) return { key: 'addedTime.one', values }
    if (kind === 'shootoutTally' || kind === 'addedTime') return { key: kind, values }
    if (kind === 'goal' && data.assist !== undefined) return { key: 'goal.assist' }
    if (kind === 'penaltyMissed' && data.how) return { key: `penaltyMissed.${data.how}` }
    if (facts?.card === 'second') return { key: 'secondYellow' }
    if (kind === 'yellowCard' && data.sinBin === true) return { key: 'yellowCard.sinBin' }
    if (kind !== 'substitution') return { key: kind }
    return { key: `substitution${data.concussion === true ? '.concussion' : ''}${data.out === undefined ? '' : '.out'}` }
  },
  when: (play, { period, clockMs, rules }) => minuteOf(play, period, clockMs, rules),
  words: {
    goal: 'Goal for {side}',
    'goal.by': 'Goal for {side}, {player}',
    'goal.assist': 'Goal for {side}, set up by {assist}',
    'goal.assist.by': 'Goal for {side}, {player}, set up by {assist}',
    ownGoal: 'Own goal, counts for {side}',
    'ownGoal.by': 'Own goal by {player}, counts for {side}',
    penaltyGoal: 'Goal for {side}, penalty',
    'penaltyGoal.by': 'Goal for {side}, {player} from the penalty spot',
    penaltyMissed: '{side} miss a penalty',
    'penaltyMissed.by': '{player} misses a penalty for {side}',
    'penaltyMissed.saved': '{side} have a penalty saved',
    'penaltyMissed.saved.by': '{player} has a penalty saved, {side}',
    'penaltyMissed.woodwork': '{side} hit the frame of the goal from the penalty spot',
    'penaltyMissed.woodwork.by': '{player} hits the frame of the goal from the penalty spot, {side}',
    'penaltyMissed.off': '{side} put a penalty wide',
    'penaltyMissed.off.by': '{player} puts a penalty wide, {side}',
    penaltyAwarded: 'Penalty to {side}',
    'penaltyAwarded.by': 'Penalty to {side}, {player} fouled',
    yellowCard: 'Yellow card, {side}',
    'yellowCard.by': 'Yellow card, {player}, {side}',
    'yellowCard.sinBin': 'Yellow card and temporary dismissal, {side}',
    'yellowCard.sinBin.by': 'Yellow card and temporary dismissal, {player}, {side}',
    secondYellow: 'Second yellow card and sent off, {side}',
    'secondYellow.by': 'Second yellow card, {player} is sent off, {side}',
    redCard: 'Red card, {side}',
    'redCard.by': 'Red card, {player}, {side}',
    substitution: 'Substitution, {side}',
    'substitution.by': '{player} comes on for {side}',
    'substitution.out': 'Substitution, {side}, {out} goes off',
    'substitution.out.by': '{player} replaces {out}, {side}',
    'substitution.concussion': 'Concussion substitution, {side}',
    'substitution.concussion.by': '{player} comes on for {side}, concussion substitute',
    'substitution.concussion.out': 'Concussion substitution, {side}, {out} goes off',
    'substitution.concussion.out.by': '{player} replaces {out}, {side}, concussion substitute',
    corner: 'Corner, {side}',
    'corner.by': 'Corner, {side}, {player} takes it',
    shot: 'Shot off target, {side}',
    'shot.by': '{player} shoots off target for {side}',
    shotOnTarget: 'Shot on target, {side}',
    'shotOnTarget.by': '{player} shoots on target for {side}',
    save: 'Save, {side}',
    'save.by': '{player} saves for {side}',
    offside: 'Offside, {side}',
    'offside.by': '{player} is offside, {side}',
    foul: 'Foul by {side}',
    'foul.by': 'Foul by {player}, {side}',
    starter: 'In the starting line-up, {side}',
    'starter.by': '{player} starts for {side}',
    timeout: 'Time-out, {side}',
    addedTime: 'At least {minutes} minutes added',
    'addedTime.one': 'At least one minute added',
    'addedTime.unsaid': 'Time is added',
    shootoutGoal: '{side} score their kick',
    'shootoutGoal.by': '{player} scores from the mark for {side}',
    shootoutMiss: '{side} miss their kick',
    'shootoutMiss.by': '{player} misses from the mark for {side}',
    shootoutTally: 'Shoot-out {home}–{away}',
    'warning.second-dismissal': 'Second temporary dismissal: no further part in the match',
    'warning.player-sent-off': 'Had been sent off',
    'warning.no-substitutions-left': 'More substitutions than allowed',
    'warning.no-window-left': 'No stoppage to substitute in was left',
    'warning.player-returned': 'Had been replaced',
    'warning.no-first-yellow': 'No first yellow card is recorded',
    'warning.no-timeouts-left': 'No time-out was left',
    'warning.shootout-settled': 'Taken after the shoot-out was settled',
  },
  warnings: {
    'second-dismissal': 'The second temporary dismissal of this player, who takes no further part.',
    'no-first-yellow': 'No first yellow card of this player is recorded.',
    'player-returned': 'This player was replaced and may not come back.',
    'no-window-left': 'This side has used all its stoppages for substitutions.',
    'no-timeouts-left': 'This side had no time-out left.',
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
    'player-sent-off': 'This player has been sent off.',
    'no-substitutions-left': 'This side had no substitution left.',
    'shootout-settled': 'The shoot-out was settled already.',
  },
  glance({ detail, status, displayOrder }) {
    const { cards, addedMinutes, shootout, shootoutKicks = 0, fouls, foulLimit = 0, penalty } = detail as Partial<Shown>
    const say = (side: Side) => {
      const reds = cards?.[side].red ?? 0
      return [reds ? plural(reds, 'red card') : '', fouls?.[side] ? plural(fouls[side], 'foul') : ''].filter(Boolean).join(', ')
    }
    const badges = SIDES.flatMap(side => {
      const { yellow = 0, red = 0 } = cards?.[side] ?? {}
      const isFull = foulLimit > 0 && (fouls?.[side] ?? 0) >= foulLimit
      return [
        ...(yellow ? [{ side, text: String(yellow), tone: 'yellow' as const, title: plural(yellow, 'yellow card') }] : []),
        ...(red ? [{ side, text: String(red), tone: 'red' as const, title: plural(red, 'red card') }] : []),
        ...(isFull ? [{ side, text: `${foulLimit}F`, tone: 'bad' as const, title: 'The next foul is a free kick without a wall' }] : []),
      ]
    })
    const kicks = shootout && scoreOf(shootout, { displayOrder })
    const middle = kicks
      ? status === 'final'
        ? `pens ${kicks}`
        : `${kicks} on penalties`
      : penalty && status === 'live'
        ? 'Penalty'
        : addedMinutes && status !== 'final'
          ? `+${addedMinutes}′`
          : ''
    return { home: say('home'), away: say('away'), middle, badges, marks: shootoutMarks(shootout, shootoutKicks, 'Pens') }
  },
})
