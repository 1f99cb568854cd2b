import type { ChildProcess } from 'node:child_process'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Config } from '../config.ts'
import type { FromParent } from './messages.ts'

/** As many as may knock at once, and as many as wait here until a worker takes them. */
const BACKLOG = 8192

/** The one port of all workers: whoever comes is dealt to them in turn, one at a time to each. */
export interface Door {
  open(config: Pick<Config, 'port' | 'host'>): Promise<number>
  /** This worker takes connections from now on. */
  admit(worker: ChildProcess): void
  /** It has the connection that it was dealt, and is ready for another. */
  took(worker: ChildProcess): void
  /** It is dealt no more. */
  dismiss(worker: ChildProcess): void
  /** It is gone: what was on its way to it is broken off, so that whoever waits for an answer knocks again. */
  forget(worker: ChildProcess): void
  close(): void
}

/**
 * Node's own way of sharing a port leaves the connection open and unanswered that was on its way to a worker which died. Here it is known
 * until the worker has it.
 */
export function createDoor(): Door {
  /** Whose turn it is next stands first. */
  const open = new Set<ChildProcess>()
  const dealt = new Map<ChildProcess, Socket>()
  const waiting = new Set<Socket>()
  // Read by the worker alone, from the first byte.
  const server = createServer({ pauseOnConnect: true, noDelay: true }, socket => {
    socket.on('error', () => {})
    if (waiting.size >= BACKLOG) return void socket.destroy()
    waiting.add(socket)
    deal()
  })

  function deal(): void {
    for (const worker of [...open]) {
      if (dealt.has(worker)) continue
      const [socket] = waiting
      if (!socket) return
      waiting.delete(socket)
      hand(socket, worker)
    }
  }

  function hand(socket: Socket, worker: ChildProcess): void {
    open.delete(worker)
    open.add(worker)
    dealt.set(worker, socket)
    worker.send({ of: 'connection' } satisfies FromParent, socket, { keepOpen: true }, error => {
      if (!error || dealt.get(worker) !== socket) return
      // It has not left: another may have it.
      open.delete(worker)
      dealt.delete(worker)
      waiting.add(socket)
      deal()
    })
  }

  /** Lets go of it here; a worker that has it holds it too. */
  function letGo(worker: ChildProcess): void {
    dealt.get(worker)?.destroy()
    dealt.delete(worker)
  }

  return {
    open: ({ port, host }) =>
      new Promise((done, fail) => {
        server.once('error', fail)
        server.listen({ port, host, backlog: BACKLOG }, () => done((server.address() as AddressInfo).port))
      }),
    admit(worker) {
      open.add(worker)
      deal()
    },
    took(worker) {
      letGo(worker)
      deal()
    },
    dismiss: worker => void open.delete(worker),
    forget(worker) {
      open.delete(worker)
      letGo(worker)
    },
    close() {
      server.close()
      for (const socket of waiting) socket.destroy()
      waiting.clear()
    },
  }
}
