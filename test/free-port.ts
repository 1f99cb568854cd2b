import { createServer } from 'node:net'

/** Below the ports that systems hand to outgoing connections (Linux from 32,768 on, others from 49,152): one of those may be anybody's a moment later. */
const FROM = 12_000
const COUNT = 20_000

/** Each process of the tests goes through them from a place of its own, so that two that ask at once do not get the same. */
let next = (process.pid * 97) % COUNT

/** A port on loopback that nobody listens on, and that nobody is given by chance before its server takes it. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = FROM + next
    next = (next + 1) % COUNT
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${FROM} on is free`)
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  return new Promise(resolve => {
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
