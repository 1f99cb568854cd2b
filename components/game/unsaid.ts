import { onlyAdds } from '#domain/addition.ts'
import type { LoggedPlay } from '#domain/play.ts'

/** By the seq of a play that is not told, the form of it that is. */
export type Unsaid = ReadonlyMap<number, number>

/**
 * Plays of which another form only says more (who it was), and what took such a form back: a reader is told the play once, with all that is
 * known of it, and nothing that looks like a correction. The value is the form that is told instead.
 */
export function unsaidOf(plays: readonly LoggedPlay[], displaced: ReadonlyMap<number, unknown>): Unsaid {
  const bySeq = new Map(plays.map(play => [play.seq, play]))
  const unsaid = new Map<number, number>()
  for (const play of plays) {
    const older = play.replaces === undefined ? undefined : bySeq.get(play.replaces)
    if (!older || !onlyAdds(older, play)) continue
    // Where only the addition was taken back, the bare play is what is left to tell.
    if (displaced.has(older.seq)) unsaid.set(older.seq, play.seq)
    else if (displaced.has(play.seq)) unsaid.set(play.seq, older.seq)
  }
  for (const { kind, seq, voids } of plays) {
    if (kind === 'void' && voids !== undefined && unsaid.has(voids)) unsaid.set(seq, voids)
  }
  return unsaid
}

/** The form of a play that is told: the one that says most. */
export function toldFor(seq: number, unsaid: Unsaid): number {
  const next = unsaid.get(seq)
  return next !== undefined && next > seq ? toldFor(next, unsaid) : seq
}
