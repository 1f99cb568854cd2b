import { failure, type Result } from '#domain/errors.ts'
import { other, type PlayInput, SIDES } from '#domain/play.ts'
import { newId } from '../new-id.ts'
import type { OpenGame } from './heads.ts'

type Seat = { personId: string; side: 'home' | 'away'; name: string }

/** The roster entry of the player a play names; a name typed for the first time gets one, since the log holds ids alone. */
export function seat(open: OpenGame, seats: Seat[], play: PlayInput): Result<{ playerId?: string }> {
  if (play.playerId !== undefined) {
    const member = SIDES.flatMap(side =>
      (open.game[side].members ?? []).map(person => ({ personId: person.id, side, name: person.name })),
    ).find(person => person.personId === play.playerId)
    // Who is a side takes a seat on the roster the first time a play names them.
    if (member && !open.names.has(member.personId) && !seats.some(person => person.personId === member.personId)) seats.push(member)
    const isKnown = open.names.has(play.playerId) || seats.some(person => person.personId === play.playerId)
    return isKnown
      ? { ok: true, playerId: play.playerId }
      : failure('INVALID_PAYLOAD', 'Nobody of that id is on the roster.', { path: 'playerId' })
  }
  if (play.player === undefined || !play.side) return { ok: true }
  const { player } = play
  // An own goal is credited to one side and made by a player of the other.
  const side = open.sport.kinds[play.kind]?.playerSide === 'other' ? other(play.side) : play.side
  const seated =
    open.roster.find(person => person.side === side && person.name === player)?.id ??
    seats.find(person => person.side === side && person.name === player)?.personId
  if (seated) return { ok: true, playerId: seated }
  const personId = open.game[side].members?.find(member => member.name === player)?.id ?? newId()
  seats.push({ personId, side, name: player })
  return { ok: true, playerId: personId }
}
