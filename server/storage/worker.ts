import { parentPort } from 'node:worker_threads'
import { Connection } from './libsql.ts'
import type { Answers, Envelope, Reply, Request } from './messages.ts'

const port = parentPort
if (!port) throw new Error('server/storage/worker.ts runs as a worker thread')

let connection: Connection | null = null

port.on('message', ({ id, request }: Envelope) => {
  let reply: Reply
  try {
    reply = { id, answer: answer(request) }
  } catch (error) {
    reply = { id, failure: connection?.failureOf(error) ?? { reason: 'unavailable', at: 0, detail: messageOf(error) } }
  }
  port.postMessage(reply)
  // Without a listener the thread has nothing left to wait for and ends by itself.
  if (request.do === 'close') port.close()
})

function answer(request: Request): Answers[Request['do']] {
  if (request.do === 'open') {
    connection = new Connection(request.file, request.role, request.busyMs)
    return null
  }
  if (request.do === 'close') {
    connection?.close()
    return null
  }
  if (connection === null) throw new Error('the database is not open')
  switch (request.do) {
    case 'group':
      return connection.group(request.commands, request.busyMs)
    case 'read':
      return connection.read(request.statements)
    case 'run':
      return connection.run(request.statement)
    case 'runInTransaction':
      return connection.inTransaction(request.statement)
    case 'begin':
      connection.begin(request.busyMs)
      return null
    case 'backup':
      connection.backup(request.file)
      return null
    default:
      connection[request.do]()
      return null
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
