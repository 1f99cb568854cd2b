/**
 * What may tell sides of a table apart, in the order a competition lists them. The plain ones look at all games, those of `head-to-head` at
 * the games among the sides that are level when the first of them is reached.
 *
 * - `points`, `percentage` (games won, a draw counts half), `wins`, `regulation-wins` (without overtime and shoot-out),
 *   `wins-before-shootout`, `away-wins`
 * - `difference`, `for`, `against` (the fewer the better), `ratio` (for divided by against: goal average, set ratio), `away-for`
 * - `column-difference`, `column-for`, `column-ratio`: of what the columns count, where that is not the score (points of all sets)
 * - `net-run-rate`: runs an over less those conceded an over
 * - `head-to-head`: the points, the difference, then the score of the games among them; or one of its parts alone
 * - `fair-play`, `playoff`, `lots`: told by the league, not by the games
 */
export const TIE_BREAKERS = [
  'points',
  'percentage',
  'wins',
  'regulation-wins',
  'wins-before-shootout',
  'away-wins',
  'difference',
  'for',
  'against',
  'ratio',
  'away-for',
  'column-difference',
  'column-for',
  'column-ratio',
  'net-run-rate',
  'head-to-head',
  'head-to-head-points',
  'head-to-head-percentage',
  'head-to-head-wins',
  'head-to-head-difference',
  'head-to-head-for',
  'head-to-head-ratio',
  'head-to-head-away-for',
  'head-to-head-column-difference',
  'head-to-head-column-ratio',
  'fair-play',
  'playoff',
  'lots',
  'name',
] as const
export type TieBreaker = (typeof TIE_BREAKERS)[number]

export const HEAD_TO_HEAD = 'head-to-head'
export const isHeadToHead = (rule: TieBreaker) => rule.startsWith(HEAD_TO_HEAD)

/** What the same things are called in published tables, without capitals and hyphens. */
const ALIASES: Readonly<Record<string, string>> = {
  pts: 'points',
  pct: 'percentage',
  winpct: 'percentage',
  winpercentage: 'percentage',
  winningpercentage: 'percentage',
  w: 'wins',
  won: 'wins',
  gameswon: 'wins',
  matcheswon: 'wins',
  matches: 'wins',
  victories: 'wins',
  rw: 'regulationwins',
  row: 'winsbeforeshootout',
  regulationovertimewins: 'winsbeforeshootout',
  regulationandovertimewins: 'winsbeforeshootout',
  gd: 'difference',
  goaldifference: 'difference',
  pointdifference: 'difference',
  pointsdifference: 'difference',
  rundifference: 'difference',
  setdifference: 'difference',
  scoredifference: 'difference',
  goalsdifference: 'difference',
  goalsdiff: 'difference',
  goaldiff: 'difference',
  pointsdiff: 'difference',
  pointdiff: 'difference',
  pointdifferential: 'difference',
  pointsdifferential: 'difference',
  netpoints: 'difference',
  differential: 'difference',
  gf: 'for',
  goals: 'for',
  goalsfor: 'for',
  goalsscored: 'for',
  pointsfor: 'for',
  pointsscored: 'for',
  runsfor: 'for',
  scored: 'for',
  goalsagainst: 'against',
  pointsagainst: 'against',
  conceded: 'against',
  ga: 'against',
  goalaverage: 'ratio',
  goalratio: 'ratio',
  goalquotient: 'ratio',
  setratio: 'ratio',
  setsratio: 'ratio',
  gameratio: 'ratio',
  awaygoals: 'awayfor',
  awaygoalsfor: 'awayfor',
  awaygoalsscored: 'awayfor',
  pointratio: 'columnratio',
  pointsratio: 'columnratio',
  nrr: 'netrunrate',
  runrate: 'netrunrate',
  // Of the games among them, their results are the whole of it.
  results: '',
  record: '',
  directmatches: 'headtohead',
  directencounters: 'headtohead',
  decider: 'playoff',
  tiebreakergame: 'playoff',
  decidingmatch: 'playoff',
  drawinglots: 'lots',
  drawlots: 'lots',
  drawingoflots: 'lots',
  drawoflots: 'lots',
  cointoss: 'lots',
  cards: 'fairplay',
  discipline: 'fairplay',
  disciplinary: 'fairplay',
  disciplinarypoints: 'fairplay',
  fairplaypoints: 'fairplay',
  redcards: 'fairplay',
  alphabetical: 'name',
}
const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '')
const BY_PLAIN_NAME: ReadonlyMap<string, TieBreaker> = new Map(TIE_BREAKERS.map(rule => [plain(rule), rule]))

/** The rule of that name, also as tables are published with it (`goalDifference`, `headToHeadPoints`, `h2h`); null for any other. */
export function tieBreakerOf(name: string): TieBreaker | null {
  const asked = plain(name.replace(/h2h/i, HEAD_TO_HEAD)).replace(/^(overall|total|most|numberof)/, '')
  const [, among = '', what = ''] = /^(headtohead|)(.*)$/.exec(asked) ?? []
  return BY_PLAIN_NAME.get(asked) ?? BY_PLAIN_NAME.get(among + (Object.hasOwn(ALIASES, what) ? ALIASES[what] : what)) ?? null
}

/** What a side's games come to. */
export interface Tally {
  played: number
  won: number
  drawn: number
  lost: number
  for: number
  against: number
  /** Without deductions. */
  points: number
  /** Of these, those that came beside the outcome. */
  bonus: number
  /** How often each outcome was had, by its name. */
  outcomes: Record<string, number>
  awayFor: number
  awayWon: number
  columnsFor: number
  columnsAgainst: number
  runs: { for: number; overs: number; against: number; oversAgainst: number }
}

export const emptyTally = (): Tally => ({
  played: 0,
  won: 0,
  drawn: 0,
  lost: 0,
  for: 0,
  against: 0,
  points: 0,
  bonus: 0,
  outcomes: {},
  awayFor: 0,
  awayWon: 0,
  columnsFor: 0,
  columnsAgainst: 0,
  runs: { for: 0, overs: 0, against: 0, oversAgainst: 0 },
})

/** Games won of those played, from 0 to 1; null before the first. */
export const percentageOf = ({ played, won, drawn }: Tally) => (played === 0 ? null : (won + drawn / 2) / played)

const divided = (a: number, b: number) => (b === 0 ? (a === 0 ? 0 : Number.POSITIVE_INFINITY) : a / b)

/** How a side stands by one rule: the more the better. What the games do not tell is 0. */
export function measure(rule: TieBreaker, tally: Tally, deduction: number): number {
  switch (rule.startsWith(`${HEAD_TO_HEAD}-`) ? rule.slice(HEAD_TO_HEAD.length + 1) : rule) {
    case 'points':
      return tally.points - deduction
    case 'percentage':
      return percentageOf(tally) ?? 0
    case 'wins':
      return tally.won
    case 'regulation-wins':
      return tally.won - count(tally, 'overtimeWin') - count(tally, 'shootoutWin')
    case 'wins-before-shootout':
      return tally.won - count(tally, 'shootoutWin')
    case 'away-wins':
      return tally.awayWon
    case 'difference':
      return tally.for - tally.against
    case 'for':
      return tally.for
    case 'against':
      return -tally.against
    case 'ratio':
      return divided(tally.for, tally.against)
    case 'away-for':
      return tally.awayFor
    case 'column-difference':
      return tally.columnsFor - tally.columnsAgainst
    case 'column-for':
      return tally.columnsFor
    case 'column-ratio':
      return divided(tally.columnsFor, tally.columnsAgainst)
    case 'net-run-rate':
      return netRunRate(tally)
    default:
      return 0
  }
}
const count = ({ outcomes }: Tally, name: string) => outcomes[name] ?? 0

export const netRunRate = ({ runs }: Tally) =>
  (runs.overs === 0 ? 0 : runs.for / runs.overs) - (runs.oversAgainst === 0 ? 0 : runs.against / runs.oversAgainst)
