import { type CreateTableBuilder, type RawBuilder, sql } from 'kysely'

export type Engine = 'sqlite' | 'postgres'
type ColumnType = 'integer' | 'bigint' | 'text' | 'boolean' | 'timestamptz' | RawBuilder<unknown>

/** The few words in which the two databases differ. Everything else is text and integer on both. */
export interface ColumnTypes {
  /** Milliseconds since 1970. */
  time: ColumnType
  /** Text that sorts by its bytes, whatever the locale of the database. */
  bytewise: ColumnType
  /** better-auth's own columns: it turns dates and booleans itself, differently for each database. */
  authDate: ColumnType
  authBoolean: ColumnType
  /** Keeps the rows of a table in the order of its primary key, where the database can: a game's plays lie together. */
  clustered: <T extends string>(table: CreateTableBuilder<T>) => CreateTableBuilder<T>
}

export const columnTypes: Readonly<Record<Engine, ColumnTypes>> = {
  sqlite: {
    time: 'integer',
    bytewise: 'text',
    authDate: sql`date`,
    authBoolean: 'integer',
    clustered: table => table.modifyEnd(sql`without rowid`),
  },
  postgres: {
    time: 'bigint',
    bytewise: sql`text collate "C"`,
    authDate: 'timestamptz',
    authBoolean: 'boolean',
    clustered: table => table,
  },
}
