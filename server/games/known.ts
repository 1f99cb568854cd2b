import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { PlayInput, PlayMarks } from '#domain/play.ts'
import type { Context } from '../context.ts'
import type { PlayTable } from '../storage/schema.ts'
import { toMarks } from './rows.ts'

/** Plays of a request that are in the log already, by the sender's id. */
export type Known = Map<string, Selectable<PlayTable>>
/** What plays point at, by id and by seq. */
export type Targets = Map<string | number, number>

interface Found {
  known: Known
  targets: Targets
  /** Those of them that a tie was told of its matches. */
  news: ReadonlySet<number>
}

/** The plays of a request that are in the log already, and those that they point at. */
export async function lookUp(context: Context, gameId: string, inputs: readonly PlayInput[]): Promise<Found> {
  const { db } = context.storage
  const sent = new Set(inputs.map(input => input.id))
  const ids = new Set(sent)
  const seqs = new Set<number>()
  for (const reference of inputs.flatMap(referencesOf)) {
    if (typeof reference === 'string') ids.add(reference)
    else seqs.add(reference)
  }
  const plays = db.selectFrom('plays').where('game_id', '=', gameId)
  const queries = [
    plays
      .where('id', 'in', [...ids])
      .selectAll()
      .compile(),
  ]
  if (seqs.size > 0)
    queries.push(
      plays
        .where('seq', 'in', [...seqs])
        .selectAll()
        .compile(),
    )
  const rows = (await context.storage.readBatch(queries)).flat() as Selectable<PlayTable>[]
  const known: Known = new Map(rows.filter(row => sent.has(row.id)).map(row => [row.id, row]))
  const targets: Targets = new Map()
  for (const row of rows) targets.set(row.id, row.seq).set(row.seq, row.seq)
  const news = new Set(rows.filter(row => row.kind === 'part').map(row => row.seq))
  return { known, targets, news }
}

export const referencesOf = ({ voids, replaces, before }: PlayInput): (string | number)[] =>
  [voids, replaces, before].filter(reference => reference !== undefined)

export async function marksOf(context: Context, gameId: string, seqs: readonly number[]): Promise<Map<number, PlayMarks>> {
  if (seqs.length === 0) return new Map()
  const rows = await context.storage.db.selectFrom('marks').where('game_id', '=', gameId).where('seq', 'in', seqs).selectAll().execute()
  return new Map(rows.map(row => [row.seq, toMarks(row)]))
}

/** What makes two sends the same play: every field but those that say when it was sent and what the sender had seen. */
export function contentHash(input: PlayInput): string {
  const { expectedSeq: _seq, epoch: _epoch, agoMs: _ago, ...content } = input
  return createHash('sha256').update(canonical(content)).digest('base64url')
}
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`)
    .join(',')}}`
}
