import { type CompiledQuery, Kysely } from 'kysely'
import type { Channel } from '#server/storage/channel.ts'
import { toRows, toWire, WorkerDialect } from '#server/storage/driver.ts'
import { StorageError } from '#server/storage/error.ts'
import { Connection } from '#server/storage/libsql.ts'
import { type Answers, isFailure, type Request, type WireOutcome, type WireResult, type WireStatement } from '#server/storage/messages.ts'
import { migrate } from '#server/storage/migrate.ts'
import type { Database } from '#server/storage/schema.ts'
import { type RowsOfAll, type Statement, type Storage, toFailure, type WriteOutcome } from '#server/storage/storage.ts'
import { WriteQueue } from '#server/storage/write-queue.ts'
import { latency, type Planted, type World } from './world.ts'

type Ask = <R extends Request>(request: R) => Promise<Answers[R['do']]>
const LIMITS = { busyMs: 5_000, transactionIdleMs: 10_000 }

/** The one store of all nodes: real SQL on a real connection, in memory, that lives on when a node dies. */
export interface Store {
  run(sql: string, values?: (string | bigint | null)[]): Record<string, unknown>[]
  read<const Q extends readonly CompiledQuery[]>(queries: Q): RowsOfAll<Q>
  /** For what is done before and between runs: answers at once. */
  direct: Storage
  /** A node's own way to it. */
  open(world: World, node: number, life: Life, onWritten: () => void): Storage
}

/** Of a node between its start and its end. */
export interface Life {
  isOver: boolean
  /** In the middle of what it does. */
  die(): void
}

export async function openStore(planted: Planted | null): Promise<Store> {
  // The role without a log file of its own, which memory cannot have.
  const connection = new Connection(':memory:', 'backup', 0)
  const make = (statement: WireStatement): WireStatement =>
    planted === 'an id counts twice'
      ? [statement[0].replace(/, constraint "plays_id" unique \([^)]*\)/, ''), statement[1], statement[2]]
      : statement
  const direct = storageOver(async request => carryOut(connection, request, make))
  await migrate(direct.db, 'sqlite')
  return {
    run: (sql, values = []) => toRows(connection.run([sql, values, -1])),
    read: queries => connection.read(queries.map(query => toWire(query))).map(toRows) as never,
    direct,
    open: (world, node, life, onWritten) => storageOver(troubled(connection, world, node, life, onWritten)),
  }
}

/** The real queue and the real dialect, over a channel that leads to the connection in this thread. */
function storageOver(ask: Ask): Storage {
  const channel = { ask } as unknown as Channel
  const writes = new WriteQueue(channel, LIMITS)
  const db = new Kysely<Database>({ dialect: new WorkerDialect(writes, channel, channel) })
  return {
    engine: 'sqlite',
    db,
    async write(statements: readonly Statement[]): Promise<WriteOutcome> {
      const outcome = await writes.write(statements.map(({ query, expect }) => toWire(query, expect)))
      if (isFailure(outcome)) return toFailure(outcome)
      return { ok: true, rows: outcome.map(toRows), affected: outcome.map(([, , affected]) => affected) }
    },
    async readBatch(queries) {
      const results = await ask({ do: 'read', statements: queries.map(query => toWire(query)) })
      return results.map(toRows) as never
    },
    migrate: () => migrate(db, 'sqlite'),
    schemaVersion: async () => 0,
    ping: async () => true,
    checkpoint: async () => {},
    backupTo: async () => {},
    counts: { commands: 0, groups: 0, largestGroup: 0, waiting: 0 },
    close: async () => {},
  }
}

function carryOut<R extends Request>(connection: Connection, request: R, make = (statement: WireStatement) => statement): Answers[R['do']] {
  const answer = (): Answers[Request['do']] => {
    switch (request.do) {
      case 'group':
        return connection.group(request.commands, request.busyMs)
      case 'read':
        return connection.read(request.statements)
      case 'run':
      case 'runInTransaction':
        return connection.run(make(request.statement))
      case 'begin':
        connection.begin(0)
        return null
      case 'commit':
        connection.commit()
        return null
      case 'rollback':
        connection.rollback()
        return null
      default:
        throw new Error(`nobody asks the store for ${request.do}`)
    }
  }
  return answer() as Answers[R['do']]
}

/**
 * The way of one node to the store, with the weather on it. A question travels, is carried out whole or not at all, and its answer
 * travels back; a node that has died hears nothing more, and what it had sent happens or does not.
 */
function troubled(connection: Connection, world: World, node: number, life: Life, onWritten: () => void): Ask {
  const { random, time, weather } = world
  // As one thread answers, in order, or as a pool of connections does.
  const isPool = random.chance(0.5)
  let free = 0

  return request =>
    new Promise((resolve, reject) => {
      const isWrite = request.do === 'group'
      const unreachable = (words: string) => reject(new StorageError('UNAVAILABLE', words))
      if (life.isOver) return
      if (isWrite && weather.fatal.delete(node)) time.after(random.between(0, 4), () => life.die())
      if (isWrite && weather.refusing.has(node) && random.chance(0.5)) {
        const reason = random.of(['busy', 'full'] as const)
        world.fire(`store ${reason}`)
        const refusal: WireOutcome = { reason, at: 0, detail: reason }
        time.after(latency(world), () => resolve(request.commands.map(() => refusal) as never))
        return
      }
      const isSlow = weather.slow.has(node)
      if (isSlow) world.fire('store slow')
      const wait = isSlow ? random.between(100, 4_000) : random.chance(0.05) ? random.between(5, 120) : random.between(0, 3)
      const there = isPool ? wait : Math.max(free, time.now() + wait) - time.now()
      free = time.now() + there
      const isCut = weather.cutOff.has(node) && random.chance(0.7)
      // Cut before it arrived, or after: whoever asked cannot tell.
      const arrives = !isCut || random.chance(0.3)
      if (isCut) world.fire(arrives && isWrite ? 'store outcome unknown' : 'store cut off')
      const planted = plant(world, request)

      time.after(there, () => {
        if (life.isOver && (!isWrite || random.chance(0.5))) return
        if (life.isOver) world.fire('written by a node that died')
        if (!arrives) {
          time.after(random.between(1, 500), () => life.isOver || unreachable('out of reach'))
          return
        }
        let answer: Answers[Request['do']]
        try {
          answer = planted?.answer ?? carryOut(connection, planted?.request ?? request)
          if (planted?.change) answer = planted.change(answer)
        } catch (error) {
          world.fail(`the store answered ${String(error)}`)
          return unreachable(String(error))
        }
        world.note(`store ${node} ${request.do} ${isWrite ? sizeOf(request) : ''}`)
        if (isWrite) onWritten()
        const back = isSlow ? random.between(10, 1_000) : random.between(0, 3)
        const home = isPool ? back : 0
        time.after(home, () => {
          if (life.isOver) return
          if (isCut) unreachable('the connection broke')
          else resolve(answer as never)
        })
      })
    })
}

const sizeOf = (request: Request) => (request.do === 'group' ? request.commands.map(command => command.length).join('+') : '')

interface PlantedAnswer {
  /** Given without asking the store. */
  answer?: Answers[Request['do']]
  request?: Request
  change?(answer: Answers[Request['do']]): Answers[Request['do']]
}

/** What a store does that keeps its word badly. */
function plant({ planted, random }: World, request: Request): PlantedAnswer | null {
  if (planted === null) return null
  if (request.do === 'group') {
    if (planted === 'acknowledged before it is written' && random.chance(0.2)) {
      return { answer: request.commands.map(command => command.map(([, , expect]) => [[], [], Math.max(expect, 1)])) as never }
    }
    if (planted === 'a seq is given twice') {
      const loose = request.commands.map(command =>
        command.map(
          ([sql, values]): WireStatement => [
            sql.replace(/^insert into "plays"/, 'insert or replace into "plays"').replace(/ and "seq" = \?/, ' and -1 < ?'),
            values,
            -1,
          ],
        ),
      )
      return { request: { ...request, commands: loose } }
    }
    if (planted === 'a refused batch half written' && request.commands.some(command => command.length > 2)) {
      // The mistake of one who writes without a transaction: some of the rows stay.
      return { request: { ...request, commands: request.commands.map(command => command.map(halved)) } }
    }
  }
  if (request.do === 'read') {
    if (planted === 'an id counts twice') {
      const statements = request.statements.map(
        (statement): WireStatement => [
          statement[0].replace(/^(select \* from "plays" where .*)"id" in \(/, `$1"hash" = '' and "id" in (`),
          statement[1],
          statement[2],
        ],
      )
      return { request: { ...request, statements } }
    }
    if (planted === 'a void that the other node does not see') {
      const statements = request.statements.map(
        (statement): WireStatement => [
          statement[0].replace('"corrects" >= ', '"voids" is null and "corrects" >= '),
          statement[1],
          statement[2],
        ],
      )
      return { request: { ...request, statements } }
    }
    if (
      planted === 'plays of the other node in another order' &&
      request.statements.some(([sql]) => /"seq" > \? order by "seq"/.test(sql))
    ) {
      const change = (answer: Answers[Request['do']]) => (answer as Answers['read']).map(exchanged) as never
      return { change }
    }
  }
  return null
}

/** Of a play inserted with others, only the first row: the game's own row counts all of them. */
function halved(statement: WireStatement): WireStatement {
  const [sql, values, expect] = statement
  const head = /^(insert into "plays" \([^)]*\) values \([^)]*\))(, .*)$/.exec(sql)
  if (!head) return statement
  const [, first = ''] = head
  return [first, values.slice(0, first.split('?').length - 1), expect]
}

/** The first two plays of a list, each in the place of the other. */
function exchanged(result: WireResult): WireResult {
  const [columns, rows, affected] = result
  const [first, second, ...others] = rows
  if (!columns.includes('hash') || !first || !second) return result
  const at = columns.indexOf('seq')
  const under = (row: unknown[], seq: unknown) => row.with(at, seq)
  return [columns, [under(second, first[at]), under(first, second[at]), ...others], affected]
}
