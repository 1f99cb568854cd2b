import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ADAPTERS, type AnyRecord } from '#scripts/replay/adapters.ts'
import { TABLES } from '#scripts/replay/standings.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Small records of invented teams, one file a sport, with every tricky kind. */
const INVENTED = fileURLToPath(new URL('records', import.meta.url))
/** A folder of games that were really played, kept beside the checkout by whoever has one. */
const PLAYED = process.env.SIDELINE_RECORDS || join(ROOT, '..', 'shared', 'data')

export interface RecordFile {
  path: string
  sport: string
  games: AnyRecord[]
}

/** What a record says of its result: `[home, away]` of the final, and who won. */
export interface Told {
  home?: number
  away?: number
  winner?: string | null
  sets?: [number, number][]
  gamesWon?: [number, number]
  homeMatches?: number
  awayMatches?: number
}
export const toldBy = (record: AnyRecord) => record.expected as Told

export const inventedRecords = (): RecordFile[] => recordsIn(INVENTED)

/** Null where there is no such folder. */
export function playedRecords(): { folder: string; files: RecordFile[]; others: string[] } | null {
  if (!existsSync(PLAYED)) return null
  const all = recordsIn(PLAYED)
  const files = all.filter(({ sport }) => ADAPTERS[sport] || sport === TABLES)
  return { folder: PLAYED, files, others: all.filter(file => !files.includes(file)).map(({ sport }) => sport) }
}

function recordsIn(folder: string): RecordFile[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => {
      const path = join(folder, name)
      return { path, ...(JSON.parse(readFileSync(path, 'utf8')) as { sport: string; games: AnyRecord[] }) }
    })
}
