import type { Kysely, Migration } from 'kysely'
import { createAccounts } from './001-accounts.ts'
import { createGames } from './001-games.ts'
import { createLeague } from './001-league.ts'
import { createSite } from './001-site.ts'
import { indexBoards } from './002-boards.ts'
import { createMutes } from './003-mutes.ts'
import { addFacts } from './004-facts.ts'
import { type ColumnTypes, columnTypes, type Engine } from './column-types.ts'

type Step = (db: Kysely<unknown>, types: ColumnTypes) => Promise<void>

/** One entry a schema version, in order, named by its number. A released one is never changed: the next change is the next number. */
const VERSIONS: Readonly<Record<string, Step[]>> = {
  '001-first': [createLeague, createAccounts, createGames, createSite],
  '002-boards': [indexBoards],
  '003-mutes': [createMutes],
  '004-facts': [addFacts],
}

/** The schema this program works with. */
export const SCHEMA_VERSION = Object.keys(VERSIONS).length

export const versionOf = (name: string): number => Number.parseInt(name, 10)

export function migrationsFor(engine: Engine): Record<string, Migration> {
  const migrations: Record<string, Migration> = {}
  for (const [name, steps] of Object.entries(VERSIONS)) {
    migrations[name] = {
      up: async (db: Kysely<unknown>) => {
        for (const step of steps) await step(db, columnTypes[engine])
      },
    }
  }
  return migrations
}
