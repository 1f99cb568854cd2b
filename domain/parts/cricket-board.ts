import type { Game, PeriodView, Score } from '../game.ts'
import { other, type Side } from '../play.ts'
import type { Glance, InningsSoFar, Tone } from '../sport.ts'
import {
  dueSide,
  inningsOf,
  isOver,
  isSuper,
  isTimeless,
  limitOf,
  mayOpen,
  type Result,
  resultOf,
  type State,
  scoreOf,
  targetOf,
  toReach,
  wicketsOf,
} from './cricket.ts'
import { type Batter, EXTRAS, type Extra, figuresOf, type Innings, oversText, type Rules } from './cricket-balls.ts'
import { ordinal } from './timed.ts'

/** What readers get beside the score. */
export interface Shown {
  /** In order; those of a super over have `superOver`. */
  innings: readonly ShownInnings[]
  /** Who bats, between innings who bats next; null before anybody said. */
  batting: Side | null
  between: boolean
  /** Level, so that a super over begins with the next ball. */
  isSuperOverNext: boolean
  /** What the side batting has to reach; null where it sets a total of its own. */
  target: number | null
  /** Runs still to get, and the legal balls left where overs are limited. */
  need: { runs: number; balls: number | null } | null
  thisOver: readonly string[]
  partnership: { runs: number; balls: number }
  /** Runs an over, to two places. */
  runRate: number
  requiredRate: number | null
  /** Who is in; `playerId` null where nobody was named. */
  batters: readonly { playerId: string | null; runs: number; balls: number; fours: number; sixes: number; isOnStrike: boolean }[]
  bowler: { playerId: string; overs: string; maidens: number; runs: number; wickets: number } | null
  /** Of the innings under way. */
  fallOfWickets: readonly { wicket: number; runs: number; overs: string; playerId: string | null }[]
  freeHit: boolean
  powerplay: boolean
  /** The lead of one side in a match of two innings each. */
  lead: { side: Side; runs: number } | null
  /** Who may be made to bat again, before the third innings. */
  followOn: Side | null
  /** Each super over's runs; `shootout` has those of the last one. */
  superOvers: readonly Score[]
  shootout: Score | null
  result: Result | null
  /** It was reached under a revised target. */
  isRevised: boolean
  /**
   * For net run rate, once there is a result of a match of so many overs: runs and the legal balls they count for. All out counts for all the
   * overs of the innings. Under a revised target the side batting first counts as one run less than it, in the overs of the chase.
   */
  rate: Record<Side, { for: number; forBalls: number; against: number; againstBalls: number }> | null
}
interface ShownInnings {
  side: Side
  runs: number
  wickets: number
  overs: string
  /** Legal balls. */
  balls: number
  declared: boolean
  forfeited: boolean
  allOut: boolean
  over: boolean
  target: number | null
  superOver: boolean
  extras: Record<Extra | 'total', number>
}

const isAllOut = (row: Innings, at: number, rules: Rules) => row.closed === 'allOut' || row.wickets >= wicketsOf(at, rules)
const sumOf = (of: Readonly<Record<Extra, number>>) => EXTRAS.reduce((sum, extra) => sum + of[extra], 0)
const rateOf = (made: number, balls: number, rules: Rules) => (balls > 0 ? Math.round((made * rules.ballsPerOver * 100) / balls) / 100 : 0)

function inningsView(state: State, row: Innings, at: number, rules: Rules): ShownInnings {
  const { side, runs, wickets, legal, closed } = row
  const extras = Object.fromEntries([...EXTRAS.map(extra => [extra, row[extra]]), ['total', sumOf(row)]]) as ShownInnings['extras']
  return {
    ...{ side, runs, wickets, overs: oversText(row, rules), balls: legal },
    ...{ declared: closed === 'declared', forfeited: closed === 'forfeited', allOut: isAllOut(row, at, rules) },
    ...{ over: isOver(state, at, rules), target: toReach(state, at, rules), superOver: isSuper(at, rules), extras },
  }
}

function needOf(state: State, at: number, rules: Rules): Shown['need'] {
  const row = state.rows[at]
  const target = toReach(state, at, rules)
  if (!row || target === null || isOver(state, at, rules)) return null
  const limit = limitOf(state, at, rules)
  const left = limit && Math.max(0, (limit[0] - row.overs) * rules.ballsPerOver + limit[1] - row.balls)
  return { runs: Math.max(0, target - row.runs), balls: left }
}

function leadOf(state: State, rules: Rules): Shown['lead'] {
  if (rules.inningsEach < 2 || state.rows.length < 2) return null
  const { home, away } = scoreOf(state, rules)
  return home === away ? null : { side: home > away ? 'home' : 'away', runs: Math.abs(home - away) }
}

function followerOf(state: State, rules: Rules): Side | null {
  const [first, second] = state.rows
  if (rules.followOn === 0 || !first || !second || state.rows.length > 2 || state.next || !isOver(state, 1, rules)) return null
  return first.runs - second.runs >= rules.followOn ? second.side : null
}

function superOversOf(state: State, rules: Rules): Score[] {
  const scores: Score[] = []
  for (let at = inningsOf(rules); at < state.rows.length; at += 2) {
    const pair = state.rows.slice(at, at + 2)
    const made = (side: Side) => pair.find(row => row.side === side)?.runs ?? 0
    scores.push({ home: made('home'), away: made('away') })
  }
  return scores
}

function netRate(state: State, rules: Rules): Shown['rate'] {
  const [first, second] = state.rows
  if (rules.inningsEach > 1 || isTimeless(rules) || !first || !second || resultOf(state, rules) === null) return null
  const quota = (at: number) => {
    const [overs, balls] = limitOf(state, at, rules) ?? [rules.overs, 0]
    return overs * rules.ballsPerOver + balls
  }
  const faced = (row: Innings, at: number) => (isAllOut(row, at, rules) ? quota(at) : row.overs * rules.ballsPerOver + row.balls)
  const isRevised = state.target?.isMethod === true
  const [made, balls] = isRevised ? [Math.max(0, (targetOf(state, rules) ?? 1) - 1), quota(1)] : [first.runs, faced(first, 0)]
  const chased = faced(second, 1)
  const one = { for: made, forBalls: balls, against: second.runs, againstBalls: chased }
  const two = { for: second.runs, forBalls: chased, against: made, againstBalls: balls }
  return first.side === 'home' ? { home: one, away: two } : { home: two, away: one }
}

export function detail(state: State, rules: Rules): Shown {
  const at = state.rows.length - 1
  const row = state.rows[at]
  const over = !row || isOver(state, at, rules)
  const { batters, strike, bowler, bowlers, over: now, stand, freeHit } = state.crease
  const [balls, maidens, conceded, wickets] = figuresOf(bowlers, bowler)
  const need = needOf(state, at, rules)
  const superOvers = superOversOf(state, rules)
  const view = ({ id, ...figures }: Batter, i: number) => ({ playerId: id, ...figures, isOnStrike: i === strike })
  const isFull = row && !isSuper(at, rules) && row.limit === null
  const result = resultOf(state, rules)
  const isNext = over && !result && mayOpen(state, rules)
  return {
    innings: state.rows.map((each, i) => inningsView(state, each, i, rules)),
    batting: isNext ? dueSide(state, rules) : (row?.side ?? null),
    between: over,
    isSuperOverNext: isNext && isSuper(at + 1, rules) && (at + 1 - inningsOf(rules)) % 2 === 0,
    target: isNext ? toReach(state, at + 1, rules) : toReach(state, at, rules),
    need,
    thisOver: now.marks,
    partnership: stand,
    runRate: row ? rateOf(row.runs, row.overs * rules.ballsPerOver + row.balls, rules) : 0,
    requiredRate: need?.balls ? rateOf(need.runs, need.balls, rules) : null,
    batters: row && !over ? batters.map(view) : [],
    bowler: bowler === null || over ? null : { playerId: bowler, overs: bowledText(balls, rules), maidens, runs: conceded, wickets },
    fallOfWickets: (row?.falls ?? []).map(({ wicket, runs, overs, balls, playerId }) => ({
      ...{ wicket, runs, playerId },
      overs: balls >= rules.ballsPerOver ? String(overs + 1) : `${overs}.${balls}`,
    })),
    freeHit: freeHit && !over,
    powerplay: Boolean(isFull && !over && rules.powerplay > 0 && row.overs < rules.powerplay),
    lead: leadOf(state, rules),
    followOn: followerOf(state, rules),
    superOvers,
    shootout: superOvers.at(-1) ?? null,
    result,
    isRevised: state.target?.isMethod === true,
    rate: netRate(state, rules),
  }
}

const bowledText = (balls: number, { ballsPerOver, countsBalls }: Rules) => {
  const rest = balls % ballsPerOver
  return countsBalls ? String(balls) : `${Math.floor(balls / ballsPerOver)}${rest ? `.${rest}` : ''}`
}

export function periodOf(state: State, rules: Rules): PeriodView {
  const number = Math.max(1, state.rows.length)
  if (!isSuper(number - 1, rules)) return { number, kind: 'innings', label: `${ordinal(number)} innings` }
  const pair = Math.floor((number - 1 - inningsOf(rules)) / 2) + 1
  return { number, kind: 'super-over', label: pair > 1 ? `Super over ${pair}` : 'Super over' }
}

/** For the chart: overs, or balls where the competition counts those; super overs apart. */
export function inningsSoFar(state: State, rules: Rules): InningsSoFar[] {
  const { ballsPerOver: per, countsBalls } = rules
  const measure = (overs: number, balls: number) => (countsBalls ? overs * per + balls : overs + balls / per)
  return state.rows.slice(0, inningsOf(rules)).map((row, i) => {
    const { side, overs, balls, runs, wickets } = row
    const limit = limitOf(state, i, rules)
    const [at, most] = [measure(overs, balls), limit && measure(...limit)]
    return { side, at, label: oversText(row, rules), most, unit: countsBalls ? 'ball' : 'over', runs, wickets }
  })
}

export const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`
function resultText({ by, margin }: Result): string {
  switch (by) {
    case 'runs':
      return `won by ${plural(margin, 'run')}`
    case 'wickets':
      return `won by ${plural(margin, 'wicket')}`
    case 'innings':
      return `won by an innings and ${plural(margin, 'run')}`
    case 'superOver':
      return 'won the super over'
    case 'boundaries':
      return 'won on boundaries'
    case 'fewerWickets':
      return 'lost fewer wickets'
    case 'tie':
      return 'Match tied'
  }
}

/** `350 & 120/3`, `187/6 (18.4)` */
function sideText(innings: readonly ShownInnings[], side: Side): string {
  const own = innings.filter(each => each.side === side && !each.superOver)
  const say = ({ runs, wickets, allOut, declared, forfeited }: ShownInnings) =>
    forfeited ? 'forfeited' : allOut ? String(runs) : `${runs}/${wickets}${declared ? ' dec' : ''}`
  const last = own.at(-1)
  return own.map(say).join(' & ') + (last && !last.forfeited ? ` (${last.overs})` : '')
}

const TONES: readonly [RegExp, Tone][] = [
  [/W$/, 'bad'],
  [/^4$/, 'accent'],
  [/^6$/, 'good'],
]
const toneOf = (mark: string): Tone => TONES.find(([is]) => is.test(mark))?.[1] ?? 'plain'

function middleOf({ innings, between, isSuperOverNext, need, target, result, isRevised, lead, batting }: Shown): string {
  if (result) return `${resultText(result)}${isRevised ? ' (DLS)' : ''}`
  const row = innings.at(-1)
  if (!row) return ''
  if (isSuperOverNext) return row.superOver ? 'Level again, super over to come' : 'Scores level, super over to come'
  if (between && row.target !== null) return 'Scores level'
  if (between) return target === null || target === 0 ? 'Innings break' : `Innings break, target ${target}`
  const off = need && need.balls !== null ? ` off ${need.balls}` : ''
  const asked = need ? `${need.runs} to win${off}` : lead ? `${lead.side === batting ? 'lead' : 'trail'} by ${lead.runs}` : ''
  // The overs stand under the side as well: beside what is asked of it a phone has no room for them.
  const where = row.superOver ? 'super over' : asked ? '' : `${row.overs} ${row.overs === '1' ? 'over' : 'overs'}`
  return [`${row.runs}/${row.wickets}`, where, asked].filter(Boolean).join(', ')
}

export function glance({ detail, status }: Pick<Game, 'detail' | 'status' | 'period'>): Glance {
  const shown = detail as unknown as Shown
  const { innings, batting, thisOver, between, freeHit, powerplay } = shown
  const isOn = status === 'live' || status === 'break' || status === 'suspended'
  const text = (side: Side) => sideText(innings, side) || (isOn && innings.length > 0 ? 'yet to bat' : '')
  const texts = { home: text('home'), away: text('away') }
  if (!isOn) return { ...texts, ...(status === 'final' && shown.result ? { middle: middleOf(shown) } : {}) }
  const badge = (text: string, title: string) => (batting ? [{ side: batting, text, tone: 'accent' as const, title }] : [])
  return {
    ...texts,
    middle: middleOf(shown),
    mark: batting,
    badges: [...(freeHit ? badge('FH', 'Free hit') : []), ...(powerplay ? badge('PP', 'Power play') : [])],
    marks: between
      ? []
      : [
          ...(thisOver.length === 0
            ? []
            : [{ label: 'This over', marks: thisOver.map(text => ({ text: text === '0' ? '•' : text, tone: toneOf(text) })) }]),
          ...peopleRows(shown),
        ],
  }
}

/** Who is in and who bowls, as long as anybody is named: always as many rows, so that nothing moves when one goes. */
function peopleRows({ batting, batters, bowler }: Shown): NonNullable<Glance['marks']>[number][] {
  if (!batting || (!bowler && batters.every(({ playerId }) => playerId === null))) return []
  const named = (playerId: string | null | undefined) => (playerId ? { playerId } : {})
  const [one, two] = batters.map(({ playerId, runs, balls, isOnStrike }) => ({
    ...{ label: isOnStrike ? 'On strike' : 'Batting', side: batting, figures: `${runs} (${balls})`, marks: [] },
    ...named(playerId),
  }))
  const figures = bowler ? `${bowler.wickets}/${bowler.runs} (${bowler.overs})` : '–'
  const bowling = { label: 'Bowling', side: other(batting), figures, marks: [], ...named(bowler?.playerId) }
  return one && two ? [one, bowling, two] : [bowling]
}

/** Once an innings is over nobody comes in any more, and nobody who was in or is out comes in again. */
export function isAsked(question: string, was: Shown, now: Shown): boolean {
  const [field, id] = question.split('.')
  if (field !== 'newBatter') return true
  if (id === undefined) return !now.between
  return ![...was.batters, ...now.fallOfWickets].some(({ playerId }) => playerId === id)
}

export function due(shown: Shown): readonly string[] {
  if (shown.result) return []
  if (shown.between) return shown.followOn ? ['followOn'] : []
  const isNamed = shown.batters.some(({ playerId }) => playerId !== null)
  const isShort = shown.batters.some(({ playerId }) => playerId === null)
  return [...(isNamed && isShort ? ['newBatter'] : []), ...(isNamed && shown.bowler === null ? ['bowler'] : [])]
}
