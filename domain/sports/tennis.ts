import { scoreOf } from '#domain/display-order.ts'
import { dueWho, namedBy, serviceWords } from '#domain/parts/rally-pairs.ts'
import {
  currentFormat,
  currentSet,
  detailOf,
  endOf,
  formatOf,
  isTieBreak,
  leader,
  NIL,
  onPeriod,
  pointsShown,
  type Rules,
  reduce,
  type State,
  setsWon,
  type TennisDetail,
} from '#domain/parts/tennis.ts'
import { box } from '#domain/parts/tennis-box.ts'
import { other } from '#domain/play.ts'
import { defineSport, type RulePack, type Sport } from '#domain/sport.ts'

const TOUR: Rules = {
  bestOf: 3,
  gamesPerSet: 6,
  tieBreakAt: 6,
  tieBreakPoints: 7,
  tieBreakMargin: 2,
  tieBreakOrder: '1-2-2',
  finalSet: 'same',
  noAd: false,
}
const pack = (id: string, name: string, from: string, source: string, change: Partial<Rules>): RulePack<Rules> => ({
  id,
  name,
  version: '1',
  from,
  source,
  values: { ...TOUR, ...change },
})

const SLAMS = 'Grand Slam Board, 16 March 2022: ten-point tie-break at 6–6 in the final set, from Roland-Garros 2022'
const PLAYED_OUT = 'ITF Rules of Tennis, rule 6a; Australian Open and Wimbledon until 2018, Roland-Garros until 2021'
const WIMBLEDON = 'Wimbledon 2019 to 2021: seven-point tie-break at 12–12 in the final set'
const MATCH_TIE_BREAK = 'ITF Rules of Tennis, appendix: match tie-break (10 points)'
const FAST4 = 'ITF Rules of Tennis 2017, appendix, FAST4: four games, at 3–3 a tie-break to five with a decider at 4–4, no-ad'

const PACKS: readonly RulePack<Rules>[] = [
  { ...pack('tour', 'Best of three', '1970-01-01', 'ITF Rules of Tennis, rules 5–7; singles of ATP and WTA', {}), isDefault: true },
  pack('tour-doubles', 'Doubles, no-ad and match tie-break', '2006-01-01', `${MATCH_TIE_BREAK}, no-ad; doubles of ATP and WTA`, {
    finalSet: 'mtb10',
    noAd: true,
  }),
  pack('club', 'Match tie-break in place of the third set', '2006-01-01', MATCH_TIE_BREAK, { finalSet: 'mtb10' }),
  pack('slam-men', 'Grand Slam, best of five', '2022-05-22', SLAMS, { bestOf: 5, finalSet: 'tb10@6' }),
  pack('slam-women', 'Grand Slam, best of three', '2022-05-22', SLAMS, { finalSet: 'tb10@6' }),
  pack('slam-men-advantage', 'Best of five, last set played out', '1970-01-01', PLAYED_OUT, { bestOf: 5, finalSet: 'advantage' }),
  pack('slam-women-advantage', 'Best of three, last set played out', '1970-01-01', PLAYED_OUT, { finalSet: 'advantage' }),
  pack('us-open-men', 'US Open until 2021, best of five', '1970-09-02', 'US Open 1970 to 2021: tie-break in every set', { bestOf: 5 }),
  pack('wimbledon-men-2019', 'Wimbledon 2019–2021, best of five', '2019-07-01', WIMBLEDON, { bestOf: 5, finalSet: 'tb7@12' }),
  pack('wimbledon-women-2019', 'Wimbledon 2019–2021, best of three', '2019-07-01', WIMBLEDON, { finalSet: 'tb7@12' }),
  pack('fast4', 'FAST4', '2016-01-01', FAST4, {
    gamesPerSet: 4,
    tieBreakAt: 3,
    tieBreakPoints: 5,
    tieBreakMargin: 1,
    tieBreakOrder: '2-2',
    noAd: true,
  }),
  pack('pro-set', 'Pro set to eight', '1970-01-01', 'College and club practice: eight games by two, tie-break at 8–8', {
    bestOf: 1,
    gamesPerSet: 8,
    tieBreakAt: 8,
  }),
]

const GAMES = { type: 'int', min: 0, max: 99, optional: true } as const
const SET_DATA = {
  home: { ...GAMES, label: 'Home' },
  away: { ...GAMES, label: 'Away' },
  tiebreak: { ...GAMES, label: "Loser's tie-break points" },
} as const

const PENALTIES = {
  warning: 'warning',
  fault: 'loss of serve against',
  point: 'point penalty against',
  game: 'game penalty against',
  default: 'default of',
}
const VIOLATION_WORDS = Object.fromEntries(
  Object.entries(PENALTIES).flatMap(([penalty, words]) =>
    (['', 'time.'] as const).flatMap(code => {
      const said = `${code ? 'Time' : 'Code'} violation, ${words}`
      return [
        [`violation.${code}${penalty}`, `${said} {side}`],
        [`violation.${code}${penalty}.by`, `${said} {player}`],
      ]
    }),
  ),
)

export const sport = defineSport<State, Rules>({
  id: 'tennis',
  name: 'Tennis',
  version: 3,
  labels: {
    game: 'Match',
    period: 'Set',
    periods: 'Sets',
    unit: 'set',
    units: 'sets',
    byPeriod: 'By set',
    player: 'Player',
    inColumns: 'games',
    endings: { disqualified: { second: 'defaulted' } },
    mark: 'serving',
    tablePoints: { win: 1, draw: 0, loss: 0 },
    tieBreakers: ['head-to-head', 'ratio', 'column-ratio'],
  },
  endsItself: true,
  timed: null,
  packs: PACKS,
  ruleFields: {
    bestOf: { type: 'int', min: 1, max: 5, label: 'Best of how many sets' },
    gamesPerSet: { type: 'int', min: 1, max: 12, label: 'Games to win a set' },
    tieBreakAt: { type: 'int', min: 0, max: 24, label: 'Tie-break at how many games all (0: never)' },
    tieBreakPoints: { type: 'int', min: 3, max: 21, label: 'Points to win a tie-break' },
    tieBreakMargin: { type: 'int', min: 1, max: 2, label: 'Points ahead to win a tie-break' },
    tieBreakOrder: {
      type: 'choice',
      options: ['1-2-2', '2-2'],
      labels: { '1-2-2': 'One, then two each', '2-2': 'Two each' },
      label: 'Serves in a tie-break',
    },
    finalSet: {
      type: 'choice',
      options: ['same', 'advantage', 'tb7@6', 'tb10@6', 'tb7@12', 'mtb7', 'mtb10'],
      labels: {
        same: 'Like the others',
        advantage: 'Played out',
        'tb7@6': 'Tie-break to 7 at 6–6',
        'tb10@6': 'Tie-break to 10 at 6–6',
        'tb7@12': 'Tie-break to 7 at 12–12',
        mtb7: 'Match tie-break to 7',
        mtb10: 'Match tie-break to 10',
      },
      label: 'Final set',
    },
    noAd: { type: 'flag', label: 'No advantage: one point decides at 40–40' },
  },
  kinds: {
    point: {
      label: 'Point',
      side: 'required',
      player: true,
      scoring: true,
      data: {
        how: {
          type: 'choice',
          options: ['ace', 'doubleFault', 'winner', 'error', 'forcedError'],
          labels: { ace: 'Ace', doubleFault: 'Double fault', winner: 'Winner', error: 'Unforced error', forcedError: 'Forced error' },
          label: 'How',
          optional: true,
        },
        serve: { type: 'int', min: 1, max: 2, label: 'On which serve', optional: true },
      },
    },
    fault: { label: 'Fault', side: 'optional', player: true, scoring: true },
    let: { label: 'Let', side: 'none' },
    gameWon: {
      label: 'Game won',
      side: 'required',
      scoring: true,
      data: { tiebreak: { ...GAMES, label: "Loser's tie-break points" } },
    },
    setWon: { label: 'Set won', side: 'required', scoring: true, data: SET_DATA },
    setScore: { label: 'Set score', side: 'none', scoring: true, data: SET_DATA },
    server: { label: 'Server', side: 'required', player: true },
    violation: {
      label: 'Code violation',
      side: 'required',
      player: true,
      scoring: true,
      data: {
        penalty: {
          type: 'choice',
          options: ['warning', 'fault', 'point', 'game', 'default'],
          labels: { warning: 'Warning', fault: 'Loss of serve', point: 'Point penalty', game: 'Game penalty', default: 'Default' },
          label: 'Penalty',
          default: 'warning',
          optional: true,
        },
        code: { type: 'choice', options: ['code', 'time'], labels: { code: 'Conduct', time: 'Time' }, label: 'Code', optional: true },
      },
    },
    timeout: {
      label: 'Time-out',
      side: 'required',
      player: true,
      data: {
        why: {
          type: 'choice',
          options: ['medical', 'toilet', 'equipment'],
          labels: { medical: 'Medical', toilet: 'Toilet', equipment: 'Equipment' },
          label: 'Why',
          default: 'medical',
          optional: true,
        },
      },
    },
  },
  initial: () => ({
    sets: [{ ...NIL }],
    points: NIL,
    server: null,
    won: NIL,
    aces: NIL,
    doubleFaults: NIL,
    fault: false,
    violations: NIL,
    defaulted: null,
    pairs: null,
  }),
  reduce,
  onPeriod,
  score: state => setsWon(state.sets),
  columns: (state, rules) =>
    state.sets.map(({ home, away, tiebreak }, i) => {
      const isLast = i === state.sets.length - 1
      const played = tiebreak ?? (isLast && isTieBreak(currentSet(state), currentFormat(state, rules)) ? state.points : undefined)
      return { label: String(i + 1), home, away, ...(played ? { tiebreak: played } : {}) }
    }),
  points: pointsShown,
  period: (state, rules) => {
    const number = state.sets.length
    const isMatchTieBreak = formatOf(number, rules).isMatchTieBreak
    return isMatchTieBreak ? { number, kind: 'match-tiebreak', label: 'Match tie-break' } : { number, kind: 'set', label: `Set ${number}` }
  },
  end: endOf,
  winner: ({ sets, defaulted }) => (defaulted ? other(defaulted) : (leader(setsWon(sets)) ?? 'draw')),
  detail: (state, rules) => ({ ...detailOf(state, rules) }),
  box,
  chart: 'lead',
  showColumns: true,
  actions: () => [
    {
      id: 'point',
      kind: 'point',
      label: 'Point',
      size: 3,
      key: { home: 's', away: 'k' },
      ask: ['how'],
      insteadOf: ['ace', 'doubleFault'],
      depth: 'score',
    },
    { id: 'ace', kind: 'point', label: 'Ace', size: 2, key: { home: 'd', away: 'l' }, data: { how: 'ace' }, insteadOf: ['point'] },
    {
      id: 'doubleFault',
      kind: 'point',
      label: 'Double fault',
      hint: 'point to the other side',
      size: 2,
      key: { home: 'a', away: 'j' },
      data: { how: 'doubleFault' },
      creditsOther: true,
      insteadOf: ['point'],
    },
    { id: 'server', kind: 'server', label: 'Serves', hint: 'fix the server', size: 1, key: { home: 'q', away: 'p' } },
    {
      id: 'gameWon',
      kind: 'gameWon',
      label: 'Game',
      hint: 'without points',
      size: 1,
      key: { home: 'z', away: 'm' },
      asks: 'Give {side} the game as it stands, {call}?',
      depth: 'score',
    },
    {
      id: 'setWon',
      kind: 'setWon',
      label: 'Set',
      hint: 'without games',
      size: 1,
      key: { home: 'x', away: 'n' },
      asks: 'Give {side} the set as it stands, {column}?',
      ask: ['home', 'away', 'tiebreak'],
      depth: 'score',
    },
    { id: 'fault', kind: 'fault', label: 'Fault', hint: 'serve', size: 2, key: { home: 'f', away: 'h' }, depth: 'full' },
    { id: 'let', kind: 'let', label: 'Let', size: 1, key: { home: 'b', away: 'b' }, depth: 'full' },
    {
      id: 'violation',
      kind: 'violation',
      label: 'Code violation',
      size: 1,
      key: { home: 'w', away: 'o' },
      ask: ['penalty', 'player', 'code'],
    },
    { id: 'timeout', kind: 'timeout', label: 'Time-out', hint: 'medical', size: 1, key: { home: 'e', away: 'i' }, ask: ['why'] },
  ],
  isAsked(question, { side }, was) {
    const { server } = was as unknown as TennisDetail
    if (!side || !server) return true
    return question === 'how.ace' ? server === side : question !== 'how.doubleFault' || server !== side
  },
  opening: detail => ((detail as unknown as TennisDetail).server === null ? { ask: 'Who serves first?', action: 'server' } : null),
  due: dueWho,
  describe: (play, context): ReturnType<Sport['describe']> => {
    const data = play.data ?? {}
    const penalty = `${data.code === 'time' ? 'time.' : ''}${data.penalty ?? 'warning'}`
    const variant = { point: data.how, violation: penalty, timeout: data.why ?? 'medical' }[play.kind]
    const hasScore = typeof data.home === 'number' && typeof data.away === 'number'
    const key = variant ? `${play.kind}.${variant}` : play.kind === 'setWon' && hasScore ? 'setWon.score' : play.kind
    if (hasScore) return { key, values: { home: data.home as number, away: data.away as number } }
    if (play.kind !== 'fault' && data.how !== 'ace' && data.how !== 'doubleFault') return { key }
    const server = namedBy(context)
    return { key: server ? `${key}.server` : key, values: { server } }
  },
  words: {
    point: 'Point {side}',
    'point.by': 'Point {side}, {player}',
    'point.ace': 'Ace by {side}',
    'point.ace.by': 'Ace by {player}',
    'point.ace.server': 'Ace by {server}',
    'point.doubleFault': 'Double fault, point {side}',
    'point.doubleFault.by': 'Double fault by {player}, point {side}',
    'point.doubleFault.server': 'Double fault by {server}, point {side}',
    'point.winner': 'Winner by {side}',
    'point.winner.by': 'Winner by {player}',
    'point.error': 'Error, point {side}',
    'point.error.by': 'Error by {player}, point {side}',
    'point.forcedError': 'Forced error, point {side}',
    'point.forcedError.by': 'Forced error by {player}, point {side}',
    fault: 'Fault',
    'fault.by': 'Fault by {player}',
    'fault.server': 'Fault by {server}',
    let: 'Let',
    gameWon: 'Game {side}',
    setWon: 'Set {side}',
    'setWon.score': 'Set {side}, {home}–{away}',
    setScore: 'Set score {home}–{away}',
    server: '{side} to serve',
    'server.by': '{player} to serve',
    ...VIOLATION_WORDS,
    'timeout.medical': 'Medical time-out, {side}',
    'timeout.medical.by': 'Medical time-out, {player}',
    'timeout.toilet': 'Toilet break, {side}',
    'timeout.toilet.by': 'Toilet break, {player}',
    'timeout.equipment': 'Change of equipment, {side}',
    'timeout.equipment.by': 'Change of equipment, {player}',
  },
  warnings: { 'set-over': 'That set was over.' },
  glance: game => {
    const { detail, status, period } = game
    const { points, tiebreak, server, breakPoint, setPoint, matchPoint, fault, violations } = detail as unknown as TennisDetail
    if (status !== 'live' && status !== 'suspended') return {}
    const chance = matchPoint ? ', match point' : setPoint ? ', set point' : breakPoint ? ', break point' : fault ? ', second serve' : ''
    const prefix = tiebreak && period?.kind !== 'match-tiebreak' ? 'Tie-break ' : ''
    const badges = (['home', 'away'] as const)
      .filter(side => violations?.[side])
      .map(side => ({ side, text: `${violations[side]}C`, tone: 'yellow' as const, title: `Code violations: ${violations[side]}` }))
    return {
      ...serviceWords(game),
      middle: `${prefix}${scoreOf(points, game)}${chance}`,
      mark: server,
      ...(badges.length > 0 ? { badges } : {}),
    }
  },
})
