import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { BlockList } from 'node:net'
import { isListed, type Peer } from './address.ts'

export const REQUEST_ID_HEADER = 'x-request-id'
const SANE = /^[A-Za-z0-9._:-]{1,64}$/

/**
 * Names a request, in its headers and in those of its answer, so that lines of the log can be found by it. A listed proxy may have named
 * it already; from anybody else a name would let a stranger write into the log of others.
 */
export function stampRequestId(request: Peer, response: Pick<ServerResponse, 'setHeader'>, trustedProxies: BlockList): void {
  const given = request.headers[REQUEST_ID_HEADER]
  const isTaken = typeof given === 'string' && SANE.test(given) && isListed(trustedProxies, request.socket.remoteAddress)
  const id = isTaken ? given : randomUUID()
  request.headers[REQUEST_ID_HEADER] = id
  response.setHeader('X-Request-Id', id)
}
