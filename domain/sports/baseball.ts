import {
  columns,
  detail,
  end,
  initial,
  isAsked,
  onPeriod,
  type Rules,
  reduce,
  regularHow,
  type Shown,
  type State,
  score,
} from '#domain/parts/diamond.ts'
import { box } from '#domain/parts/diamond-box.ts'
import { BASES, GROWING, kinds, TURNS } from '#domain/parts/diamond-plays.ts'
import { type LoggedPlay, other, type Side } from '#domain/play.ts'
import { type Action, type DescribeContext, defineSport, type Glance, type RulePack } from '#domain/sport.ts'

/** Official Baseball Rules: 7.01 (innings, level games), 5.04–5.06 (count, bases), 7.03 (forfeit). */
export const obr: Rules = {
  innings: 9,
  battingFirst: 'away',
  outs: 3,
  balls: 4,
  strikes: 3,
  startBalls: 0,
  startStrikes: 0,
  foulOut: false,
  maxRuns: 0,
  pitchLimit: 0,
  extraRunners: 'none',
  extraFrom: 1,
  tieAfter: 0,
  mercyLead: 0,
  mercyInning: 5,
  mercyLead2: 0,
  mercyInning2: 5,
  mercyLead3: 0,
  mercyInning3: 5,
  forfeitScore: 9,
}
const placed: Rules = { ...obr, extraRunners: '2' }
const seven: Rules = { ...placed, innings: 7, forfeitScore: 7 }

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'obr',
    name: 'Baseball, nine innings',
    version: '2019',
    from: '1900-01-01',
    isDefault: true,
    source: 'Official Baseball Rules 7.01',
    values: obr,
  },
  {
    id: 'mlb',
    name: 'Baseball, placed runner in extra innings',
    version: '2020',
    from: '2020-07-23',
    isDefault: true,
    source: 'MLB Operations Manual 2020, 5.1.2; Official Baseball Rules 2023, 7.01(b)',
    values: placed,
  },
  {
    id: 'mlb-doubleheader',
    name: 'Seven-inning double-header',
    version: '2020',
    from: '2020-08-01',
    source: 'MLB and MLBPA agreement of 31 July 2020 on OBR 7.01(a); seasons 2020 and 2021',
    values: { ...seven, forfeitScore: 9 },
  },
  {
    id: 'mlb-postseason',
    name: 'Play-offs, no placed runner',
    version: '2020',
    from: '2020-09-29',
    source: 'Official Baseball Rules 7.01(b): regular season only',
    values: obr,
  },
  {
    id: 'wbsc',
    name: 'WBSC baseball',
    version: '2022',
    from: '2022-01-01',
    source: 'WBSC Baseball tournament regulations: run-ahead rule C7 and tie-break rule',
    values: { ...obr, extraRunners: '12', mercyLead: 10, mercyInning: 7 },
  },
  {
    id: 'wbsc-seven',
    name: 'WBSC baseball, seven innings',
    version: '2022',
    from: '2022-01-01',
    source: 'WBSC Baseball tournament regulations: run-ahead rule in games of seven innings',
    values: { ...seven, extraRunners: '12', mercyLead: 10, mercyInning: 5 },
  },
  {
    id: 'softball',
    name: 'Softball, seven innings',
    version: '2022',
    from: '2022-01-01',
    source: 'WBSC Softball playing rules: run-ahead and tie-break rules',
    values: { ...seven, mercyLead: 15, mercyInning: 3, mercyLead2: 10, mercyInning2: 4, mercyLead3: 7, mercyInning3: 5 },
  },
  {
    id: 'softball-college',
    name: 'College softball',
    version: '2024',
    from: '2024-01-01',
    source: 'NCAA softball rules: eight-run rule after five innings, tie-breaker from the eighth',
    values: { ...seven, mercyLead: 8, mercyInning: 5 },
  },
  {
    id: 'ncaa',
    name: 'NCAA',
    version: '2023',
    from: '2023-01-01',
    source: 'NCAA Baseball Rules 2023-24, rule 5-9: ten runs after seven innings, where the conference adopts it',
    values: { ...obr, mercyLead: 10, mercyInning: 7 },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2024',
    from: '2024-01-01',
    source: 'NFHS Baseball Rules Book 2024, rules 4-2 (seven innings; ten runs after five, by state) and 4-4 (forfeit)',
    values: { ...obr, innings: 7, mercyLead: 10, mercyInning: 5, forfeitScore: 7 },
  },
  {
    id: 'baseball5',
    name: 'Baseball5',
    version: '2020',
    from: '2020-01-01',
    source: 'WBSC Baseball5 rules: five innings; 15 runs after three, 10 after four; extra innings begin with one, two, then three runners',
    values: {
      ...obr,
      innings: 5,
      balls: 0,
      extraRunners: GROWING,
      mercyLead: 15,
      mercyInning: 3,
      mercyLead2: 10,
      mercyInning2: 4,
      forfeitScore: 5,
    },
  },
  {
    id: 'little-league',
    name: 'Little League, six innings',
    version: '2024',
    from: '2024-01-01',
    source: 'Little League 4.10(e): 15 runs after three innings, 10 after four; regulation VI: 85 pitches at eleven and twelve',
    values: { ...obr, innings: 6, pitchLimit: 85, mercyLead: 15, mercyInning: 3, mercyLead2: 10, mercyInning2: 4, forfeitScore: 6 },
  },
]

const action = (kind: string, label: string, size: Action['size'], key: string, more: Partial<Action> = {}): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home: key, away: key },
  ...more,
})
/** What became of the runners is the game; whose turn it was can be said later. */
const ask = ['runs', 'bases', 'player']
const ACTIONS: readonly Action[] = [
  action('ball', 'Ball', 3, 'b', { insteadOf: ['strike'], depth: 'full' }),
  action('strike', 'Strike', 3, 's', { insteadOf: ['ball', 'foul'], depth: 'full' }),
  action('foul', 'Foul', 2, 'f', { insteadOf: ['strike'], depth: 'full' }),
  action('out', 'Out', 3, 'o', { ask: ['how', ...ask], insteadOf: ['sacrifice', 'single'] }),
  action('single', 'Single', 3, '1', { hint: '1B', ask, insteadOf: ['error', 'double'] }),
  action('double', 'Double', 2, '2', { hint: '2B', ask, insteadOf: ['single', 'triple'] }),
  action('triple', 'Triple', 2, '3', { hint: '3B', ask, insteadOf: ['double'] }),
  action('homeRun', 'Home run', 2, '4', { hint: 'HR', ask: ['runs', 'player'], insteadOf: ['double'] }),
  action('walk', 'Walk', 2, 'w', { hint: 'BB', ask, insteadOf: ['hitByPitch'] }),
  action('strikeout', 'Strikeout', 2, 'k', { hint: 'K', ask: ['how', 'outs', 'bases', 'player'] }),
  action('error', 'Error', 2, 'e', { hint: 'E', ask: [...ask, 'fielder'], insteadOf: ['single'] }),
  action('fieldersChoice', 'Fielder’s choice', 1, 'c', { hint: 'FC', ask, insteadOf: ['single'] }),
  action('sacrifice', 'Sacrifice', 1, 'a', { hint: 'SAC', ask: ['how', ...ask], insteadOf: ['out'] }),
  action('out', 'Double play', 1, 'd', { id: 'doublePlay', hint: 'DP', data: { outs: 2 }, ask, insteadOf: ['out'] }),
  action('hitByPitch', 'Hit by pitch', 1, 'h', { hint: 'HBP', ask, insteadOf: ['walk'] }),
  action('stolenBase', 'Stolen base', 1, 't', { hint: 'SB', ask: ['runs', 'bases'] }),
  action('caughtStealing', 'Caught stealing', 1, 'x', { hint: 'CS', ask: ['bases'], insteadOf: ['stolenBase'] }),
  action('wildPitch', 'Wild pitch', 1, 'p', { hint: 'WP', ask: ['runs', 'bases'], insteadOf: ['passedBall'] }),
  action('passedBall', 'Passed ball', 1, 'q', { hint: 'PB', ask: ['runs', 'bases'], insteadOf: ['wildPitch'] }),
  action('balk', 'Balk', 1, 'l', { hint: 'BK', ask: ['runs', 'bases'] }),
  action('run', 'Run', 1, 'r', { hint: '+1', points: 1, depth: 'score' }),
  action('halfEnd', 'End half', 1, 'n', { depth: 'score' }),
  action('pitchingChange', 'New pitcher', 1, 'g', { creditsOther: true }),
  action('runner', 'New runner', 1, 'u', { ask: ['base', 'courtesy'], depth: 'full' }),
  action('lineup', 'Batting order', 1, 'i', { ask: ['slot'], depth: 'full' }),
  action('timeLimit', 'No new inning', 1, 'm', { hint: 'Time limit' }),
  action('adjust', 'Correct the board', 1, 'j', { ask: ['inning', 'half', 'outs', 'balls', 'strikes', 'bases', 'score'] }),
]
/** Keys of the pitcher, where one pitches. */
const PITCHING: ReadonlySet<string> = new Set([
  'ball',
  'strike',
  'foul',
  'walk',
  'strikeout',
  'hitByPitch',
  'stolenBase',
  'caughtStealing',
  'wildPitch',
  'passedBall',
  'balk',
  'pitchingChange',
])
const UNPITCHED = ACTIONS.filter(({ id }) => !PITCHING.has(id)).map(one => ({
  ...one,
  insteadOf: one.insteadOf?.filter(id => !PITCHING.has(id)),
}))

/** What a kind is called in a sentence, and what a named player does. */
const SAID: Readonly<Record<string, readonly [string, string]>> = {
  single: ['Single', '{player} singles'],
  double: ['Double', '{player} doubles'],
  triple: ['Triple', '{player} triples'],
  homeRun: ['Home run', 'Home run by {player}'],
  hit: ['Base hit', 'Base hit by {player}'],
  walk: ['Walk', '{player} walks'],
  hitByPitch: ['Hit by pitch', '{player} is hit by a pitch'],
  error: ['Safe on an error', '{player} is safe on an error'],
  fieldersChoice: ['Fielder’s choice', '{player} reaches on a fielder’s choice'],
  out: ['Out', '{player} is out'],
  doublePlay: ['Double play', '{player} hits into a double play'],
  triplePlay: ['Triple play', '{player} hits into a triple play'],
  strikeout: ['Strikeout', '{player} strikes out'],
  'strikeout.swinging': ['Strikeout, swinging', '{player} strikes out swinging'],
  'strikeout.looking': ['Strikeout, looking', '{player} strikes out looking'],
  'out.ground': ['Ground out', '{player} grounds out'],
  'out.fly': ['Fly out', '{player} flies out'],
  'out.line': ['Line out', '{player} lines out'],
  'out.pop': ['Pop out', '{player} pops out'],
  'out.foul': ['Out on a foul fly', '{player} is out on a foul fly'],
  'out.tag': ['Tagged out', '{player} is tagged out'],
  'out.force': ['Forced out', '{player} is forced out'],
  'sacrifice.fly': ['Sacrifice fly', 'Sacrifice fly by {player}'],
  'sacrifice.bunt': ['Sacrifice bunt', 'Sacrifice bunt by {player}'],
  'walk.intentional': ['Intentional walk', '{player} is walked intentionally'],
  'error.fielder': ['Safe on an error by {fielder}', '{player} is safe on an error by {fielder}'],
  sacrifice: ['Sacrifice', 'Sacrifice by {player}'],
  stolenBase: ['Stolen base', '{player} steals a base'],
  caughtStealing: ['Caught stealing', '{player} is caught stealing'],
  wildPitch: ['Wild pitch', 'Wild pitch'],
  passedBall: ['Passed ball', 'Passed ball'],
  balk: ['Balk', 'Balk'],
  other: ['Play', 'Play'],
}
const RUNS = [
  ['', ''],
  ['.run', ', a run scores'],
  ['.runs', ', {runs} runs score'],
] as const
const HOME_RUNS = [
  ['homeRun.run', 'Solo home run'],
  ['homeRun.runs', '{runs}-run home run'],
  ['homeRun.slam', 'Grand slam'],
] as const

/** Each sentence as it is, with the player the play names, and with the batter whom the order tells. */
const turnWords = Object.fromEntries(
  [
    ...Object.entries(SAID).flatMap(([kind, [plain, by]]) =>
      RUNS.map(([key, tail]): [string, string, string] => [`${kind}${key}`, `${plain}${tail}`, `${by}${tail}`]),
    ),
    ...HOME_RUNS.map(([key, what]): [string, string, string] => [key, what, `${what} by {player}`]),
  ].flatMap(([key, plain, by]) => [
    [key, plain],
    [`${key}.by`, by],
    [`${key}.batter`, by.replace('{player}', '{batter}')],
  ]),
)

const words: Readonly<Record<string, string>> = {
  ...turnWords,
  'other.run': 'A run scores',
  'other.runs': '{runs} runs score',
  ball: 'Ball',
  strike: 'Strike',
  'strike.called': 'Called strike',
  'strike.swinging': 'Swinging strike',
  foul: 'Foul',
  'warning.half-over': 'Recorded after the half was over',
  'warning.half-short': 'Begun before the half was over',
  'warning.past-winning-run': 'More runs than were needed to win',
  'warning.past-run-limit': 'More runs than a half may bring',
  'warning.out-of-order': 'Batted out of order',
  lineup: 'In the batting order',
  'lineup.by': '{player} is in the batting order',
  'lineup.slot': 'Batting {slot}, to be named',
  'lineup.slot.by': 'Batting {slot}, {player}',
  runner: 'New runner',
  'runner.by': '{player} runs',
  'runner.courtesy': 'Courtesy runner',
  'runner.courtesy.by': 'Courtesy runner {player}',
  timeLimit: 'No new inning after this one',
  'timeLimit.inning': 'No new inning after inning {inning}',
  'run.run': 'A run scores',
  'run.runs': '{runs} runs score',
  'run.run.by': '{player} scores',
  halfEnd: 'Side retired',
  adjust: 'Board corrected',
  pitchingChange: 'Pitching change',
  'pitchingChange.by': '{player} now pitching',
  'pitchingChange.text': 'Pitching change: {text}',
}

interface Said {
  runs?: number
  outs?: number
  text?: string
  how?: string
  fielder?: string
  slot?: number
  inning?: number
  courtesy?: boolean
}

/** How the third strike was taken, by what is said of the pitch. */
const LAST_STRIKE: Readonly<Record<string, string>> = { called: 'looking', swinging: 'swinging' }

function describe(
  play: LoggedPlay,
  { player, facts = {}, nameOf }: Partial<DescribeContext> = {},
): { key: string; values?: Readonly<Record<string, string | number>> } {
  const kind = typeof facts.came === 'string' ? facts.came : play.kind
  const { text, how: told, fielder, slot, inning, courtesy, ...data } = (play.data ?? {}) as Said
  const how = kind === play.kind ? told : LAST_STRIKE[told ?? '']
  if (kind === 'pitchingChange') return text ? { key: 'pitchingChange.text', values: { text } } : { key: kind }
  if (kind === 'lineup') return slot === undefined ? { key: kind } : { key: 'lineup.slot', values: { slot } }
  if (kind === 'runner') return { key: courtesy ? 'runner.courtesy' : kind }
  if (kind === 'timeLimit') return inning === undefined ? { key: kind } : { key: 'timeLimit.inning', values: { inning } }
  const runs = kind === 'run' ? (play.points ?? 1) : TURNS[kind] ? (data.runs ?? Number(facts.runs ?? 0)) : 0
  const outs = kind === 'out' ? (data.outs ?? 1) : 1
  const way = kind === 'error' && fielder !== undefined ? 'error.fielder' : how === undefined ? kind : `${kind}.${how}`
  const said = outs === 2 ? 'doublePlay' : outs === 3 ? 'triplePlay' : way
  const tail = kind === 'homeRun' && runs === 4 ? '.slam' : runs > 1 ? '.runs' : runs === 1 ? '.run' : ''
  const batter = player || typeof facts.batter !== 'string' ? '' : (nameOf?.(facts.batter) ?? '')
  return { key: `${said}${tail}${batter ? '.batter' : ''}`, values: { runs, batter } }
}

/** Who bats and who pitches, between halves who comes to: as long as anybody is named, so that nothing moves when one side goes in. */
function peopleOf({ batting, between, batter, pitchers, pitches }: Shown): Pick<Glance, 'marks'> {
  const fielding = other(batting)
  const pitcher = pitchers[fielding]
  if (!batter && !pitchers.home && !pitchers.away) return {}
  const thrown = pitches?.[fielding]
  const row = (label: string, side: Side, playerId: string | null, figures = '') => ({
    ...{ label, side, figures: playerId ? figures : '–', marks: [] },
    ...(playerId ? { playerId } : {}),
  })
  const said = thrown === undefined ? '' : `${thrown} ${thrown === 1 ? 'pitch' : 'pitches'}`
  return { marks: [row(between ? 'Due up' : 'At bat', batting, batter), row('Pitching', fielding, pitcher, said)] }
}

const INNING = { type: 'int', min: 1, max: 99 } as const
const LEAD = { type: 'int', min: 0, max: 99 } as const

export const sport = defineSport<State, Rules>({
  id: 'baseball',
  name: 'Baseball',
  version: 5,
  labels: {
    game: 'Game',
    period: 'Inning',
    periods: 'Innings',
    unit: 'run',
    units: 'runs',
    byPeriod: 'By inning',
    endings: {
      overtime: { main: 'Final/{n}', second: 'extra innings' },
      mercy: { main: 'Final/{n}' },
      called: { main: 'Final/{n}' },
    },
    notNeeded: 'x',
    mark: 'batting',
    gathered: ['ball', 'strike', 'foul'],
    tablePoints: { win: 1, draw: 0, loss: 0 },
    tieBreakers: ['percentage', 'head-to-head', 'difference'],
  },
  endsItself: true,
  timed: null,
  packs,
  ruleFields: {
    innings: { ...INNING, label: 'Innings' },
    battingFirst: {
      type: 'choice',
      options: ['away', 'home'],
      labels: { away: 'Away side', home: 'Home side' },
      default: 'away',
      label: 'Bats first',
    },
    outs: { type: 'int', min: 1, max: 3, label: 'Outs in a half' },
    balls: { type: 'int', min: 0, max: 4, label: 'Balls for a walk (0: nobody pitches)' },
    strikes: { type: 'int', min: 1, max: 3, label: 'Strikes for an out' },
    startBalls: { type: 'int', min: 0, max: 3, label: 'Balls at the start of a turn' },
    startStrikes: { type: 'int', min: 0, max: 2, label: 'Strikes at the start of a turn' },
    foulOut: { type: 'flag', label: 'A foul with one strike left is an out' },
    maxRuns: { ...LEAD, label: 'Runs that end a half (0: no limit)' },
    pitchLimit: { type: 'int', min: 0, max: 999, label: 'Pitches of one pitcher (0: no limit)' },
    extraRunners: {
      type: 'choice',
      options: [...BASES, GROWING],
      labels: { growing: 'One more each inning' },
      label: 'Runners placed in extra innings',
    },
    extraFrom: { ...INNING, label: 'Placed from extra inning' },
    tieAfter: { ...LEAD, label: 'Draw after inning (0: play on)' },
    mercyLead: { ...LEAD, label: 'Run-ahead lead (0: none)' },
    mercyInning: { ...INNING, label: 'Run-ahead after inning' },
    mercyLead2: { ...LEAD, label: 'Second run-ahead lead' },
    mercyInning2: { ...INNING, label: 'Second run-ahead after inning' },
    mercyLead3: { ...LEAD, label: 'Third run-ahead lead' },
    mercyInning3: { ...INNING, label: 'Third run-ahead after inning' },
    forfeitScore: { ...LEAD, label: 'Runs for a forfeit' },
  },
  kinds,
  initial,
  reduce,
  onPeriod,
  score,
  columns,
  period: (state, rules) => ({
    number: state.inning,
    kind: state.inning > rules.innings ? 'extra-inning' : 'inning',
    label: `${state.half === 0 ? 'Top' : 'Bot'} ${state.inning}`,
  }),
  end,
  winner: state => {
    const { home, away } = score(state)
    return home > away ? 'home' : away > home ? 'away' : 'draw'
  },
  namedFirst: ({ battingFirst }) => battingFirst ?? 'away',
  // Ended by hand before its last inning is through, a game was called (OBR 7.01(c)).
  how: (state, rules) => end(state, rules)?.how ?? regularHow(state, rules),
  detail: (state, rules) => ({ ...detail(state, rules) }),
  activeSide: shown => (shown as unknown as Shown).batting,
  isAsked: (question, play, was, now) => isAsked(question, play, was as unknown as Shown, now as unknown as Shown),
  totals: shown => {
    const { hits, errors } = shown as unknown as Shown
    return [
      { label: 'H', name: 'Hits', of: hits },
      { label: 'E', name: 'Errors', of: errors },
    ]
  },
  box,
  chart: 'lead',
  actions: rules => (rules.balls > 0 ? ACTIONS : UNPITCHED),
  describe,
  words,
  warnings: {
    'half-over': 'That half inning was over.',
    'half-short': 'The half inning before it had not had all its outs.',
    'past-winning-run': 'More runs than it took to win.',
    'past-run-limit': 'More runs than the rules allow in a half.',
    'out-of-order': 'Somebody else was next in the batting order.',
    'pitch-limit': 'That pitcher has thrown as many pitches as the rules allow.',
  },
  glance: game => {
    if (game.status !== 'live' && game.status !== 'break' && game.status !== 'suspended') return {}
    const { half, outs, balls, strikes, bases, batting, between, hasCount, lastInning } = game.detail as unknown as Shown
    const inning = game.period?.number ?? 1
    const people = peopleOf(game.detail as unknown as Shown)
    const occupied = bases ? { bases: [1, 2, 3].filter(base => bases[base - 1]) } : {}
    if (between) return { middle: `${half === 'top' ? 'Middle' : 'End'} of ${inning}`, mark: batting, ...occupied, ...people }
    const isLast = lastInning === inning ? ', last inning' : ''
    const middle = `${half === 'top' ? 'Top' : 'Bottom'} ${inning}, ${outs} out${isLast}`
    return {
      middle,
      mark: batting,
      ...(hasCount ? { count: `${balls}–${strikes}` } : {}),
      ...occupied,
      ...people,
    }
  },
})
