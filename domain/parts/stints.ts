import type { BoxPlay } from '../box.ts'
import { SIDES, type Side } from '../play.ts'

/** A player seen in the record: coming on, going off, in the first line-up, or doing something on the field. */
export interface Sighting {
  who: string
  is: 'on' | 'off' | 'start' | 'seen'
  /** Playing time since the start; null where nothing tells. */
  atMs: number | null
}

/** Whoever is first seen other than coming on was there from the start. */
export function starters(sightings: readonly Sighting[]): Set<string> {
  const first = new Map<string, Sighting['is']>()
  for (const { who, is } of sightings) if (is === 'start' || !first.has(who)) first.set(who, is)
  return new Set([...first].filter(([, is]) => is !== 'on').map(([who]) => who))
}

/** Who is on the field after one more sighting. */
export function follow(on: Set<string>, { who, is }: Sighting): Set<string> {
  if (is === 'on') on.add(who)
  else if (is === 'off') on.delete(who)
  return on
}

/** Whether the substitutions tell who was on: some were written down, and never more people on the field than may be. */
export function isTold(sightings: readonly Sighting[], most: number): boolean {
  const on = starters(sightings)
  const isPossible = (sighting: Sighting) => follow(on, sighting).size <= most
  return on.size <= most && sightings.some(({ is }) => is === 'on' || is === 'off') && sightings.every(isPossible)
}

/** Time on the field by roster id; null where the record does not tell, or a substitution has no time. */
export function timeOnField(sightings: readonly Sighting[], endMs: number, most: number): ReadonlyMap<string, number> | null {
  const changes = sightings.filter(({ is }) => is === 'on' || is === 'off')
  if (endMs === 0 || !isTold(sightings, most) || changes.some(({ atMs }) => atMs === null)) return null
  const since = new Map([...starters(sightings)].map(who => [who, 0]))
  const played = new Map<string, number>()
  const leave = (who: string, atMs: number) => {
    const from = since.get(who)
    if (from === undefined) return
    since.delete(who)
    played.set(who, (played.get(who) ?? 0) + Math.max(0, atMs - from))
  }
  for (const { who, is, atMs } of changes) {
    if (is === 'off') leave(who, atMs ?? 0)
    else if (!since.has(who)) since.set(who, atMs ?? 0)
  }
  for (const who of [...since.keys()]) leave(who, endMs)
  return played
}

/** Made while the clock stands: these say nothing against it still showing the period's start. */
const STILL: ReadonlySet<string> = new Set(['substitution', 'starter'])

/**
 * Says of each play how much had been played: by its own clock, else by the reading before it in its period. Where nobody keeps a clock the
 * two ends of a period tell nothing of what is between them.
 *
 * @param played playing time by what the clock of a period shows, or at its two ends
 */
export function playingTimes<S>(
  plays: readonly BoxPlay<S>[],
  played: (period: number, at: number | 'start' | 'end') => number,
): (number | null)[] {
  let last: { period: number; atMs: number; isStart: boolean } | null = null
  return plays.map(({ play, period, clockMs, counts }) => {
    if (!counts) return null
    const at = clockMs ?? (play.kind === 'periodStart' ? 'start' : play.kind === 'periodEnd' ? 'end' : null)
    if (at !== null) last = { period, atMs: played(period, at), isStart: at === 'start' }
    else if (last?.period !== period || (last.isStart && !STILL.has(play.kind))) last = null
    return last?.atMs ?? null
  })
}

/** The two clubs' line-ups kept apart. */
export const perSide = <T>(make: (side: Side) => T): Record<Side, T> => {
  const [home, away] = SIDES
  return { home: make(home), away: make(away) }
}

/** `31:04` */
export const minutesText = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
