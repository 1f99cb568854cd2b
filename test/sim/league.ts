import type { PlayInput } from '#domain/play.ts'
import { createBus } from '#server/bus.ts'
import type { Context } from '#server/context.ts'
import { createHeads } from '#server/games/heads.ts'
import { createRecorder, type Recorder } from '#server/games/record.ts'
import { createSchedule } from '#server/games/schedule.ts'
import { loadSports, type Sports } from '#server/games/sports.ts'
import { createTies } from '#server/games/ties.ts'
import { createTurns } from '#server/games/turns.ts'
import { toBoundAll } from '#server/storage/value.ts'
import { MANAGER } from '../server/accounts.ts'
import { openStore, type Store } from './store.ts'
import type { Planted } from './world.ts'

export const PLAYED = ['basketball', 'soccer', 'tennis'] as const
export type Played = (typeof PLAYED)[number]

/** A store with one game of each sport, used again for run after run. */
export interface League {
  store: Store
  sports: Sports
  games: ReadonlyMap<Played, string>
  /** The game as it was before its first play, or with some hundred plays behind it; all others as they were. */
  begin(sport: Played, isLong: boolean): void
}

export async function openLeague(planted: Planted | null = null): Promise<League> {
  const store = await openStore(planted)
  const sports = await loadSports()
  const complain = (error: unknown) => {
    throw error
  }
  const storage = store.direct
  const context = {
    config: { timeZone: 'UTC' },
    storage,
    sports,
    heads: createHeads(storage, sports),
    bus: createBus(complain),
    now: () => Date.UTC(2030, 2, 1),
    turns: createTurns(),
    catchUp: async () => {},
  } as unknown as Context
  const schedule = createSchedule(context, createTies(context, createRecorder(context)))
  const games = new Map<Played, string>()
  for (const [i, sport] of PLAYED.entries()) {
    const created = await schedule.createGame(MANAGER, {
      sport,
      home: { name: `Hawks ${i}` },
      away: { name: `Bears ${i}` },
      startsAt: '2030-03-02T18:00:00Z',
    })
    if (!created.ok) throw new Error(created.error.message)
    games.set(sport, created.game.id)
  }
  const fresh = takeRows(store)
  const recorder = createRecorder(context)
  for (const id of games.values()) for (const plays of longStory()) await mustRecord(recorder, id, plays)
  const long = takeRows(store)
  return {
    store,
    sports,
    games,
    begin(sport, isLong) {
      for (const table of [...TABLES].reverse()) if (table !== 'games') store.run(`delete from ${table}`)
      const id = games.get(sport)
      if (!isLong) return putRows(store, fresh, () => true)
      putRows(store, fresh, row => row.id !== id)
      putRows(store, long, (row, table) => table === 'persons' || row.id === id || row.game_id === id)
    },
  }
}

const TABLES = ['games', 'persons', 'rosters', 'plays', 'marks', 'checkpoints', 'results'] as const
type Rows = ReadonlyMap<string, readonly Record<string, unknown>[]>

const takeRows = (store: Store): Rows => new Map(TABLES.map(table => [table, store.run(`select * from ${table}`)]))

function putRows(store: Store, rows: Rows, isMeant: (row: Record<string, unknown>, table: string) => boolean): void {
  for (const [table, list] of rows) {
    for (const row of list) {
      if (!isMeant(row, table)) continue
      const columns = Object.keys(row)
      const values = toBoundAll(Object.values(row))
      const { id, ...rest } = row
      if (table === 'games') {
        const set = Object.keys(rest).map(column => `"${column}" = ?`)
        store.run(`update games set ${set} where id = ?`, [...toBoundAll(Object.values(rest)), String(id)])
      } else {
        const names = columns.map(column => `"${column}"`)
        store.run(`insert into ${table} (${names}) values (${columns.map(() => '?')})`, values)
      }
    }
  }
}

/** More than a head keeps at hand, with corrections all along. */
function longStory(): PlayInput[][] {
  const id = (n: number) => `old-${String(n).padStart(6, '0')}`
  const play = (n: number): PlayInput => {
    if (n % 40 === 39) return { id: id(n), kind: 'void', voids: id(n - 3) }
    if (n % 60 === 59) return { id: id(n), kind: 'note', data: { text: 'again' }, replaces: id(n - 2) }
    return { id: id(n), kind: 'note', data: { text: `note ${n}` } }
  }
  return [0, 1].map(part => Array.from({ length: 330 }, (_, i) => play(part * 330 + i)))
}

async function mustRecord(recorder: Recorder, gameId: string, plays: PlayInput[]): Promise<void> {
  const answer = await recorder.record(MANAGER, gameId, plays, true)
  if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.index}: ${answer.error.message}`)
}
