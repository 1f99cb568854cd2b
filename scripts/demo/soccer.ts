import { other, type Side } from '#domain/play.ts'
import { somebody } from './cast.ts'
import type { Scene, Storyteller } from './story.ts'

const MINUTE = 60_000
const HALF_TIME_MS = 12 * MINUTE
const SHOOTOUT = 5

/** What may happen to either side in any minute of play. */
const EACH_MINUTE = {
  goal: 0.0145,
  penaltyGoal: 0.0018,
  penaltyMissed: 0.0007,
  ownGoal: 0.0005,
  yellowCard: 0.018,
  redCard: 0.0006,
} as const
type Happening = keyof typeof EACH_MINUTE
const GOALS: ReadonlySet<Happening> = new Set(['goal', 'penaltyGoal', 'ownGoal'])

interface Pitch extends Scene {
  /** What the clock shows at the kick-off of the period, and the moment of it. */
  shownMs: number
  startedAt: number
  booked: Set<string>
  off: Set<string>
  changes: Record<Side, number>
}

/** A game of soccer; one of a cup goes on to extra time and kicks from the mark. */
export const tellSoccer: Storyteller = scene => {
  const { pen, random, rules, isCup } = scene
  const [half, extra] = [(rules.halfMinutes as number) * MINUTE, (rules.extraMinutes as number) * MINUTE]
  const pitch: Pitch = {
    ...scene,
    shownMs: 0,
    startedAt: 0,
    booked: new Set(),
    off: new Set(),
    changes: { home: 0, away: 0 },
  }
  const isLevel = () => pen.game().score.home === pen.game().score.away
  playPeriod(pitch, 1, 0, half, random.whole(1, 4))
  pen.wait(HALF_TIME_MS)
  playPeriod(pitch, 2, half, half, random.whole(2, 6))
  if (isCup && isLevel()) {
    pen.wait(4 * MINUTE)
    playPeriod(pitch, 3, 2 * half, extra, random.whole(0, 2))
    pen.wait(MINUTE)
    playPeriod(pitch, 4, 2 * half + extra, extra, random.whole(1, 3))
    if (isLevel()) kicks(pitch)
  }
  pen.wait(random.seconds(4, 20))
  pen.write({ kind: 'gameEnd' })
}

const shown = ({ pen, shownMs, startedAt }: Pitch) => shownMs + pen.nowMs() - startedAt

function playPeriod(pitch: Pitch, period: number, shownMs: number, lengthMs: number, added: number): void {
  const { pen, random } = pitch
  pen.write({ kind: 'periodStart', period })
  pitch.shownMs = shownMs
  pitch.startedAt = pen.nowMs()
  pen.write({ kind: 'clockStart', clockMs: shownMs })
  const regular = lengthMs / MINUTE
  for (let minute = 0; minute < regular + added; minute++) {
    if (minute === regular) pen.write({ kind: 'addedTime', period, data: { minutes: added } })
    for (const { at, side, what } of ofMinute(pitch, period, minute)) {
      pen.wait(Math.max(0, pitch.startedAt + minute * MINUTE + at - pen.nowMs()))
      happen(pitch, side, what, period)
    }
    pen.wait(Math.max(0, pitch.startedAt + (minute + 1) * MINUTE - pen.nowMs()))
  }
  pen.wait(random.seconds(2, 50))
  pen.settle()
  pen.write({ kind: 'periodEnd', period, clockMs: shown(pitch) })
}

interface Happened {
  at: number
  side: Side
  what: Happening | 'substitution'
}

/** Everything of one minute, in order. */
function ofMinute({ random, cast, rules, changes }: Pitch, period: number, minute: number): Happened[] {
  const list: Happened[] = []
  for (const side of ['home', 'away'] as const) {
    for (const [what, rate] of Object.entries(EACH_MINUTE) as [Happening, number][]) {
      const weight = GOALS.has(what) ? cast[side].strength ** 3 * (side === 'home' ? 1.12 : 0.95) : 1
      if (random.chance(rate * weight)) list.push({ at: random.seconds(3, 52), side, what })
    }
    const mayChange = period === 2 && minute >= 10 && changes[side] < (rules.substitutions as number)
    if (mayChange && random.chance(0.09)) list.push({ at: random.seconds(3, 50), side, what: 'substitution' })
  }
  return list.sort((a, b) => a.at - b.at)
}

function happen(pitch: Pitch, side: Side, what: Happened['what'], period: number): void {
  const { pen, random, cast, booked, off } = pitch
  const team = what === 'ownGoal' ? cast[other(side)] : cast[side]
  const eleven = team.players.slice(0, 11).filter(player => !off.has(`${team.name} ${player}`))
  const player = what === 'substitution' ? team.players[11 + pitch.changes[side]++] : somebody({ ...team, players: eleven }, random)
  if (!player) return
  const play = { kind: what, side, player, period, clockMs: shown(pitch) }
  const id = pen.write(play)
  const person = `${team.name} ${player}`
  if (what === 'redCard') off.add(person)
  if (what === 'yellowCard' && booked.has(person)) {
    off.add(person)
    pen.wait(4_000)
    pen.write({ ...play, kind: 'redCard', clockMs: shown(pitch) })
  } else if (what === 'yellowCard') booked.add(person)
  if (what !== 'goal') return
  const scorer = somebody({ ...team, players: eleven }, random)
  // A late flag, or the wrong shirt number.
  if (random.chance(0.06)) pen.later(random.seconds(18, 35), { kind: 'void', voids: id, data: { reason: 'offside' } })
  else if (random.chance(0.08) && scorer !== player) pen.later(random.seconds(20, 50), { ...play, player: scorer, replaces: id })
}

/** Five each, then one each, until what is left cannot turn it. */
function kicks({ pen, random, cast, rules }: Pitch): void {
  const series = rules.shootoutKicks as number
  const taken = { home: 0, away: 0 }
  const scored = { home: 0, away: 0 }
  const isSettled = () => {
    const rounds = Math.max(series, taken.home, taken.away)
    return scored.home > scored.away + rounds - taken.away || scored.away > scored.home + rounds - taken.home
  }
  pen.wait(4 * MINUTE)
  pen.write({ kind: 'periodStart', period: SHOOTOUT })
  for (let side: Side = random.pick(['home', 'away']); !isSettled(); side = other(side)) {
    pen.wait(random.seconds(38, 60))
    const isScored = random.chance(0.74)
    const player = cast[side].players[taken[side] % 11]
    taken[side] += 1
    if (isScored) scored[side] += 1
    pen.write({ kind: isScored ? 'shootoutGoal' : 'shootoutMiss', side, player, period: SHOOTOUT })
  }
  pen.write({ kind: 'periodEnd', period: SHOOTOUT })
}
