import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { access, open } from 'node:fs/promises'
import { type Kysely, sql, type Transaction } from 'kysely'
import { renewEpochs } from './epochs.ts'
import { SCHEMA_VERSION } from './storage/migrations/index.ts'
import type { Database } from './storage/schema.ts'

type Table = keyof Database
type Row = Record<string, unknown>
/** Tables by name only: here all of them are the same to us. */
type Anything = Record<string, Row>

/**
 * What a league is made of, in an order in which every row finds what it refers to, each with the columns that identify a row. Sign-ins
 * and half-done verifications are not taken along: everybody signs in anew.
 */
const TABLES: readonly [Table, ...string[]][] = [
  ['organisations', 'id'],
  ['user', 'id'],
  ['account', 'id'],
  ['competitions', 'id'],
  ['seasons', 'id'],
  ['rounds', 'id'],
  ['teams', 'id'],
  ['persons', 'id'],
  ['team_members', 'team_id', 'person_id'],
  ['games', 'id'],
  ['rosters', 'game_id', 'person_id'],
  ['plays', 'game_id', 'seq'],
  ['marks', 'game_id', 'seq'],
  ['checkpoints', 'game_id', 'ord'],
  ['results', 'game_id', 'epoch', 'seq'],
  ['chat_messages', 'game_id', 'n'],
  ['chat_mutes', 'game_id', 'writer'],
  ['announcements', 'id'],
  ['tokens', 'id'],
  ['grants', 'user_id', 'game_id', 'competition_id'],
  ['settings', 'organisation_id', 'key'],
  ['audit', 'id'],
]
/** Filled by use; what only the program itself has put there may be replaced. */
const EMPTY_BEFORE: readonly Table[] = ['user', 'competitions', 'teams', 'persons', 'games', 'tokens', 'announcements']

/** Rows of settings that belong to an installation and not to the league: its secrets stay where they are. */
const OWN_SETTINGS = 'secrets.%'

const FORMAT = 'sideline-league'
const FORMAT_VERSION = 1
const PAGE = 500
/** Values in one statement; engines bound them. */
const VALUES = 2000
const MAX_LINE = 8 * 1024 * 1024

/** A refusal that can be told to the operator as it stands. */
export class Unportable extends Error {
  override name = 'Unportable'
}

export const portableTables: readonly string[] = TABLES.map(([table]) => table)

/**
 * Writes the league as JSON lines: a header, one line a row `{"table","row"}`, and an end line that counts them, so that a cut file is
 * noticed. Reads page by page: give it something that stands still, a copy or a snapshot, or rows may move under it.
 */
export async function exportLeague(
  db: Kysely<Database>,
  file: string,
  at: number,
): Promise<{ rows: number; tables: Record<string, number> }> {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true })
  const failed = once(out, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => null)
  const write = async (line: object) => {
    if (!out.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(out, 'drain'), failed])
  }
  const tables: Record<string, number> = {}
  let rows = 0
  await write({ format: FORMAT, version: FORMAT_VERSION, schema: SCHEMA_VERSION, at: new Date(at).toISOString() })
  for (const [table, ...key] of TABLES) {
    tables[table] = 0
    for await (const row of rowsOf(db, table, key)) {
      await write({ table, row })
      tables[table] += 1
      rows += 1
    }
  }
  await write({ end: true, rows })
  await Promise.race([new Promise<void>(done => out.end(done)), failed])
  return { rows, tables }
}

async function* rowsOf(db: Kysely<Database>, table: Table, key: readonly string[]): AsyncGenerator<Row> {
  const some = db as unknown as Kysely<Anything>
  const columns = sql.join(key.map(column => sql.ref(column)))
  // A tie before its games, so that each part finds what it is a part of.
  const isPart = table === 'games' ? [false, true] : [null]
  for (const part of isPart) {
    let last: Row | null = null
    for (;;) {
      let query = some.selectFrom(table).selectAll().limit(PAGE)
      for (const column of key) query = query.orderBy(column)
      if (part !== null) query = query.where('part_of', part ? 'is not' : 'is', null)
      if (table === 'settings') query = query.where('key', 'not like', OWN_SETTINGS)
      if (last) {
        const values: unknown[] = key.map(column => last?.[column])
        query = query.where(sql<boolean>`(${columns}) > (${sql.join(values)})`)
      }
      const page: Row[] = await query.execute()
      yield* page
      if (page.length < PAGE) break
      last = page.at(-1) ?? null
    }
  }
}

/**
 * Reads such a file into a migrated database that holds no league yet: everything or nothing. Every game gets a new epoch.
 *
 * @throws Unportable naming the line and the reason
 */
export async function importLeague(db: Kysely<Database>, file: string): Promise<{ rows: number; games: number }> {
  for (const table of EMPTY_BEFORE) {
    const row = await (db as unknown as Kysely<Anything>).selectFrom(table).selectAll().limit(1).executeTakeFirst()
    if (row) throw new Unportable(`the database holds ${table} already; import needs an empty one`)
  }
  const columns = await columnsOf(db)
  await access(file)
  return db.transaction().execute(async transaction => {
    const own = await transaction.selectFrom('settings').where('key', 'like', OWN_SETTINGS).selectAll().execute()
    for (const [table] of [...TABLES].reverse()) await transaction.deleteFrom(table).execute()
    const rows = await readInto(transaction, file, columns)
    if (own.length > 0) await transaction.insertInto('settings').values(own).execute()
    return { rows, games: await renewEpochs(transaction) }
  })
}

async function columnsOf(db: Kysely<Database>): Promise<Map<string, Set<string>>> {
  const tables = await db.introspection.getTables()
  return new Map(
    tables
      .filter(({ name }) => portableTables.includes(name))
      .map(({ name, columns }) => [name, new Set(columns.map(column => column.name))]),
  )
}

async function readInto(db: Transaction<Database>, file: string, columns: Map<string, Set<string>>): Promise<number> {
  const handle = await open(file)
  const lines = handle.readLines({ encoding: 'utf8' })
  let [number, rows, isEnded] = [0, 0, false]
  let waiting: Row[] = []
  let table = ''

  async function insertWaiting(): Promise<void> {
    const width = Object.keys(waiting[0] ?? {}).length || 1
    const size = Math.max(1, Math.floor(VALUES / width))
    for (let start = 0; start < waiting.length; start += size) {
      await (db as unknown as Kysely<Anything>)
        .insertInto(table)
        .values(waiting.slice(start, start + size))
        .execute()
    }
    waiting = []
  }

  try {
    for await (const line of lines) {
      number += 1
      const entry = parseLine(line, number)
      if (number === 1) {
        checkHeader(entry)
        continue
      }
      if (isEnded) throw new Unportable(`line ${number}: there is more behind the end`)
      if (entry.end === true) {
        if (entry.rows !== rows) throw new Unportable(`line ${number}: ${entry.rows} rows were written, ${rows} have come`)
        isEnded = true
        continue
      }
      const row = checkRow(entry, columns, number)
      if (entry.table !== table || waiting.length >= PAGE || !hasSameShape(waiting[0], row)) {
        await insertWaiting()
        table = String(entry.table)
      }
      waiting.push(row)
      rows += 1
    }
    await insertWaiting()
  } catch (error) {
    if (error instanceof Unportable) throw error
    throw new Unportable(`near line ${number}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  } finally {
    lines.close()
    await handle.close().catch(() => null)
  }
  if (!isEnded) throw new Unportable(number === 0 ? 'the file is empty' : `the file ends after line ${number}, in the middle`)
  return rows
}

function parseLine(line: string, number: number): Row {
  if (line.length > MAX_LINE) throw new Unportable(`line ${number}: too long`)
  try {
    const entry: unknown = JSON.parse(line)
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return entry as Row
  } catch {
    // Told below, with its number.
  }
  throw new Unportable(`line ${number}: not a JSON object${number === 1 ? '; this is no exported league' : ''}`)
}

function checkHeader({ format, version, schema }: Row): void {
  if (format !== FORMAT) throw new Unportable('line 1: this is no exported league')
  if (version !== FORMAT_VERSION) throw new Unportable(`line 1: format ${version} is not this program's ${FORMAT_VERSION}`)
  if (schema !== SCHEMA_VERSION) {
    throw new Unportable(
      `line 1: exported with schema ${schema}, this program has ${SCHEMA_VERSION}; import with the release that exported it`,
    )
  }
}

function checkRow({ table, row }: Row, columns: Map<string, Set<string>>, number: number): Row {
  const known = columns.get(String(table))
  if (!known || typeof row !== 'object' || row === null) throw new Unportable(`line ${number}: no row of a known table`)
  for (const [column, value] of Object.entries(row)) {
    if (!known.has(column)) throw new Unportable(`line ${number}: ${table} has no column ${column.slice(0, 40)}`)
    if (value !== null && typeof value !== 'string' && !Number.isSafeInteger(value)) {
      throw new Unportable(`line ${number}: ${table}.${column} is neither text nor a whole number`)
    }
  }
  if (table === 'settings' && String((row as Row).key).startsWith('secrets.')) {
    throw new Unportable(`line ${number}: a secret of another installation`)
  }
  return row as Row
}

const hasSameShape = (one: Row | undefined, other: Row) => !one || Object.keys(one).join() === Object.keys(other).join()
