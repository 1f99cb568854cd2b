import type { BoardData } from '#components/board/board-data.ts'
import { addDays, dayOf } from '#components/ui/time.ts'
import type { GameRow, SideView } from '#domain/game.ts'
import type { StandingsRow } from '#domain/standings.ts'

const MINUTE = 60_000

function side(name: string, color: string | null): SideView {
  return { id: name, name, shortName: name.split(' ').at(-1) ?? name, abbr: name.slice(0, 3).toUpperCase(), color, kind: 'team' }
}
const HAWKS = side('Harbour Hawks', '#1d5cc2')
const BEARS = side('Mill Town Bears', '#e0a100')
const LIONS = side('Quarry Lions', '#2b2b2b')
const DOCK = side('East Dock', '#d95fb4')
const NORTH = { id: 'north', name: 'Northern League' }

/** A game of every state, around a moment. */
export function galleryRows(now: number): GameRow[] {
  const at = (minutes: number) => new Date(now + minutes * MINUTE).toISOString()
  const row = (id: string, change: Partial<GameRow>): GameRow => ({
    id,
    sport: 'basketball',
    competition: NORTH,
    home: HAWKS,
    away: BEARS,
    startsAt: at(-60),
    epoch: 'e',
    seq: 1,
    status: 'live',
    statusReason: null,
    period: { number: 4, kind: 'quarter', label: 'Q4' },
    clock: { running: true, direction: 'down', valueMs: 127_000, asOf: at(0) },
    score: { home: 78, away: 76 },
    winner: null,
    ...change,
  })
  const none = { period: null, clock: null, score: { home: 0, away: 0 } }
  const column = (label: string, home: number, away: number) => ({ label, home, away })
  return [
    row('live', {}),
    row('last-minute', {
      home: LIONS,
      away: DOCK,
      clock: { running: true, direction: 'down', valueMs: 55_000, asOf: at(0) },
      score: { home: 101, away: 99 },
    }),
    row('break', {
      status: 'break',
      home: LIONS,
      away: DOCK,
      period: { number: 2, kind: 'quarter', label: 'Q2' },
      clock: null,
      score: { home: 31, away: 35 },
    }),
    row('soccer', {
      sport: 'soccer',
      competition: { id: 'sunday', name: 'Sunday Division Two' },
      home: side('Rovers', '#0f8a4f'),
      away: side('St Brendan’s', '#b3122a'),
      period: { number: 1, kind: 'half', label: '1H' },
      clock: { running: true, direction: 'up', valueMs: 46 * MINUTE, asOf: at(0) },
      score: { home: 2, away: 1 },
    }),
    row('sets', {
      sport: 'tennis',
      competition: { id: 'open', name: 'Harbour Open' },
      home: { ...side('M. Aydin', '#7a3fb0'), kind: 'person' },
      away: { ...side('L. Brandt', '#c8642c'), kind: 'person' },
      period: { number: 3, kind: 'set', label: 'Set 3' },
      clock: null,
      score: { home: 1, away: 1 },
      line: [{ label: '1', home: 7, away: 6, tiebreak: { home: 7, away: 5 } }, column('2', 4, 6), column('3', 3, 4)],
      brief: '30–40, break point',
    }),
    row('halted', { status: 'suspended', statusReason: 'power cut', clock: null }),
    row('soon', { ...none, status: 'scheduled', startsAt: at(42) }),
    row('later', { ...none, status: 'scheduled', startsAt: at(60 * 30) }),
    row('late', { ...none, status: 'scheduled', statusReason: 'bus late' }),
    row('unknown', { ...none, status: 'scheduled', startsAt: null }),
    row('final', { status: 'final', statusReason: 'regulation', winner: 'home', clock: null, startsAt: at(-180) }),
    row('overtime', { status: 'final', statusReason: 'overtime', winner: 'away', clock: null, score: { home: 88, away: 91 } }),
    row('draw', { status: 'final', statusReason: 'regulation', winner: 'draw', clock: null, score: { home: 1, away: 1 }, sport: 'soccer' }),
    row('walkover', { ...none, status: 'forfeited', statusReason: 'walkover', winner: 'home' }),
    row('postponed', { ...none, status: 'postponed', statusReason: 'frozen pitch' }),
    row('cancelled', { ...none, status: 'cancelled' }),
    row('abandoned', { status: 'abandoned', statusReason: 'fog', clock: null, score: { home: 12, away: 9 } }),
    row('long', {
      home: side('Amateur Sports Club of the Upper Weir Valley 1887', '#ffffff'),
      away: side('Amateur Sports Club of the Upper Weir Valley 1887 Reserves', '#ffff00'),
      score: { home: 128, away: 119 },
    }),
    row('same', { home: side('Reds', '#cc0000'), away: side('Other Reds', '#cc0010') }),
    row('colourless', { home: side('Visitors', null), away: side('Guests', null), competition: null, sport: 'handball' }),
  ]
}

export function galleryBoard(now: number, timeZone: string): BoardData {
  const today = dayOf(now, timeZone)
  return {
    date: today,
    today,
    timeZone,
    n: 0,
    nearest: null,
    games: galleryRows(now),
    competitions: [
      { ...NORTH, sport: 'basketball' },
      { id: 'sunday', name: 'Sunday Division Two', sport: 'soccer' },
    ],
    strip: Array.from({ length: 15 }, (_, i) => ({ date: addDays(today, i - 7), games: (i * 5) % 9, live: i === 7 ? 4 : 0 })),
  }
}

export function galleryTable(): StandingsRow[] {
  const row = (
    position: number,
    name: string,
    color: string | null,
    won: number,
    drawn: number,
    lost: number,
    made: number,
    against: number,
  ): StandingsRow => ({
    position,
    team: { id: name, name, color },
    played: won + drawn + lost,
    won,
    drawn,
    lost,
    for: made,
    against,
    points: won * 3 + drawn,
    deduction: 0,
    bonus: 0,
    outcomes: {},
    percentage: (won + drawn / 2) / (won + drawn + lost),
    gamesBehind: 0,
    headToHead: null,
    decidedBy: 'points',
  })
  return [
    row(1, 'Riverside', '#1d5cc2', 8, 0, 1, 31, 12),
    row(2, 'Harbour Hawks', '#123a7a', 7, 0, 2, 28, 14),
    { ...row(3, 'East Dock', '#d95fb4', 5, 1, 3, 20, 15), decidedBy: 'head-to-head' },
    row(4, 'Mill Town Bears', '#e0a100', 5, 1, 3, 22, 17),
    { ...row(5, 'Old Mint', '#cf6a2c', 4, 0, 5, 15, 18), points: 9, deduction: 3 },
    row(6, 'Amateur Sports Club of the Upper Weir Valley', '#0f7a4a', 0, 2, 7, 6, 41),
  ]
}
