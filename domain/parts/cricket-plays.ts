import { type Facts, type LoggedPlay, other, type PlayData } from '../play.ts'
import { type Context, type Refusal, refuse, type Step } from '../sport.ts'
import {
  close,
  crease,
  dueSide,
  enter,
  inningsOf,
  isBowled,
  isLevel,
  isOver,
  isSuper,
  limitOf,
  mayOpen,
  type Place,
  placeOf,
  type State,
  wicketsOf,
  withRow,
} from './cricket.ts'
import {
  type Ball,
  ballText,
  type Closed,
  type Crease,
  deliver,
  dismiss,
  EXTRAS,
  endOver,
  flip,
  type Innings,
  MARKS_KEPT,
  newOver,
  nobody,
  type Over,
  type Overs,
  outSlot,
  person,
  put,
  type Rules,
  readBall,
  reopenOver,
  scored,
  seat,
  type Turn,
  takeGuard,
  whole,
} from './cricket-balls.ts'
import { plus } from './timed.ts'

/** An innings before the one under way takes runs and wickets; which ball it was is over and done with. */
function lateBall(state: State, at: number, ball: Ball, rules: Rules): Step<State> | Refusal {
  if (ball.isWicket && (state.rows[at]?.wickets ?? 0) >= wicketsOf(at, rules)) return refuse('All were out in that innings.', 'data.wicket')
  return { state: withRow(state, at, row => ({ ...scored(row, ball), wickets: row.wickets + (ball.isWicket ? 1 : 0) })) }
}
const turnOf = (state: State, at: number): Turn | null => (state.rows[at] ? { row: state.rows[at], now: state.crease } : null)
const apply = (state: State, at: number, { row, now }: Turn): State => ({
  ...state,
  rows: state.rows.map((each, i) => (i === at ? row : each)),
  crease: now,
})

function bowl(state: State, play: LoggedPlay, place: Place, rules: Rules): Step<State> | Refusal {
  const { data = {} } = play
  const { at } = place
  if (place.is === 'late') return lateBall(state, at, readBall(data), rules)
  const ready = enter(state, play, place, rules)
  const row = ready.rows[at]
  if (!row) return refuse('Say who bats first.', 'side')
  const { warnings, ...turn } = deliver(row, ready.crease, data, rules)
  return {
    state: apply(ready, at, turn),
    warnings,
    facts: { ball: ballText(row, rules), ...peopleOf(takeGuard(ready.crease, data, rules), data) },
  }
}

/** Who batted, who bowled and who of the other two is out, where that follows from who is in. */
function peopleOf(now: Crease, data: PlayData, isBetween = false): Facts {
  const striker = now.batters[now.strike].id
  const out = person(data.wicket) === null ? null : now.batters[outSlot(now, data)].id
  const known = {
    batter: isBetween ? null : striker,
    bowler: isBetween ? null : now.bowler,
    batterOut: out === striker && !isBetween ? null : out,
  }
  return Object.fromEntries(Object.entries(known).flatMap(([key, id]) => (id === null || data[key] !== undefined ? [] : [[key, id]])))
}

/** A wicket that falls, or a batter who leaves, while no ball is bowled. */
function betweenBalls(state: State, play: LoggedPlay, place: Place, rules: Rules): Step<State> | Refusal {
  const { data = {} } = play
  const ball = readBall({ wicket: data.wicket })
  if (ball.wicket === null) return refuse('Say how.', 'data.wicket')
  if (place.is === 'late') return lateBall(state, place.at, ball, rules)
  const entered = enter(state, play, place, rules)
  const row = entered.rows[place.at]
  if (!row) return refuse('Say who bats first.', 'side')
  const facts = peopleOf(entered.crease, data, true)
  return { state: apply(entered, place.at, dismiss({ row, now: entered.crease }, ball, data, true)), facts }
}

/** All that is left of an over, or so many balls of it, at once. */
function sumOver(state: State, play: LoggedPlay, place: Place, rules: Rules): Step<State> | Refusal {
  const { data = {} } = play
  const [runs, wickets] = [whole(data.runs), whole(data.wickets)]
  const fallen = (place.is === 'opening' ? 0 : (state.rows[place.at]?.wickets ?? 0)) + wickets
  if (fallen > wicketsOf(place.at, rules)) return refuse('So many wickets were not left.', 'data.wickets')
  const add = (row: Innings) => ({ ...row, runs: row.runs + runs, wickets: fallen })
  if (place.is === 'late') return { state: withRow(state, place.at, add) }
  const ready = enter(state, play, place, rules)
  const row = ready.rows[place.at]
  if (!row) return refuse('Say who bats first.', 'side')
  const guard = takeGuard(ready.crease, {}, rules)
  const { over, stand } = guard
  const balls = Math.min(whole(data.balls) || over.length, over.length - over.legal)
  const legal = over.legal + balls
  const told: Over = { ...over, legal, by: null, marks: [...over.marks, `+${runs}`].slice(-MARKS_KEPT) }
  // Who is still in after wickets that were only counted, nobody can tell.
  const people: Pick<Crease, 'batters' | 'stand'> =
    wickets > 0
      ? { batters: [nobody(), nobody()], stand: { runs: 0, balls: 0 } }
      : { batters: guard.batters, stand: { runs: stand.runs + runs, balls: stand.balls + balls } }
  const turn: Turn = {
    row: { ...add(row), balls: row.balls + balls, legal: row.legal + balls },
    now: { ...guard, ...people, over: told, freeHit: false },
  }
  return { state: apply(ready, place.at, legal >= over.length ? endOver(turn, rules) : turn) }
}

/** The board of an innings as it stands: to join a game, to keep the score alone, to put it right. */
function setInnings(state: State, play: LoggedPlay, place: Place, rules: Rules): Step<State> | Refusal {
  const { data = {} } = play
  const entered = enter(state, play, place, rules)
  const row = entered.rows[place.at]
  if (!row) return refuse('There is no such innings.', 'period')
  const given = (key: string, now: number) => (data[key] === undefined ? now : whole(data[key]))
  const next = {
    runs: given('runs', row.runs),
    wickets: given('wickets', row.wickets),
    overs: given('overs', row.overs),
    balls: data.overs === undefined ? given('balls', row.balls) : whole(data.balls),
  }
  const limit = limitOf(entered, place.at, rules)
  if (next.wickets > wicketsOf(place.at, rules)) return refuse('So many wickets are not there.', 'data.wickets')
  if (next.balls >= rules.ballsPerOver && next.balls !== row.balls) return refuse('That is another over.', 'data.balls')
  if (limit && isBowled(next, [limit[0], limit[1] + 1]) && next.overs > row.overs)
    return refuse('The innings has fewer overs.', 'data.overs')
  const extras = EXTRAS.reduce((sum, extra) => sum + row[extra], 0)
  const blank = extras > next.runs ? { wides: 0, noballs: 0, byes: 0, legbyes: 0, penalty: 0 } : {}
  const isSame = next.overs === row.overs && next.balls === row.balls
  const set: Innings = {
    ...row,
    ...next,
    ...blank,
    legal: isSame ? row.legal : next.overs * rules.ballsPerOver + next.balls,
    falls: row.falls.filter(fall => fall.wicket <= next.wickets && fall.runs <= next.runs),
  }
  const changed = withRow(entered, place.at, () => set)
  if (place.at < changed.rows.length - 1 || isSame) return { state: changed }
  const ended = next.balls === 0 && next.overs > 0
  const over: Over = { ...newOver(rules), legal: ended ? rules.ballsPerOver : next.balls, ended }
  return { state: crease(changed, { over, freeHit: false, stand: { runs: 0, balls: 0 } }) }
}

function endInnings(state: State, play: LoggedPlay, rules: Rules): Step<State> | Refusal {
  const how = closing(play.data?.how)
  const n = state.rows.length
  const over = n === 0 || isOver(state, n - 1, rules)
  if (play.period !== undefined && play.period < n) return refuse('That innings is over.', 'period')
  if (how === 'forfeited' && (over || play.period === n + 1)) {
    const place = placeOf(state, { side: play.side, period: n + 1 }, rules)
    return 'refuse' in place ? place : { state: close(enter(state, play, place, rules), how), warnings: place.warnings }
  }
  if (n === 0 || play.period === n + 1) return refuse('No innings is under way.', 'period')
  if (over) return { state, warnings: ['innings-over'] }
  return { state: close(state, how) }
}
const closing = (how: unknown): Closed => (how === 'declared' || how === 'forfeited' || how === 'allOut' ? how : 'closed')

/**
 * Law 14: the side that batted first and leads by enough may ask the other to bat again. The play is named for the side that enforces it, or
 * for the one that bats again: there is one that can.
 */
function followOn(state: State, rules: Rules): Step<State> | Refusal {
  const [first, second] = state.rows
  if (rules.inningsEach < 2 || !first || !second || state.rows.length > 2) return refuse('A side follows on after its first innings.')
  const ended = isOver(state, 1, rules) ? state : close(state, 'closed')
  return { state: { ...ended, next: second.side }, warnings: first.runs - second.runs < rules.followOn ? ['follow-on-lead'] : [] }
}

/** Overs cut, and what is to be reached in them. */
function setTarget(state: State, { data = {} }: LoggedPlay, rules: Rules): Step<State> | Refusal {
  const [n, main] = [state.rows.length, inningsOf(rules)]
  const [runs, overs, balls] = [whole(data.runs), whole(data.overs), whole(data.balls)]
  // A key is pressed before the numbers are typed.
  if (runs + overs + balls === 0) return { state, warnings: ['target-open'] }
  if (n > main || (n === main && isLevel(state, rules))) return refuse('The innings are over.')
  let next = state
  if (overs + balls > 0) {
    const limit: Overs = [overs, balls]
    const isUnderWay = n > 0 && !isOver(state, n - 1, rules)
    next = { ...next, reduced: limit }
    if (isUnderWay) next = withRow(next, n - 1, row => ({ ...row, limit }))
  }
  if (runs > 0) {
    if (n < main - 1) return refuse('There is nothing to chase yet.', 'data.runs')
    if (n === main - 1 && !isOver(next, n - 1, rules)) next = close(next, 'closed')
    const isPassed = n === main && (state.rows[n - 1]?.runs ?? 0) >= runs
    next = { ...next, target: { runs, isMethod: data.method !== 'other', isPassed } }
  }
  return { state: next }
}

/**
 * Law 41.18: to the batting side in its innings, to the fielding side in its last one, or in its next if it has had none. A play that names
 * the innings to come means that one.
 */
function penalise(state: State, { side, period, data }: LoggedPlay, rules: Rules): Step<State> | Refusal {
  const n = state.rows.length
  const to = side ?? state.rows.at(-1)?.side
  if (!to) return refuse('Say which side.', 'side')
  const runs = whole(data?.runs) || rules.penaltyRuns
  const from = isSuper(n - 1, rules) ? inningsOf(rules) : 0
  const upTo = period !== undefined && period <= n ? period : n
  if (n > 0 && period === n + 1 && mayOpen(state, rules)) {
    if (!isOver(state, n - 1, rules) || to !== dueSide(state, rules)) return { state: { ...state, ahead: plus(state.ahead, to, runs) } }
    return { state: enter({ ...state, ahead: plus(state.ahead, to, runs) }, { side: to }, { at: n, is: 'opening', warnings: [] }, rules) }
  }
  const at = state.rows.findLastIndex((row, i) => row.side === to && i < upTo && (i >= from || period !== undefined))
  if (at < 0) return { state: { ...state, ahead: plus(state.ahead, to, runs) } }
  const added = withRow(state, at, row => ({ ...row, runs: row.runs + runs, penalty: row.penalty + runs }))
  // A revised target moves with what the side in the field is given.
  const isChased = state.target !== null && n === inningsOf(rules) && at < n - 1
  return { state: isChased && added.target ? { ...added, target: { ...added.target, runs: added.target.runs + runs } } : added }
}

/** Plays that only say who is in or bowls. Between innings they are said of the next. */
function nameThem(state: State, play: LoggedPlay, rules: Rules): Step<State> | Refusal {
  const { data = {} } = play
  const id = person(play.playerId)
  const n = state.rows.length
  if (n === 0 || isOver(state, n - 1, rules)) {
    if (!mayOpen(state, rules)) return refuse('There is no further innings.')
    const now = state.lineup ?? { striker: null, nonStriker: null, bowler: null }
    if (play.kind === 'bowler') return { state: { ...state, lineup: { ...now, bowler: id } } }
    const striker = person(data.striker) ?? now.striker
    const nonStriker = person(data.nonStriker) ?? now.nonStriker
    if (play.kind === 'batters') return { state: { ...state, lineup: { ...now, striker, nonStriker } } }
    return { state: { ...state, lineup: striker === null ? { ...now, striker: id } : { ...now, nonStriker: id } } }
  }
  const now = state.crease
  if (play.kind === 'bowler') return { state: crease(state, { bowler: id }) }
  if (play.kind === 'batters') return { state: { ...state, crease: seat(now, person(data.striker), person(data.nonStriker)) } }
  if (id === null || now.batters.some(batter => batter.id === id)) return { state }
  const empty = now.batters[now.strike].id === null ? now.strike : now.batters[flip(now.strike)].id === null ? flip(now.strike) : now.strike
  return { state: { ...state, crease: put(now, empty, id) } }
}

/** Written down for the wrong side from the start: every innings was the other's. */
const swapSides = (state: State): State => ({
  ...state,
  rows: state.rows.map(row => ({ ...row, side: other(row.side) })),
  next: state.next && other(state.next),
  ahead: { home: state.ahead.away, away: state.ahead.home },
})

export function reduce(state: State, play: LoggedPlay, { rules, late }: Context<Rules>): Step<State> | Refusal {
  const n = state.rows.length
  switch (play.kind) {
    case 'ball':
    case 'wicket':
    case 'overTotal':
    case 'inningsScore': {
      const place = placeOf(state, play, rules)
      if ('refuse' in place) return place
      const step = ({ ball: bowl, wicket: betweenBalls, overTotal: sumOver, inningsScore: setInnings } as const)[play.kind](
        ...([state, play, place, rules] as const),
      )
      return 'refuse' in step ? step : { ...step, warnings: [...place.warnings, ...(step.warnings ?? [])] }
    }
    case 'penaltyRuns':
      return penalise(state, play, rules)
    case 'inningsEnd':
      return endInnings(state, play, rules)
  }
  if (late) return refuse('That innings is over.', 'period')
  switch (play.kind) {
    case 'bats':
      if (!play.side) return refuse('Say which side.', 'side')
      if (n > 0 && !isOver(state, n - 1, rules)) return refuse('An innings is under way.')
      return mayOpen(state, rules) ? { state: { ...state, next: play.side } } : refuse('There is no further innings.')
    case 'followOn':
      return followOn(state, rules)
    case 'setTarget':
      return setTarget(state, play, rules)
    case 'newBatter':
    case 'batters':
    case 'bowler':
      return nameThem(state, play, rules)
  }
  const turn = turnOf(state, n - 1)
  if (!turn) return refuse('No innings is under way.')
  switch (play.kind) {
    case 'swapSides':
      return { state: swapSides(state) }
    case 'swapStrike':
      return { state: crease(state, { strike: flip(state.crease.strike) }) }
    case 'overGoesOn':
      return { state: apply(state, n - 1, reopenOver(turn, play.data ?? {}, rules)) }
    case 'overEnd':
      if (state.crease.over.ended || isOver(state, n - 1, rules)) return { state, warnings: ['over-ended'] }
      if (state.crease.over.marks.length === 0) return refuse('No ball of this over has been bowled.')
      return { state: apply(state, n - 1, endOver(turn, rules)) }
  }
  return refuse(`Cricket has no play of kind "${play.kind}".`, 'kind')
}

export function onPeriod(state: State, edge: 'start' | 'end', play: LoggedPlay, { rules }: Context<Rules>): Step<State> | Refusal {
  const n = state.rows.length
  if (edge === 'end') {
    if (n === 0 || (play.period !== undefined && play.period !== n)) return refuse('No such innings is under way.', 'period')
    return { state: isOver(state, n - 1, rules) ? state : close(state, 'closed') }
  }
  // After a break of any kind: the next innings only if the one before is over.
  const isNext = n === 0 || isOver(state, n - 1, rules) || play.period === n + 1
  if (!isNext) return play.period === undefined || play.period === n ? { state } : refuse('That innings is over.', 'period')
  // A match may begin before anybody has said who bats.
  if (n === 0 && (play.period ?? 1) === 1 && !play.side && !dueSide(state, rules)) return { state }
  const place = placeOf(state, { side: play.side, period: play.period ?? n + 1 }, rules)
  if ('refuse' in place) return place
  if (place.is === 'late') return refuse('That innings is over.', 'period')
  return { state: enter(state, play, place, rules), warnings: place.warnings }
}
