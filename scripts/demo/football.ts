import { other, type Side } from '#domain/play.ts'
import { closePeriod, createGround, type Ground, isLevel, leftMs, onField, openPeriod, run, say, startClock, stopClock } from './ground.ts'
import type { Storyteller } from './story.ts'

const MINUTE = 60_000
const HALF_TIME_MS = 12 * MINUTE
const BREAK_MS = 2 * MINUTE
const KICK_OFF_AT = 30
/** From here a field goal is tried on fourth down, in yards to the goal line. */
const IN_RANGE = 36
const KICKER = 11

interface Ball {
  side: Side
  down: number | null
  toGo: number | null
  toGoal: number | null
}

interface Field extends Ground {
  /** Who kicks off before the next play; null while the ball is in somebody's hands. */
  kicks: Side | null
  /** It stood before this play: it starts with the snap. */
  isStanding: boolean
}

/** A game of American football, play by play. */
export const tellFootball: Storyteller = scene => {
  const { pen, random } = scene
  const field: Field = { ...createGround(scene), kicks: null, isStanding: true }
  const regulation = scene.sport.timed?.regulation(scene.rules) ?? 4
  const first: Side = random.pick(['home', 'away'])
  for (let n = 1; n === 1 || scene.sport.timed?.period(n, scene.rules); n++) {
    if (n > 1) pen.wait(n === 3 ? HALF_TIME_MS : BREAK_MS)
    openPeriod(field, n)
    // The ball stays where it is within a half.
    if (n % 2 === 1) field.kicks = n === 1 ? first : n === 3 ? other(first) : random.pick(['home', 'away'])
    startClock(field)
    while (leftMs(field) > 0 && !isDecided(field)) {
      if (field.kicks) kickOff(field, field.kicks)
      else fromScrimmage(field)
    }
    closePeriod(field)
    if (n >= regulation && !isLevel(field)) break
  }
  pen.wait(random.seconds(5, 15))
  pen.write({ kind: 'gameEnd' })
}

const isDecided = ({ pen }: Field) => pen.game().detail.isDecided === true
const ballOf = ({ pen }: Field) => pen.game().detail.ball as Ball | null
const chasing = ({ pen }: Field, side: Side) => pen.game().score[other(side)] - pen.game().score[side]

function kickOff(field: Field, by: Side): void {
  const { random } = field
  field.kicks = null
  const side = other(by)
  say(field, { kind: 'kickoff', side: by, player: onField(field, by, KICKER, KICKER + 1), data: { yards: 65 } })
  const isTouchback = random.chance(0.6)
  run(field, isTouchback ? 0 : random.seconds(5, 8))
  say(field, { kind: 'possession', side, data: { toGoal: isTouchback ? 100 - KICK_OFF_AT : random.whole(64, 80) } })
}

/** One play from scrimmage, from the huddle to the whistle. */
function fromScrimmage(field: Field): void {
  const { random } = field
  const ball = ballOf(field)
  if (!ball) return
  const { side } = ball
  const isHurried = field.period % 2 === 0 && leftMs(field) < 2 * MINUTE
  if (field.isStanding) field.isStanding = false
  else run(field, isHurried ? random.seconds(12, 24) : random.seconds(24, 38))
  if (leftMs(field) === 0) return
  const toGoal = ball.toGoal ?? 70
  const isLast = leftMs(field) < 8_000 && field.period % 2 === 0
  if (isLast && toGoal <= IN_RANGE + 8) {
    kickFieldGoal(field, side, toGoal)
    return
  }
  if (ball.down === 4 && !goesForIt(field, ball)) {
    if (toGoal <= IN_RANGE) kickFieldGoal(field, side, toGoal)
    else punt(field, side, toGoal)
    return
  }
  if (random.chance(0.06)) {
    flag(field, side)
    return
  }
  if (isHurried && chasing(field, side) > 0 && takeTimeout(field, side)) return
  const isPass = random.chance((ball.toGo ?? 10) > 6 || isHurried ? 0.68 : 0.46)
  const gain = isPass ? pass(field, side, toGoal) : rush(field, side, toGoal)
  if (gain !== null && gain >= toGoal) touchdown(field, side, isPass, toGoal)
}

function goesForIt(field: Field, { side, toGo, toGoal }: Ball): boolean {
  const isLate = field.period >= 4 && leftMs(field) < 4 * MINUTE && chasing(field, side) > 3
  return isLate || ((toGo ?? 10) <= 1 && (toGoal ?? 99) < 55 && field.random.chance(0.4))
}

const passer = (field: Field, side: Side) => field.cast[side].players[0] as string

/** Yards gained; null where there is nothing more to it: an interception. Those that reach the goal line are not written down here. */
function pass(field: Field, side: Side, toGoal: number): number | null {
  const { random, cast } = field
  const better = cast[side].strength / cast[other(side)].strength
  const what = random.weighed({ complete: 64 * better, incomplete: 30, sack: 6 / better, interception: 2.2 / better })
  run(field, random.seconds(4, 8))
  if (what === 'incomplete') {
    say(field, { kind: 'incomplete', side, player: passer(field, side) })
    halt(field, random.seconds(24, 36))
    return null
  }
  if (what === 'sack') {
    const by = other(side)
    say(field, { kind: 'sack', side: by, player: onField(field, by, 6, 15), data: { yards: Math.min(random.whole(3, 9), 98 - toGoal) } })
    return null
  }
  if (what === 'interception') {
    const by = other(side)
    const spot = Math.min(95, Math.max(10, 100 - toGoal + random.whole(5, 20)))
    say(field, {
      kind: 'turnover',
      side: by,
      player: onField(field, by, 6, 15),
      data: { type: 'interception', from: { name: passer(field, side) }, toGoal: spot },
    })
    halt(field, random.seconds(60, 110))
    return null
  }
  const long = random.chance(0.12) ? random.whole(15, 38) : 0
  const yards = random.whole(3, 17) + long
  if (yards >= toGoal) return yards
  say(field, { kind: 'pass', side, player: passer(field, side), data: { yards, receiver: { name: onField(field, side, 2, 8) } } })
  return yards
}

function rush(field: Field, side: Side, toGoal: number): number {
  const { random, cast } = field
  const long = random.chance(0.06) ? random.whole(8, 30) : 0
  const usual = random.whole(-2, 8) + (cast[side].strength > cast[other(side)].strength && random.chance(0.3) ? 1 : 0)
  const yards = Math.max(usual + long, toGoal - 97)
  run(field, random.seconds(4, 7))
  if (yards >= toGoal) return yards
  const tackler = random.chance(0.5) ? { tackler: { name: onField(field, other(side), 6, 15) } } : {}
  const data = { yards: Math.abs(yards), ...(yards < 0 ? { loss: true } : {}), ...tackler }
  say(field, { kind: 'run', side, player: onField(field, side, 1, 4), data })
  return yards
}

function touchdown(field: Field, side: Side, isPass: boolean, yards: number): void {
  const { pen, random } = field
  const scorer = isPass ? onField(field, side, 2, 8) : onField(field, side, 1, 4)
  const thrown = isPass ? { passer: { name: passer(field, side) } } : {}
  say(field, { kind: 'touchdown', side, player: scorer, data: { how: isPass ? 'pass' : 'run', yards, ...thrown } })
  field.kicks = side
  if (isDecided(field)) return
  halt(field, random.seconds(50, 80), () => {
    // After the touchdown's six: two points where they would level it, or make it a field goal's lead.
    const goesForTwo = field.period >= 4 && [2, 5].includes(chasing(field, side))
    if (goesForTwo) say(field, random.chance(0.48) ? { kind: 'twoPoint', side, player: scorer } : { kind: 'twoPointFailed', side })
    else say(field, { kind: random.chance(0.94) ? 'extraPoint' : 'extraPointMissed', side, player: kicker(field, side) })
    pen.wait(random.seconds(70, 120))
  })
}
const kicker = (field: Field, side: Side) => onField(field, side, KICKER, KICKER + 1)

function halt(field: Field, ms: number, during?: () => void): void {
  stopClock(field, ms, during)
  field.isStanding = true
}

function kickFieldGoal(field: Field, side: Side, toGoal: number): void {
  const { random } = field
  run(field, random.seconds(4, 6))
  const yards = toGoal + 17
  const isMade = random.chance(Math.min(0.96, 1.25 - yards / 100))
  say(field, { kind: isMade ? 'fieldGoal' : 'fieldGoalMissed', side, player: kicker(field, side), data: { yards } })
  if (isMade) field.kicks = side
  if (!isDecided(field)) halt(field, random.seconds(70, 120))
}

function punt(field: Field, side: Side, toGoal: number): void {
  const { random } = field
  const yards = Math.min(random.whole(36, 52), toGoal - 6)
  run(field, random.seconds(6, 11))
  say(field, { kind: 'punt', side, player: onField(field, side, 12, 13), data: { yards } })
  const back = random.chance(0.45) ? random.whole(2, 12) : 0
  say(field, { kind: 'possession', side: other(side), data: { toGoal: Math.min(97, 100 - toGoal + yards - back) } })
  halt(field, random.seconds(60, 110))
}

function flag(field: Field, side: Side): void {
  const { random } = field
  const foul = random.weighed({ falseStart: 34, holding: 30, offside: 20, passInterference: 10, delay: 6 })
  const isOffence = foul === 'falseStart' || foul === 'holding' || foul === 'delay'
  const yards = foul === 'holding' ? 10 : foul === 'passInterference' ? 15 : 5
  const ball = ballOf(field)
  const toGoal = ball?.toGoal ?? 50
  // Half the distance at most, near a goal line.
  const distance = isOffence ? Math.min(yards, Math.floor((100 - toGoal) / 2)) : Math.min(yards, Math.floor(toGoal / 2))
  say(field, {
    kind: 'penalty',
    side: isOffence ? side : other(side),
    player: onField(field, isOffence ? side : other(side), 4, 15),
    data: { yards: Math.max(1, distance), foul, ...(foul === 'passInterference' ? { firstDown: true } : {}) },
  })
  halt(field, random.seconds(25, 45))
}

function takeTimeout(field: Field, side: Side): boolean {
  const { pen, random } = field
  const timeouts = pen.game().detail.timeouts as Record<Side, number>
  if (timeouts[side] === 0 || !random.chance(0.35)) return false
  say(field, { kind: 'timeout', side })
  halt(field, random.seconds(60, 90))
  return true
}
