import type { PlayData, Side } from '../play.ts'
import { warned } from './timed.ts'

/**
 * Cricket's balls: what one does to the innings and to those at the crease. Numbers follow the Laws of Cricket (MCC, 2017 Code, 3rd edition
 * 2022) unless a rule says otherwise.
 */
export interface Rules {
  /** Innings of each side, 1 or 2. */
  inningsEach: number
  /** Overs of an innings; 0 where time is the limit. */
  overs: number
  ballsPerOver: number
  /** Overs bowled one after the other from an end; the batters change ends with them. */
  oversPerEnd: number
  /** Wickets that end an innings. */
  wickets: number
  /** Most overs of one bowler in an innings; 0: no limit. */
  bowlerOvers: number
  wideRuns: number
  noBallRuns: number
  freeHit: boolean
  /** First overs of an innings under fielding restrictions. */
  powerplay: number
  /** Lead that allows the follow-on; 0: there is none. */
  followOn: number
  /** After a catch the batters who had crossed stay where they are (before October 2022). */
  caughtCrossing: boolean
  /** What becomes of a match that is level. */
  level: 'tie' | 'superOver' | 'boundaries' | 'bowlOut' | 'wickets'
  penaltyRuns: number
  /** Told in balls, not in overs. */
  countsBalls: boolean
  forfeitScore: number
}

export type Closed = 'declared' | 'forfeited' | 'allOut' | 'closed'
/** Complete overs, and balls of one more. */
export type Overs = readonly [overs: number, balls: number]

export interface Fall {
  wicket: number
  runs: number
  overs: number
  balls: number
  playerId: string | null
}

export const EXTRAS = ['wides', 'noballs', 'byes', 'legbyes', 'penalty'] as const
export type Extra = (typeof EXTRAS)[number]

/** One innings begun. `balls` are the legal ones of the over under way, `legal` those of the innings. */
export interface Innings extends Readonly<Record<Extra, number>> {
  side: Side
  runs: number
  wickets: number
  overs: number
  balls: number
  legal: number
  fours: number
  sixes: number
  /** Why it ended, where its numbers do not say. */
  closed: Closed | null
  /** Its overs, where they were cut. */
  limit: Overs | null
  falls: readonly Fall[]
}

export interface Batter {
  id: string | null
  runs: number
  balls: number
  fours: number
  sixes: number
}
export type Batters = readonly [Batter, Batter]
/** Legal balls, maidens, runs, wickets. */
export type Bowling = readonly [balls: number, maidens: number, runs: number, wickets: number]

/** The over under way, or the last one until the next begins. */
export interface Over {
  legal: number
  /** Balls it will have: another number than usual where the umpire miscounted. */
  length: number
  conceded: number
  ended: boolean
  /** Who bowled all of it; null where nobody said, or more than one did. */
  by: string | null
  marks: readonly string[]
}

/** Who is in, and what is counted from ball to ball; of the innings under way. */
export interface Crease {
  batters: Batters
  strike: 0 | 1
  bowler: string | null
  lastBowler: string | null
  bowlers: Readonly<Record<string, Bowling>>
  /** Batters who left without being out, and may come back. */
  retired: Readonly<Record<string, Batter>>
  over: Over
  stand: { runs: number; balls: number }
  freeHit: boolean
}
/** Who was named before an innings began. */
export interface Lineup {
  striker: string | null
  nonStriker: string | null
  bowler: string | null
}

export const MARKS_KEPT = 24
const PEOPLE_KEPT = 16

export const nobody = (id: string | null = null): Batter => ({ id, runs: 0, balls: 0, fours: 0, sixes: 0 })
export const newOver = (rules: Rules): Over => ({ legal: 0, length: rules.ballsPerOver, conceded: 0, ended: false, by: null, marks: [] })
export const newCrease = (rules: Rules, lineup: Lineup | null = null): Crease => ({
  batters: [nobody(lineup?.striker), nobody(lineup?.nonStriker)],
  strike: 0,
  bowler: lineup?.bowler ?? null,
  lastBowler: null,
  bowlers: {},
  retired: {},
  over: newOver(rules),
  stand: { runs: 0, balls: 0 },
  freeHit: false,
})

export const whole = (value: unknown) => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0)
export const person = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
export const flip = (strike: 0 | 1): 0 | 1 => (strike === 0 ? 1 : 0)

/** A record of people that stays bounded however many a feed makes up. */
function keep<T>(record: Readonly<Record<string, T>>, id: string, value: T): Readonly<Record<string, T>> {
  return Object.hasOwn(record, id) || Object.keys(record).length < PEOPLE_KEPT ? { ...record, [id]: value } : record
}

/** The crease with whoever is named in their place; who is already there may have changed ends. */
export function seat(now: Crease, striker: string | null, nonStriker: string | null): Crease {
  const first = striker === null ? now : seatStriker(now, striker, nonStriker)
  return nonStriker === null ? first : put(first, flip(first.strike), nonStriker)
}
function seatStriker(now: Crease, id: string, nonStriker: string | null): Crease {
  const [on, off] = [now.batters[now.strike], now.batters[flip(now.strike)]]
  if (on.id === id) return now
  const isOther = off.id === id || (on.id !== null && (on.id === nonStriker || (off.id === null && nonStriker === null)))
  const strike = isOther ? flip(now.strike) : now.strike
  return put({ ...now, strike }, strike, id)
}
/** A place that had no name keeps its figures; somebody else brings theirs. */
export function put(now: Crease, slot: 0 | 1, id: string): Crease {
  const there = now.batters[slot]
  if (there.id === id) return now
  const known = Object.hasOwn(now.retired, id) ? now.retired[id] : undefined
  const batter = known ?? (there.id === null ? { ...there, id } : nobody(id))
  const retired = there.id === null ? now.retired : keep(now.retired, there.id, there)
  return { ...now, batters: slot === 0 ? [batter, now.batters[1]] : [now.batters[0], batter], retired }
}
const leave = (now: Crease, slot: 0 | 1, comes: string | null): Crease => {
  const gone: Batters = slot === 0 ? [nobody(), now.batters[1]] : [now.batters[0], nobody()]
  return comes === null ? { ...now, batters: gone } : put({ ...now, batters: gone }, slot, comes)
}

/** Every way to be out, and to leave without (Laws 25 and 32 to 40). */
export const WICKETS = {
  bowled: 'Bowled',
  caught: 'Caught',
  caughtAndBowled: 'Caught and bowled',
  lbw: 'LBW',
  runOut: 'Run out',
  stumped: 'Stumped',
  hitWicket: 'Hit wicket',
  hitTwice: 'Hit the ball twice',
  handledBall: 'Handled the ball',
  obstructing: 'Obstructing the field',
  timedOut: 'Timed out',
  retiredOut: 'Retired out',
  retiredHurt: 'Retired hurt',
  /** Nobody said how. */
  out: 'Out',
} as const
export const isWicket = (value: string): value is keyof typeof WICKETS => Object.hasOwn(WICKETS, value)

/** Dismissals that are the bowler's (Laws 32, 33, 35, 36 and 39). */
const BOWLERS: ReadonlySet<string> = new Set(['bowled', 'caught', 'caughtAndBowled', 'lbw', 'stumped', 'hitWicket'])
export const isBowlers = (wicket: string) => BOWLERS.has(wicket)
/** Off a wide nobody is bowled, caught or leg before, off a no-ball neither stumped nor hit wicket (Law 21.18 and 22.9). */
const OFF_WIDE: ReadonlySet<string> = new Set(['stumped', 'hitWicket', 'runOut', 'obstructing', 'retiredOut', 'retiredHurt', 'timedOut'])
const OFF_NO_BALL: ReadonlySet<string> = new Set([
  'runOut',
  'hitTwice',
  'handledBall',
  'obstructing',
  'retiredOut',
  'retiredHurt',
  'timedOut',
])

/** A delivery as the play tells it. */
export interface Ball extends Readonly<Record<Extra, number>> {
  runs: number
  four: boolean
  six: boolean
  isLegal: boolean
  total: number
  /** Runs against the bowler: no byes, leg byes or penalties (Law 23). */
  conceded: number
  wicket: string | null
  isWicket: boolean
}

export function readBall(data: PlayData = {}): Ball {
  const [runs, wides, noballs] = [whole(data.runs), whole(data.wides), whole(data.noballs)]
  const [byes, legbyes, penalty] = [whole(data.byes), whole(data.legbyes), whole(data.penalty)]
  const isBoundary = typeof data.boundary === 'boolean' ? data.boundary : runs === 4 || runs === 6
  const wicket = person(data.wicket)
  const conceded = runs + wides + noballs
  return {
    runs,
    wides,
    noballs,
    byes,
    legbyes,
    penalty,
    wicket,
    conceded,
    four: isBoundary && runs === 4,
    six: isBoundary && runs === 6,
    isLegal: wides === 0 && noballs === 0,
    total: conceded + byes + legbyes + penalty,
    isWicket: wicket !== null && wicket !== 'retiredHurt',
  }
}

/** The mark of a ball within its over: `4`, `W`, `wd`, `2lb`. */
export function markOf(ball: Ball): string {
  if (ball.isWicket) return ball.total > 0 ? `${ball.total}W` : 'W'
  if (ball.wides > 0) return ball.wides > 1 ? `${ball.wides}wd` : 'wd'
  if (ball.noballs > 0) return ball.total > ball.noballs ? `${ball.total}nb` : 'nb'
  if (ball.byes > 0) return `${ball.byes}b`
  if (ball.legbyes > 0) return `${ball.legbyes}lb`
  return String(ball.runs)
}

/** The row with a ball's runs; its place in the over is counted apart. */
export const scored = (row: Innings, ball: Ball): Innings => ({
  ...row,
  runs: row.runs + ball.total,
  wides: row.wides + ball.wides,
  noballs: row.noballs + ball.noballs,
  byes: row.byes + ball.byes,
  legbyes: row.legbyes + ball.legbyes,
  penalty: row.penalty + ball.penalty,
  fours: row.fours + (ball.four ? 1 : 0),
  sixes: row.sixes + (ball.six ? 1 : 0),
})
/** The crease as the delivery finds it: a new over begun, the people it names in their places. */
export function takeGuard(now: Crease, data: PlayData = {}, rules: Rules): Crease {
  const fresh: Crease = now.over.ended ? { ...now, over: newOver(rules) } : now
  const seated = seat(fresh, person(data.batter), person(data.nonStriker))
  const bowler = person(data.bowler)
  return bowler === null || bowler === seated.bowler ? seated : { ...seated, bowler }
}

/** Which place at the crease is out: as named, else as said, else the striker's. */
export function outSlot(now: Crease, data: PlayData = {}): 0 | 1 {
  const named = person(data.batterOut)
  if (named !== null) {
    if (now.batters[0].id === named) return 0
    if (now.batters[1].id === named) return 1
    // Somebody who never came in (timed out) leaves the place that is empty.
    const empty = now.batters.findIndex(({ id }) => id === null)
    if (empty >= 0) return empty === 0 ? 0 : 1
  }
  return data.out === 'nonStriker' ? flip(now.strike) : now.strike
}

function warningsOf({ bowler, lastBowler, over, bowlers, freeHit }: Crease, ball: Ball, rules: Rules): string[] {
  const { wicket } = ball
  // As long as nobody said how, it may have been a run-out.
  const isSaid = wicket !== null && wicket !== 'out'
  const bowled = figuresOf(bowlers, bowler)[0]
  return warned(
    over.marks.length === 0 && bowler !== null && bowler === lastBowler && rules.oversPerEnd === 1 && 'bowler-again',
    rules.bowlerOvers > 0 && bowled >= rules.bowlerOvers * rules.ballsPerOver && 'bowler-limit',
    isSaid && ball.wides > 0 && !OFF_WIDE.has(wicket) && 'not-off-wide',
    isSaid && ball.noballs > 0 && !OFF_NO_BALL.has(wicket) && 'not-off-no-ball',
    isSaid && ball.isLegal && freeHit && !OFF_NO_BALL.has(wicket) && 'not-off-free-hit',
  )
}

/** The innings under way and its crease, from one moment to the next. */
export interface Turn {
  row: Innings
  now: Crease
}
/** A ball bowled: the innings and its crease after it, and what was odd about it. */
export function deliver(row: Innings, crease: Crease, data: PlayData, rules: Rules): Turn & { warnings: string[] } {
  const ball = readBall(data)
  const guard = takeGuard(crease, data, rules)
  // Free hits outlast wides and further no-balls (ICC playing conditions 21.19).
  const freeHit = rules.freeHit && (ball.noballs > 0 || (guard.freeHit && !ball.isLegal))
  let turn: Turn = { row: scored(row, ball), now: countBall(guard, ball, freeHit) }
  if (ball.wicket !== null) turn = dismiss(turn, ball, data)
  if (swaps(ball, data.crossed === true, rules)) turn = { ...turn, now: { ...turn.now, strike: flip(turn.now.strike) } }
  if (ball.isLegal) turn = nextBall(turn, rules)
  return { ...turn, warnings: warningsOf(guard, ball, rules) }
}

/** Whether the batters have changed ends. */
function swaps(ball: Ball, crossed: boolean, rules: Rules): boolean {
  // Law 18.11: after a catch the new batter comes in at the striker's end. Run out, the one nearer to the broken wicket goes (Law 38.3).
  if (ball.wicket === 'caught' || ball.wicket === 'caughtAndBowled') return crossed && rules.caughtCrossing
  // Runs off the bat, byes and what was run on a wide or a no-ball; their own penalty is not run.
  const extra = Math.max(0, ball.wides - rules.wideRuns) + Math.max(0, ball.noballs - rules.noBallRuns)
  return ((ball.runs + ball.byes + ball.legbyes + extra) % 2 === 1) !== (crossed && ball.wicket !== null)
}

const UNBOWLED: Bowling = [0, 0, 0, 0]
export const figuresOf = (bowlers: Crease['bowlers'], id: string | null): Bowling =>
  (id !== null && Object.hasOwn(bowlers, id) && bowlers[id]) || UNBOWLED

/** Figures of striker, bowler, partnership and over. */
function countBall(now: Crease, ball: Ball, freeHit: boolean): Crease {
  const { bowler, over, stand } = now
  const on = now.batters[now.strike]
  const isFaced = ball.wides === 0 ? 1 : 0
  const faced: Batter = {
    id: on.id,
    runs: on.runs + ball.runs,
    balls: on.balls + isFaced,
    fours: on.fours + (ball.four ? 1 : 0),
    sixes: on.sixes + (ball.six ? 1 : 0),
  }
  const [balls, maidens, runs, wickets] = figuresOf(now.bowlers, bowler)
  const took = ball.wicket !== null && isBowlers(ball.wicket) ? 1 : 0
  const figures: Bowling = [balls + (ball.isLegal ? 1 : 0), maidens, runs + ball.conceded, wickets + took]
  return {
    ...now,
    freeHit,
    batters: now.strike === 0 ? [faced, now.batters[1]] : [now.batters[0], faced],
    bowlers: bowler === null ? now.bowlers : keep(now.bowlers, bowler, figures),
    over: {
      ...over,
      by: over.marks.length === 0 || over.by === bowler ? bowler : null,
      conceded: over.conceded + ball.conceded,
      marks: [...over.marks, markOf(ball)].slice(-MARKS_KEPT),
    },
    stand: { runs: stand.runs + ball.total, balls: stand.balls + isFaced },
  }
}

export function dismiss({ row, now }: Turn, ball: Ball, data: PlayData, isBetween = false): Turn {
  const slot = outSlot(now, data)
  const gone = now.batters[slot]
  const comes = person(data.newBatter)
  if (!ball.isWicket) {
    const retired = gone.id === null ? now.retired : keep(now.retired, gone.id, gone)
    return { row, now: leave({ ...now, retired }, slot, comes) }
  }
  const { runs, overs } = row
  const balls = row.balls + (ball.isLegal && !isBetween ? 1 : 0)
  const fall: Fall = { wicket: row.wickets + 1, runs, overs, balls, playerId: gone.id ?? person(data.batterOut) }
  return {
    row: { ...row, wickets: row.wickets + 1, falls: [...row.falls, fall] },
    now: { ...leave(now, slot, comes), stand: { runs: 0, balls: 0 } },
  }
}

/** A legal ball takes the over on, and ends it (Law 17.1). */
function nextBall({ row, now }: Turn, rules: Rules): Turn {
  const legal = now.over.legal + 1
  const on: Turn = { row: { ...row, balls: row.balls + 1, legal: row.legal + 1 }, now: { ...now, over: { ...now.over, legal } } }
  return legal >= now.over.length ? endOver(on, rules) : on
}

export function endOver({ row, now }: Turn, rules: Rules): Turn {
  const { over, bowler, strike } = now
  const ended: Innings = { ...row, overs: row.overs + 1, balls: 0 }
  return {
    row: ended,
    now: {
      ...now,
      over: { ...over, ended: true },
      bowlers: withMaiden(now, 1, rules),
      lastBowler: bowler,
      bowler: null,
      strike: changesEnds(ended, rules) ? flip(strike) : strike,
    },
  }
}
const changesEnds = ({ overs }: Innings, rules: Rules) => overs % rules.oversPerEnd === 0

function withMaiden({ over, bowlers }: Crease, by: number, rules: Rules): Crease['bowlers'] {
  const isMaiden = over.by !== null && Object.hasOwn(bowlers, over.by) && over.conceded === 0 && over.legal >= rules.ballsPerOver
  if (!isMaiden || over.by === null) return bowlers
  const [balls, maidens, runs, wickets] = figuresOf(bowlers, over.by)
  return { ...bowlers, [over.by]: [balls, Math.max(0, maidens + by), runs, wickets] }
}

/** The umpire lets the over go on: the one under way, or the last one if no ball followed it. */
export function reopenOver({ row, now }: Turn, data: PlayData, rules: Rules): Turn {
  const { over, lastBowler, strike } = now
  const length = Math.max(whole(data.balls) || over.length + 1, over.legal + 1)
  if (!over.ended) return { row, now: { ...now, over: { ...over, length } } }
  return {
    row: { ...row, overs: Math.max(0, row.overs - 1), balls: over.legal },
    now: {
      ...now,
      over: { ...over, length, ended: false },
      bowlers: withMaiden(now, -1, rules),
      bowler: lastBowler,
      lastBowler: null,
      strike: changesEnds(row, rules) ? flip(strike) : strike,
    },
  }
}
/** The delivery about to be bowled: `14.3`, or its number where balls are counted. One that has to be bowled again keeps it. */
export const ballText = ({ overs, balls, legal }: Pick<Innings, 'overs' | 'balls' | 'legal'>, rules: Rules) =>
  rules.countsBalls ? String(legal + 1) : `${overs}.${balls + 1}`
/** `18.4`, `20`; told in balls `94`. */
export const oversText = ({ overs, balls, legal }: Pick<Innings, 'overs' | 'balls' | 'legal'>, rules: Rules) =>
  rules.countsBalls ? String(legal) : balls > 0 ? `${overs}.${balls}` : String(overs)
