import { type IncomingMessage, STATUS_CODES } from 'node:http'
import { ERROR_STATUS, type SidelineError } from '#domain/errors.ts'

/** Answers a handshake that is refused as every other request is; the engine by itself knows 400 alone. It closes the connection afterwards. */
export function refuseUpgrade({ socket }: IncomingMessage, error: SidelineError): void {
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
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
