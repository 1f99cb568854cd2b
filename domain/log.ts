import type { LoggedPlay } from './play.ts'

export type Correction = Pick<LoggedPlay, 'seq' | 'kind' | 'voids' | 'replaces'>
export interface Displaced {
  voidedBy?: number
  replacedBy?: number
}

export const isCorrection = (play: Correction) => play.voids !== undefined || play.replaces !== undefined

/**
 * Which plays no longer count, and why. A void takes one play out; a void of a void brings it back. A replacement is a newer form of the
 * play it replaces: of all forms of a play the newest that is not voided counts, in the place of the first. So a log with a void in it
 * always reads like the log without the voided play.
 *
 * @param corrections the game's voids and replacements in order of arrival
 */
export function displacedBy(corrections: readonly Correction[]): Map<number, Displaced> {
  const displaced = new Map<number, Displaced>()
  const mark = (seq: number, by: Displaced) => displaced.set(seq, { ...displaced.get(seq), ...by })
  const forms = formsOf(corrections)
  // A correction can only refer to an earlier play, so backwards each one is settled before its target is looked at.
  for (let i = corrections.length - 1; i >= 0; i--) {
    const play = corrections[i] as Correction
    const own = displaced.get(play.seq)
    if (play.replaces !== undefined && own?.voidedBy === undefined) {
      for (const earlier of forms.get(play.seq) ?? []) if (earlier < play.seq) mark(earlier, { replacedBy: play.seq })
    }
    if (play.voids !== undefined && own === undefined) mark(play.voids, { voidedBy: play.seq })
  }
  return displaced
}

/** The newest form of a play that still stands, or the play itself: what "replace it" means to someone who saw an older form. */
export function newestForm(seq: number, corrections: readonly Correction[], displaced: ReadonlyMap<number, Displaced>): number {
  const forms = formsOf(corrections).get(seq) ?? [seq]
  for (let i = forms.length - 1; i >= 0; i--) {
    const form = forms[i] as number
    if (displaced.get(form)?.voidedBy === undefined) return form
  }
  return seq
}

/** For each play that was ever replaced, and each replacement: all forms of that play, oldest first. One shared list per play. */
function formsOf(corrections: readonly Correction[]): Map<number, number[]> {
  const forms = new Map<number, number[]>()
  for (const play of corrections) {
    if (play.replaces === undefined) continue
    const list = forms.get(play.replaces) ?? [play.replaces]
    list.push(play.seq)
    forms.set(play.replaces, list)
    forms.set(play.seq, list)
  }
  return forms
}
