import { failure, type Result } from '#domain/errors.ts'
import { personFields, withIds } from '#domain/people.ts'
import { other, type PlayData, type PlayInput, SIDES, type Side } from '#domain/play.ts'
import { newId } from '../new-id.ts'
import type { OpenGame } from './heads.ts'

type Seat = { personId: string; side: Side; name: string }

/** The roster entries of everybody a play names; a name typed for the first time gets one, since the log holds ids alone. */
export function seat(open: OpenGame, seats: Seat[], play: PlayInput): Result<{ playerId?: string; data?: PlayData }> {
  const ids = new Map<string, string>()
  for (const { key, side, who } of personFields(open.sport, play)) {
    const seated = 'id' in who ? known(open, seats, who.id, `data.${key}`) : named(open, seats, who.name, side)
    if (!seated.ok) return seated
    ids.set(key, seated.id)
  }
  const data = withIds(open.sport, play, ({ key }) => ids.get(key) ?? '')
  if (play.playerId !== undefined) {
    const seated = known(open, seats, play.playerId, 'playerId')
    return seated.ok ? { ok: true, playerId: seated.id, data } : seated
  }
  if (play.player === undefined) return { ok: true, data }
  // An own goal is credited to one side and made by a player of the other.
  const isOther = play.side !== undefined && open.sport.kinds[play.kind]?.playerSide === 'other'
  const seated = named(open, seats, play.player, isOther ? other(play.side as Side) : play.side)
  return seated.ok ? { ok: true, playerId: seated.id, data } : seated
}

function known(open: OpenGame, seats: Seat[], id: string, path: string): Result<{ id: string }> {
  const isSeated = () => open.names.has(id) || seats.some(person => person.personId === id)
  if (isSeated()) return { ok: true, id }
  // Who is a side takes a seat on the roster the first time a play names them.
  for (const side of SIDES) {
    const member = open.game[side].members?.find(person => person.id === id)
    if (member) seats.push({ personId: id, side, name: member.name })
  }
  return isSeated() ? { ok: true, id } : failure('INVALID_PAYLOAD', 'Nobody of that id is on the roster.', { path })
}

function named(open: OpenGame, seats: Seat[], name: string, side: Side | undefined): Result<{ id: string }> {
  if (!side) return failure('INVALID_PAYLOAD', 'A typed player needs a side.', { path: 'side' })
  const seated =
    open.roster.find(person => person.side === side && person.name === name)?.id ??
    seats.find(person => person.side === side && person.name === name)?.personId
  if (seated) return { ok: true, id: seated }
  const id = open.game[side].members?.find(member => member.name === name)?.id ?? newId()
  seats.push({ personId: id, side, name })
  return { ok: true, id }
}
