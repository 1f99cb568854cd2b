import type { DemoKey } from '#server/demo-orders.ts'
import type { Team } from './cast.ts'
import { type Lane, PROGRAMMES, type Programme } from './programme.ts'
import type { Wish } from './story.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** One game of the timetable. */
export interface Fixture {
  /** The same for the same game, whenever it is looked up. */
  key: string
  programme: Programme
  startMs: number
  home: Team
  away: Team
  wish: Wish | null
}

/** Everybody meets everybody, and after six games away what was at home. */
const PAIRS = [
  [0, 1],
  [2, 3],
  [1, 3],
  [0, 2],
  [3, 0],
  [1, 2],
] as const
/** Eight sides meet each other in rounds; the order within them leaves nobody with two games that lie close together. */
const ROUNDS = Array.from({ length: 28 }, (_, n): readonly [number, number] => {
  const [round, i] = [Math.floor(n / 4), n % 4]
  return i === 0 ? [7, round] : [(round + i) % 7, (round + 7 - i) % 7]
})
/** Games of a ground that are shown around the one being played. */
const BEFORE = 2
const AFTER = 1
/** Hours of the day (UTC) nearest to which a game is shown on another day, by how many days away it is. */
const OTHER_DAYS: Readonly<Record<number, readonly number[]>> = { [-3]: [18], [-2]: [18], [-1]: [14, 19], 1: [14, 19] }

/**
 * Every ground has a game at fixed times, counted from 1970, so the timetable needs no memory: at any moment it says what is being
 * played, what was and what is to come, what is most urgent first.
 */
export function timetable(key: DemoKey, nowMs: number): Fixture[] {
  const fixtures = PROGRAMMES[key].lanes.flatMap((lane, n) => slotsAround(lane, nowMs).map(slot => fixtureOf(key, n, lane, slot)))
  return fixtures.sort((a, b) => urgency(a, nowMs) - urgency(b, nowMs))
}

/** What is put off at once, then what is being played, what is to come, and what is over. */
function urgency({ startMs, wish }: Fixture, nowMs: number): number {
  if (wish === 'postponed') return 0
  const ago = nowMs - startMs
  if (ago < 0) return DAY - ago
  return ago < 3 * 60 * MINUTE ? ago : 4 * DAY + ago
}

function slotsAround(lane: Lane, nowMs: number): number[] {
  const startOf = (slot: number) => (lane.offsetMinutes + slot * lane.everyMinutes) * MINUTE
  const slotAt = (ms: number) => (ms / MINUTE - lane.offsetMinutes) / lane.everyMinutes
  const today = Math.floor(nowMs / DAY)
  if (lane.everyMinutes * MINUTE === DAY) return [today]
  const now = Math.floor(slotAt(nowMs))
  if (lane.around) return lane.around.map(step => now + step)
  const slots = new Set<number>()
  for (let slot = now - BEFORE; slot <= now + AFTER; slot++) slots.add(slot)
  for (const [days, hours] of Object.entries(OTHER_DAYS)) {
    for (const hour of hours) slots.add(Math.round(slotAt((today + Number(days)) * DAY + hour * 60 * MINUTE)))
  }
  return [...slots].filter(slot => startOf(slot) > nowMs - 4 * DAY)
}

function fixtureOf(key: DemoKey, n: number, lane: Lane, slot: number): Fixture {
  const pairs = lane.teams.length === 8 ? ROUNDS : PAIRS
  const turn = ((slot % pairs.length) + pairs.length) % pairs.length
  const [one, two] = pairs[turn] as readonly [number, number]
  const isSwapped = Math.floor(slot / pairs.length) % 2 === 0
  const [home, away] = isSwapped ? [two, one] : [one, two]
  return {
    key: `${key} ${n} ${slot}`,
    programme: PROGRAMMES[key],
    startMs: (lane.offsetMinutes + slot * lane.everyMinutes) * MINUTE,
    home: lane.teams[home] as Team,
    away: lane.teams[away] as Team,
    wish: lane.wish?.(slot) ?? null,
  }
}

/** The game of the timetable that began then, between these two. */
export function fixtureFrom(key: DemoKey, startMs: number, home: string, away: string): Fixture | null {
  for (const [n, lane] of PROGRAMMES[key].lanes.entries()) {
    const slot = (startMs / MINUTE - lane.offsetMinutes) / lane.everyMinutes
    if (!Number.isInteger(slot)) continue
    const fixture = fixtureOf(key, n, lane, slot)
    if (fixture.home.name === home && fixture.away.name === away) return fixture
  }
  return null
}
