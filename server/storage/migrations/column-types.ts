import { type CreateTableBuilder, type RawBuilder, sql } from 'kysely'

export type Engine = 'sqlite' | 'postgres'
type ColumnType = 'integer' | 'bigint' | 'text' | RawBuilder<unknown>

/** The few words in which the two databases differ. A row reads the same from both, so that it can be taken from one to the other. */
export interface ColumnTypes {
  /** Text that sorts by its bytes, whatever the locale of the database. */
  text: ColumnType
  /** Any safe integer: counts, flags, milliseconds since 1970. Wide everywhere, since what a reader asks for is compared with it. */
  whole: ColumnType
  /** better-auth's dates: ISO text, which sorts by time. On SQLite they have had a name of their own since the first schema. */
  authDate: ColumnType
  /** Keeps the rows of a table in the order of its primary key, where the database can: a game's plays lie together. */
  clustered: <T extends string>(table: CreateTableBuilder<T>) => CreateTableBuilder<T>
}

const bytewise = sql`text collate "C"`

export const columnTypes: Readonly<Record<Engine, ColumnTypes>> = {
  sqlite: {
    text: 'text',
    whole: 'integer',
    authDate: sql`date`,
    clustered: table => table.modifyEnd(sql`without rowid`),
  },
  postgres: {
    text: bytewise,
    whole: 'bigint',
    authDate: bytewise,
    clustered: table => table,
  },
}
