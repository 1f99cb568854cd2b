import type { Game, GameRow, RowInMotion } from './game.ts'

/** What a row shows beyond its game, by the choice of the sport. */
export interface RowExtras {
  /** The columns too, where a sport's score alone says too little. */
  hasLine?: boolean
  brief?: string
}

/** A game as a row of the board: what one glance needs of it. */
export function rowOf(game: Game, { hasLine, brief }: RowExtras = {}): GameRow {
  return {
    id: game.id,
    sport: game.sport,
    competition: game.competition,
    home: game.home,
    away: game.away,
    startsAt: game.startsAt,
    epoch: game.epoch,
    seq: game.seq,
    status: game.status,
    statusReason: game.statusReason,
    period: game.period,
    clock: game.clock,
    score: game.score,
    winner: game.winner,
    ...(hasLine ? { line: game.linescore.columns } : {}),
    ...(brief ? { brief } : {}),
    ...(game.demo ? { demo: true } : {}),
    ...(game.displayOrder === 'away-first' ? { displayOrder: game.displayOrder } : {}),
  }
}

/** Under way, if only halted: on the board whatever day it began. */
export const isUnderWay = ({ status }: Pick<GameRow, 'status'>) => status === 'live' || status === 'break' || status === 'suspended'

/** Rows in order of start; those without a time last. */
export function byStart(a: Pick<GameRow, 'id' | 'startsAt'>, b: Pick<GameRow, 'id' | 'startsAt'>): number {
  const [left, right] = [a.startsAt ?? '9999', b.startsAt ?? '9999']
  return left < right ? -1 : left > right ? 1 : a.id < b.id ? -1 : 1
}

/** Which rows stay when there are too many: those under way before all others, then in order of start. */
export const byClaim = (a: GameRow, b: GameRow) => Number(isUnderWay(b)) - Number(isUnderWay(a)) || byStart(a, b)

/** What may move from play to play; everything else of a row stays for minutes or for good. */
const MOVING = ['clock', 'line', 'brief'] as const
const isMoving = new Set<string>(['seq', 'score', ...MOVING])

/** What a board that has one form of a row is to be told of the next: names and ids are most of a row, and the same as before. */
export function changeOf(before: GameRow | undefined, after: GameRow): GameRow | RowInMotion {
  if (!before) return after
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof GameRow>
  for (const key of keys) {
    const isGone = before[key] !== undefined && after[key] === undefined
    if (isGone || (!isMoving.has(key) && !isSame(before[key], after[key]))) return after
  }
  const { id, seq, score } = after
  const moved = MOVING.filter(key => !isSame(before[key], after[key]))
  return { id, seq, score, ...Object.fromEntries(moved.map(key => [key, after[key]])) }
}
const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

export const isWhole = (row: GameRow | RowInMotion): row is GameRow => 'home' in row
