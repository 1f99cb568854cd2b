import { type APIRequestContext, request } from '@playwright/test'
import { io, type Socket } from 'socket.io-client'
import { type ClientToServerEvents, PROTOCOL_VERSION, type ServerToClientEvents } from '#domain/protocol.ts'
import type { Account, Server } from './server.ts'

export interface Person extends Account {
  id: string
  name: string
}

interface Wanted {
  role: 'owner' | 'admin' | 'scorer'
  name?: string
  /** Games a scorer is limited to. */
  games?: string[]
}

let count = 0

/** Makes an account, as the owner would. */
export async function makePerson(server: Server, owner: APIRequestContext, { role, name, games }: Wanted): Promise<Person> {
  const word = `${role}${++count}`
  const account = { email: `${word}@club.example`, password: `turnstile of ${word}` }
  const grants = games ? { grants: { games, competitions: [] } } : {}
  const data = { ...account, name: name ?? `The ${word}`, role, ...grants }
  const answer = await owner.post(`${server.url}/api/v1/admin/people`, { data })
  if (answer.status() !== 201) throw new Error(`${word} was not made: ${await answer.text()}`)
  const { person } = (await answer.json()) as { person: { id: string; name: string } }
  return { ...account, id: person.id, name: person.name }
}

/** Requests as somebody's browser sends them, with their sign-in; null: nobody's. */
export async function asking(server: Server, account: Account | null): Promise<APIRequestContext> {
  const context = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } })
  if (!account) return context
  const answer = await context.post('/api/auth/sign-in/email', { data: { email: account.email, password: account.password } })
  if (!answer.ok()) throw new Error(`Signing in as ${account.email} answered ${answer.status()}: ${await answer.text()}`)
  return context
}

export type GameSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** An open socket of whoever asks, or of a program's token. It does not come back by itself. */
export async function openSocket(server: Server, who: APIRequestContext | { token: string }): Promise<GameSocket> {
  const isProgram = 'token' in who
  const cookies = isProgram ? [] : (await who.storageState()).cookies
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const socket: GameSocket = io(server.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { v: PROTOCOL_VERSION, ...(isProgram ? { token: who.token } : {}) },
    extraHeaders: isProgram ? {} : { cookie, origin: server.url },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

/** Milliseconds from now until the server closes the socket. */
export function closed(socket: GameSocket): Promise<number> {
  const began = performance.now()
  return new Promise(resolve => {
    if (!socket.connected) resolve(0)
    socket.once('disconnect', () => resolve(performance.now() - began))
  })
}
