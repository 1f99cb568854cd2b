import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { ERROR_STATUS, type SidelineError } from '#domain/errors.ts'

/** Answers a handshake that is refused as every other request is, and closes the connection. */
export function refuseUpgrade(stream: Duplex, error: SidelineError): void {
  const status = ERROR_STATUS[error.code] || 400
  const body = JSON.stringify({ error })
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    ...(error.retryAfterMs ? [`Retry-After: ${Math.ceil(error.retryAfterMs / 1000)}`] : []),
  ]
  // Nobody else listens to it any more, and whoever is refused may be gone.
  stream.on('error', () => {})
  stream.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => stream.destroy())
}
