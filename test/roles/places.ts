import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import type { Server } from '#e2e/server.ts'

export type Standing = 'live' | 'finished' | 'official'

/** A game that things are tried on: `own` is of the competition and among the games that some roles are limited to, the others' is not. */
export interface Place {
  name: string
  isOwn: boolean
  isPrivate: boolean
  standing: Standing
}
export const PLACES: readonly Place[] = [
  { name: 'the game', isOwn: true, isPrivate: false, standing: 'live' },
  { name: 'the private game', isOwn: true, isPrivate: true, standing: 'live' },
  { name: 'the finished game', isOwn: true, isPrivate: false, standing: 'finished' },
  { name: 'the official game', isOwn: true, isPrivate: false, standing: 'official' },
  { name: 'another game', isOwn: false, isPrivate: false, standing: 'live' },
  { name: 'another private game', isOwn: false, isPrivate: true, standing: 'live' },
]

let made = 0
const nextId = () => {
  made += 1
  return `matrix-${String(made).padStart(6, '0')}`
}

/** Ids of plays that every such game begins with. */
export const FIRST = 'first-play'
export const SECOND = 'second-play'

export async function makeGame(server: Server, place: Place, competitionId: string, more: object = {}): Promise<Game> {
  const game = await server.createGame({ competitionId, visibility: place.isPrivate ? 'private' : 'public', ...more })
  const plays: PlayInput[] = [
    { id: FIRST, kind: '2pt', side: 'home' },
    { id: SECOND, kind: '3pt', side: 'home' },
    { id: nextId(), kind: 'periodEnd' },
    { id: nextId(), kind: 'periodStart' },
    { id: nextId(), kind: '2pt', side: 'away' },
  ]
  if (place.standing !== 'live') plays.push({ id: nextId(), kind: 'gameEnd' })
  if (place.standing === 'official') plays.push({ id: nextId(), kind: 'status', data: { official: true } })
  return (await server.play(game.id, plays)).game
}

type Play = Record<string, unknown>
interface Attempt {
  /** What is sent; `voided` is the id of a play that stands and that nothing else needs. */
  play(voided: string): Play | Play[]
  /** What brings the game back to where it was, `play` being what was recorded. */
  undo?(play: string, standing: Standing): Play | null
}

const undone = (play: string): Play => ({ id: nextId(), kind: 'void', voids: play })
const status = (data: object): Play => ({ id: nextId(), kind: 'status', data })

/** One play of each class of the table, and how what it did is taken back. */
export const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  'an ordinary play': { play: () => ({ id: nextId(), kind: '2pt', side: 'home' }) },
  'the clock': { play: () => ({ id: nextId(), kind: 'clockSet', clockMs: 300_000 }) },
  'the next period': { play: () => ({ id: nextId(), kind: 'periodStart', period: 3 }), undo: undone },
  'the end': { play: () => ({ id: nextId(), kind: 'gameEnd' }), undo: undone },
  'a note': { play: () => ({ id: nextId(), kind: 'note', data: { text: 'seen' } }) },
  'a review': { play: () => status({ underReview: true }) },
  'the venue': { play: () => ({ id: nextId(), kind: 'edit', data: { venue: `Hall ${made}` } }) },
  'who sees it': { play: () => ({ id: nextId(), kind: 'edit', data: { visibility: 'unlisted' } }), undo: undone },
  'its chat': { play: () => ({ id: nextId(), kind: 'edit', data: { chat: false } }), undo: undone },
  'a void': { play: voided => ({ id: nextId(), kind: 'void', voids: voided }) },
  'a replacement': { play: () => ({ id: nextId(), kind: '3pt', side: 'home', replaces: FIRST }) },
  'an insertion': { play: () => ({ id: nextId(), kind: 'ft', side: 'home', before: SECOND }) },
  'a late play': { play: () => ({ id: nextId(), kind: 'ft', side: 'home', period: 1 }) },
  'made official': {
    play: () => status({ official: true }),
    undo: (_play, standing) => (standing === 'finished' ? status({ official: false }) : null),
  },
  'made unofficial': {
    play: () => status({ official: false }),
    undo: (_play, standing) => (standing === 'official' ? status({ official: true }) : null),
  },
  'a batch with all of it': {
    play: voided => [
      { id: nextId(), kind: '2pt', side: 'home' },
      { id: nextId(), kind: 'void', voids: voided },
      { id: nextId(), kind: 'edit', data: { visibility: 'unlisted' } },
    ],
    undo: undone,
  },
}
