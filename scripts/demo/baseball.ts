import { other, type Side } from '#domain/play.ts'
import type { Stroke } from './pen.ts'
import type { Scene, Storyteller } from './story.ts'

const MINUTE = 60_000
const BATTERS = 9
/** Pitchers stand behind the batters in a squad. */
const PITCHERS = [9, 10, 11] as const

const PITCHES = { ball: 36, strike: 25, foul: 17, inPlay: 21.4, hitByPitch: 0.6 } as const
const IN_PLAY = { out: 55, single: 25, double: 8, triple: 1, homeRun: 3.5, error: 3.5, fieldersChoice: 2, sacrifice: 2 } as const

/** What the sport shows beside the score. */
interface Board {
  outs: number
  balls: number
  strikes: number
  bases: [boolean, boolean, boolean] | null
  batting: Side
  between: boolean
}

interface Diamond extends Scene {
  upNext: Record<Side, number>
  pitcher: Record<Side, number>
}

/** A game of baseball, pitch by pitch; it ends by its own rules. */
export const tellBaseball: Storyteller = scene => {
  const { pen, random } = scene
  const diamond: Diamond = { ...scene, upNext: { home: 0, away: 0 }, pitcher: { home: 0, away: 0 } }
  const isRainy = random.chance(0.06)
  let halves = 0
  while (pen.game().status !== 'final') {
    if (board(diamond).between || halves === 0) {
      halves += 1
      if (halves > 1) pen.wait(random.seconds(90, 125))
      changePitcher(diamond, halves)
      if (isRainy && halves === 6) rain(diamond)
    }
    atBat(diamond)
  }
}

const board = ({ pen }: Scene) => pen.game().detail as unknown as Board

function rain({ pen }: Diamond): void {
  pen.write({ kind: 'status', data: { status: 'suspended', reason: 'rain' } })
  pen.wait(8 * MINUTE)
  pen.write({ kind: 'status', data: { status: 'live' } })
}

function changePitcher(diamond: Diamond, halves: number): void {
  const { pen, random, cast, pitcher } = diamond
  const side = other(board(diamond).batting)
  if (halves < 7 || pitcher[side] >= PITCHERS.length - 1 || !random.chance(0.3)) return
  pitcher[side] += 1
  const player = cast[side].players[PITCHERS[pitcher[side]] ?? 9]
  pen.write({ kind: 'pitchingChange', side, player })
  pen.wait(random.seconds(40, 60))
}

/** One batter, until the turn is over or the side is out on the bases. */
function atBat(diamond: Diamond): void {
  const { pen, random, cast, rules, upNext } = diamond
  const side = board(diamond).batting
  const player = cast[side].players[upNext[side] % BATTERS]
  pen.wait(random.seconds(7, 13))
  for (let pitch = 0; ; pitch++) {
    pen.wait(random.seconds(10, 17))
    if (pitch > 0 && onTheBases(diamond, side)) {
      if (board(diamond).between || pen.game().status === 'final') return
      continue
    }
    const { balls, strikes } = board(diamond)
    const what = random.weighed(PITCHES)
    const end = ((): Stroke | null => {
      if (what === 'ball') return balls + 1 < (rules.balls as number) ? null : { kind: 'walk', side, player }
      if (what === 'strike') return strikes + 1 < (rules.strikes as number) ? null : { kind: 'strikeout', side, player }
      if (what === 'inPlay') return inPlay(diamond, side, player)
      return what === 'hitByPitch' ? { kind: 'hitByPitch', side, player } : null
    })()
    if (end) {
      upNext[side] += 1
      finish(diamond, end)
      return
    }
    pen.write({ kind: what, side })
  }
}

/** An error that the scorer first takes for a hit is put right a little later. */
function finish({ pen, random }: Diamond, end: Stroke): void {
  if (end.kind !== 'error' || !random.chance(0.3)) {
    pen.write(end)
    return
  }
  const id = pen.write({ ...end, kind: 'single' })
  if (pen.game().status === 'final') return
  pen.wait(random.seconds(5, 9))
  pen.write({ ...end, replaces: id })
}

function inPlay(diamond: Diamond, side: Side, player: string | undefined): Stroke {
  const { random, cast } = diamond
  const { outs, bases } = board(diamond)
  const [first, second, third] = bases ?? [false, false, false]
  const isBetter = cast[side].strength > cast[other(side)].strength
  const kind = random.weighed({ ...IN_PLAY, single: IN_PLAY.single + (isBetter ? 2 : -2) })
  const play = { side, player }
  if (kind === 'out' && first && outs < 2 && random.chance(0.2)) return { kind, ...play, data: { outs: 2 } }
  if (kind === 'sacrifice' && (!third || outs >= 2)) return { kind: 'out', ...play }
  if (kind === 'fieldersChoice' && !first) return { kind: 'out', ...play }
  // From second the runner comes home on many a single; not said where that would end the game, which has a rule of its own.
  if (kind === 'single' && second && random.chance(0.6) && !mayEnd(diamond, side)) {
    return { kind, ...play, data: { runs: third ? 2 : 1, bases: first ? '12' : '1' } }
  }
  return { kind, ...play }
}

function mayEnd({ pen, rules }: Diamond, side: Side): boolean {
  const { period, score } = pen.game()
  return side !== rules.battingFirst && (period?.number ?? 1) >= (rules.innings as number) - 2 && score[side] + 4 > score[other(side)]
}

/** Now and then something happens without the batter; true when it did. */
function onTheBases(diamond: Diamond, side: Side): boolean {
  const { pen, random } = diamond
  const { bases } = board(diamond)
  if (!bases) return false
  const [first, second, third] = bases
  if (first && !second && !third && random.chance(0.025)) {
    pen.write(random.chance(0.7) ? { kind: 'stolenBase', side } : { kind: 'caughtStealing', side })
    return true
  }
  if ((first || second) && !third && random.chance(0.006)) {
    pen.write({ kind: 'wildPitch', side })
    return true
  }
  return false
}
