import { append, emptyHead } from '#domain/append.ts'
import { view } from '#domain/fold.ts'
import type { GameState } from '#domain/game.ts'
import { withIds } from '#domain/people.ts'
import { other, type PlayInput } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'

/** A play as it is written down; its number becomes its id. A correction names the id of an earlier one. */
export type Stroke = Omit<PlayInput, 'id' | 'before' | 'voids' | 'replaces'> & { voids?: string; replaces?: string }

/** A play and when it is made, in milliseconds after the scheduled start; before it where negative. */
export interface Moment {
  atMs: number
  play: PlayInput
}

/** Writes a game ahead of its time, play by play, on a log of the real sport: what the rules refuse cannot be written. */
export interface Pen {
  /** Writes a play now and answers its id. */
  write(stroke: Stroke): string
  /** Writes a play that much later, while the story goes on: how a scorer comes to correct something. */
  later(ms: number, stroke: Stroke): void
  wait(ms: number): void
  /** Writes at once what is still to come later. */
  settle(): void
  nowMs(): number
  game(): GameState
  moments(): Moment[]
}

/** @param fromMs when the first play may be made, in milliseconds after the scheduled start */
export function createPen(sport: Sport, rules: unknown, fromMs = 0): Pen {
  const head = emptyHead(sport, rules)
  const seqs = new Map<string, number>()
  const moments: Moment[] = []
  let waiting: { at: number; stroke: Stroke }[] = []
  let now = fromMs
  let seen: { fold: unknown; game: GameState } | null = null

  function put(stroke: Stroke): string {
    const play: PlayInput = { id: `demo-${String(moments.length + 1).padStart(4, '0')}`, ...stroke }
    const data = withIds(sport, play, ({ side, who }) => ('id' in who ? who.id : `${side} ${who.name}`))
    const outcome = append(sport, rules, head, {
      input: { ...play, data },
      at: new Date(Date.UTC(2030, 0, 1) + now).toISOString(),
      // The server gives every name of a side one id; here the name itself will do.
      playerId: stroke.player && `${sideOfPlayer(stroke)} ${stroke.player}`,
      voids: seqOf(stroke.voids),
      replaces: seqOf(stroke.replaces),
    })
    if (!('play' in outcome)) throw new Error(`${sport.id}: ${JSON.stringify(stroke)} is refused: ${JSON.stringify(outcome)}`)
    seqs.set(play.id, outcome.play.seq)
    moments.push({ atMs: now, play })
    return play.id
  }
  const sideOfPlayer = ({ kind, side }: Stroke) => (side && sport.kinds[kind]?.playerSide === 'other' ? other(side) : side)
  const seqOf = (id: string | undefined) => (id === undefined ? undefined : seqs.get(id))

  /** What waits until then, each in its own moment. */
  function release(until: number): void {
    for (;;) {
      const due = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!due) return
      waiting = waiting.filter(entry => entry !== due)
      now = Math.max(now, Math.min(due.at, until))
      put(due.stroke)
    }
  }

  return {
    write: put,
    later: (ms, stroke) => void waiting.push({ at: now + ms, stroke }),
    wait(ms) {
      const until = now + Math.round(ms)
      release(until)
      now = until
    },
    settle() {
      for (const { stroke } of waiting.splice(0).sort((a, b) => a.at - b.at)) put(stroke)
    },
    nowMs: () => now,
    game() {
      if (seen?.fold !== head.fold) seen = { fold: head.fold, game: view(sport, rules, head.fold) }
      return seen.game
    },
    moments: () => moments,
  }
}
