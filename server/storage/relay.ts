import { type Channel, failureOf } from './channel.ts'
import { StorageError } from './error.ts'
import type { Answers, Envelope, Reply, Request } from './messages.ts'
import type { WriteQueue, WriteTransaction } from './write-queue.ts'

/** One other process that writes through this one's connection. */
export interface Relay {
  answer(envelope: Envelope): Promise<Reply>
  /** It is gone: what it has not finished is undone. */
  end(): void
}

/**
 * Answers what another process asks of a writing connection, out of the one line in which everybody's writes wait: so commands of all
 * processes share commits, nobody finds the file locked, and a disk that has broken its word is believed by none of them.
 */
export function createRelay(writes: WriteQueue, writer: Channel): Relay {
  let transaction: WriteTransaction | null = null
  let isOver = false

  function open(): WriteTransaction {
    if (!transaction) throw new StorageError('UNAVAILABLE', 'no transaction is open')
    return transaction
  }

  async function begin(): Promise<void> {
    const begun = await writes.begin()
    if (isOver) await begun.rollback()
    else transaction = begun
  }

  async function finish(how: 'commit' | 'rollback'): Promise<void> {
    const ending = open()
    transaction = null
    await ending[how]()
  }

  async function carryOut(request: Request): Promise<Answers[Request['do']]> {
    switch (request.do) {
      case 'group':
        return Promise.all(request.commands.map(command => writes.write(command)))
      case 'run':
        return writes.exclusive(() => writer.ask(request))
      case 'begin':
        await begin()
        return null
      case 'runInTransaction':
        return open().run(request.statement)
      case 'commit':
      case 'rollback':
        await finish(request.do)
        return null
      case 'check':
        if (writer.ended !== null) throw new StorageError('UNAVAILABLE', writer.ended)
        // A writer at work may be waiting for another process's lock: that is busy, not out of order.
        if (!writes.isWorking) await writer.ask(request)
        return null
      default:
        // Opened, folded and closed here, for everybody.
        return null
    }
  }

  return {
    answer: ({ id, request }) =>
      carryOut(request).then(
        answer => ({ id, answer }),
        error => ({ id, failure: failureOf(error) }),
      ),
    end() {
      isOver = true
      void transaction?.rollback().catch(() => {})
      transaction = null
    },
  }
}
