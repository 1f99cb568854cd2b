import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { SidelineError } from '#domain/errors.ts'

/** Waits until something holds; it says what did not happen when nothing does. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, ms = 30_000): Promise<void> {
  const end = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`within ${ms} ms this did not happen: ${what}`)
    await sleep(15)
  }
}

/** A WebSocket below Socket.IO: what is said is sent as it stands. */
export interface Wire {
  ws: WebSocket
  heard: string[]
  isClosed(): boolean
  /** The code the server closed with; null while it is open. */
  code(): number | null
  send(frame: string | Buffer): void
  /** The answer to an event that was sent with this acknowledgement id. */
  answer(id: number): Promise<{ ok: boolean; error?: SidelineError }>
  close(): void
}
export type Opened = { wire: Wire } | { status: number; headers: Record<string, unknown>; body: string }

const ENGINE = '/socket.io/?EIO=4&transport=websocket'

/** Opens an engine connection; without `greet` the namespace is never asked for. */
export function open(
  url: string,
  headers: Record<string, string> = {},
  { greet = true, path = ENGINE }: { greet?: boolean; path?: string } = {},
): Promise<Opened> {
  const ws = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, { headers })
  const heard: string[] = []
  let code: number | null = null
  ws.on('close', given => {
    code = given
  })
  const wire: Wire = {
    ws,
    heard,
    isClosed: () => code !== null,
    code: () => code,
    send: frame => ws.readyState === WebSocket.OPEN && ws.send(frame),
    async answer(id) {
      const head = `43${id}[`
      await until(() => code !== null || heard.some(text => text.startsWith(head)), `an answer to ${id}`)
      const text = heard.find(each => each.startsWith(head))
      if (text === undefined) throw new Error(`closed with ${code} before answer ${id}`)
      return (JSON.parse(text.slice(head.length - 1)) as [{ ok: boolean }])[0]
    },
    close: () => ws.terminate(),
  }
  return new Promise((done, fail) => {
    ws.on('message', data => {
      const text = String(data)
      if (text === '2') wire.send('3')
      else heard.push(text)
      if (text.startsWith('0')) {
        if (!greet) return done({ wire })
        wire.send('40')
      }
      if (text.startsWith('40') || text.startsWith('44')) done({ wire })
    })
    ws.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', chunk => {
        body += chunk
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    ws.on('error', error => (code === null ? fail(error) : undefined))
    ws.on('close', () => done({ wire }))
  })
}

/** Whether a connection that names an open session may take it over: the first step of an upgrade is answered. */
export function takesOver(url: string, sid: string, headers: Record<string, string> = {}): Promise<boolean> {
  const ws = new WebSocket(`${url.replace(/^http/, 'ws')}${ENGINE}&sid=${encodeURIComponent(sid)}`, { headers })
  return new Promise(done => {
    const end = (isTaken: boolean) => {
      ws.terminate()
      done(isTaken)
    }
    ws.on('open', () => ws.send('2probe'))
    ws.on('message', () => end(true))
    ws.on('error', () => end(false))
    ws.on('close', () => end(false))
  })
}

/** As `open`, where it must succeed. */
export async function opened(url: string, headers: Record<string, string> = {}): Promise<Wire> {
  const made = await open(url, headers)
  if (!('wire' in made)) throw new Error(`refused with ${made.status}: ${made.body}`)
  return made.wire
}

/** A bare TCP connection, for requests that no client would send. */
export interface Line {
  socket: Socket
  text(): string
  isEnded(): boolean
  send(text: string | Buffer): void
  close(): void
}

export function dial(port: number): Promise<Line> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    let isEnded = false
    const end = () => {
      isEnded = true
    }
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
    })
    socket.on('end', end)
    socket.on('close', end)
    socket.once('error', fail)
    socket.on('error', end)
    socket.once('connect', () => {
      socket.off('error', fail)
      done({
        socket,
        text: () => text,
        isEnded: () => isEnded,
        send: sent => socket.writable && socket.write(sent),
        close: () => socket.destroy(),
      })
    })
  })
}

/** A header block and its blank line. */
export const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`
