import { other, type PlayData, type PlayInput, type Side } from './play.ts'
import type { Sport } from './sport.ts'

type Sports = Pick<Sport, 'kinds'>
type Named = Pick<PlayInput, 'kind' | 'side' | 'playerId' | 'data'>

/** Somebody named in a play's data: by roster id, or by a name typed for the first time. */
export interface PersonField {
  /** The field, as a path of `data`. */
  key: string
  /** Whose side they are of; undefined where the play says none. */
  side: Side | undefined
  who: { id: string } | { name: string }
}

/** The people named in a play's data, in the order its kind lists them. */
export function personFields({ kinds }: Sports, { kind, side, data = {} }: Named): PersonField[] {
  return Object.entries(kinds[kind]?.data ?? {}).flatMap(([key, field]) => {
    const value = data[key]
    if (field.type !== 'player' || value === undefined) return []
    const of = side && field.of === 'other' ? other(side) : side
    return [{ key, side: of, who: typeof value === 'string' ? { id: value } : (value as { name: string }) }]
  })
}

/** The same data with an id for everybody in them. */
export function withIds(sport: Sports, play: Named, idOf: (field: PersonField) => string): PlayData | undefined {
  const fields = personFields(sport, play)
  return fields.length === 0 ? play.data : { ...play.data, ...Object.fromEntries(fields.map(field => [field.key, idOf(field)])) }
}

/** Roster ids of everybody whom a play of the log names. */
export function peopleOf(sport: Sports, play: Named): string[] {
  const inData = personFields(sport, play).flatMap(({ who }) => ('id' in who ? [who.id] : []))
  return play.playerId === undefined ? inData : [play.playerId, ...inData]
}
