import { isWhole } from '#domain/board.ts'
import type { GameRow, RowInMotion } from '#domain/game.ts'
import type { LobbyMessage } from '#domain/protocol.ts'

/** How often each side's score was seen to rise since the board was opened. */
export interface Rises {
  home: number
  away: number
}
export interface Lobby {
  n: number
  rows: ReadonlyMap<string, GameRow>
  rises: ReadonlyMap<string, Rises>
}

export function openLobby(n: number, rows: readonly GameRow[]): Lobby {
  return { n, rows: new Map(rows.map(row => [row.id, row])), rises: new Map() }
}

/**
 * The list anew. Rows older than what was already seen are not taken, and nothing is celebrated: a page that catches up shows where the
 * games stand.
 *
 * @param isWhole the list is all there is to show, so what is not in it is gone
 */
export function takeSnapshot(lobby: Lobby, { n, games }: { n: number; games: readonly GameRow[] }, isWhole: boolean): Lobby {
  const rows = new Map(isWhole ? [] : lobby.rows)
  for (const row of games) {
    const known = lobby.rows.get(row.id)
    rows.set(row.id, known && isOlder(row, known) ? known : row)
  }
  return { n, rows, rises: lobby.rises }
}

/** Changed rows. `isGap` when something between was missed: what can be told of a row is taken all the same. */
export function takeUpdate(lobby: Lobby, { n, games, removed }: LobbyMessage): { lobby: Lobby; isGap: boolean; changed: number } {
  const rows = new Map(lobby.rows)
  let rises = lobby.rises
  let changed = 0
  let isGap = n !== lobby.n + 1
  for (const id of removed) if (rows.delete(id)) changed += 1
  for (const news of games) {
    const known = rows.get(news.id)
    if (known && isOlder(news, known)) continue
    const row = isWhole(news) ? news : known && { ...known, ...news }
    if (!row) {
      isGap = true
      continue
    }
    rows.set(row.id, row)
    rises = riseOf(rises, known, row)
    changed += 1
  }
  return { lobby: { n, rows, rises }, isGap, changed }
}

const isOlder = (row: GameRow | RowInMotion, known: GameRow) => (!isWhole(row) || row.epoch === known.epoch) && row.seq < known.seq

/** A score that went up is news; one that went down is a correction, and so is everything under another epoch. */
function riseOf(rises: Lobby['rises'], before: GameRow | undefined, after: GameRow): Lobby['rises'] {
  if (!before || before.epoch !== after.epoch || after.status === 'forfeited') return rises
  const home = after.score.home > before.score.home || lineRose(before, after, 'home')
  const away = after.score.away > before.score.away || lineRose(before, after, 'away')
  if (!home && !away) return rises
  const known = rises.get(after.id) ?? { home: 0, away: 0 }
  return new Map(rises).set(after.id, { home: known.home + Number(home), away: known.away + Number(away) })
}

/** Sports of sets move in their last column while the score stands. */
function lineRose(before: GameRow, after: GameRow, side: 'home' | 'away'): boolean {
  if (!before.line || !after.line || after.line.length !== before.line.length) return false
  return (after.line.at(-1)?.[side] ?? 0) > (before.line.at(-1)?.[side] ?? 0)
}
