import { sql } from 'kysely'
import type { Statement, Storage } from './storage.ts'

// Small rows for tests, in a file without a test framework, so that a child process can make them too.

export const person = (storage: Storage, id: string, name = `Player ${id}`): Statement => ({
  query: storage.db.insertInto('persons').values({ id, organisation_id: 'default', name, created_at: 1_900_000_000_000 }).compile(),
  expect: 1,
})

export const personIds = async (storage: Storage): Promise<string[]> =>
  (await storage.db.selectFrom('persons').select('id').orderBy('id').execute()).map(row => row.id)

/** Adds a letter to the name of `a`. */
export const append = (storage: Storage, letter: string): Statement => ({
  query: storage.db
    .updateTable('persons')
    .set({ name: sql<string>`name || ${letter}` })
    .where('id', '=', 'a')
    .compile(),
})
