import { type Kysely, sql } from 'kysely'
import { StorageError } from './error.ts'
import { Connections, cannotReach, LOCKS } from './postgres-pool.ts'
import type { Database } from './schema.ts'

/** The servers that have this database open, by machine and process: `hall-1:4711`. */
export async function serversOn(db: Kysely<Database>): Promise<string[]> {
  const [space, lock] = LOCKS.serving
  const { rows } = await sql<{ name: string }>`
    select distinct a.application_name as name
    from pg_locks l
    join pg_stat_activity a on a.pid = l.pid
    join pg_database d on d.oid = l.database and d.datname = current_database()
    where l.locktype = 'advisory' and l.classid = ${space} and l.objid = ${lock} and l.objsubid = 2 and l.granted
    order by 1`.execute(db)
  return rows.map(({ name }) => name.replace(/^sideline /, ''))
}

/**
 * Has the database alone, as far as servers go, until released: those that try to connect meanwhile are sent away.
 *
 * @throws StorageError `LOCKED` when a server has it open, `UNAVAILABLE`
 */
export async function lockPostgres(url: string): Promise<{ release(): Promise<void> }> {
  const unlimited = { statementMs: 0, lockMs: 0, transactionIdleMs: 0 }
  const connections = await Connections.create({ url, most: 1, limits: unlimited, isServing: false })
  try {
    const keeper = await connections.take().catch(error => {
      throw cannotReach(url, error)
    })
    const { rows } = await keeper.run('select pg_try_advisory_lock($1, $2) as held', [...LOCKS.serving])
    if (rows[0].held) {
      return {
        async release() {
          // It would end with its connection too, but only once PostgreSQL has noticed that this is gone.
          await keeper.run('select pg_advisory_unlock($1, $2)', [...LOCKS.serving]).catch(() => null)
          keeper.discard()
          keeper.release()
          await connections.close()
        },
      }
    }
    keeper.release()
    throw new StorageError('LOCKED', 'the database is in use by a server, or by another restore or import')
  } catch (error) {
    await connections.close()
    throw error
  }
}
