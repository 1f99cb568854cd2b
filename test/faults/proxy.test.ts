import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChaosProxy, startChaosProxy } from './proxy.ts'

let echo: Server
let proxy: ChaosProxy
let clients: Socket[]
let servedByEcho: Socket[]

beforeEach(async () => {
  clients = []
  servedByEcho = []
  echo = createServer({ allowHalfOpen: true }, socket => {
    servedByEcho.push(socket)
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await startChaosProxy({ port: (echo.address() as AddressInfo).port })
})

afterEach(async () => {
  for (const client of clients) client.destroy()
  await proxy.close()
  echo.close()
})

async function dial() {
  const socket = connect({ port: proxy.port, host: '127.0.0.1' })
  clients.push(socket)
  const heard = { text: '', error: '' }
  socket.setEncoding('utf8')
  socket.on('data', text => {
    heard.text += text
  })
  // Before anything waits for the connection: a reset may arrive with it.
  socket.on('error', (error: NodeJS.ErrnoException) => {
    heard.error = error.code ?? error.message
  })
  await Promise.race([new Promise(done => socket.once('connect', done)), new Promise(done => socket.once('close', done))])
  return { socket, heard }
}

const until = (isTrue: () => boolean) => expect.poll(isTrue, { interval: 5, timeout: 20_000 }).toBe(true)

describe('the chaos proxy', () => {
  it('carries bytes both ways, a long message whole and in order, and passes the end on', async () => {
    const { socket, heard } = await dial()
    const sent = Array.from({ length: 200_000 }, (_, i) => `${i},`).join('')
    socket.end(sent)
    await once(socket, 'close')
    expect(heard.text).toBe(sent)
    expect(proxy.accepted()).toBe(1)
    await until(() => proxy.open() === 0)
  })

  it('delays each way and keeps the order', async () => {
    const { socket, heard } = await dial()
    proxy.delay(60)
    const began = performance.now()
    socket.write('a')
    await sleep(20)
    socket.write('b')
    await until(() => heard.text === 'ab')
    expect(performance.now() - began).toBeGreaterThanOrEqual(138)
  })

  it('holds everything in a black hole and delivers it when healed', async () => {
    const { socket, heard } = await dial()
    socket.write('before ')
    await until(() => heard.text === 'before ')
    proxy.blackHole()
    socket.write('during')
    const late = await dial()
    late.socket.write('new')
    await sleep(150)
    expect(heard).toEqual({ text: 'before ', error: '' })
    expect(late.heard).toEqual({ text: '', error: '' })
    expect(socket.destroyed).toBe(false)
    proxy.heal()
    await until(() => heard.text === 'before during' && late.heard.text === 'new')
  })

  it('cuts and resets every open connection, and takes new ones', async () => {
    const first = await dial()
    const second = await dial()
    await until(() => proxy.open() === 2)
    const closed = Promise.all([once(first.socket, 'close'), once(second.socket, 'close')])
    expect(proxy.cut()).toBe(2)
    await closed
    expect(first.heard.error).toBe('')

    const third = await dial()
    await until(() => proxy.open() === 1)
    proxy.reset()
    await until(() => third.heard.error === 'ECONNRESET')

    const fourth = await dial()
    fourth.socket.write('alive')
    await until(() => fourth.heard.text === 'alive')
  })

  it('refuses new connections while open ones go on', async () => {
    const { socket, heard } = await dial()
    socket.write('x')
    await until(() => heard.text === 'x')
    proxy.refuse()
    const refused = await dial()
    await until(() => refused.heard.error === 'ECONNRESET')
    socket.write('y')
    await until(() => heard.text === 'xy')
  })

  it('ends the client when the server is gone', async () => {
    const { socket, heard } = await dial()
    socket.write('x')
    await until(() => heard.text === 'x')
    for (const served of servedByEcho) served.destroy()
    await until(() => socket.destroyed)
    echo.close()
    await once(echo, 'close')
    const next = await dial()
    await until(() => next.socket.destroyed)
  })
})
