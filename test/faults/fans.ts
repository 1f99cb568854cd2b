import { WebSocket } from 'ws'
import type { Game } from '#domain/game.ts'
import { PROTOCOL_VERSION, type UpdateMessage, type WatchAnswer } from '#domain/protocol.ts'
import { until } from './until.ts'

/** As the socket of a page does: the first attempt within 2 s, later ones up to 8 s apart, all of them scattered. */
const RETRY_MS = { first: 1_000, longest: 8_000 }
const AT_ONCE = 100

interface Fan {
  socket: WebSocket | null
  isReady: boolean
  attempts: number
  epoch: string
  seq: number
  score: string
  timer: NodeJS.Timeout | undefined
}

interface Told {
  message: UpdateMessage
  first: number
  score: string
}

const scoreOf = ({ score }: { score: Game['score'] }) => `${score.home}-${score.away}`

/** A crowd of pages without their drawing, light enough for thousands in one process: each follows one game and comes back by itself. */
export class Fans {
  readonly #fans: Fan[]
  readonly #port: number
  readonly #gameId: string
  #last = { text: '', told: null as Told | null }
  #isOver = false
  /** When each connection was asked for, and when one was lost, by `performance.now()`; and what they met. */
  readonly knocks: number[] = []
  readonly leaves: number[] = []
  readonly met = { opened: 0, refused: 0, lost: 0, gaps: 0, snapshots: 0, drained: 0, back: 0 }

  constructor({ port, gameId, count }: { port: number; gameId: string; count: number }) {
    this.#port = port
    this.#gameId = gameId
    this.#fans = Array.from({ length: count }, () => ({
      socket: null,
      isReady: false,
      attempts: 0,
      epoch: '',
      seq: 0,
      score: '',
      timer: undefined,
    }))
  }

  /** Connects everybody, so many at a time. */
  async come(ms = 120_000): Promise<void> {
    for (let start = 0; start < this.#fans.length; start += AT_ONCE) {
      const some = this.#fans.slice(start, start + AT_ONCE)
      for (const fan of some) this.#connect(fan)
      await until(() => some.every(fan => fan.isReady), ms)
    }
  }

  ready = () => this.#fans.filter(fan => fan.isReady).length
  /** Who has seen so much of the log; a game is followed in one epoch after the other. */
  at = (seq: number) => this.#fans.filter(fan => fan.isReady && fan.seq >= seq).length
  scores = () => [...new Set(this.#fans.map(fan => `${fan.seq} ${fan.score}`))]

  /** Cuts one, as a bad network does. */
  cut(index: number): void {
    this.#fans[index]?.socket?.terminate()
  }

  leave(): void {
    this.#isOver = true
    for (const fan of this.#fans) {
      clearTimeout(fan.timer)
      fan.socket?.terminate()
    }
  }

  #connect(fan: Fan): void {
    if (this.#isOver) return
    this.knocks.push(performance.now())
    const localAddress = `127.0.0.${2 + (this.#fans.indexOf(fan) % 8)}`
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/socket.io/?EIO=4&transport=websocket`, {
      localAddress,
      handshakeTimeout: 20_000,
    })
    fan.socket = socket
    socket.on('message', data => this.#hear(fan, socket, data.toString()))
    socket.on('unexpected-response', (_request, response) => {
      this.met.refused += 1
      response.resume()
      socket.terminate()
    })
    socket.on('error', () => {})
    socket.once('close', () => this.#lose(fan))
  }

  #lose(fan: Fan): void {
    if (fan.isReady) {
      this.met.lost += 1
      this.leaves.push(performance.now())
    }
    fan.isReady = false
    fan.socket = null
    const most = Math.min(RETRY_MS.longest, 2 * RETRY_MS.first * 2 ** fan.attempts)
    fan.attempts += 1
    clearTimeout(fan.timer)
    fan.timer = setTimeout(() => this.#connect(fan), Math.random() * most)
  }

  #watch(fan: Fan): void {
    fan.socket?.send(
      `420${JSON.stringify(['game:watch', { gameId: this.#gameId, ...(fan.epoch ? { epoch: fan.epoch, seq: fan.seq } : {}) }])}`,
    )
  }

  #hear(fan: Fan, socket: WebSocket, text: string): void {
    if (text === '2') socket.send('3')
    else if (text.startsWith('0')) socket.send(`40${JSON.stringify({ v: PROTOCOL_VERSION })}`)
    else if (text.startsWith('40')) this.#watch(fan)
    else if (text.startsWith('430')) this.#answered(fan, (JSON.parse(text.slice(3)) as [{ ok: boolean } & WatchAnswer])[0])
    else if (text.startsWith('42["game:update"')) this.#updated(fan, this.#read(text))
    else if (text.startsWith('42["sys:drain"')) {
      this.met.drained += 1
      const { inMs } = (JSON.parse(text.slice(2)) as [string, { inMs: number }])[1]
      fan.timer = setTimeout(() => socket.terminate(), Math.random() * inMs)
    }
  }

  /** Everybody is told the same words: they are read once. */
  #read(text: string): Told {
    if (text === this.#last.text && this.#last.told) return this.#last.told
    const [, message] = JSON.parse(text.slice(2)) as [string, UpdateMessage]
    const told = { message, first: message.plays[0]?.seq ?? message.seq + 1, score: scoreOf(message.game) }
    this.#last = { text, told }
    return told
  }

  #answered(fan: Fan, answer: { ok: boolean } & WatchAnswer): void {
    if (!answer.ok) return void fan.socket?.terminate()
    if (!fan.isReady) this.met.opened += 1
    if (fan.attempts > 0) this.met.back += 1
    fan.isReady = true
    fan.attempts = 0
    if (answer.mode === 'snapshot') this.met.snapshots += 1
    if (answer.mode !== 'same') [fan.epoch, fan.seq, fan.score] = [answer.epoch, answer.seq, scoreOf(answer.game)]
  }

  #updated(fan: Fan, { message, first, score }: Told): void {
    if (message.epoch === fan.epoch && message.seq <= fan.seq) return
    if (message.epoch !== fan.epoch || first > fan.seq + 1) {
      this.met.gaps += 1
      this.#watch(fan)
      return
    }
    fan.seq = message.seq
    fan.score = score
  }
}

/** The most of these that fell within a second, from a moment on. */
export function peakOf(times: readonly number[], since: number): number {
  const late = times.filter(at => at >= since).sort((a, b) => a - b)
  let most = 0
  for (let from = 0, to = 0; to < late.length; to++) {
    while ((late[to] ?? 0) - (late[from] ?? 0) > 1_000) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}
