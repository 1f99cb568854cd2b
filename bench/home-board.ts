import { deflateRawSync } from 'node:zlib'
import type { LobbyMessage } from '#domain/protocol.ts'
import { percentile, remark, report, setting, sleep } from './measure.ts'
import { benchPlay, liveGame, openSocket, post, startProduct, watchFrame } from './product.ts'
import { Wire } from './wire.ts'

const GAMES = setting('BOARD_GAMES', 200, 40)
const RATE = setting('BOARD_RATE', 200, 40)
const LAST_MS = setting('BOARD_MS', 10_000, 4_000)
const GAMES_A_SOCKET = 20
const SCORERS = 8
/** Of a frame, beside its text. */
const FRAME_HEAD = 4

/** Everything live on one page: what its reader is sent, against a push for each play of each game. */
export async function homeBoard(): Promise<void> {
  const server = await startProduct()
  const ids: string[] = []
  for (let i = 0; i < GAMES; i++) ids.push((await liveGame(server, 2, `Side ${i}`)).id)
  await sleep(1_000)
  const postedAt = new Map<string, number>()
  const newest = new Map<string, number>()
  const ages: number[] = []
  const board = { frames: 0, bytes: 0, packed: 0 }
  const pushed = { frames: 0, bytes: 0 }
  const shown = new Map<string, number>()
  const reader = await openSocket(server.port, text => {
    if (!text.startsWith('42["lobby:update"')) return
    const now = performance.now()
    board.frames += 1
    board.bytes += Buffer.byteLength(text) + FRAME_HEAD
    board.packed += deflateRawSync(text).length
    const [, { games }] = JSON.parse(text.slice(2)) as [string, LobbyMessage]
    for (const { id, seq } of games) {
      // Every score since the last time is as old as the first of them.
      for (let known = (shown.get(id) ?? 2) + 1; known <= seq; known++) {
        const at = postedAt.get(`${id} ${known}`)
        if (at !== undefined) ages.push(now - at)
      }
      shown.set(id, seq)
    }
  })
  reader.send('420["lobby:watch",{}]')
  // A socket may follow twenty games; one reader of naive pushes is as many sockets as it takes.
  const naive = await Promise.all(
    Array.from({ length: Math.ceil(GAMES / GAMES_A_SOCKET) }, async (_, i) => {
      const socket = await openSocket(server.port, text => {
        if (!text.startsWith('42["game:update"')) return
        pushed.frames += 1
        pushed.bytes += Buffer.byteLength(text) + FRAME_HEAD
      })
      for (const id of ids.slice(i * GAMES_A_SOCKET, (i + 1) * GAMES_A_SOCKET)) socket.send(watchFrame(id))
      return socket
    }),
  )
  await sleep(1_000)
  for (const counted of [board, pushed]) [counted.frames, counted.bytes] = [0, 0]
  board.packed = 0
  const start = performance.now()
  let posted = 0
  await Promise.all(
    Array.from({ length: SCORERS }, async () => {
      const wire = new Wire(server.port)
      while (performance.now() - start < LAST_MS) {
        const turn = posted++
        const due = start + (turn * 1_000) / RATE
        if (due > performance.now()) await sleep(due - performance.now())
        // As they fall: now and then two in one game while another waits.
        const id = ids[Math.floor(Math.random() * GAMES)] as string
        const seq = (newest.get(id) ?? 2) + 1
        newest.set(id, seq)
        postedAt.set(`${id} ${seq}`, performance.now())
        await post(wire, server, id, benchPlay())
      }
      wire.close()
    }),
  )
  const seconds = (performance.now() - start) / 1_000
  await sleep(700)
  const rate = posted / seconds
  const detail = `${GAMES} live games, ${rate.toFixed(0)} plays/s`
  report(
    'home board: frames a second',
    board.frames / seconds,
    { most: 4 },
    `${detail}; ${(pushed.frames / seconds).toFixed(0)} with a push a play`,
  )
  const bytes = (count: number) => `${(count / seconds / 1_000).toFixed(1)} KB/s`
  report(
    'home board: bytes a fan ÷ a push a play',
    board.bytes / pushed.bytes,
    { most: 1 / 20 },
    `${bytes(board.bytes)} ÷ ${bytes(pushed.bytes)}`,
  )
  const share = (board.packed / pushed.bytes).toFixed(3)
  remark(`packed message by message, as WebSockets can, the board would be ${bytes(board.packed)}: ${share} of a push a play`)
  report(
    'home board: age of scores, p99, ms',
    percentile(ages, 0.99),
    { most: 500 },
    `p50 ${percentile(ages, 0.5).toFixed(0)} ms, ${ages.length} plays, from posting`,
  )
  for (const socket of [reader, ...naive]) socket.terminate()
  await server.dispose()
}
