import type { Random } from '#test/sim/random.ts'
import { hostileValue, mutate, STRINGS, spoil } from './values.ts'

/** What is there to be named by a message. */
export interface World {
  games: readonly { id: string; epoch: string }[]
  competitions: readonly string[]
}

export interface Frame {
  row: string
  packets: readonly (string | Buffer)[]
  /** The id under which it asks for an answer; null: it asks for none. */
  ackId: number | null
}

/** How much of the flood each event is. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'game:watch': 28,
  'game:unwatch': 16,
  'lobby:watch': 14,
  'lobby:unwatch': 14,
  'chat:send': 12,
  'time:sync': 16,
}

/** A payload as its schema wants it; `edgy`: with values that nobody means but the schema allows. */
type Payload = (random: Random, world: World, edgy: boolean) => object

/** Fits an id: up to 64 printable characters. */
const ODD_IDS = STRINGS.filter(text => text.length > 0 && text.length <= 64 && !/\p{Cc}/u.test(text))
const gameId = (random: Random, world: World, edgy: boolean) =>
  edgy && random.chance(0.6) ? random.of(ODD_IDS) : random.of(world.games).id

let sent = 0
const PAYLOADS: Readonly<Record<string, Payload>> = {
  'game:watch'(random, world, edgy) {
    const game = random.of(world.games)
    if (edgy)
      return {
        gameId: random.chance(0.3) ? random.of(ODD_IDS) : game.id,
        epoch: random.chance(0.5) ? game.epoch : random.of(STRINGS.filter(text => text.length <= 64)),
        seq: random.of([0, 1, 7, 2 ** 31, 2 ** 53 - 1]),
      }
    return random.chance(0.5) ? { gameId: game.id } : { gameId: game.id, epoch: game.epoch, seq: random.below(20) }
  },
  'game:unwatch': (random, world, edgy) => ({ gameId: gameId(random, world, edgy) }),
  'lobby:watch': (random, world, edgy) =>
    random.chance(0.4) ? {} : { competitionId: edgy ? random.of(ODD_IDS) : random.of(world.competitions) },
  'lobby:unwatch': (random, world, edgy) =>
    random.chance(0.4) ? {} : { competitionId: edgy ? random.of(ODD_IDS) : random.of(world.competitions) },
  'chat:send'(random, world, edgy) {
    sent += 1
    const id = random.chance(0.1) ? 'the-same-again' : `said-${String(sent).padStart(8, '0')}`
    const text = edgy ? random.of(STRINGS) : 'What a game'
    return { gameId: gameId(random, world, edgy && random.chance(0.3)), id, text, name: edgy ? random.of(STRINGS).slice(0, 40) : 'Lena' }
  },
  'time:sync': (random, _world, edgy) => (edgy ? { at: random.of([-1, 0, 2 ** 53]) } : {}),
}
export const FUZZED_EVENTS = Object.keys(PAYLOADS).sort()

function eventOf(random: Random): string {
  let at = random.below(Object.values(WEIGHTS).reduce((all, weight) => all + weight, 0))
  for (const [event, weight] of Object.entries(WEIGHTS)) {
    at -= weight
    if (at < 0) return event
  }
  throw new Error('the weights do not add up')
}

const HUGE_IDS = ['9007199254740991', '1000000000000000', '007', '99999999999999999999999', '9'.repeat(400)]

/** A message of one of the events there are: as it should be, as it may be, as it must not be, or with arguments that are no payload. */
export function knownFrame(random: Random, world: World, nextId: number): Frame {
  const event = eventOf(random)
  const payload = PAYLOADS[event] as Payload
  const hasAck = !random.chance(0.06)
  const written = random.chance(0.03) ? random.of(HUGE_IDS) : String(nextId)
  const ack = hasAck ? written : ''
  const frame = (...packets: (string | Buffer)[]): Frame => ({ row: event, packets, ackId: hasAck ? Number(written) : null })
  const text = (...sentWith: unknown[]) => frame(`42${ack}${JSON.stringify([event, ...sentWith])}`)
  const kind = random.next()
  if (kind < 0.22) return text(payload(random, world, false))
  if (kind < 0.56) return text(payload(random, world, true))
  if (kind < 0.88) return text(mutate(random, payload(random, world, random.chance(0.3))))
  switch (random.below(12)) {
    case 0:
      return text()
    case 1:
      return text(payload(random, world, false), payload(random, world, false))
    case 2:
      return text(hostileValue(random))
    case 3:
      return text(payload(random, world, false), null, [], {}, 5)
    case 4:
    case 5:
    case 6:
      return text(random.of([[], '', 0, null]))
    case 7:
      // Room to the last byte of what a message may hold.
      return frame(`42${ack}${JSON.stringify([event, payload(random, world, false)]).padEnd(32 * 1024 - 3 - ack.length, ' ')}`)
    default: {
      const attachments = random.between(1, 10)
      const holes = Array.from({ length: attachments }, (_, num) => ({ _placeholder: true, num }))
      const bytes = holes.map(() => Buffer.alloc(random.of([0, 1, 100, 1_000]), 0xff))
      return frame(`45${attachments}-${ack}${JSON.stringify([event, ...holes])}`, ...bytes)
    }
  }
}

/** What no page sends and no socket has to be closed for. */
const STRAY: readonly (readonly (string | Buffer)[])[] = [
  ['42["nope",{}]'],
  ['427777777["nope",{}]'],
  ['42'],
  ['427777778'],
  ['42["__proto__",{"a":1}]'],
  ['42["constructor"]'],
  ['42["error",{"message":"x"}]'],
  ['42[5,1]'],
  ['42[""]'],
  [`42["${'x'.repeat(2_000)}"]`],
  ['430[]'],
  ['43999999999999["x"]'],
  ['43[1]'],
  ['3'],
  ['3probe'],
  ['5'],
  ['6'],
  ['40/admin,'],
  ['40/nope,{"token":"x"}'],
  ['40/%00,'],
  [`40/${'x'.repeat(2_000)},`],
  ['451-["nope",{"_placeholder":true,"num":0}]', Buffer.alloc(2_000)],
  ['461-5["nope",{"_placeholder":true,"num":0}]', Buffer.from('x')],
]
export function strayFrame(random: Random): Frame {
  return { row: 'stray packets', packets: random.of(STRAY), ackId: null }
}

/** What breaks the protocol: the socket goes, and nothing else does. */
const BROKEN: readonly (readonly (string | Buffer)[])[] = [
  ['42['],
  ['42{}'],
  ['42null'],
  ['42"x"'],
  ['42[true]'],
  ['42[null,1]'],
  ['42[{"toString":1}]'],
  ['9'],
  ['x'],
  [''],
  ['49'],
  ['47["x"]'],
  ['4'],
  ['4-1'],
  ['42["connect",1]'],
  ['42["connect_error"]'],
  ['42["disconnect"]'],
  ['42["disconnecting"]'],
  ['42["newListener"]'],
  ['42["removeListener"]'],
  ['421e3["time:sync"]'],
  ['42-1["time:sync"]'],
  ['42٣["time:sync"]'],
  ['44{"message":"x"}'],
  ['44'],
  ['43{}'],
  ['40'],
  ['40{"token":"x"}'],
  ['40['],
  ['42/admin,["time:sync"]'],
  ['42/,x["time:sync"]'],
  ['459999-["x"]'],
  ['4511-["x"]'],
  ['450-["x"]'],
  ['45-1-["x"]'],
  ['451.5-["x"]'],
  ['45x'],
  ['45'],
  ['46'],
  ['451-["x",{"_placeholder":true,"num":0}]', '42["time:sync"]'],
  ['451-["x",{"_placeholder":true,"num":7}]', Buffer.from('x')],
  ['451-["x",{"_placeholder":true,"num":-1}]', Buffer.from('x')],
  ['451-["x",{"_placeholder":true,"num":"0"}]', Buffer.from('x')],
  ['2'],
  ['2probe'],
  ['b//8='],
  ['b'],
  [Buffer.from('42["time:sync"]')],
  [Buffer.alloc(0)],
  [Buffer.alloc(32 * 1024)],
  [`42["time:sync","${'x'.repeat(32 * 1024)}"]`],
  [`42["chat:send",${'['.repeat(16_380)}`],
  [Buffer.alloc(32 * 1024 + 1)],
  ['x'.repeat(1_000_001)],
]

/** Below Socket.IO: bytes on the connection that are no frame of a client (RFC 6455, 5). */
const BYTES: readonly Buffer[] = [
  // Not masked.
  Buffer.from([0x81, 0x02, 0x34, 0x31]),
  // Reserved bits, reserved codes of operation.
  Buffer.from([0xf1, 0x80, 0, 0, 0, 0]),
  Buffer.from([0x83, 0x80, 0, 0, 0, 0]),
  Buffer.from([0x8f, 0x80, 0, 0, 0, 0]),
  // A continuation of nothing; a control frame in pieces, and one that is too long.
  Buffer.from([0x80, 0x80, 0, 0, 0, 0]),
  Buffer.from([0x09, 0x80, 0, 0, 0, 0]),
  Buffer.from([0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]),
  // A close with a code that is none, and with half of one.
  Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe7]),
  Buffer.from([0x88, 0x81, 0, 0, 0, 0, 0x03]),
  // Text that is not UTF-8.
  Buffer.from([0x81, 0x83, 0, 0, 0, 0, 0x34, 0xff, 0xfe]),
  // A length of 2^63.
  Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  Buffer.from('GET / HTTP/1.1\r\n\r\n'),
]

export type Last = { row: string; packets: readonly (string | Buffer)[] } | { row: string; bytes: Buffer }

export function lastFrame(random: Random, world: World): Last {
  if (random.chance(0.2)) return { row: 'broken WebSocket frames', bytes: random.of(BYTES) }
  if (random.chance(0.7)) return { row: 'broken packets', packets: random.of(BROKEN) }
  const event = eventOf(random)
  const json = JSON.stringify([event, (PAYLOADS[event] as Payload)(random, world, true)])
  return { row: 'spoiled JSON', packets: [`42${spoil(random, json)}`] }
}

/** What a socket may say of itself before it is let in; most of it is no login. */
export function greeting(random: Random): string {
  const auth = mutate(random, { token: `sl_pat_${'x'.repeat(43)}`, v: 1 })
  const json = JSON.stringify(auth)
  return random.chance(0.2) ? `40${spoil(random, json)}` : `40${json}`
}
