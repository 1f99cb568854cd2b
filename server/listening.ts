import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from './config.ts'

/** As many as may knock at once: everybody comes back together after a restart. */
const BACKLOG = 8192

export interface Place {
  host: string
  port: number
}

export function listen(http: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
  return new Promise((done, fail) => {
    http.once('error', fail)
    http.listen({ port, host, backlog: BACKLOG }, () => done((http.address() as AddressInfo).port))
  })
}

/** Where a process reaches itself. */
export function ownPlace(http: Server): Place {
  const { address, port } = http.address() as AddressInfo
  return { host: address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address, port }
}
