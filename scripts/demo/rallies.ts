import { other, SIDES, type Side } from '#domain/play.ts'
import { somebody } from './cast.ts'
import type { Stroke } from './pen.ts'
import type { Scene, Storyteller } from './story.ts'

/** How a sport of rallies is told. Ways are kinds, with how behind a dot: `point.ace`; what is an error names the other side's player. */
interface Court {
  /** How often whoever serves wins the rally, between equals. */
  served: number
  /** Seconds from the end of a rally to the end of the next. */
  rally: readonly [least: number, most: number]
  /** How a rally was won by who served, and by who received. */
  byServer: Readonly<Record<string, number>>
  byReceiver: Readonly<Record<string, number>>
  /** Seconds between sets, and for what the rules interrupt a set with. */
  between: number
  pause: number
  /** Whether players are named: a pair or a team takes part. */
  isNamed: boolean
  /** Seconds of a time-out; none where the rules have none. */
  timeout?: number
  /** What happens beside the rallies, each after one of them, with a side if it has one. */
  beside?: Readonly<Record<string, { chance: number; hasSide: boolean; data?: readonly Readonly<Record<string, unknown>>[] }>>
  /** Substitutes come on late in a set. */
  bench?: readonly [from: number, to: number]
}

const VOLLEYBALL: Court = {
  served: 0.39,
  rally: [17, 32],
  byServer: { 'point.attack': 34, 'point.block': 19, 'point.ace': 13, 'error.attack': 24, 'error.reception': 7, 'error.net': 3 },
  byReceiver: { 'point.attack': 60, 'point.block': 3, 'error.serve': 24, 'error.attack': 8, 'error.net': 3, 'error.rotation': 0.3 },
  between: 180,
  pause: 60,
  isNamed: true,
  timeout: 40,
  bench: [8, 13],
  beside: {
    challenge: { chance: 0.012, hasSide: true, data: [{ won: true }, { won: false }, { won: false }] },
    yellowCard: { chance: 0.002, hasSide: true },
  },
}
const BEACH: Court = {
  served: 0.36,
  rally: [18, 34],
  byServer: { 'point.attack': 38, 'point.block': 20, 'point.ace': 16, 'error.attack': 26 },
  byReceiver: { 'point.attack': 66, 'point.block': 2, 'error.serve': 20, 'error.attack': 12 },
  between: 60,
  pause: 30,
  isNamed: true,
  timeout: 40,
}
const BADMINTON: Court = {
  served: 0.5,
  rally: [16, 34],
  byServer: { 'point.winner': 36, 'point.ace': 1, 'error.out': 26, 'error.net': 22, point: 15 },
  byReceiver: { 'point.winner': 36, 'error.out': 25, 'error.net': 22, 'error.serve': 2, point: 15 },
  between: 120,
  pause: 60,
  isNamed: false,
  beside: {
    challenge: { chance: 0.012, hasSide: true, data: [{ won: true }, { won: false }, { won: false }] },
    let: { chance: 0.006, hasSide: false },
  },
}
const TABLE_TENNIS: Court = {
  served: 0.53,
  rally: [13, 25],
  byServer: { 'point.winner': 40, 'point.ace': 8, 'error.return': 20, 'error.rally': 32 },
  byReceiver: { 'point.winner': 50, 'error.serve': 4, 'error.rally': 46 },
  between: 60,
  pause: 0,
  isNamed: false,
  timeout: 60,
  beside: { let: { chance: 0.02, hasSide: false } },
}
const PICKLEBALL: Court = {
  served: 0.46,
  rally: [15, 30],
  byServer: { 'rally.winner': 42, 'rally.ace': 3, 'error.net': 28, 'error.out': 27 },
  byReceiver: { 'rally.winner': 44, 'error.serve': 7, 'error.net': 26, 'error.out': 20, 'error.kitchen': 3 },
  between: 120,
  pause: 0,
  isNamed: true,
  timeout: 60,
  beside: { let: { chance: 0.006, hasSide: false } },
}

interface Shown {
  server: Side | null
  asksServer: boolean
  setPoint: unknown
  matchPoint: unknown
  changeEnds: boolean
  pause: string | null
  points: Record<Side, string>
  timeouts: Record<Side, number>
  timeoutsAllowed: number
}
const shown = ({ pen }: Scene) => pen.game().detail as unknown as Shown

interface Play extends Scene {
  court: Court
  /** Rallies won in a row, and whose. */
  row: { side: Side; n: number }
}

const told =
  (court: Court): Storyteller =>
  scene => {
    const { pen, random } = scene
    const play: Play = { ...scene, court, row: { side: 'home', n: 0 } }
    while (pen.game().status !== 'final') {
      if (shown(play).asksServer) pen.write({ kind: 'server', side: random.pick(SIDES) })
      const sets = pen.game().score
      pen.wait(random.seconds(...court.rally))
      rally(play)
      const { score, status } = pen.game()
      if (status === 'final') return
      if (score.home + score.away > sets.home + sets.away) {
        play.row = { side: 'home', n: 0 }
        pen.wait(1000 * court.between)
      } else besides(play)
    }
  }

function rally(play: Play): void {
  const { pen, random, cast, court, row } = play
  const { server, setPoint } = shown(play)
  const serving = server ?? 'home'
  const edge = court.served * (cast[serving].strength / cast[other(serving)].strength) ** 0.45
  const side = random.chance(edge) ? serving : other(serving)
  play.row = row.side === side ? { side, n: row.n + 1 } : { side, n: 1 }
  const [kind = 'point', how] = random.weighed(side === serving ? court.byServer : court.byReceiver).split('.')
  const of = kind === 'error' ? other(side) : side
  const player = court.isNamed && random.chance(0.85) ? somebody(cast[of], random, 7) : undefined
  const stroke: Stroke = { kind, side, ...(player ? { player } : {}), ...(how ? { data: { how } } : {}) }
  if (setPoint || !random.chance(0.008)) {
    pen.write(stroke)
    return
  }
  // The wrong key, put right before the next service.
  const id = pen.write({ kind, side: other(side) })
  pen.wait(random.seconds(2, 5))
  pen.write({ ...stroke, replaces: id })
}

/** Between two rallies of a set. */
function besides(play: Play): void {
  const { pen, random, cast, court, row } = play
  const { changeEnds, pause, timeouts, timeoutsAllowed, points } = shown(play)
  if (pause) pen.wait(1000 * court.pause)
  else if (changeEnds) pen.wait(random.seconds(15, 25))
  const losing = other(row.side)
  const isPressed = row.n >= 4 && Number(points[losing]) < Number(points[row.side])
  if (court.timeout && !pause && isPressed && timeouts[losing] < timeoutsAllowed && random.chance(0.35)) {
    pen.write({ kind: 'timeout', side: losing })
    pen.wait(1000 * court.timeout)
    play.row = { side: row.side, n: 0 }
  }
  if (court.bench && Number(points.home) + Number(points.away) > 20 && random.chance(0.05)) {
    const side = random.pick(SIDES)
    const { substitutions, substitutionsAllowed } = pen.game().detail as {
      substitutions: Record<Side, number>
      substitutionsAllowed: number
    }
    const player = random.pick(cast[side].players.slice(...court.bench))
    if (substitutions[side] < substitutionsAllowed) pen.write({ kind: 'substitution', side, player })
  }
  for (const [kind, { chance, hasSide, data }] of Object.entries(court.beside ?? {})) {
    if (!random.chance(chance)) continue
    pen.wait(random.seconds(6, 20))
    pen.write({ kind, ...(hasSide ? { side: random.pick(SIDES) } : {}), ...(data ? { data: random.pick(data) } : {}) })
  }
}

export const tellVolleyball = told(VOLLEYBALL)
export const tellBeachVolleyball = told(BEACH)
export const tellBadminton = told(BADMINTON)
export const tellTableTennis = told(TABLE_TENNIS)
export const tellPickleball = told(PICKLEBALL)
