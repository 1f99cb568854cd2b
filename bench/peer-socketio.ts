import { createServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { obeyOrders, type Update } from './orders.ts'

/** Plain Socket.IO as its documentation sets it up: the default adapter, one room. It also relays what a socket sends it, without a disk. */
const http = createServer()
const io = new Server(http, { serveClient: false, perMessageDeflate: false })
io.on('connection', (socket: Socket) => {
  socket.on('join', (_room: string, answer: (joined: boolean) => void) => {
    void socket.join('game')
    answer(true)
  })
  socket.on('play', (update: Update) => io.to('game').emit('game:update', update))
})
obeyOrders(http, update => io.to('game').emit('game:update', update))
