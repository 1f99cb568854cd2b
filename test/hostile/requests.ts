import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import type { SidelineError } from '#domain/errors.ts'
import type { Random } from '#test/sim/random.ts'
import { type House, TARGETS, type Target } from './bodies.ts'
import type { Tally } from './tally.ts'
import { mutate, spoil } from './values.ts'

const AT_ONCE = 16
const KIB = 1024
/** What a refusal at the entrance is answered with, and a handler's own schema too: neither counts as reached. */
const ENTRANCE = new Set(['INVALID_PAYLOAD', 'TOO_LARGE', 'CSRF', 'AUTH_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED'])

export interface Askers {
  program: string
  /** Many, since each may change so much in a minute. */
  admins: readonly string[]
}
interface Options {
  port: number
  total: number
  random: Random
  house: House
  askers: Askers
  tally: Tally
}
export interface Sent {
  bodies: number
  /** Answers that are the server's own mistakes. */
  internal: string[]
  /** Answers that are no JSON of this interface, by what was asked. */
  odd: string[]
}

interface Asked {
  method: string
  path: string
  headers: OutgoingHttpHeaders
  body: Buffer | null
}
interface Answered {
  status: number
  cookie: string | undefined
  text: string
}

let asked = 0
/** Another address for each: limits by address are not what is tested here. All within a network where a sign-in is taken. */
const nextAddress = () => {
  asked += 1
  return `10.${128 + ((asked >> 16) & 127)}.${(asked >> 8) & 255}.${asked & 255}`
}

/** Sends bodies of every kind to every route that writes, and counts what is answered. */
export async function sendBodies({ port, total, random, house, askers, tally }: Options): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const sent: Sent = { bodies: 0, internal: [], odd: [] }
  const spent = new Map<string, number>()
  const weights = Object.values(TARGETS).reduce((all, { weight }) => all + weight, 0)

  function pick(): [string, Target] {
    let at = random.below(weights)
    for (const entry of Object.entries(TARGETS)) {
      at -= entry[1].weight
      if (at < 0) return entry
    }
    throw new Error('the weights do not add up')
  }

  function headersFor({ asker }: Target): OutgoingHttpHeaders {
    const headers: OutgoingHttpHeaders = { 'content-type': 'application/json', 'x-forwarded-for': nextAddress() }
    if (asker === 'program') headers.authorization = `Bearer ${askers.program}`
    if (asker === 'admin') headers.authorization = `Bearer ${random.of(askers.admins)}`
    if (asker === 'browser') Object.assign(headers, { cookie: house.fan.cookie, origin: `http://127.0.0.1:${port}` })
    return headers
  }

  /** A good body may cost much: of those there are only so many, and the rest are spoilt. */
  function mayBeGood(route: string, { most }: Target): boolean {
    const count = spent.get(route) ?? 0
    spent.set(route, count + 1)
    return most === undefined || count < most
  }

  function make(route: string, target: Target, isFirst: boolean): Asked {
    const sending: Asked = {
      method: route.split(' ')[0] ?? '',
      path: target.path(random, house, isFirst),
      headers: headersFor(target),
      body: null,
    }
    const kind = isFirst ? 0 : random.next()
    if (!target.body) {
      // It reads none; one that comes all the same must not matter.
      if (kind > 0.5) sending.body = Buffer.from(spoil(random, '{"a":1}'))
      return sending
    }
    if (kind < 0.56 && (isFirst || mayBeGood(route, target))) {
      sending.body = written(target.body(random, house, kind >= 0.36))
    } else if (kind < 0.78) {
      const body = mutate(random, target.body(random, house, random.chance(0.3)))
      sending.body = written(target.most === undefined ? body : { ...(body as object), unknown: 1 })
    } else if (kind < 0.9) {
      const body = target.body(random, house, false)
      sending.body = Buffer.from(spoil(random, JSON.stringify(target.most === undefined ? body : { unknown: 1, ...(body as object) })))
    } else if (kind < 0.97 || target.most !== undefined) dress(random, sending, JSON.stringify(target.body(random, house, false)), target)
    else sending.body = atBorder(random, route, target.body(random, house, false))
    return sending
  }

  function judge(route: string, target: Target, { status, cookie, text }: Answered): void {
    if (status >= 200 && status < 300) {
      tally.ok(route)
      if (route.endsWith('/change-password') && cookie) house.fan.cookie = cookie
      target.learn?.(JSON.parse(text), house)
      return
    }
    const error = errorOf(text)
    if (!error) {
      // Node's own parser refuses what is no HTTP before anybody else sees it.
      if (status !== 400 && status !== 408 && status !== 413 && status !== 431) sent.odd.push(`${route} ${status} ${text.slice(0, 200)}`)
      tally.refused(route, `HTTP ${status}`)
      return
    }
    const isBusyHashing = error.code === 'BUSY_RETRY' && target.most !== undefined
    if (status >= 500 && !isBusyHashing) sent.internal.push(`${route} ${status} ${text.slice(0, 300)}`)
    if (ENTRANCE.has(error.code) && !target.isOwn?.(error)) tally.refused(route, error.code)
    else tally.reached(route, error.code)
  }

  async function one([route, target]: [string, Target], isFirst = false): Promise<void> {
    sent.bodies += 1
    tally.sent(route)
    const made = make(route, target, isFirst)
    if (!isFirst && random.chance(0.015)) return cutOff(port, random, made, route, tally)
    const answer = await ask(port, agent, made)
    if (answer === null) tally.silent(route)
    else {
      const before = sent.internal.length
      judge(route, target, answer)
      if (sent.internal.length > before) sent.internal.push(`  asked ${made.path} ${String(made.body).slice(0, 400)}`)
    }
  }

  // Once each as it should be, in the order in which one makes what the next takes away.
  for (const entry of Object.entries(TARGETS)) await one(entry, true)
  const worker = async () => {
    while (sent.bodies < total) await one(pick())
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  agent.destroy()
  return sent
}

const written = (body: unknown) => Buffer.from(JSON.stringify(body) ?? '')

function errorOf(text: string): SidelineError | null {
  try {
    const { error } = JSON.parse(text) as { error?: SidelineError }
    return error?.code ? error : null
  } catch {
    return null
  }
}

/** The right words in the wrong clothes. */
function dress(random: Random, asked: Asked, json: string, { most }: Target): void {
  // Where a good body costs much, it must not be understood by chance.
  const text = most === undefined ? json : `${json}}`
  const type = random.of([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    '',
    'application/json; charset=utf-16',
  ])
  asked.headers['content-type'] = type
  switch (random.below(6)) {
    case 0:
      asked.body = Buffer.from(text, 'utf16le')
      return
    case 1:
      asked.body = Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from(text.slice(-1))])
      return
    case 2:
      asked.body = Buffer.from(text)
      asked.headers['content-encoding'] = random.of(['gzip', 'br', 'deflate', 'x'])
      return
    case 3:
      asked.body = Buffer.from(`data=${encodeURIComponent(text)}`)
      return
    case 4:
      asked.body = Buffer.from(text)
      asked.headers = { ...asked.headers, 'x-http-method-override': 'DELETE', 'next-action': 'x', 'x-nonce': 'x' }
      return
    default:
      asked.body = Buffer.from(text)
      asked.headers['transfer-encoding'] = 'chunked'
  }
}

/** As long as a body may be, or a byte longer. */
function atBorder(random: Random, route: string, body: unknown): Buffer {
  const over = random.of([0, 1])
  const isPlays = route.endsWith('/plays')
  const most = isPlays && Array.isArray(body) ? 512 * KIB : 32 * KIB
  return Buffer.from(JSON.stringify(body).padEnd(most + over, ' '))
}

function ask(port: number, agent: Agent, { method, path, headers, body }: Asked): Promise<Answered | null> {
  return new Promise(resolve => {
    const isChunked = headers['transfer-encoding'] !== undefined
    const length = body === null || isChunked ? {} : { 'content-length': body.length }
    const outgoing = request({ port, host: '127.0.0.1', agent, method, path, headers: { ...headers, ...length } }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => resolve(null))
      response.on('end', () => {
        const cookie = response.headers['set-cookie']?.[0]?.split(';')[0]
        resolve({ status: response.statusCode ?? 0, cookie, text: Buffer.concat(chunks).toString('utf8') })
      })
    })
    outgoing.on('error', () => resolve(null))
    outgoing.end(body)
  })
}

/** A request that is no longer one half way through: its sender goes, or says what cannot be. */
async function cutOff(port: number, random: Random, { method, path, headers, body }: Asked, route: string, tally: Tally): Promise<void> {
  const kind = random.below(8)
  const text = String(body ?? '{}')
  const half = text.slice(0, Math.max(1, text.length >> 1))
  const framing: readonly (readonly [string, string])[] = [
    [`content-length: ${text.length + 500}`, half],
    ['transfer-encoding: chunked', `5\r\n${half.slice(0, 5).padEnd(5, ' ')}\r\n`],
    ['transfer-encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n'],
    ['content-length: -1', text],
    [`content-length: 4\r\ntransfer-encoding: chunked`, '0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n'],
    ['content-length: 2\r\ncontent-length: 3', '{}x'],
    [`content-length: 2\r\nx-long: ${'x'.repeat(20_000)}`, '{}'],
    ['content-length: 2\r\nx-odd\u0000name: 1', '{}'],
  ]
  const [lines, rest] = framing[kind] as readonly [string, string]
  const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, ...given, lines].join('\r\n')
  await new Promise<void>(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head}\r\n\r\n${rest}`))
    // The first two wait for what never comes: it is the sender who goes.
    const timer = setTimeout(() => socket.destroy(), kind < 2 ? 20 : 5_000)
    let answer = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk
      if (answer.includes('\r\n')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? []
      if (status) tally.refused(route, `HTTP ${status}`)
      else tally.silent(route)
      resolve()
    })
  })
}
