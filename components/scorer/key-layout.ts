import type { Side } from '#domain/play.ts'
import type { Action, Sport } from '#domain/sport.ts'

/** A row of keys of one width; `weight` is its share of the height. */
export interface KeyRow {
  weight: number
  keys: Action[]
}

/** What the console shows: a column a side, or one wide field for the side whose turn it is; keys of neither side below both. */
export interface KeyPlan {
  columns: { side: Side; rows: KeyRow[] }[]
  neutral: Action[]
  /** Left out for want of room, behind one key. */
  more: Action[]
}

const LEAST_PX = 64
const GAP_PX = 8
/** The name of the side whose keys fill the field. */
const LABEL_PX = 32
const WEIGHTS = { 3: 1.7, 2: 1.2, 1: 1 } as const

interface Room {
  sides: readonly [Side, Side]
  /** Height for the keys in px; unlimited where it is not known yet. */
  height: number
  /** The one side that acts, in sports where only one does. */
  activeSide: Side | null
}

/** Keys that belong to where the game stands. */
export const keysDuring = (actions: readonly Action[], periodKind: string | null) =>
  actions.filter(({ during }) => !during || periodKind === null || during.includes(periodKind))

/** Keys in rows, the commonest largest. Nothing gets smaller than a thumb: what does not fit moves behind "More". */
export function planKeys(sport: Pick<Sport, 'kinds'>, offered: readonly Action[], { sides, height, activeSide }: Room): KeyPlan {
  const isNeutral = ({ kind }: Action) => sport.kinds[kind]?.side === 'none'
  const isWide = activeSide !== null
  const perRow = isWide ? 4 : 2
  // The wide field holds the odd neutral key too: nothing there says which side it is for.
  const own = isWide ? offered : offered.filter(action => !isNeutral(action))
  const neutral = isWide ? [] : offered.filter(isNeutral)
  const room = isWide ? height - LABEL_PX : height
  const whole = squeeze(own, perRow, neutral.length > 0 ? room - LEAST_PX - GAP_PX : room)
  const fitting = whole.more.length === 0 ? { ...whole, neutral } : { ...squeeze(own, perRow, room, neutral.length > 0), neutral: [] }
  const rows = rowsOf(fitting.kept, perRow)
  const more = offered.filter(action => !fitting.kept.includes(action) && !fitting.neutral.includes(action))
  return { columns: isWide ? [{ side: activeSide, rows }] : sides.map(side => ({ side, rows })), neutral: fitting.neutral, more }
}

function rowsOf(actions: readonly Action[], perRow: number): KeyRow[] {
  const bySize = [...actions].sort((a, b) => b.size - a.size)
  const large = bySize.filter(({ size }) => size === 3)
  const rest = bySize.filter(({ size }) => size !== 3)
  const chunks = [...chunk(large, perRow), ...chunk(rest, perRow)]
  return chunks.map(keys => ({ weight: WEIGHTS[keys[0]?.size ?? 1], keys }))
}

function chunk<T>(list: readonly T[], size: number): T[][] {
  const rows: T[][] = []
  for (let i = 0; i < list.length; i += size) rows.push(list.slice(i, i + size))
  return rows
}

/** As many as fit at a thumb's height each, in order of size; a place is kept for the key that shows the others. */
function squeeze(actions: readonly Action[], perRow: number, height: number, hasMore = false): { kept: Action[]; more: Action[] } {
  const most = Math.max(2, Math.floor((height + GAP_PX) / (LEAST_PX + GAP_PX)))
  if (!hasMore && rowsOf(actions, perRow).length <= most) return { kept: [...actions], more: [] }
  const bySize = [...actions].sort((a, b) => b.size - a.size)
  let count = bySize.length
  const fits = () => {
    const rows = rowsOf(bySize.slice(0, count), perRow)
    return rows.length <= most && (rows.at(-1)?.keys.length ?? 0) < perRow
  }
  while (count > 1 && !fits()) count -= 1
  return { kept: bySize.slice(0, count), more: bySize.slice(count) }
}
