import { Server } from 'socket.io'
import { expect, it } from 'vitest'
import { type Encoder, encodeAsText, restOf, Written } from './encode.ts'

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

it('hands an answer whose end is shared to its reader as one message', () => {
  const sent: string[] = []
  const written = new Written('{"ok":true', restOf(',"plays":["Å",2]}'), (begin, rest) => sent.push(begin + rest.toString()))
  expect(ours.encode({ type: 3, nsp: '/', id: 7, data: [written] })).toEqual([])
  expect(sent).toEqual(usual.encode({ type: 3, nsp: '/', id: 7, data: [{ ok: true, plays: ['Å', 2] }] }))
})
