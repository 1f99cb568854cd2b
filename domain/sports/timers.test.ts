import { assert, describe, test } from 'vitest'
import { readTimer } from '#domain/clock.ts'
import { hasEnded } from '#domain/fold.ts'
import type { TimerView } from '#domain/game.ts'
import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import type { TestLog, TestPlay } from '#domain/test-log.ts'
import { Scoring } from '#domain/test-scoring.ts'

// What runs beside the clock, in games of every sport scored at random by people whose clock jumps: nothing reads negative, longer than its
// rule has it, or after the game. Each game has a seed of its own: SEED=… GAMES=1 plays one again.

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const GAMES = Number(process.env.GAMES ?? 5)
/** Plays in a period: enough to end what began, few enough to be played in no time. */
const TAPS = 14
console.info(`domain/sports/timers.test.ts: SEED=${SEED}`)

const hasTimers = ({ timers, kinds }: Sport) => timers !== undefined || Object.values(kinds).some(({ lasts, attack }) => lasts ?? attack)
const sports = (await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))).filter(hasTimers)

/** The rule that gives a timer its length, where it is not called as the timer is. */
const NAMED: Readonly<Record<string, string>> = {
  benchMinor: 'minor',
  matchPenalty: 'major',
  expulsion: 'major',
  unsportsmanlike: 'personal',
  sentOff: 'sendOff',
  greenCard: 'green',
  yellowCard: 'yellow',
  redCard: 'red',
}

type Values = Readonly<Record<string, unknown>>
const camel = (label: string) => label.toLowerCase().replace(/[^a-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase())

/** In ms; null where no rule says. */
function lengthOf(label: string, rules: Values): number | null {
  const named = camel(label)
  if (named === 'doubleMinor') return 2 * (lengthOf('Minor', rules) ?? 0)
  if (named === 'shotClock') return 1000 * Math.max(Number(rules.shotClock), Number(rules.shotClockAgain))
  const rule = /^\d+Min$/.test(named) ? 'suspension' : (NAMED[named] ?? named)
  const [seconds, minutes] = [rules[`${rule}Seconds`], rules[`${rule}Minutes`]]
  return typeof seconds === 'number' ? seconds * 1000 : typeof minutes === 'number' ? minutes * 60_000 : null
}

/** The longest that a play itself says, in ms: a card of ten minutes, a time-out of ninety seconds. */
const saidIn = ({ data = {} }: TestPlay) => Math.max(Number(data.seconds ?? 0) * 1000, Number(data.minutes ?? 0) * 60_000)

function checkTimers(sport: Sport, log: TestLog, said: number, nowMs: number): number {
  const { detail, status, clock } = log.game()
  const timers = (detail.timers ?? []) as TimerView[]
  if (hasEnded(sport, log.rules, log.head.fold)) assert(timers.length === 0, `${timers[0]?.label} outlives a game that is ${status}`)
  const rules = log.rules as Values
  const lasts = Object.values(sport.kinds).flatMap(kind => (kind.lasts ? [Number(rules[kind.lasts] ?? 0) * 1000] : []))
  for (const timer of timers) {
    const { label } = timer
    const isPause = timer.untilAt !== undefined
    const left = readTimer(timer, clock, nowMs)
    const most = timer.id === 'pause' ? Math.max(...lasts) : lengthOf(label, rules)
    assert(most !== null, `No rule is called as the timer "${label}" is: say in NAMED which gives its length`)
    // What ran out since the clock was last said is over, and drawn no more.
    assert(Number.isFinite(left) && (clock?.running || isPause || left > 0), `${label} reads ${left} ms`)
    assert(left <= Math.max(most, said), `${label} reads ${left} ms, its rule has ${most} ms`)
  }
  return timers.length
}

/** A game whose clock now and then is set, forward and back, as it is when it was started late or by mistake. */
function playWithTimers(sport: Sport, seed: number): number {
  const scoring = new Scoring(sport, seed, [TAPS, TAPS])
  const { log, dice } = scoring
  const write = log.try.bind(log)
  let seen = 0
  let said = 0
  let nowMs = 0
  log.try = play => {
    const made = write(play)
    if ('refuse' in made) return made
    said = Math.max(said, saidIn(play))
    nowMs = Math.max(nowMs, Date.parse(made.at))
    seen += checkTimers(sport, log, said, nowMs)
    if (play.kind !== 'clockSet' && log.head.fold.clock && dice.chance(0.1)) {
      const { startMs, lengthMs } = sport.timed?.period(log.head.fold.period, log.rules as never) ?? { startMs: 0, lengthMs: 0 }
      const isDown = sport.timed?.direction(log.rules as never) === 'down'
      log.try({ kind: 'clockSet', clockMs: (isDown ? 0 : startMs) + dice.below(lengthMs + 1) })
    }
    return made
  }
  scoring.play()
  return seen
}

let seen = 0
describe.each(sports.map(sport => [sport.name, sport] as const))('%s', (_name, sport) => {
  test('has nothing beside its clock that reads negative, too long, or after the game', () => {
    for (let i = 0; i < GAMES; i++) {
      try {
        seen += playWithTimers(sport, SEED + i)
      } catch (error) {
        throw new Error(`${sport.name}, SEED=${SEED + i} GAMES=1: ${(error as Error).message}`, { cause: error })
      }
    }
  })
})

test('proves something: timers did run', () => assert(GAMES < 5 || seen > 100, `timers were seen ${seen} times`))
