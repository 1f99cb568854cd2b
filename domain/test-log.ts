import { append, emptyHead, type Head, workOn } from './append.ts'
import { view } from './fold.ts'
import type { GameState } from './game.ts'
import { withIds } from './people.ts'
import type { LoggedPlay, PlayInput } from './play.ts'
import { checkPlay, playEnvelope } from './schema.ts'
import type { Refusal, Sport } from './sport.ts'

export type TestPlay = Omit<Partial<PlayInput>, 'voids' | 'replaces' | 'before'> & {
  kind: string
  voids?: number
  replaces?: number
  before?: number
  /** Seconds after the play before; 1 unless given. */
  after?: number
}

/** For tests: a log written as the server writes it, play by play, with a clock of its own. */
export class TestLog {
  readonly sport: Sport
  readonly rules: unknown
  readonly head: Head
  readonly plays: LoggedPlay[] = []
  private nowMs = Date.UTC(2030, 0, 5, 18)

  constructor(sport: Sport, rules: unknown = sport.packs[0]?.values) {
    this.sport = sport
    this.rules = rules
    this.head = emptyHead(sport, rules)
  }

  /** The same log, to be written on in another way. */
  fork(): TestLog {
    const fork = new TestLog(this.sport, this.rules)
    Object.assign(fork.head, workOn(this.head))
    fork.plays.push(...this.plays)
    fork.nowMs = this.nowMs
    return fork
  }

  /** What became of a play: the log entry, or why it was refused. */
  try({ voids, replaces, before, after = 1, ...rest }: TestPlay): LoggedPlay | Refusal {
    this.nowMs += after * 1000
    const input: PlayInput = { id: `test-${String(this.head.seq + 1).padStart(5, '0')}`, ...rest }
    const at = new Date(this.nowMs).toISOString()
    const outcome = append(this.sport, this.rules, this.head, { input, at, playerId: input.playerId, voids, replaces, before })
    if ('needs' in outcome) throw new Error(`play ${outcome.needs} is not in the window`)
    if ('refuse' in outcome) return outcome
    this.plays.push(outcome.play)
    return outcome.play
  }

  /** Adds plays that must be accepted; the seq of the last one. */
  add(...plays: (TestPlay | string)[]): number {
    for (const play of plays) {
      const outcome = this.try(typeof play === 'string' ? { kind: play } : play)
      if ('refuse' in outcome) throw new Error(`${JSON.stringify(play)}: ${outcome.refuse}`)
    }
    return this.head.seq
  }

  /** Plays as a feed sends them: checked by their schemas, references by id. */
  send(inputs: readonly PlayInput[]): void {
    const seqOf = (reference: number | string | undefined) =>
      typeof reference === 'string' ? this.plays.find(play => play.id === reference)?.seq : reference
    for (const input of inputs) {
      const checked = checkPlay(this.sport, playEnvelope.parse(input))
      if (!checked.ok) throw new Error(`${JSON.stringify(input)}: ${checked.error.message}`)
      const { voids, replaces, before, player, ...rest } = checked.play
      const playerId = player ?? rest.playerId
      // A typed name stands for its own id.
      const data = withIds(this.sport, rest, ({ who }) => ('id' in who ? who.id : who.name))
      this.add({ ...rest, data, playerId, voids: seqOf(voids), replaces: seqOf(replaces), before: seqOf(before) })
    }
  }

  /** Why a play is refused; null if it is not. */
  refusal(play: TestPlay | string): string | null {
    const outcome = this.try(typeof play === 'string' ? { kind: play } : play)
    return 'refuse' in outcome ? outcome.refuse : null
  }

  game(): GameState {
    return view(this.sport, this.rules, this.head.fold)
  }

  marks(seq: number) {
    return this.head.marks.get(seq) ?? {}
  }
}
