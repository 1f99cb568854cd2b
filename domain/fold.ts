import { type Beside, besideAfter, endOfBreak, leftOf, timersBeside } from './beside.ts'
import { readClock } from './clock.ts'
import type { Column, GameState, How, PeriodView, Score, Status, TimerView, Winner } from './game.ts'
import { HOWS } from './game.ts'
import { isPutBack } from './order.ts'
import { isBaseKind, type LoggedPlay, type Side } from './play.ts'
import { type Context, type Refusal, refuse, type Sport, type Step } from './sport.ts'
import { playedAs } from './tie.ts'

/** What plays may change of the game's own fields. */
export interface Edits {
  startsAt?: string | null
  venue?: string
  timeZone?: string
  neutral?: boolean
  visibility?: 'public' | 'unlisted' | 'private'
  displayOrder?: 'home-first' | 'away-first'
  chat?: boolean
}

/** The state of a game at one point of its log. Plain JSON; does not grow with the number of plays. */
export interface Fold {
  status: Exclude<Status, 'final' | 'forfeited'>
  reason: string | null
  until: string | null
  official: boolean
  underReview: boolean
  /** Something has been played; sports without a clock have no period before. */
  begun: boolean
  /** Timed sports: the period last opened, 0 before the first. */
  period: number
  /** Periods that were passed over (kicks right after full time): no play belongs to them. */
  skipped?: readonly number[]
  /** Playing time before the period under way, in ms: the lengths of those before it, and how long a clock that counts up ran beyond. */
  playedMs?: number
  open: boolean
  clock: { running: boolean; valueMs: number; asOf: string } | null
  beside?: Beside
  end: { how: How; winner: Winner | undefined } | null
  /** The play just passed over because a newer form follows: that one was made when it was. */
  replaced?: { seq: number; at: string }
  edits: Edits
  sport: unknown
}

const FORFEITS: ReadonlySet<How> = new Set(['walkover', 'forfeit', 'disqualified'])
/** Endings whose winner the score does not tell. */
const GIVEN_WINNER: ReadonlySet<How> = new Set(['retired', 'awarded', 'walkover', 'forfeit', 'disqualified', 'no-result'])
const HALTED: ReadonlySet<string> = new Set(['suspended', 'postponed', 'cancelled', 'abandoned', 'break', 'scheduled'])

export function openFold(sport: Sport, rules: unknown): Fold {
  return {
    status: 'scheduled',
    reason: null,
    until: null,
    official: false,
    underReview: false,
    begun: false,
    period: 0,
    open: false,
    clock: null,
    end: null,
    edits: {},
    sport: playedAs(sport, rules).initial(rules),
  }
}

type Outcome = Step<Fold> | Refusal
export const isRefusal = (outcome: Step<unknown> | Refusal): outcome is Refusal => 'refuse' in outcome

/** The end of the game as it stands: by the sport's own rule, or as somebody declared it. */
export function endOf(of: Sport, rules: unknown, fold: Fold): { how: How; winner: Winner } | null {
  const sport = playedAs(of, rules)
  if (!fold.end) return sport.end?.(fold.sport, rules) ?? null
  const { how, winner } = fold.end
  if (how === 'no-result') return { how, winner: null }
  return { how, winner: winner !== undefined ? winner : GIVEN_WINNER.has(how) ? null : sport.winner(fold.sport, rules) }
}
export const hasEnded = (sport: Sport, rules: unknown, fold: Fold) => endOf(sport, rules, fold) !== null

/**
 * One play applied to the state before it. A refusal leaves the state as it was: for a play that arrives it is the answer to its sender,
 * for one already in the log it is why the play is ignored where it stands now.
 */
export function step(of: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  const sport = playedAs(of, rules)
  // What a void takes out does not depend on where it stands itself.
  const misplaced = play.kind === 'void' ? null : notPlayed(sport, rules, fold, play.period)
  if (misplaced) return misplaced
  switch (play.kind) {
    case 'void':
    case 'note':
      return { state: fold }
    case 'edit':
      return { state: { ...fold, edits: { ...fold.edits, ...(play.data as Edits) } } }
    case 'status':
      return applyStatus(sport, rules, fold, play)
  }
  const ended = hasEnded(sport, rules, fold)
  if (!ended || sport.kinds[play.kind]?.isNews) return advance(sport, rules, fold, play)
  const isLate = play.period !== undefined && play.period < currentPeriod(sport, rules, fold)
  if (sport.endsItself && !isLate) return refuse('The game is over.')
  const after = advance(sport, rules, fold, play)
  if (isRefusal(after)) return after
  const state: Fold = {
    ...after.state,
    status: fold.status,
    reason: fold.reason,
    open: fold.open,
    end: after.state.end ?? fold.end,
    clock: after.state.clock && { ...after.state.clock, running: false },
  }
  return { state, warnings: [...(after.warnings ?? []), ...(isLate ? [] : ['after-end'])], ...factsOf(after) }
}
const factsOf = ({ facts }: Step<unknown>) => (facts ? { facts } : {})

function advance(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  if (play.kind === 'gameEnd') return applyEnd(sport, rules, fold, play)
  const after = sport.timed ? advanceTimed(sport, rules, fold, play) : advanceDerived(sport, rules, fold, play)
  return isRefusal(after) ? after : { ...after, state: besideBy(sport, rules, fold, play, after.state) }
}

/** With what runs beside the clock now, where the play changes that. */
function besideBy(sport: Sport, rules: unknown, before: Fold, play: LoggedPlay, after: Fold): Fold {
  const isLate = play.period !== undefined && play.period < currentPeriod(sport, rules, before)
  const isDown = sport.timed?.direction(rules) === 'down'
  const moment = () => {
    const at = madeAt(before, play, isLate)
    const clockMs = sport.timed ? readingAt(sport, rules, { ...after, replaced: before.replaced }, play, isLate) : null
    const playedMs = playedAt(sport, rules, after, play.period ?? after.period, clockMs)
    return { at, clockMs: isDown ? clockMs : null, playedMs }
  }
  const beside = besideAfter(before.beside, sport.kinds[play.kind], play, {
    rules,
    isTimed: sport.timed !== null,
    isLate,
    isRunning: before.clock?.running === true,
    moment,
  })
  if (beside === before.beside) return after
  const { beside: _, ...rest } = after
  return beside ? { ...rest, beside } : rest
}

/** The period the game stands in; 0 before the first of a timed sport. */
export function currentPeriod(of: Sport, rules: unknown, fold: Fold): number {
  const sport = playedAs(of, rules)
  return sport.timed ? fold.period : (sport.period?.(fold.sport, rules)?.number ?? 1)
}

/** Why no play can name this period now: it lies further ahead than the next one, or was passed over. */
function notPlayed(sport: Sport, rules: unknown, fold: Fold, named: number | undefined): Refusal | null {
  if (named === undefined) return null
  const current = currentPeriod(sport, rules, fold)
  if (named <= current) return fold.skipped?.includes(named) ? refuse(`Period ${named} was not played.`, 'period') : null
  const next = sport.timed ? nextPeriods(sport, rules, fold) : [current + 1]
  return next.includes(named) ? null : refuse(notYet(next), 'period')
}

function advanceTimed(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  const named = play.period
  const isLate = named !== undefined && named < fold.period
  const isScoring = sport.kinds[play.kind]?.scoring === true
  if (play.kind === 'periodStart') return startPeriod(sport, rules, fold, play)

  let now = fold
  const opens = named !== undefined ? named > fold.period : fold.period === 0 && (isScoring || play.kind === 'clockStart')
  if (opens && play.kind !== 'periodEnd') {
    const opened = openPeriod(sport, rules, fold, play, named ?? 1)
    if (isRefusal(opened)) return opened
    now = opened.state
  } else if (isScoring && !isLate && now.status !== 'live') {
    // The period stays closed: a basket written down after the buzzer must not swallow the start of the next period.
    now = resume(now)
  }

  if (isBaseKind(play.kind)) return isLate ? refuse('That period is over.', 'period') : applyClock(sport, rules, now, play)
  const clockMs = readingAt(sport, rules, now, play, isLate)
  const period = named ?? Math.max(1, now.period)
  const playedMs = playedAt(sport, rules, now, period, clockMs)
  const context: Context<unknown> = { rules, period, late: isLate, clockMs, playedMs, at: madeAt(now, play, isLate) }
  const own = sport.reduce(now.sport, play, context)
  if (isRefusal(own)) return own
  const shown = play.clockMs !== undefined && !isLate && now.clock && !now.clock.running
  const clock = shown ? { running: false, valueMs: play.clockMs as number, asOf: play.at } : now.clock
  return { state: { ...now, clock, sport: own.state }, ...(own.warnings ? { warnings: own.warnings } : {}), ...factsOf(own) }
}

/** What the game's clock showed at a play: as it says, else as it ran; null where nothing tells. */
function readingAt(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay, isLate: boolean): number | null {
  const { clock } = fold
  if (play.clockMs !== undefined) return play.clockMs
  if (!clock || isLate) return null
  if (!clock.running) return clock.valueMs
  const at = madeAt(fold, play, isLate)
  return at === null ? null : readClock({ ...clock, direction: sport.timed?.direction(rules) ?? 'up' }, Date.parse(at))
}

/** When a play was made; the time of writing says nothing about one that is late, or was put into the past. */
function madeAt({ replaced }: Fold, play: LoggedPlay, isLate: boolean): string | null {
  if (isLate) return null
  if (play.replaces === undefined) return isPutBack(play.order) ? null : play.at
  return replaced?.seq === play.replaces ? replaced.at : null
}

/** Playing time since the start of the game when the clock of a period showed this. */
function playedAt(sport: Sport, rules: unknown, fold: Fold, n: number, clockMs: number | null): number | null {
  const period = clockMs === null ? null : sport.timed?.period(n, rules)
  if (!period || clockMs === null) return null
  const before = n === fold.period ? fold.playedMs : undefined
  const elapsed = sport.timed?.direction(rules) === 'up' ? clockMs - period.startMs : period.startMs - clockMs
  return (before ?? lengthsBefore(sport, rules, n)) + Math.max(0, elapsed)
}

function lengthsBefore(sport: Sport, rules: unknown, n: number): number {
  let sum = 0
  for (let i = 1; i < n; i++) sum += lengthOf(sport.timed?.period(i, rules) ?? null)
  return sum
}
const lengthOf = (period: { lengthMs: number; clockless?: boolean } | null) => (period && !period.clockless ? period.lengthMs : 0)

/** Playing time by the end of the period under way: its length, or longer where a clock that counts up ran on. */
function playedBy(sport: Sport, rules: unknown, fold: Fold): number {
  const before = fold.playedMs ?? lengthsBefore(sport, rules, fold.period)
  const whole = before + lengthOf(sport.timed?.period(fold.period, rules) ?? null)
  if (sport.timed?.direction(rules) !== 'up') return whole
  return Math.max(whole, playedAt(sport, rules, fold, fold.period, fold.clock?.valueMs ?? null) ?? 0)
}

/** The periods that may be opened now, the usual one first. */
function nextPeriods(sport: Sport, rules: unknown, fold: Fold): readonly number[] {
  return (fold.period > 0 && sport.timed?.next?.(fold.period, rules)) || [fold.period + 1]
}
const notYet = ([usual]: readonly number[]) => (usual === undefined ? 'There is no further period.' : `Period ${usual} has not begun.`)

const resume = (fold: Fold): Fold => ({ ...fold, status: 'live', reason: null, until: null })

function startPeriod(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  const n = play.period ?? (fold.open ? fold.period : nextPeriods(sport, rules, fold)[0])
  if (n === undefined) return refuse('There is no further period.')
  if (n < fold.period) return refuse('That period is over.', 'period')
  if (n === fold.period) {
    const isUnderWay = fold.open && fold.status === 'live'
    return isUnderWay ? refuse('The period is already under way.', 'period') : { state: showing({ ...resume(fold), open: true }, play) }
  }
  const opened = openPeriod(sport, rules, fold, play, n)
  return isRefusal(opened) ? opened : { ...opened, state: showing(opened.state, play) }
}

/** The clock as the play says the board shows it; as it is, if it says nothing. */
function showing(fold: Fold, { clockMs, at }: LoggedPlay): Fold {
  return clockMs === undefined || !fold.clock ? fold : { ...fold, clock: { ...fold.clock, valueMs: clockMs, asOf: at } }
}

function openPeriod(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay, n: number): Outcome {
  const period = sport.timed?.period(n, rules)
  if (!period) return refuse(`There is no period ${n} under these rules.`, 'period')
  const clock = period.clockless ? null : { running: false, valueMs: period.startMs, asOf: play.at }
  const passed = fold.period > 0 ? Array.from({ length: n - fold.period - 1 }, (_, i) => fold.period + 1 + i) : []
  const skipped = passed.length > 0 ? [...(fold.skipped ?? []), ...passed] : fold.skipped
  const playedMs = fold.period > 0 ? playedBy(sport, rules, fold) : 0
  const state: Fold = { ...resume(fold), period: n, open: true, clock, playedMs, ...(skipped ? { skipped } : {}) }
  const { startMs: clockMs } = period
  const own = sport.onPeriod?.(fold.sport, 'start', play, { rules, period: n, late: false, clockMs, playedMs: state.playedMs ?? 0 })
  if (own && isRefusal(own)) return own
  return own ? { ...own, state: { ...state, sport: own.state } } : { state }
}

/** `periodEnd` and the clock's own plays, in the open period. */
function applyClock(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  const stopped = stopClock(sport, rules, fold, play)
  if (play.kind === 'periodEnd') {
    const isUnderWay = fold.open || (fold.period > 0 && fold.status === 'live')
    if (!isUnderWay || (play.period !== undefined && play.period !== fold.period)) return refuse('No such period is under way.', 'period')
    const { period } = fold
    const clockMs = stopped?.valueMs ?? null
    const playedMs = playedAt(sport, rules, fold, period, clockMs)
    const own = sport.onPeriod?.(fold.sport, 'end', play, { rules, period, late: false, clockMs, playedMs })
    if (own && isRefusal(own)) return own
    const state: Fold = {
      ...fold,
      open: false,
      status: 'break',
      reason: null,
      until: endOfBreak(period, sport.timed?.regulation(rules) ?? 0, rules, madeAt(fold, play, false)),
      clock: stopped,
      sport: own?.state ?? fold.sport,
    }
    return own?.warnings ? { state, warnings: own.warnings } : { state }
  }
  if (!fold.clock) return refuse(fold.period === 0 ? 'No period has begun.' : 'There is no clock in this period.')
  if (play.kind === 'clockSet') {
    if (play.clockMs === undefined) return refuse('Say what the clock shows.', 'clockMs')
    return { state: { ...fold, clock: { ...fold.clock, valueMs: play.clockMs, asOf: play.at } } }
  }
  const isStart = play.kind === 'clockStart'
  if (isStart && !fold.open && fold.status !== 'live') return refuse('Start the period first.')
  const same = fold.clock.running === isStart
  const base = isStart ? { ...(fold.status === 'live' ? fold : resume(fold)), open: true } : fold
  const clock = { ...stopped, running: isStart } as Fold['clock']
  return { state: { ...base, clock }, ...(same ? { warnings: [isStart ? 'already-running' : 'not-running'] } : {}) }
}

/** The clock standing still at the play: at what the board is said to show, else at its own reading. */
function stopClock(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Fold['clock'] {
  if (!fold.clock) return null
  const direction = sport.timed?.direction(rules) ?? 'up'
  return { running: false, valueMs: play.clockMs ?? readClock({ ...fold.clock, direction }, Date.parse(play.at)), asOf: play.at }
}

function advanceDerived(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  const current = currentPeriod(sport, rules, fold)
  const isLate = play.period !== undefined && play.period < current
  const context: Context<unknown> = { rules, period: play.period ?? current, late: isLate, clockMs: null, playedMs: null }
  if (isBaseKind(play.kind)) {
    if (play.kind !== 'periodStart' && play.kind !== 'periodEnd') return refuse('This sport has no clock.')
    const isStart = play.kind === 'periodStart'
    const own = sport.onPeriod?.(fold.sport, isStart ? 'start' : 'end', play, context)
    if (own && isRefusal(own)) return own
    const state: Fold = {
      ...fold,
      begun: true,
      status: isStart ? 'live' : 'break',
      reason: null,
      until: null,
      sport: own?.state ?? fold.sport,
    }
    return own?.warnings ? { state, warnings: own.warnings } : { state }
  }
  const next = sport.reduce(fold.sport, play, context)
  if (isRefusal(next)) return next
  const resumes = sport.kinds[play.kind]?.scoring && !context.late && fold.status !== 'live'
  const base = next.status ? { ...resume(fold), status: next.status } : resumes ? resume(fold) : fold
  return { state: { ...base, begun: true, sport: next.state }, ...(next.warnings ? { warnings: next.warnings } : {}), ...factsOf(next) }
}

function applyStatus(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  const data = (play.data ?? {}) as { status?: Status; reason?: string; official?: boolean; underReview?: boolean; until?: string }
  if (data.status === 'final' || data.status === 'forfeited') return refuse('A game ends with gameEnd.', 'data.status')
  const next: Fold = { ...fold }
  if (data.status) {
    if (sport.end?.(fold.sport, rules)) return refuse('The rules ended this game: void the play that ended it.', 'data.status')
    next.status = data.status
    next.end = null
    next.reason = null
    next.until = null
    if (HALTED.has(data.status)) next.clock = stopClock(sport, rules, fold, { ...play, clockMs: undefined })
  }
  if (data.reason !== undefined) next.reason = data.reason || null
  if (data.until !== undefined) next.until = data.until || null
  if (data.underReview !== undefined) next.underReview = data.underReview
  if (data.official !== undefined) {
    if (data.official && !hasEnded(sport, rules, next)) return refuse('Only an ended game can be official.', 'data.official')
    next.official = data.official
  }
  // A game that goes on has no official result.
  if (data.status) next.official = false
  return { state: next }
}

function applyEnd(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): Outcome {
  const data = (play.data ?? {}) as { how?: How; winner?: Side | 'draw' }
  if (data.how !== undefined && !HOWS.includes(data.how)) return refuse('Unknown way to end a game.', 'data.how')
  const how = data.how ?? sport.how?.(fold.sport, rules, fold.period) ?? regularHow(sport, rules, fold)
  const derived = sport.winner(fold.sport, rules)
  // A shoot-out whose kicks nobody recorded: its winner is given, against the score too (the second leg of a tie).
  const isUntold = how === 'shootout' && sport.how?.(fold.sport, rules, fold.period) !== 'shootout'
  if (data.winner !== undefined && data.winner !== derived && !GIVEN_WINNER.has(how) && !isUntold) {
    return refuse('The score says otherwise.', 'data.winner')
  }
  if (FORFEITS.has(how) && data.winner === 'draw') return refuse('Name the side that advances, or none.', 'data.winner')
  const isStart = fold.status === 'scheduled' && !GIVEN_WINNER.has(how)
  const winner = GIVEN_WINNER.has(how) || isUntold ? data.winner : undefined
  const own = sport.onEnd ? { sport: sport.onEnd(fold.sport, { how, winner: winner ?? null }, rules) } : {}
  const clock = stopClock(sport, rules, fold, play)
  const state: Fold = { ...fold, ...own, open: false, reason: null, until: null, end: { how, winner }, clock }
  return isStart ? { state, warnings: ['not-started'] } : { state }
}

function regularHow(sport: Sport, rules: unknown, fold: Fold): How {
  return sport.timed && fold.period > sport.timed.regulation(rules) ? 'overtime' : 'regulation'
}

/** What readers see of a fold. */
export function view(of: Sport, rules: unknown, fold: Fold): GameState {
  const sport = playedAs(of, rules)
  const end = endOf(sport, rules, fold)
  const isForfeited = end !== null && FORFEITS.has(end.how)
  const status: Status = end ? (isForfeited ? 'forfeited' : 'final') : fold.status
  const period = periodOf(sport, rules, fold)
  return {
    status,
    statusReason: end ? end.how : fold.reason,
    statusUntil: end ? null : fold.until,
    official: fold.official,
    underReview: fold.underReview,
    period,
    clock:
      sport.timed && fold.clock ? { ...fold.clock, running: fold.clock.running && !end, direction: sport.timed.direction(rules) } : null,
    score: isForfeited ? forfeitScore(rules, end.winner) : sport.score(fold.sport, rules),
    linescore: { columns: isForfeited || !period ? [] : columnsOf(sport, rules, fold, end) },
    winner: end ? end.winner : null,
    detail: end ? sport.detail(fold.sport, rules) : withTimers(sport, rules, fold),
  }
}

/** The sport's own detail, with what still runs beside the clock: how long it had left when the clock was last said, or until when. */
function withTimers(sport: Sport, rules: unknown, fold: Fold): GameState['detail'] {
  const detail = sport.detail(fold.sport, rules)
  const timers = sport.timers?.(fold.sport, rules) ?? []
  if (timers.length === 0 && !fold.beside) return detail
  const isRunning = fold.clock?.running ?? false
  const now = playedAt(sport, rules, fold, fold.period, fold.clock?.valueMs ?? null) ?? fold.playedMs ?? 0
  const left = timers
    .map(
      ({ untilMs = 0, lengthMs, ...timer }): TimerView =>
        timer.untilAt === undefined ? { ...timer, ...leftOf(untilMs - now, lengthMs, isRunning) } : timer,
    )
    .filter(({ leftMs = 0, untilAt }) => leftMs > 0 || untilAt !== undefined)
  const shown = fold.beside ? [...left, ...timersBeside(fold.beside, now, isRunning)] : left
  return shown.length > 0 ? { ...detail, timers: shown } : detail
}

/** A set or an inning in which nothing was won yet is no column of a game that was broken off. */
function columnsOf(sport: Sport, rules: unknown, fold: Fold, end: { how: How } | null): Column[] {
  const columns = sport.columns(fold.sport, rules)
  if (sport.timed || !end || !GIVEN_WINNER.has(end.how)) return columns
  const played = columns.findLastIndex(({ home, away, tiebreak }) => home || away || tiebreak)
  return columns.slice(0, played + 1)
}

function periodOf(sport: Sport, rules: unknown, fold: Fold): PeriodView | null {
  if (!sport.timed) return fold.begun ? (sport.period?.(fold.sport, rules) ?? null) : null
  const period = fold.period > 0 ? sport.timed.period(fold.period, rules) : null
  if (!period) return null
  const { number, kind, label } = period
  const isUp = sport.timed.direction(rules) === 'up' && !period.clockless
  return { number, kind, label, ...(isUp ? { endMs: period.startMs + period.lengthMs } : {}) }
}

/** 0–0 unless the rules set what a forfeit counts as for its winner. */
function forfeitScore(rules: unknown, winner: Winner): Score {
  const goals = (rules as { forfeitScore?: number }).forfeitScore ?? 0
  return { home: winner === 'home' ? goals : 0, away: winner === 'away' ? goals : 0 }
}
