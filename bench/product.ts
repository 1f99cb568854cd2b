import { WebSocket } from 'ws'
import type { Game } from '#domain/game.ts'
import { type Env, type Server, startServer } from '#e2e/server.ts'
import type { Update } from './orders.ts'
import { stampNow } from './swarm.ts'
import { Wire } from './wire.ts'

/** The built server, with no bound on how many fans may come from one address. */
export const startProduct = (env: Env = {}): Promise<Server> => startServer({ env: { MAX_CONNECTIONS_PER_IP: '0', ...env } })

export const playsPath = (gameId: string) => `/api/v1/games/${gameId}/plays`
export const watchFrame = (gameId: string) => `420["game:watch",{"gameId":"${gameId}"}]`
export const benchPlay = () => ({ id: `bench-${stampNow()}`, kind: '2pt', side: 'home' })

/** A live game with so many plays in its log. */
export async function liveGame(server: Server, plays = 50, name = 'Hawks'): Promise<Game> {
  const game = await server.createGame({ home: { name }, away: { name: `${name} Away` } })
  for (let left = plays; left > 0; left -= 500) {
    await server.play(
      game.id,
      Array.from({ length: Math.min(left, 500) }, (_, i) => ({ kind: '2pt', side: i % 2 ? 'home' : 'away' })),
    )
  }
  return game
}

export async function post(wire: Wire, server: Server, gameId: string, body: unknown): Promise<void> {
  const { status, body: answer } = await wire.post(playsPath(gameId), server.token, body)
  if (status !== 201) throw new Error(`A play was answered ${status}: ${answer.toString('utf8').slice(0, 300)}`)
}

/** A socket that hands on whole messages. */
export async function openSocket(port: number, onMessage: (text: string) => void = () => {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`)
  await new Promise<void>((done, fail) => {
    socket.on('error', fail)
    socket.on('message', data => {
      const text = data.toString()
      if (text.startsWith('0')) socket.send('40')
      else if (text === '2') socket.send('3')
      else if (text.startsWith('40')) done()
      else onMessage(text)
    })
  })
  return socket
}

/** What a fan is sent for one play of this game, as it is sent. */
export async function captureUpdate(server: Server, gameId: string): Promise<Update> {
  let seen: (update: Update) => void = () => {}
  const update = new Promise<Update>(done => {
    seen = done
  })
  let isJoined: () => void = () => {}
  const joined = new Promise<void>(done => {
    isJoined = done
  })
  const socket = await openSocket(server.port, text => {
    if (text.startsWith('430')) isJoined()
    if (text.startsWith('42["game:update",')) seen((JSON.parse(text.slice(2)) as [string, Update])[1])
  })
  socket.send(watchFrame(gameId))
  await joined
  const wire = new Wire(server.port)
  await post(wire, server, gameId, benchPlay())
  const sample = await update
  wire.close()
  socket.terminate()
  return sample
}

/** A figure of `/metrics`. */
export async function metric(server: Server, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
}
