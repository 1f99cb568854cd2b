import { connect, type Socket } from 'node:net'

export interface Reply {
  status: number
  /** Bytes on the wire, headers included. */
  bytes: number
  body: Buffer
}

/** One kept connection, one request at a time, without what a general client would cost the measurement. */
export class Wire {
  #socket: Socket
  #held: Buffer[] = []
  #size = 0
  #settle: ((reply: Reply) => void) | null = null
  #fail: (error: Error) => void = () => {}
  #port: number

  constructor(port: number) {
    this.#port = port
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', chunk => this.#take(chunk))
    this.#socket.on('error', error => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('The connection was closed.')))
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.#ask(this.#head('GET', path, headers))
  }

  post(path: string, token: string, body: unknown): Promise<Reply> {
    const text = JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    }
    return this.#ask(this.#head('POST', path, headers) + text)
  }

  close(): void {
    this.#fail = () => {}
    this.#socket.destroy()
  }

  #head(method: string, path: string, headers: Record<string, string>): string {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${this.#port}\r\n${lines.join('')}\r\n`
  }

  #ask(text: string): Promise<Reply> {
    return new Promise((settle, fail) => {
      this.#settle = settle
      this.#fail = fail
      this.#socket.write(text)
    })
  }

  #take(chunk: Buffer): void {
    this.#held.push(chunk)
    this.#size += chunk.length
    const first = this.#held[0] as Buffer
    const headEnd = first.indexOf('\r\n\r\n')
    if (headEnd < 0) {
      this.#held = [Buffer.concat(this.#held)]
      if ((this.#held[0] as Buffer).indexOf('\r\n\r\n') < 0) return
    }
    const head = (this.#held[0] as Buffer).toString('latin1', 0, (this.#held[0] as Buffer).indexOf('\r\n\r\n') + 4)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    const isWhole = length !== undefined ? this.#size >= head.length + Number(length) : chunk.subarray(-5).equals(LAST_CHUNK)
    if (!isWhole) return
    const body = Buffer.concat(this.#held).subarray(head.length)
    const reply = { status: Number(head.slice(9, 12)), bytes: this.#size, body: length === undefined ? unchunked(body) : body }
    this.#held = []
    this.#size = 0
    this.#settle?.(reply)
  }
}
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.toString('latin1', at, line), 16)
    if (!size) return Buffer.concat(parts)
    parts.push(body.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
