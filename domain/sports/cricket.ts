import type { Fields } from '#domain/fields.ts'
import {
  close,
  columnsOf,
  howOf,
  initial,
  inningsOf,
  isOver,
  isSuper,
  resultOf,
  type State,
  scoreOf,
  winnerOf,
} from '#domain/parts/cricket.ts'
import { type Extra, isWicket, type Rules, readBall, WICKETS } from '#domain/parts/cricket-balls.ts'
import { detail, due, glance, inningsSoFar, isAsked, periodOf, plural, type Shown } from '#domain/parts/cricket-board.ts'
import { boxOf } from '#domain/parts/cricket-box.ts'
import { onPeriod, reduce } from '#domain/parts/cricket-plays.ts'
import { ordinal } from '#domain/parts/timed.ts'
import type { LoggedPlay, Side } from '#domain/play.ts'
import { type Action, type DescribeContext, defineSport, type Kind, type RulePack } from '#domain/sport.ts'

/** Cricket: one play a delivery, innings of any length, two a side or one; numbers by the Laws of Cricket (MCC, 2017 Code). */

/** What can happen while no ball is bowled. */
const BETWEEN = ['retiredHurt', 'retiredOut', 'timedOut', 'runOut', 'obstructing'] as const

const count = (label: string, max: number) => ({ type: 'int', min: 0, max, label, optional: true }) as const
/** A number that no key can foretell. */
const typed = (label: string, max: number) => ({ ...count(label, max), common: [] }) as const
const somebody = (label: string) => ({ type: 'player', label, optional: true }) as const
const opponent = (label: string) => ({ type: 'player', label, of: 'other', optional: true }) as const

/** Who is out; a batter named wins over the end. */
const OUT: Fields = {
  out: {
    type: 'choice',
    options: ['striker', 'nonStriker'],
    labels: { striker: 'Striker', nonStriker: 'Non-striker' },
    label: 'Who is out',
    optional: true,
  },
  batterOut: somebody('Batter out'),
  newBatter: somebody('New batter'),
}

const kinds: Readonly<Record<string, Kind>> = {
  ball: {
    label: 'Ball',
    side: 'optional',
    scoring: true,
    data: {
      runs: { ...count('Runs off the bat', 9), common: [0, 1, 2, 3, 4, 6] },
      wides: count('Wides', 9),
      noballs: count('No-balls', 9),
      byes: count('Byes', 9),
      legbyes: count('Leg byes', 9),
      penalty: count('Penalty runs', 10),
      boundary: { type: 'flag', label: 'Boundary', optional: true },
      wicket: { type: 'choice', options: Object.keys(WICKETS), labels: WICKETS, label: 'Wicket', optional: true },
      ...OUT,
      crossed: { type: 'flag', label: 'Batters had crossed', optional: true },
      fielder: opponent('Fielder'),
      fielder2: opponent('Second fielder'),
      batter: somebody('Batter'),
      nonStriker: somebody('Non-striker'),
      bowler: opponent('Bowler'),
    },
  },
  wicket: {
    label: 'Between balls',
    side: 'optional',
    scoring: true,
    data: {
      wicket: {
        type: 'choice',
        options: BETWEEN,
        labels: Object.fromEntries(BETWEEN.map(key => [key, WICKETS[key]])),
        label: 'What happened',
      },
      ...OUT,
    },
  },
  penaltyRuns: { label: 'Penalty runs', side: 'optional', scoring: true, data: { runs: { ...count('Runs', 10), min: 1 } } },
  overTotal: {
    label: 'Over',
    side: 'optional',
    scoring: true,
    data: {
      runs: { ...count('Runs', 99), common: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
      wickets: count('Wickets', 10),
      balls: { ...count('Balls', 9), min: 1 },
    },
  },
  inningsScore: {
    label: 'Innings score',
    side: 'optional',
    scoring: true,
    data: {
      runs: typed('Runs', 1999),
      wickets: { ...count('Wickets', 15), common: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
      overs: typed('Overs', 400),
      balls: count('Balls', 9),
    },
  },
  inningsEnd: {
    label: 'End of the innings',
    side: 'optional',
    scoring: true,
    data: {
      how: {
        type: 'choice',
        options: ['closed', 'declared', 'allOut', 'forfeited'],
        labels: { closed: 'Closed', declared: 'Declared', allOut: 'All out', forfeited: 'Forfeited' },
        label: 'How',
        optional: true,
      },
    },
  },
  bats: { label: 'Bats next', side: 'required' },
  followOn: { label: 'Follow-on', side: 'optional' },
  setTarget: {
    label: 'Revised target',
    side: 'none',
    data: {
      runs: typed('Target', 1999),
      overs: typed('Overs', 400),
      balls: count('and balls', 9),
      method: { type: 'choice', options: ['dls', 'other'], labels: { dls: 'DLS', other: 'Other' }, label: 'By', optional: true },
    },
  },
  newBatter: { label: 'New batter', side: 'optional', player: true },
  batters: {
    label: 'Batters',
    side: 'optional',
    data: { striker: somebody('On strike'), nonStriker: somebody('Non-striker') },
  },
  bowler: { label: 'Bowler', side: 'optional', player: true, playerSide: 'other' },
  swapStrike: { label: 'Swap strike', side: 'none' },
  swapSides: { label: 'Sides the other way round', side: 'none', scoring: true },
  overEnd: { label: 'End of the over', side: 'none' },
  overGoesOn: { label: 'Over goes on', side: 'none', data: { balls: { ...count('Balls in the over', 12), min: 1 } } },
}

const t20: Rules = {
  inningsEach: 1,
  overs: 20,
  ballsPerOver: 6,
  oversPerEnd: 1,
  wickets: 10,
  bowlerOvers: 4,
  wideRuns: 1,
  noBallRuns: 1,
  freeHit: true,
  powerplay: 6,
  followOn: 0,
  caughtCrossing: false,
  level: 'superOver',
  penaltyRuns: 5,
  countsBalls: false,
  forfeitScore: 0,
}
const odi: Rules = { ...t20, overs: 50, bowlerOvers: 10, powerplay: 10 }
const timed: Rules = { ...t20, overs: 0, bowlerOvers: 0, freeHit: false, powerplay: 0, level: 'tie' }
const test: Rules = { ...timed, inningsEach: 2, followOn: 200 }
/** Until then a catch let the batters who had crossed stay (Law 18.11 of the 3rd edition, in force from this day). */
const CATCH = '2022-10-01'
const crossing = { caughtCrossing: true } as const

type Pack = RulePack<Rules>
const pack = (id: string, name: string, from: string, source: string, values: Rules, isDefault = false): Pack => ({
  ...{ id, name, version: from.slice(0, 4), from, source, values },
  ...(isDefault ? { isDefault } : {}),
})

const packs: readonly Pack[] = [
  pack('t20', 'T20', CATCH, 'ICC T20I playing conditions 2022, 13, 16.3 (super over repeated), 21.19, 28.2', t20, true),
  pack('t20', 'T20', '2019-10-14', 'ICC T20I playing conditions 2019, 16.3 and appendix F', { ...t20, ...crossing }, true),
  pack(
    't20',
    'T20',
    '2008-01-01',
    'ICC T20I playing conditions 2008, one over per side eliminator, boundary count',
    {
      ...{ ...t20, ...crossing, level: 'boundaries' },
    },
    true,
  ),
  pack(
    't20',
    'T20',
    '2003-06-13',
    'Twenty20 Cup playing conditions 2003; ICC T20I 2005, bowl-out',
    { ...t20, ...crossing, level: 'bowlOut' },
    true,
  ),
  pack('odi', 'One-day, 50 overs', CATCH, 'ICC ODI playing conditions 2022, 13, 16.3, 21.19, 28.2', odi),
  pack('odi', 'One-day, 50 overs', '2020-07-30', 'ICC World Cup Super League playing conditions 2020, 16.3', { ...odi, ...crossing }),
  pack('odi', 'One-day, 50 overs', '2007-10-01', 'ICC ODI playing conditions 2007: free hit; a level match is a tie', {
    ...{ ...odi, ...crossing, level: 'tie' },
  }),
  pack('test', 'Test, five days', CATCH, 'Laws of Cricket 13.1, 14.1, 16; ICC Test playing conditions 2022', test),
  pack('test', 'Test, five days', '1980-01-01', 'Laws of Cricket 1980, 12 and 13', { ...test, ...crossing }),
  pack('multi-day', 'Three or four days', CATCH, 'Laws of Cricket 14.1: a lead of 150 in three or four days', { ...test, followOn: 150 }),
  pack('two-day', 'Two days', CATCH, 'Laws of Cricket 14.1: a lead of 100 in two days', { ...test, followOn: 100 }),
  pack('hundred', 'The Hundred', '2021-07-21', 'ECB The Hundred playing conditions 2021: sets of five balls, ends change after ten', {
    ...t20,
    ...{ ballsPerOver: 5, oversPerEnd: 2, noBallRuns: 2, powerplay: 5, countsBalls: true },
  }),
  pack('t10', 'T10', '2017-12-14', 'Abu Dhabi T10 playing conditions: ten overs, two a bowler, power play of three', {
    ...{ ...t20, overs: 10, bowlerOvers: 2, powerplay: 3 },
  }),
  pack('club', 'Club, 40 overs', '2000-01-01', 'Laws of Cricket 13.1.2: an agreed number of overs; 8 a bowler', {
    ...{ ...odi, overs: 40, bowlerOvers: 8, powerplay: 0, freeHit: false, level: 'tie' },
  }),
  pack(
    'club-timed',
    'Club, one innings by time',
    '2000-01-01',
    'Laws of Cricket 13.1.1, 16.5: one innings a side, drawn at the close',
    timed,
  ),
]

const action = (id: string, kind: string, label: string, size: Action['size'], key: string, more: Partial<Action> = {}): Action => ({
  ...{ id, kind, label, size },
  key: { home: key, away: key },
  ...more,
})
const runs = (n: number, size: Action['size'], insteadOf: readonly string[], label = String(n), hint?: string): Action =>
  action(`runs${n}`, 'ball', label, size, String(n), { data: { runs: n }, insteadOf, depth: 'score', ...(hint ? { hint } : {}) })
type Extras = Partial<Record<Extra, number>>
const extra = (id: string, label: string, key: string, data: Extras, insteadOf: readonly string[], size: Action['size'] = 1): Action =>
  action(id, 'ball', label, size, key, { data, insteadOf, depth: 'score' })
const out = (wicket: keyof typeof WICKETS, label: string, key: string, ask: readonly string[], insteadOf: readonly string[]): Action =>
  action(wicket, 'ball', label, 2, key, { data: { wicket }, ask: [...ask, 'newBatter'], insteadOf, hint: 'Wicket' })

function actions({ wideRuns, noBallRuns, caughtCrossing, overs, inningsEach }: Rules): readonly Action[] {
  const isTimed = overs === 0
  return [
    runs(0, 3, ['runs1'], 'Dot'),
    runs(1, 3, ['runs0', 'runs2', 'legbye']),
    runs(2, 3, ['runs1', 'runs3']),
    runs(4, 3, ['runs6', 'bye4s'], '4', 'Four'),
    runs(6, 2, ['runs4'], '6', 'Six'),
    runs(3, 2, ['runs2']),
    extra('wide', 'Wide', 'd', { wides: wideRuns }, ['noball', 'wide2s'], 2),
    action('noball', 'ball', 'No-ball', 2, 'n', { data: { noballs: noBallRuns }, ask: ['runs'], insteadOf: ['wide'], depth: 'score' }),
    extra('legbye', 'Leg bye', 'l', { legbyes: 1 }, ['bye', 'runs1'], 2),
    extra('bye', 'Bye', 'b', { byes: 1 }, ['legbye', 'runs1'], 2),
    action('out', 'ball', 'Wicket', 2, 'w', {
      data: { wicket: 'out' },
      ask: ['wicket', 'newBatter'],
      insteadOf: ['runs0'],
      depth: 'score',
    }),
    out('bowled', 'Bowled', 'o', [], ['lbw', 'caught']),
    out('caught', 'Caught', 'c', caughtCrossing ? ['fielder', 'crossed'] : ['fielder'], ['bowled', 'runOut']),
    out('lbw', 'LBW', 'p', [], ['bowled']),
    out('runOut', 'Run out', 'r', ['runs', 'out', 'crossed', 'fielder'], ['caught', 'stumped']),
    out('stumped', 'Stumped', 's', ['fielder'], ['caught', 'runOut']),
    // Who writes the names down wants these every over.
    action('bowler', 'bowler', 'Bowler', 1, 'i', { depth: 'full' }),
    action('newBatter', 'newBatter', 'New batter', 1, 'a', { depth: 'full' }),
    action('batters', 'batters', 'Batters', 1, 'u', { depth: 'full', ask: ['striker', 'nonStriker'] }),
    extra('wide2s', '2 wides', 'm', { wides: wideRuns + 1 }, ['wide']),
    extra('wide5s', '5 wides', ';', { wides: wideRuns + 4 }, ['wide']),
    extra('legbye2s', '2 leg byes', '7', { legbyes: 2 }, ['legbye']),
    extra('legbye4s', '4 leg byes', '5', { legbyes: 4 }, ['runs4']),
    extra('bye2s', '2 byes', '8', { byes: 2 }, ['bye']),
    extra('bye4s', '4 byes', '9', { byes: 4 }, ['runs4']),
    action('retiredHurt', 'wicket', 'Retired', 1, 'k', {
      data: { wicket: 'retiredHurt' },
      ask: ['wicket', 'out', 'newBatter'],
      hint: 'Hurt',
    }),
    action('swapStrike', 'swapStrike', 'Swap strike', 1, 'x'),
    action('overEnd', 'overEnd', 'End over', 1, 'e', { hint: 'Early' }),
    action('overGoesOn', 'overGoesOn', 'Over goes on', 1, 'g', { hint: '7th ball' }),
    action('overTotal', 'overTotal', 'Whole over', 1, 'v', { hint: 'At once', ask: ['runs', 'wickets'] }),
    action('inningsScore', 'inningsScore', 'Innings score', 1, 'z', { ask: ['runs', 'wickets', 'overs', 'balls'] }),
    action('inningsEnd', 'inningsEnd', 'End innings', 1, 'q', { depth: 'score', asks: 'End the innings at {call}?' }),
    ...(isTimed
      ? [action('declare', 'inningsEnd', 'Declare', 1, 'h', { data: { how: 'declared' }, depth: 'score', asks: 'Declare at {call}?' })]
      : []),
    ...(inningsEach > 1 ? [action('followOn', 'followOn', 'Follow-on', 1, 'f', { depth: 'score', asks: 'Make them follow on?' })] : []),
    action('setTarget', 'setTarget', 'Revised target', 1, 't', { ask: ['runs', 'overs', 'balls', 'method'] }),
    action('penaltyRuns', 'penaltyRuns', 'Penalty', 1, 'y', { hint: 'To batters' }),
    action('penaltyAgainst', 'penaltyRuns', 'Penalty', 1, 'j', { hint: 'To fielders', creditsOther: true }),
    action('bats', 'bats', 'Bats first', 1, ',', { key: { home: ',', away: '.' }, depth: 'score' }),
  ]
}

/** What a delivery was, in a sentence; the key says which of the people are named. */
const OUTCOMES: Readonly<Record<string, string>> = {
  dot: 'no run',
  one: 'one run',
  runs: '{runs} runs',
  four: 'four',
  six: 'six',
  wide: 'wide',
  wides: '{total} wides',
  noball: 'no-ball',
  noballs: 'no-ball, {total} in all',
  bye: 'one bye',
  byes: '{byes} byes',
  legbye: 'one leg bye',
  legbyes: '{legbyes} leg byes',
  penalty: '{total} runs with penalty runs',
}
const HOW_OUT = Object.entries(WICKETS).flatMap(([wicket, label]): [string, string][] => {
  const how = wicket === 'lbw' ? 'leg before wicket' : label.toLowerCase()
  const plain = wicket.startsWith('retired') || wicket === 'out' ? how : `out, ${how}`
  const whole: [string, string][] = [
    [wicket, plain],
    [`${wicket}.fielder`, `${plain} by {fielder}`],
    [`${wicket}.who`, `{batterOut} ${plain}`],
    [`${wicket}.who.fielder`, `{batterOut} ${plain} by {fielder}`],
  ]
  return whole.flatMap(([key, text]): [string, string][] => [
    [key, text],
    [`${key}.one`, `${text}, one run`],
    [`${key}.more`, `${text}, {total} runs`],
  ])
})
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const words: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...Object.entries(OUTCOMES), ...HOW_OUT].flatMap(([key, text]) => [
      [key, capital(text)],
      [`to.${key}`, `{bowler} to {batter}, ${text}`],
      [`batter.${key}`, `{batter}, ${text}`],
      [`bowler.${key}`, `{bowler} bowls, ${text}`],
    ]),
  ),
  penaltyRuns: '{runs} penalty runs',
  overTotal: 'Over of {runs} runs',
  'overTotal.one': 'Over of one run',
  'overTotal.none': 'Over without a run',
  'overTotal.wickets': 'Over of {runs} runs, wickets lost: {wickets}',
  inningsScore: 'Score as it stands: {score}',
  'inningsEnd.closed': 'Innings closed',
  'inningsEnd.declared': 'Innings declared',
  'inningsEnd.allOut': 'All out',
  'inningsEnd.forfeited': 'Innings forfeited',
  bats: '{side} to bat',
  followOn: 'The follow-on is enforced',
  setTarget: 'Revised target: {what}',
  newBatter: 'New batter',
  'newBatter.by': '{player} comes in',
  batters: 'Batters named',
  'batters.striker': '{striker} on strike',
  'batters.both': '{striker} on strike, with {nonStriker}',
  bowler: 'Change of bowler',
  'bowler.by': '{player} to bowl',
  swapStrike: 'Strike corrected',
  swapSides: 'Sides the other way round',
  overEnd: 'Over called',
  overGoesOn: 'The over goes on',
  'warning.innings-over': 'Recorded after the innings was over',
  'warning.innings-short': 'Begun before the innings was over',
  'warning.other-side': 'The other side was batting',
  'warning.not-off-wide': 'Not possible off a wide',
  'warning.not-off-no-ball': 'Not possible off a no-ball',
  'warning.not-off-free-hit': 'Not possible off a free hit',
  'warning.bowler-limit': 'Beyond the overs of one bowler',
  'warning.bowler-again': 'Second over in a row',
  'warning.follow-on-lead': 'The lead did not allow it',
}

type Said = { key: string; values?: Readonly<Record<string, string | number>> }

function describeBall({ kind, data = {} }: LoggedPlay, { facts = {}, nameOf }: Partial<DescribeContext>): Said {
  const ball = readBall(data)
  // Whom the play does not name the crease does.
  const name = (key: string) => (typeof facts[key] === 'string' ? (nameOf?.(facts[key]) ?? '') : '')
  const people = { batter: name('batter'), bowler: name('bowler'), batterOut: name('batterOut') }
  const has = (key: string) => data[key] !== undefined || name(key) !== ''
  const names = has('batter') && has('bowler') ? 'to.' : has('batter') ? 'batter.' : has('bowler') ? 'bowler.' : ''
  const { runs, byes, legbyes, total } = ball
  const values = { runs, byes, legbyes, total, ...people }
  if (ball.wicket !== null && isWicket(ball.wicket)) {
    const isStrikers = data.batterOut !== undefined && data.batterOut === (data.batter ?? facts.batter)
    const who = has('batterOut') && (kind === 'wicket' || !isStrikers) ? '.who' : ''
    const fielder = has('fielder') ? '.fielder' : ''
    const tail = total === 0 ? '' : total === 1 ? '.one' : '.more'
    return { key: `${kind === 'ball' ? names : ''}${ball.wicket}${who}${fielder}${tail}`, values }
  }
  return { key: `${names}${outcomeKey(ball)}`, values }
}

function outcomeKey(ball: ReturnType<typeof readBall>): string {
  const { runs, wides, noballs, byes, legbyes, penalty, total } = ball
  if (penalty > 0) return 'penalty'
  if (wides > 0) return total > 1 ? 'wides' : 'wide'
  if (noballs > 0) return total > noballs ? 'noballs' : 'noball'
  if (byes > 0) return byes > 1 ? 'byes' : 'bye'
  if (legbyes > 0) return legbyes > 1 ? 'legbyes' : 'legbye'
  if (ball.four) return 'four'
  if (ball.six) return 'six'
  return runs === 0 ? 'dot' : runs === 1 ? 'one' : 'runs'
}

function describe(play: LoggedPlay, context: Pick<DescribeContext, 'rules'> & Partial<DescribeContext>): Said {
  const { rules } = context
  const { kind, data = {} } = play
  const number = (key: string, usual = 0) => (typeof data[key] === 'number' ? (data[key] as number) : usual)
  switch (kind) {
    case 'ball':
    case 'wicket':
      return describeBall(play, context)
    case 'penaltyRuns':
      return { key: kind, values: { runs: number('runs', Number(rules.penaltyRuns ?? 5)) } }
    case 'overTotal': {
      const [runs, wickets] = [number('runs'), number('wickets')]
      const key = wickets > 0 ? 'overTotal.wickets' : runs === 0 ? 'overTotal.none' : runs === 1 ? 'overTotal.one' : kind
      return { key, values: { runs, wickets } }
    }
    case 'inningsScore': {
      const overs = data.overs === undefined ? '' : ` after ${number('overs')}${number('balls') ? `.${number('balls')}` : ''}`
      return { key: kind, values: { score: `${data.runs ?? '–'}/${data.wickets ?? '–'}${overs}` } }
    }
    case 'inningsEnd':
      return { key: `inningsEnd.${typeof data.how === 'string' ? data.how : 'closed'}` }
    case 'setTarget': {
      const overs = number('overs') + number('balls') > 0 ? `${number('overs')}${number('balls') ? `.${number('balls')}` : ''} overs` : ''
      const runs = number('runs') > 0 ? plural(number('runs'), 'run') : ''
      return { key: kind, values: { what: [runs, overs].filter(Boolean).join(', ') || 'none' } }
    }
    case 'batters':
      return { key: data.striker === undefined ? kind : data.nonStriker === undefined ? 'batters.striker' : 'batters.both' }
  }
  return { key: kind }
}

const WHOLE = { type: 'int', min: 0 } as const

export const sport = defineSport<State, Rules>({
  id: 'cricket',
  name: 'Cricket',
  version: 4,
  labels: {
    game: 'Match',
    period: 'Innings',
    periods: 'Innings',
    unit: 'run',
    units: 'runs',
    byPeriod: 'By innings',
    endings: { shootout: { second: 'super over' }, 'no-result': { main: 'No result' } },
    mark: 'batting',
    tablePoints: { win: 2, draw: 1, tie: 1, noResult: 1, loss: 0 },
    tieBreakers: ['net-run-rate', 'wins', 'head-to-head', 'name'],
  },
  endsItself: true,
  timed: null,
  packs,
  ruleFields: {
    inningsEach: { ...WHOLE, min: 1, max: 2, label: 'Innings of a side' },
    overs: { ...WHOLE, max: 120, label: 'Overs of an innings (0: by time)' },
    ballsPerOver: { ...WHOLE, min: 4, max: 10, label: 'Balls in an over' },
    oversPerEnd: { ...WHOLE, min: 1, max: 2, label: 'Overs before the ends change' },
    wickets: { ...WHOLE, min: 1, max: 14, label: 'Wickets that end an innings' },
    bowlerOvers: { ...WHOLE, max: 60, label: 'Most overs of one bowler (0: no limit)' },
    wideRuns: { ...WHOLE, min: 1, max: 2, label: 'Runs for a wide' },
    noBallRuns: { ...WHOLE, min: 1, max: 2, label: 'Runs for a no-ball' },
    freeHit: { type: 'flag', label: 'Free hit after a no-ball' },
    powerplay: { ...WHOLE, max: 30, label: 'Overs of power play' },
    followOn: { ...WHOLE, max: 500, label: 'Lead for the follow-on (0: none)' },
    caughtCrossing: { type: 'flag', label: 'After a catch those who crossed stay there' },
    level: {
      type: 'choice',
      options: ['tie', 'superOver', 'boundaries', 'bowlOut', 'wickets'],
      labels: {
        tie: 'Tie',
        superOver: 'Super over',
        boundaries: 'Super over, then boundaries',
        bowlOut: 'Bowl-out',
        wickets: 'Fewer wickets lost',
      },
      label: 'A match that is level',
    },
    penaltyRuns: { ...WHOLE, min: 1, max: 10, label: 'Penalty runs' },
    countsBalls: { type: 'flag', label: 'Told in balls' },
    forfeitScore: { ...WHOLE, max: 999, label: 'Runs for a forfeit' },
  },
  kinds,
  initial,
  reduce,
  onPeriod,
  score: scoreOf,
  columns: columnsOf,
  period: periodOf,
  end: (state, rules) => {
    const result = resultOf(state, rules)
    return result && { how: howOf(state, rules), winner: result.winner }
  },
  winner: winnerOf,
  // Said to be played out, a chase short of its overs is over all the same: nobody was left to bat.
  onEnd: (state, { how }, rules) => {
    const last = inningsOf(rules) - 1
    const isChase = how === 'regulation' && rules.overs > 0 && state.rows.length === last + 1
    return isChase && !isOver(state, last, rules) ? close(state, 'allOut') : state
  },
  how: (state, rules) => howOf(state, rules),
  detail: (state, rules) => ({ ...detail(state, rules) }),
  due: shown => due(shown as unknown as Shown),
  activeSide: shown => (shown as unknown as Shown).batting,
  isAsked: (question, _play, was, now) => isAsked(question, was as unknown as Shown, now as unknown as Shown),
  chart: 'worm',
  innings: inningsSoFar,
  actions,
  opening: shown => ((shown as unknown as Shown).batting ? null : { ask: 'Who bats first?', action: 'bats' }),
  when: (_, { period, rules, facts = {} }) =>
    facts.ball === undefined ? null : `${isSuper(period - 1, rules) ? 'SO' : ordinal(period)} ${facts.ball}`,
  describe,
  words,
  warnings: {
    'innings-over': 'That innings was over.',
    'innings-short': 'The innings before it was not over.',
    'other-side': 'The other side bats in that innings.',
    'over-ended': 'That over had ended already.',
    'target-open': 'Say the target or the overs.',
    'not-off-wide': 'Nobody is out like that off a wide.',
    'not-off-no-ball': 'Nobody is out like that off a no-ball.',
    'not-off-free-hit': 'Nobody is out like that off a free hit.',
    'bowler-limit': 'This bowler has bowled all the overs allowed.',
    'bowler-again': 'This bowler bowled the over before, too.',
    'follow-on-lead': 'The lead is smaller than the follow-on needs.',
  },
  glance,
  totals(shown) {
    const { innings, lead, shootout } = shown as unknown as Shown
    if (lead) return []
    const lost = (of: Side) => innings.find(({ side, superOver }) => side === of && !superOver)?.wickets ?? 0
    const wickets = { label: 'W', name: 'Wickets', of: { home: lost('home'), away: lost('away') } }
    return shootout ? [wickets, { label: 'SO', name: 'Super over', of: shootout }] : [wickets]
  },
  box: boxOf,
  runRate({ detail: shown }) {
    const { rate } = shown as unknown as Partial<Shown>
    const of = (side: Side) => ({ runs: rate?.[side].for ?? 0, overs: (rate?.[side].forBalls ?? 0) / 6 })
    return rate ? { home: of('home'), away: of('away') } : null
  },
  outcome({ winner, detail: shown }) {
    if (winner === 'home' || winner === 'away')
      return { home: winner === 'home' ? 'win' : 'loss', away: winner === 'away' ? 'win' : 'loss' }
    const isTie = (shown as unknown as Shown).result?.by === 'tie'
    const both = winner === null ? 'noResult' : isTie ? 'tie' : 'draw'
    return { home: both, away: both }
  },
})
