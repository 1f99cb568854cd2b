import { other, type Side } from '#domain/play.ts'
import type { Random } from './random.ts'
import type { Scene, Storyteller } from './story.ts'

const MINUTE = 60_000

/** How often the server wins a point between equals, and how a point is won, by who was serving. */
interface Serving {
  edge: number
  /** How often it rains on a match. */
  rain: number
  byServer: Readonly<Record<string, number>>
  byReceiver: Readonly<Record<string, number>>
}
const TENNIS: Serving = {
  edge: 0.62,
  rain: 0.08,
  byServer: { ace: 11, winner: 34, error: 35, untold: 20 },
  byReceiver: { doubleFault: 10, winner: 32, error: 38, untold: 20 },
}
const PADEL: Serving = {
  edge: 0.59,
  rain: 0,
  byServer: { ace: 1, winner: 46, error: 38, untold: 15 },
  byReceiver: { doubleFault: 4, winner: 44, error: 37, untold: 15 },
}

/** A match of tennis, point by point. */
const told =
  (manner: Serving): Storyteller =>
  scene => {
    const { pen, random, cast, wish } = scene
    if (wish === 'walkover') {
      pen.write({ kind: 'gameEnd', data: { how: 'walkover', winner: random.pick(['home', 'away']) } })
      return
    }
    const first: Side = random.pick(['home', 'away'])
    pen.write({ kind: 'server', side: first })
    const interruption = interruptionOf(scene, manner.rain)
    for (let n = 1; pen.game().status !== 'final'; n++) {
      pen.wait(pauseBefore(scene))
      if (interruption?.point === n && interrupt(scene, interruption.what)) return
      const { server, matchPoint } = pen.game().detail as { server: Side | null; matchPoint: unknown }
      const serving = server ?? first
      const edge = manner.edge * (cast[serving].strength / cast[other(serving)].strength)
      const side = random.chance(edge) ? serving : other(serving)
      const how = howOf(random, side === serving ? manner.byServer : manner.byReceiver)
      const play = { kind: 'point', ...(how ? { data: { how } } : {}) }
      if (!how && !matchPoint && random.chance(0.02)) {
        // Given to the wrong side, and taken back before the next serve.
        const id = pen.write({ ...play, side: other(side) })
        pen.wait(random.seconds(3, 6))
        pen.write({ ...play, side, replaces: id })
      } else pen.write({ ...play, side })
    }
  }

export const tellTennis = told(TENNIS)
export const tellPadel = told(PADEL)

function howOf(random: Random, weights: Readonly<Record<string, number>>): string | null {
  const how = random.weighed(weights)
  return how === 'untold' ? null : how
}

/** From the end of one point to the end of the next: longer after a game, at a change of ends, after a set. */
function pauseBefore({ pen, random }: Scene): number {
  const { detail, score } = pen.game()
  const { points, changeEnds, setNumber } = detail as { points: { home: string; away: string }; changeEnds: boolean; setNumber: number }
  const rally = random.seconds(15, 28)
  const isBetweenGames = points.home === '0' && points.away === '0'
  if (!isBetweenGames) return rally
  const isSetOver = score.home + score.away === setNumber
  return rally + (isSetOver ? 2 * MINUTE : changeEnds ? random.seconds(60, 80) : random.seconds(12, 20))
}

interface Interruption {
  point: number
  what: 'rain' | 'medical' | 'retired'
}

function interruptionOf({ random, wish }: Scene, rain: number): Interruption | null {
  const point = random.whole(25, 95)
  if (wish === 'retired') return { point, what: 'retired' }
  if (random.chance(rain)) return { point, what: 'rain' }
  return random.chance(0.15) ? { point, what: 'medical' } : null
}

/** True when the match ended with it. */
function interrupt({ pen, random }: Scene, what: Interruption['what']): boolean {
  const side: Side = random.pick(['home', 'away'])
  if (what === 'rain') {
    pen.write({ kind: 'status', data: { status: 'suspended', reason: 'rain' } })
    pen.wait(9 * MINUTE)
    pen.write({ kind: 'status', data: { status: 'live' } })
    pen.wait(MINUTE)
    return false
  }
  pen.write({ kind: 'timeout', side })
  pen.wait(random.seconds(150, 200))
  if (what === 'retired') pen.write({ kind: 'gameEnd', data: { how: 'retired', winner: other(side) } })
  return what === 'retired'
}
