import { other, type Side } from '#domain/play.ts'
import { somebody } from './cast.ts'
import type { Scene, Storyteller } from './story.ts'

const MINUTE = 60_000
const BREAK_MS = 2 * MINUTE
const HALF_TIME_MS = 8 * MINUTE
/** From here on a basket stops the clock in the last period. */
const LATE_MS = 2 * MINUTE
const ON_THE_FLOOR = 9

/** What becomes of a possession: a shot that may go in, a foul, a miss taken up again, or nothing. */
const OUTCOMES = { shot: 41, shootingFoul: 9, foul: 9, timeout: 1.5, rebound: 9, over: 40 } as const

interface Hall extends Scene {
  periods: number
  /** What the clock shows. */
  left: number
  period: number
  fouls: Map<string, number>
}

/** A game of basketball as its scorer writes it down: clock, baskets, fouls, free throws, time-outs, substitutions. */
export const tellBasketball: Storyteller = scene => {
  const { pen, random, rules } = scene
  const hall: Hall = { ...scene, periods: rules.periods as number, left: 0, period: 0, fouls: new Map() }
  let arrow: Side = random.pick(['home', 'away'])
  for (;;) {
    hall.period += 1
    pen.write({ kind: 'periodStart', period: hall.period })
    pen.write({ kind: 'possession', side: arrow })
    hall.left = ((hall.period > hall.periods ? rules.overtimeMinutes : rules.periodMinutes) as number) * MINUTE
    pen.wait(random.seconds(4, 9))
    playPeriod(hall, arrow)
    arrow = other(arrow)
    pen.settle()
    pen.write({ kind: 'periodEnd', period: hall.period, clockMs: 0 })
    const { score } = pen.game()
    if (hall.period >= hall.periods && score.home !== score.away) break
    pen.wait(hall.period * 2 === hall.periods ? HALF_TIME_MS : BREAK_MS)
  }
  pen.wait(random.seconds(5, 15))
  pen.write({ kind: 'gameEnd' })
}

function playPeriod(hall: Hall, first: Side): void {
  const { pen, random } = hall
  pen.write({ kind: 'clockStart', clockMs: hall.left })
  let side = first
  while (hall.left > 0) {
    run(hall, random.seconds(7, 22))
    if (hall.left === 0) return
    const chasing = chaser(hall)
    if (chasing && chasing !== side) foul(hall, chasing, 'personal')
    else if (attack(hall, side)) continue
    side = other(side)
  }
}

function run(hall: Hall, ms: number): void {
  const played = Math.min(ms, hall.left)
  hall.pen.wait(played)
  hall.left -= played
}

/** The side that has to foul: a little behind, with hardly any time left. */
function chaser(hall: Hall): Side | null {
  if (hall.period < hall.periods || hall.left > 40_000) return null
  const { home, away } = hall.pen.game().score
  const behind: Side = home < away ? 'home' : 'away'
  const by = Math.abs(home - away)
  return by > 0 && by <= 8 && hall.random.chance(0.7) ? behind : null
}

/** One possession; true when the side keeps the ball. */
function attack(hall: Hall, side: Side): boolean {
  const { random, cast } = hall
  switch (random.weighed(OUTCOMES)) {
    case 'shot': {
      // The better side makes more of the same chances.
      const isMade = random.chance(0.9 * cast[side].strength)
      if (isMade) basket(hall, side, random.chance(0.72) ? '2pt' : '3pt')
      return false
    }
    case 'shootingFoul':
      foul(hall, other(side), 'shooting')
      return false
    case 'foul':
      return !foul(hall, other(side), 'personal')
    case 'timeout':
      takeTimeout(hall, side)
      return true
    case 'rebound':
      return true
    case 'over':
      if (random.chance(0.06)) foul(hall, side, 'offensive')
      return false
  }
}

function basket(hall: Hall, side: Side, kind: '2pt' | '3pt'): void {
  const { pen, random } = hall
  const player = onTheFloor(hall, side)
  const play = { side, player, period: hall.period, clockMs: hall.left }
  if (random.chance(0.015)) {
    // Written down as the other kind, and put right when the referee's hand is seen.
    const id = pen.write({ ...play, kind: kind === '2pt' ? '3pt' : '2pt' })
    pen.later(random.seconds(4, 12), { ...play, kind, replaces: id })
  } else pen.write({ ...play, kind })
  if (random.chance(0.006)) {
    // Pressed twice.
    pen.wait(400)
    const twice = pen.write({ ...play, kind })
    pen.later(random.seconds(2, 5), { kind: 'void', voids: twice })
  }
  if (hall.period >= hall.periods && hall.left <= LATE_MS) stopClock(hall, random.seconds(3, 6))
}

/** The clock stands so long. */
function stopClock(hall: Hall, forMs: number, during: () => void = () => {}): void {
  hall.pen.write({ kind: 'clockStop', clockMs: hall.left })
  during()
  hall.pen.wait(forMs)
  hall.pen.write({ kind: 'clockStart', clockMs: hall.left })
}

/** A foul by this side; true when the other went to the line. */
function foul(hall: Hall, by: Side, type: 'personal' | 'shooting' | 'offensive'): boolean {
  const { pen, random, period, left } = hall
  const side = other(by)
  const hasBonus = (pen.game().detail.bonus as Record<Side, boolean>)[side]
  const shots = type === 'shooting' ? random.pick([2, 2, 2, 3]) : type === 'personal' && hasBonus ? 2 : 0
  stopClock(hall, random.seconds(5, 11), () => {
    const player = fouler(hall, by)
    pen.wait(1200)
    pen.write({ kind: 'foul', side: by, player, period, clockMs: left, ...(type === 'personal' ? {} : { data: { type } }) })
    if (random.chance(0.3)) substitute(hall, random.pick(['home', 'away']))
    if (shots === 0) pen.wait(random.seconds(4, 8))
    const shooter = onTheFloor(hall, side)
    for (let n = 0; n < shots; n++) {
      pen.wait(random.seconds(11, 17))
      const kind = random.chance(0.73) ? 'ft' : 'ftMissed'
      pen.write({ kind, side, player: shooter, period, clockMs: left })
    }
  })
  return shots > 0
}

function fouler(hall: Hall, by: Side): string {
  const player = onTheFloor(hall, by)
  hall.fouls.set(player, (hall.fouls.get(player) ?? 0) + 1)
  return player
}

/** Somebody who may still play: whoever has fouled out has left. */
function onTheFloor({ cast, random, rules, fouls }: Hall, side: Side): string {
  const players = cast[side].players.filter(player => (fouls.get(player) ?? 0) < (rules.playerFouls as number))
  return somebody({ ...cast[side], players }, random, ON_THE_FLOOR)
}

function substitute({ pen, random, cast, rules, fouls, period, left }: Hall, side: Side): void {
  const bench = cast[side].players.slice(5, 12).filter(player => (fouls.get(player) ?? 0) < (rules.playerFouls as number))
  if (bench.length === 0) return
  pen.wait(random.seconds(2, 5))
  pen.write({ kind: 'substitution', side, player: random.pick(bench), period, clockMs: left })
}

function takeTimeout(hall: Hall, side: Side): void {
  const { pen, random, period, left } = hall
  const timeouts = pen.game().detail.timeouts as Record<Side, number>
  if (timeouts[side] === 0) return
  stopClock(hall, random.seconds(50, 60), () => pen.write({ kind: 'timeout', side, period, clockMs: left }))
}
