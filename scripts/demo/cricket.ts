import { other, type PlayData, SIDES, type Side } from '#domain/play.ts'
import type { Scene, Storyteller } from './story.ts'

const MINUTE = 60_000

/** What becomes of a ball in the middle overs, and in the last ones. */
const BALLS = {
  dot: 36,
  one: 37,
  two: 7,
  three: 0.4,
  four: 10,
  six: 4,
  wide: 3.4,
  noball: 0.4,
  legbye: 1.3,
  bye: 0.4,
  wicket: 4.4,
} as const
const LAST = { ...BALLS, dot: 27, one: 35, two: 9, four: 12, six: 9, wide: 4.5, wicket: 7.5 } as const
const LAST_OVERS = 5
const WICKETS = { caught: 60, bowled: 18, lbw: 10, runOut: 8, stumped: 4 } as const
/** Who bowls stands last in a squad. */
const BOWLERS = [5, 6, 7, 8, 9, 10] as const
const RUNS: Readonly<Record<string, PlayData>> = {
  dot: { runs: 0 },
  one: { runs: 1 },
  two: { runs: 2 },
  three: { runs: 3 },
  four: { runs: 4 },
  six: { runs: 6 },
  legbye: { legbyes: 1 },
  bye: { byes: 1 },
}

interface Board {
  between: boolean
  batting: Side | null
  freeHit: boolean
  innings: readonly { overs: string }[]
  /** By the pen they are known by side and name. */
  batters: readonly { playerId: string | null; isOnStrike: boolean }[]
}
const board = ({ pen }: Scene) => pen.game().detail as unknown as Board

interface Match extends Scene {
  /** Place in the order of who comes in next. */
  next: number
  bowled: Map<string, number>
  bowler: string | null
}

/** A match of cricket, ball by ball; it ends by its own rules. */
export const tellCricket: Storyteller = scene => {
  const { pen, random } = scene
  const match: Match = { ...scene, next: 0, bowled: new Map(), bowler: null }
  pen.write({ kind: 'bats', side: random.pick(SIDES) })
  pen.wait(random.seconds(20, 60))
  for (let innings = 0; pen.game().status !== 'final'; innings++) {
    if (innings > 0) pen.wait(innings === 1 ? 12 * MINUTE : 5 * MINUTE)
    playInnings(match)
  }
}

const named = (name: string | undefined) => ({ name: name ?? '' })

function playInnings(match: Match): void {
  const { pen, random, cast } = match
  const side = board(match).batting
  if (!side) return
  const { players } = cast[side]
  pen.write({ kind: 'batters', side, data: { striker: named(players[0]), nonStriker: named(players[1]) } })
  Object.assign(match, { next: 2, bowled: new Map(), bowler: null })
  pen.wait(random.seconds(30, 60))
  let isNewOver = true
  do {
    pen.wait(random.seconds(28, 42))
    if (isNewOver) match.bowler = nextBowler(match, other(side))
    const overs = oversOf(match)
    bowl(match, side)
    isNewOver = !board(match).between && Math.floor(oversOf(match)) > Math.floor(overs)
    if (isNewOver) pen.wait(random.seconds(30, 50))
  } while (pen.game().status !== 'final' && !board(match).between)
}
const oversOf = (match: Match) => Number(board(match).innings.at(-1)?.overs ?? 0)

/** Nobody bowls two overs in a row; whoever has bowled least is next. */
function nextBowler(match: Match, side: Side): string {
  const { random, cast, bowled } = match
  const ready = random
    .shuffled(BOWLERS.map(i => cast[side].players[i] as string))
    .filter(player => player !== match.bowler)
    .sort((a, b) => (bowled.get(a) ?? 0) - (bowled.get(b) ?? 0))
  const bowler = ready[random.chance(0.75) ? 0 : 1] as string
  bowled.set(bowler, (bowled.get(bowler) ?? 0) + 1)
  return bowler
}

function bowl(match: Match, side: Side): void {
  const { pen, random, rules, cast } = match
  const { freeHit, batters } = board(match)
  const striker = batters.find(({ isOnStrike }) => isOnStrike)?.playerId?.slice(side.length + 1)
  const isLate = oversOf(match) >= (rules.overs as number) - LAST_OVERS
  const better = cast[side].strength / cast[other(side)].strength
  const weights = isLate ? LAST : BALLS
  const what = random.weighed({
    ...weights,
    four: weights.four * better ** 2,
    six: weights.six * better ** 3,
    wicket: weights.wicket / better ** 2,
  })
  const by = { bowler: named(match.bowler ?? undefined), ...(striker ? { batter: named(striker) } : {}) }
  const send = (data: PlayData) => pen.write({ kind: 'ball', side, data: { ...data, ...by } })
  if (what === 'wicket' && !freeHit) {
    send(fallen(match, side))
    pen.wait(random.seconds(60, 95))
  } else if (what === 'wide') send({ wides: random.chance(0.08) ? 5 : (rules.wideRuns as number) })
  else if (what === 'noball') send({ noballs: rules.noBallRuns as number, runs: random.pick([0, 1, 1, 4]) })
  else {
    send(RUNS[what] ?? { runs: 0 })
    if (what === 'four' || what === 'six') pen.wait(random.seconds(8, 20))
  }
}

function fallen(match: Match, side: Side): PlayData {
  const { random, cast } = match
  const wicket = random.weighed(WICKETS)
  const comes = cast[side].players[match.next]
  match.next += 1
  const fielder = random.pick(cast[other(side)].players.slice(0, 11))
  return {
    wicket,
    ...(wicket === 'caught' || wicket === 'runOut' || wicket === 'stumped' ? { fielder: named(fielder) } : {}),
    ...(wicket === 'runOut' ? { runs: random.pick([0, 1]), out: random.pick(['striker', 'nonStriker']) } : {}),
    ...(comes && match.next <= 11 ? { newBatter: named(comes) } : {}),
  }
}
