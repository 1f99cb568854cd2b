import type { Side } from '#domain/play.ts'
import { somebody } from './cast.ts'
import type { Stroke } from './pen.ts'
import type { Scene } from './story.ts'

/** A game under a clock, with what its board shows and who may not play now. */
export interface Ground extends Scene {
  period: number
  /** `half`, `overtime`, `shootout` */
  kind: string
  /** Playing time of the period that is gone, and how long the period is. */
  goneMs: number
  lengthMs: number
  startMs: number
  isDown: boolean
  /** Playing time of the periods before. */
  beforeMs: number
  /** Playing time at which somebody may come back. */
  off: Map<string, number>
  /** How often somebody did what ends a game in the end. */
  counts: Map<string, number>
}

export const createGround = (scene: Scene): Ground => ({
  ...scene,
  period: 0,
  kind: '',
  goneMs: 0,
  lengthMs: 0,
  startMs: 0,
  isDown: scene.sport.timed?.direction(scene.rules) === 'down',
  beforeMs: 0,
  off: new Map(),
  counts: new Map(),
})

export function openPeriod(ground: Ground, n: number): void {
  const { pen, sport, rules } = ground
  const period = sport.timed?.period(n, rules)
  if (!period) throw new Error(`${sport.id} has no period ${n}.`)
  pen.write({ kind: 'periodStart', period: n })
  Object.assign(ground, {
    period: n,
    kind: period.kind,
    beforeMs: ground.beforeMs + ground.goneMs,
    goneMs: 0,
    lengthMs: period.clockless ? 0 : period.lengthMs,
    startMs: period.startMs,
  } satisfies Partial<Ground>)
}

export function closePeriod(ground: Ground): void {
  const { pen, period, lengthMs } = ground
  pen.settle()
  pen.write({ kind: 'periodEnd', period, ...(lengthMs > 0 ? { clockMs: shown(ground) } : {}) })
}

/** What the clock shows. */
export const shown = ({ isDown, startMs, goneMs }: Ground) => (isDown ? Math.max(0, startMs - goneMs) : startMs + goneMs)
export const leftMs = ({ lengthMs, goneMs }: Ground) => Math.max(0, lengthMs - goneMs)
export const isLevel = ({ pen }: Scene) => pen.game().score.home === pen.game().score.away
export const playedMs = ({ beforeMs, goneMs }: Ground) => beforeMs + goneMs

/** Play goes on so long. A clock that counts down stands at the end of the period. */
export function run(ground: Ground, ms: number): void {
  const played = ground.isDown ? Math.min(ms, leftMs(ground)) : ms
  ground.goneMs += played
  ground.pen.wait(played)
}

/** Written down with the period and what the clock shows. */
export function say(ground: Ground, stroke: Stroke): string {
  const { pen, period, lengthMs } = ground
  return pen.write({ period, ...(lengthMs > 0 ? { clockMs: shown(ground) } : {}), ...stroke })
}

export const startClock = (ground: Ground): string => ground.pen.write({ kind: 'clockStart', clockMs: shown(ground) })

/** The clock stands so long, and until what is done then is done; for good where the period is over. */
export function stopClock(ground: Ground, forMs: number, during: () => void = () => {}): void {
  const { pen } = ground
  pen.write({ kind: 'clockStop', clockMs: shown(ground) })
  pen.wait(forMs)
  during()
  if (!ground.isDown || leftMs(ground) > 0) startClock(ground)
}

/** Who may play, best known first. */
export function available(ground: Ground, side: Side, from = 0, to = 15): string[] {
  const now = playedMs(ground)
  return ground.cast[side].players.slice(from, to).filter(player => (ground.off.get(`${side} ${player}`) ?? 0) <= now)
}

export function onField(ground: Ground, side: Side, from = 0, to = 15): string {
  const players = available(ground, side, from, to)
  return somebody({ ...ground.cast[side], players: players.length > 0 ? players : available(ground, side) }, ground.random)
}
