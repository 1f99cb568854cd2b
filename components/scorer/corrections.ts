import type { FoldedPlay } from '#domain/replay.ts'

/** A play that was voided, replaced or ignored counts for nothing. */
export const stands = ({ marks }: Pick<FoldedPlay, 'marks'>) =>
  marks.voidedBy === undefined && marks.replacedBy === undefined && marks.ignored === undefined

/** The form of a play that stands now, whatever has replaced it since; null for one that counts no more. */
export function newestForm<R extends FoldedPlay>(rows: readonly R[], id: string): R | null {
  let row = rows.find(({ play }) => play.id === id)
  for (let hops = 0; row?.marks.replacedBy !== undefined && hops < rows.length; hops += 1) {
    const { replacedBy } = row.marks
    row = rows.find(({ play }) => play.seq === replacedBy)
  }
  return row && stands(row) ? row : null
}

/** All forms of one play, the play itself included: what replaced it and what it replaced. */
function formsOf(rows: readonly FoldedPlay[], seq: number): FoldedPlay[] {
  const seqs = new Set([seq])
  const byArrival = [...rows].sort((a, b) => a.play.seq - b.play.seq)
  for (let before = 0; before !== seqs.size; ) {
    before = seqs.size
    for (const { play } of byArrival) {
      if (play.replaces === undefined) continue
      if (seqs.has(play.replaces) || seqs.has(play.seq)) seqs.add(play.seq).add(play.replaces)
    }
  }
  return byArrival.filter(({ play }) => seqs.has(play.seq))
}

/**
 * What to void so that a play counts no more, in any of its forms: of a replaced play the older form would come back. Plays made by one tap
 * are taken back by one.
 */
export function voidsOf(rows: readonly FoldedPlay[], target: FoldedPlay): string[] {
  const isVoided = ({ marks }: FoldedPlay) => marks.voidedBy !== undefined
  return [target, ...madeWith(rows, target)]
    .flatMap(row => formsOf(rows, row.play.seq).filter(form => !isVoided(form)))
    .map(form => form.play.id)
}

/** What to void so that a voided play counts again: every void of every form of it. */
export function bringsBack(rows: readonly FoldedPlay[], target: FoldedPlay): string[] {
  const seqs = new Set([target, ...madeWith(rows, target)].flatMap(row => formsOf(rows, row.play.seq)).map(form => form.play.seq))
  return rows
    .filter(row => row.play.kind === 'void' && row.marks.voidedBy === undefined && seqs.has(row.play.voids ?? -1))
    .map(row => row.play.id)
}

const ONE_TAP_MS = 50

/** The start of a period and of its clock come from one key. */
function madeWith(rows: readonly FoldedPlay[], { play }: FoldedPlay): FoldedPlay[] {
  const step = play.kind === 'clockStart' ? { kind: 'periodStart', seq: play.seq - 1 } : { kind: 'clockStart', seq: play.seq + 1 }
  if (play.kind !== 'clockStart' && play.kind !== 'periodStart') return []
  return rows.filter(
    row =>
      row.play.seq === step.seq &&
      row.play.kind === step.kind &&
      senderOf(row.play.id) === senderOf(play.id) &&
      Math.abs(Date.parse(row.play.at) - Date.parse(play.at)) <= ONE_TAP_MS,
  )
}
const senderOf = (id: string) => id.slice(id.lastIndexOf('-'))

type Owned = FoldedPlay & { isMine: boolean }

/** The clock's own plays have their own way back, beside its key: a whistle must not stand between a scorer and a wrong basket. */
const CLOCK: ReadonlySet<string> = new Set(['clockStart', 'clockStop', 'clockSet'])

/** The play that Undo takes back: this device's newest that stands, or anybody's where this device has none. */
export function undoTarget<R extends Owned>(rows: readonly R[]): R | null {
  const newest = newestFirst(rows).filter(row => row.play.kind !== 'void' && !CLOCK.has(row.play.kind) && stands(row))
  return newest.find(row => row.isMine) ?? newest[0] ?? null
}

/** What this device did to the clock last, as long as it has done nothing since. */
export function clockTarget<R extends Owned>(rows: readonly R[]): R | null {
  const last = newestFirst(rows).find(row => row.isMine)
  const isOwn = last && CLOCK.has(last.play.kind) && stands(last) && madeWith(rows, last).length === 0
  return isOwn ? last : null
}

/** The play this device took back last, as long as it has done nothing since. */
export function redoTarget<R extends Owned>(rows: readonly R[]): R | null {
  const last = newestFirst(rows).find(row => row.isMine)
  if (last?.play.kind !== 'void' || !stands(last)) return null
  const target = rows.find(row => row.play.seq === last.play.voids)
  return target && target.play.kind !== 'void' ? target : null
}

const newestFirst = <R extends FoldedPlay>(rows: readonly R[]) => [...rows].sort((a, b) => b.play.seq - a.play.seq)
