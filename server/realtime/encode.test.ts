import { Server } from 'socket.io'
import { expect, it } from 'vitest'
import { type Encoder, encodeAsText, restOf, Written } from './encode.ts'
import type { Shared } from './engine.ts'

const encoderOf = (server: Server) => (server as unknown as { encoder: Encoder }).encoder
const usual = encoderOf(new Server())
const ours = encoderOf(new Server())
encodeAsText(ours)

it('says what Socket.IO would say', () => {
  for (const packet of [
    { type: 2, nsp: '/', data: ['game:update', { seq: 3, text: 'Ålesund "b" \u2028' }] },
    { type: 2, nsp: '/', id: 12, data: ['a', null, undefined, 1] },
    { type: 3, nsp: '/', id: 0, data: [{ ok: true }] },
    { type: 2, nsp: '/elsewhere', data: ['a'] },
    { type: 0, nsp: '/', data: [{ sid: 'abc' }] },
    { type: 1, nsp: '/' },
    { type: 4, nsp: '/', data: [{ message: 'no' }] },
  ]) {
    expect(ours.encode(packet)).toEqual(usual.encode(packet))
  }
})

it('hands an answer whose end is shared on in two parts, the second as it was made', () => {
  const rest = restOf(',"plays":["Å",2]}')
  const [answer] = ours.encode({ type: 3, nsp: '/', id: 7, data: [new Written('{"ok":true', rest)] }) as [Shared]
  expect(answer.rest).toBe(rest)
  expect([answer.begin + rest]).toEqual(usual.encode({ type: 3, nsp: '/', id: 7, data: [{ ok: true, plays: ['Å', 2] }] }))
})
