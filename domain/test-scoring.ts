import type { Field } from './fields.ts'
import { hasEnded } from './fold.ts'
import { type LoggedPlay, SIDES } from './play.ts'
import type { Action, Sport } from './sport.ts'
import { TestLog, type TestPlay } from './test-log.ts'

const CORRECTIONS = 0.2
/** Where a game that ends itself is broken off, so that a long one does not take all the time. */
const MOST_PLAYS = 240
const MOST_PERIODS = 9

/** The same numbers for the same seed (mulberry32). */
export class Dice {
  private state: number
  constructor(seed: number) {
    this.state = seed
  }
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  below(n: number): number {
    return Math.floor(this.next() * n)
  }
  chance(share: number): boolean {
    return this.next() < share
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}

function valueFor(field: Field, dice: Dice): unknown {
  switch (field.type) {
    case 'int':
      return field.min + dice.below(Math.min(field.max - field.min, 8) + 1)
    case 'text':
      return 'Rain'
    case 'flag':
      return dice.chance(0.5)
    case 'choice':
      return dice.of(field.options)
    case 'side':
      return dice.of(SIDES)
    case 'player':
      return `player-${dice.below(24)}`
    case 'time':
      return null
    case 'score':
      return { home: dice.below(5), away: dice.below(5) }
  }
}

/** For tests: a game being scored by somebody who knows the keys and makes mistakes, a fifth of all plays. */
export class Scoring {
  readonly log: TestLog
  readonly dice: Dice
  readonly sport: Sport
  corrections = 0
  /** How much of it is the home side's. */
  private readonly lean: number

  private readonly least: number
  private readonly most: number
  private readonly offered = new Map<string | null, readonly Action[]>()

  /** @param taps in each period under a clock, so many at least and at most */
  constructor(sport: Sport, seed: number, [least, most] = [6, 27]) {
    this.sport = sport
    this.least = least
    this.most = most
    this.dice = new Dice(seed)
    this.log = new TestLog(sport, this.dice.of(sport.packs).values)
    this.lean = 0.25 + this.dice.next() / 2
  }

  get isOver(): boolean {
    return hasEnded(this.sport, this.log.rules, this.log.head.fold)
  }

  play(): void {
    if (this.sport.timed) this.playPeriods()
    else while (!this.isOver && this.log.plays.length < MOST_PLAYS) this.deed()
    if (!this.isOver) this.log.add({ kind: 'gameEnd' })
    for (let i = 0; i < 4; i++) this.correct({ kind: 'note', data: { text: 'Looked at again' } })
  }

  private playPeriods(): void {
    const { dice, log } = this
    for (let n = 1; n <= MOST_PERIODS && !this.isOver; n++) {
      if (log.refusal('periodStart') !== null) break
      log.try({ kind: 'clockStart' })
      for (let left = this.least + dice.below(this.most - this.least + 1); left > 0 && !this.isOver; left--) {
        if (dice.chance(0.08)) log.try({ kind: dice.of(['clockStop', 'clockStart']) })
        this.deed()
      }
      if (!this.isOver) log.try({ kind: 'periodEnd' })
      const { score } = log.game()
      const isRegulation = n < (this.sport.timed?.regulation(log.rules as never) ?? 1)
      if (!isRegulation && (score.home !== score.away || dice.chance(0.3))) break
    }
  }

  private deed(): void {
    const play = this.tap()
    if (this.dice.chance(CORRECTIONS)) this.correct(play)
    else this.try(play)
  }

  /** A refusal must leave no trace. */
  private try(play: TestPlay): LoggedPlay | null {
    const { head, plays } = this.log
    const [fold, seq, length] = [head.fold, head.seq, plays.length]
    const outcome = this.log.try(play)
    if (!('refuse' in outcome)) return outcome
    if (head.fold !== fold || head.seq !== seq || plays.length !== length)
      throw new Error(`A refused "${play.kind}" left a trace: ${outcome.refuse}`)
    return null
  }

  private correct(play: TestPlay): void {
    const { dice, log } = this
    const { length } = log.plays
    if (length === 0) return
    // What was just written is corrected most.
    const target = dice.chance(0.7) ? Math.max(1, length - dice.below(12)) : 1 + dice.below(length)
    const way = dice.of(['void', 'replace', 'insert'] as const)
    const made = this.try(
      way === 'void'
        ? { kind: 'void', voids: target }
        : { ...play, [way === 'replace' ? 'replaces' : 'before']: target, period: undefined },
    )
    if (made) this.corrections += 1
  }

  private tap(): TestPlay {
    const { dice, log, sport } = this
    const active = sport.activeSide?.(sport.detail(log.head.fold.sport as never, log.rules as never))
    return this.send(dice.of(this.keys()), active ?? (dice.chance(this.lean) ? 'home' : 'away'))
  }

  /** The keys on offer in the period under way, the large ones more often. */
  private keys(): readonly Action[] {
    const { rules, head } = this.log
    const kind = this.sport.timed?.period(head.fold.period, rules as never)?.kind ?? null
    const known = this.offered.get(kind)
    if (known) return known
    const offered = this.sport.actions(rules as never).filter(({ during }) => !during || kind === null || during.includes(kind))
    const keys = offered.flatMap(one => Array.from({ length: one.size * one.size }, () => one))
    this.offered.set(kind, keys)
    return keys
  }

  private send(action: Action, by: 'home' | 'away'): TestPlay {
    const { dice, sport } = this
    const kind = sport.kinds[action.kind]
    const fields = Object.entries(kind?.data ?? {}).filter(([, { optional }]) => !optional || dice.chance(0.3))
    return {
      kind: action.kind,
      side: kind?.side === 'none' ? undefined : action.creditsOther ? (by === 'home' ? 'away' : 'home') : by,
      points: action.points ?? (kind?.points ? kind.points.min + dice.below(kind.points.max - kind.points.min + 1) : undefined),
      playerId: kind?.player && dice.chance(0.7) ? `player-${dice.below(24)}` : undefined,
      data: { ...Object.fromEntries(fields.map(([key, field]) => [key, valueFor(field, dice)])), ...action.data },
      after: dice.below(50),
    }
  }
}
