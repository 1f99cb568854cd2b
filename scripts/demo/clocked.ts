import { attempt, isSettled, NO_SHOTS, upNext } from '#domain/parts/shootout.ts'
import { other, type PlayData, type Side } from '#domain/play.ts'
import {
  available,
  closePeriod,
  createGround,
  type Ground,
  isLevel,
  leftMs,
  onField,
  openPeriod,
  playedMs,
  run,
  say,
  shown,
  startClock,
  stopClock,
} from './ground.ts'
import type { Stroke } from './pen.ts'
import type { Storyteller } from './story.ts'

const MINUTE = 60_000

/** Something that has just been written down. */
export interface Told {
  ground: Ground
  side: Side
  player: string
  /** How often this player has done it. */
  times: number
}

/** What may come of an attack, or of some seconds of play; its name in the sheet is its kind. */
export interface Happening {
  /** How often, beside the others. */
  weight: number
  /** It is the defenders' doing: a save, a foul. */
  of?: 'other'
  /** The better side has more of it, and whoever is a player up. */
  isEarned?: true
  /** The same side goes on attacking. */
  keeps?: true
  /** Seconds the clock stands. */
  stops?: readonly [least: number, most: number]
  /** Whose name it is: those of the squad from and to; nobody's where null. */
  by?: readonly [from: number, to: number] | null
  who?(ground: Ground, side: Side): string | undefined
  points?: number
  data?(ground: Ground, side: Side, player: string): PlayData
  /** Minutes off the field. */
  off?: number
  if?(ground: Ground, side: Side): boolean
  /** What follows at once. */
  follow?(told: Told): void
}

/** How a sport under a clock is told. */
export interface Sheet {
  /** Seconds of play from one thing worth writing down to the next. */
  every: readonly [least: number, most: number]
  /** The sides attack in turn. */
  inTurn?: true
  happenings: Readonly<Record<string, Happening>>
  /** Weight of nothing. */
  nothing: number
  /** Minutes of the breaks; the last one again for all that follow. */
  breaks: readonly number[]
  /** Players who take part from the start, the goalkeeper apart. */
  field: number
  /** Seconds a period may go beyond its time. */
  beyond?: number
  /** Level games go on: overtime, in which the first score decides, and a shoot-out where the rules have one. */
  isDecided?: true
  shots?: { chance: number; series: string; of(isScored: boolean): Pick<Stroke, 'kind' | 'data'>; swaps?: true }
  opens?(ground: Ground): void
  /** Looked at before each thing that happens. */
  before?(ground: Ground): void
}

/** Tells a game of any sport under a clock by its sheet. */
export const clocked =
  (sheet: Sheet): Storyteller =>
  scene => {
    const ground = createGround(scene)
    const { pen, random } = scene
    for (let n: number | null = 1; n !== null; ) {
      openPeriod(ground, n)
      if (ground.kind === 'shootout') takeShots(ground, sheet)
      else playPeriod(ground, sheet)
      if (pen.game().status === 'final') return
      closePeriod(ground)
      const before: number = n
      n = nextPeriod(ground, sheet)
      if (n !== null) pen.wait((sheet.breaks[before - 1] ?? sheet.breaks.at(-1) ?? 2) * MINUTE)
    }
    pen.wait(random.seconds(4, 20))
    pen.write({ kind: 'gameEnd' })
  }

function nextPeriod(ground: Ground, sheet: Sheet): number | null {
  const { period, sport, rules } = ground
  const timed = sport.timed
  if (!timed || ground.kind === 'shootout') return null
  const n = timed.next ? timed.next(period, rules)[0] : period + 1
  if (period < timed.regulation(rules)) return n ?? null
  return sheet.isDecided && isLevel(ground) && n !== undefined && timed.period(n, rules) ? n : null
}

function playPeriod(ground: Ground, sheet: Sheet): void {
  const { pen, random, sport, rules } = ground
  const isSudden = ground.period > (sport.timed?.regulation(rules) ?? 0)
  const beyondMs = sheet.beyond && !isSudden ? random.seconds(0, sheet.beyond) : 0
  const isOver = () => ground.goneMs >= ground.lengthMs + beyondMs || (isSudden && !isLevel(ground)) || pen.game().status === 'final'
  sheet.opens?.(ground)
  startClock(ground)
  let side: Side = random.pick(['home', 'away'])
  for (;;) {
    run(ground, Math.min(random.seconds(...sheet.every), ground.lengthMs + beyondMs - ground.goneMs))
    if (isOver()) return
    sheet.before?.(ground)
    if (!sheet.inTurn) side = whoAttacks(ground)
    const keeps = happen(ground, sheet, side)
    if (isOver()) return
    if (!keeps) side = other(side)
  }
}

/** Players a side has more than the other. */
function advantage({ pen }: Ground, side: Side): number {
  const short = (of: Side) => ((pen.game().detail.timers as { side: Side }[] | undefined) ?? []).filter(timer => timer.side === of).length
  return Math.max(-1, Math.min(1, short(other(side)) - short(side)))
}

function whoAttacks(ground: Ground): Side {
  const { random, cast } = ground
  const { home, away } = cast
  return random.chance((0.52 * home.strength) / away.strength + 0.18 * advantage(ground, 'home')) ? 'home' : 'away'
}

/** One attack; whether the same side goes on. */
function happen(ground: Ground, sheet: Sheet, attacking: Side): boolean {
  const { random, cast } = ground
  const strength = (cast[attacking].strength / cast[other(attacking)].strength) ** 1.2
  const up = advantage(ground, attacking)
  const sideOf = ({ of }: Happening) => (of ? other(attacking) : attacking)
  const weights: Record<string, number> = { '': sheet.nothing }
  for (const [kind, one] of Object.entries(sheet.happenings)) {
    if (one.if && !one.if(ground, sideOf(one))) continue
    weights[kind] = one.isEarned ? one.weight * strength * (1 + 0.5 * up) : one.weight
  }
  const kind = random.weighed(weights)
  const one = sheet.happenings[kind]
  if (!one) return false
  tell(ground, sheet, kind, one, sideOf(one))
  return one.keeps === true
}

function tell(ground: Ground, sheet: Sheet, kind: string, one: Happening, side: Side): void {
  const { pen, random } = ground
  const [from, to] = one.by ?? [0, sheet.field]
  const player = one.who ? one.who(ground, side) : onField(ground, side, from, to)
  if (player === undefined) return
  const isNamed = one.by !== null && (one.isEarned || one.who || one.off !== undefined || random.chance(0.8))
  const data = one.data?.(ground, side, player) ?? {}
  const stroke: Stroke = {
    kind,
    side,
    ...(isNamed ? { player } : {}),
    ...(one.points ? { points: one.points } : {}),
    ...(Object.keys(data).length > 0 ? { data } : {}),
  }
  const id = say(ground, stroke)
  const someone = `${side} ${player}`
  const times = (ground.counts.get(`${kind} ${someone}`) ?? 0) + 1
  ground.counts.set(`${kind} ${someone}`, times)
  if (one.off !== undefined) ground.off.set(someone, playedMs(ground) + one.off * MINUTE)
  const isRegular = ground.period <= (ground.sport.timed?.regulation(ground.rules) ?? 0)
  const rather = onField(ground, side, from, to)
  const isElse = rather !== player && !JSON.stringify(data).includes(rather)
  // The wrong number was read off a shirt.
  if (one.isEarned && isNamed && isRegular && !one.follow && isElse && random.chance(0.04)) {
    pen.later(random.seconds(15, 40), { ...stroke, period: ground.period, clockMs: shown(ground), player: rather, replaces: id })
  }
  one.follow?.({ ground, side, player, times })
  if (one.stops && leftMs(ground) > 0 && pen.game().status !== 'final') stopClock(ground, random.seconds(...one.stops))
}

/** In turn, until what is left cannot change it. */
function takeShots(ground: Ground, { shots }: Sheet): void {
  const { pen, random, rules } = ground
  if (!shots) return
  const series = rules[shots.series] as number
  const first: Side = random.pick(['home', 'away'])
  const shooters = { home: available(ground, 'home'), away: available(ground, 'away') }
  for (let now = NO_SHOTS; !isSettled(now, series); ) {
    const side = upNext(now, series, shots.swaps) ?? first
    pen.wait(random.seconds(32, 50))
    const isScored = random.chance(shots.chance)
    const player = shooters[side].shift() ?? onField(ground, side)
    say(ground, { ...shots.of(isScored), side, player })
    now = attempt(now, side, isScored)
  }
}
