import type { GameRow, SideView } from '#domain/game.ts'

const side = (name: string): SideView => ({ id: name, name, shortName: name, abbr: name, color: null, kind: 'team' })

/** A live game, changed as a test needs it. */
export function testRow(id: string, change: Partial<GameRow> = {}): GameRow {
  return {
    id,
    sport: 'basketball',
    competition: { id: 'north', name: 'Northern League' },
    home: side(`${id} home`),
    away: side(`${id} away`),
    startsAt: '2026-11-22T18:00:00.000Z',
    epoch: 'e1',
    seq: 1,
    status: 'live',
    statusReason: null,
    period: { number: 1, kind: 'quarter', label: 'Q1' },
    clock: null,
    score: { home: 0, away: 0 },
    winner: null,
    ...change,
  }
}
