import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { obeyOrders } from './orders.ts'

/** Raw `ws`: each update one frame, made once and written to every stream. What Node can do at most. */
const http = createServer()
const server = new WebSocketServer({ server: http, perMessageDeflate: false })
const room = new Set<WebSocket>()
server.on('connection', socket => {
  socket.on('message', () => {
    room.add(socket)
    socket.send('joined')
  })
  socket.on('close', () => room.delete(socket))
})

function frameOf(text: string): Buffer {
  const body = Buffer.from(text)
  const head = Buffer.alloc(body.length < 65_536 ? 4 : 10)
  head[0] = 0x81
  head[1] = body.length < 65_536 ? 126 : 127
  if (head.length === 4) head.writeUInt16BE(body.length, 2)
  else head.writeBigUInt64BE(BigInt(body.length), 2)
  return Buffer.concat([head, body])
}

obeyOrders(http, update => {
  const frame = frameOf(`42${JSON.stringify(['game:update', update])}`)
  for (const socket of room) (socket as unknown as { _socket: Socket })._socket.write(frame)
})
