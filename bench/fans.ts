import { WebSocket } from 'ws'

/** Fans of one room in a process of their own: count what arrives. Spoken to over IPC. */
const [url = '', count = '0', join = '', needle = ''] = process.argv.slice(2)
let ready = 0
let delivered = 0
const sockets = Array.from({ length: Number(count) }, () => {
  const socket = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`)
  socket.on('message', data => {
    const text = data.toString()
    if (text.startsWith('0')) socket.send('40')
    else if (text === '2') socket.send('3')
    else if (text.startsWith('40')) {
      socket.send(join)
      ready += 1
      if (ready === Number(count)) process.send?.({ ready })
    } else if (text.includes(needle)) delivered += 1
  })
  return socket
})
process.on('message', message => {
  if (message === 'count') process.send?.({ delivered })
  if (message === 'stop') {
    for (const socket of sockets) socket.terminate()
    process.exit(0)
  }
})
