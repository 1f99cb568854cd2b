import { sql } from 'kysely'
import { z } from 'zod'
import { ownWords } from '#domain/club-names.ts'
import { failure, type Result } from '#domain/errors.ts'
import { name } from '#domain/schema.ts'
import type { Context } from '../context.ts'
import { idText } from '../id-text.ts'
import { newId } from '../new-id.ts'
import { ORGANISATION } from '../organisation.ts'
import type { Statement } from '../storage/storage.ts'
import { ERASED } from './called.ts'
import type { SomeTeams } from './table-names.ts'

export const sideColor = z.string().regex(/^#[0-9a-fA-F]{6}$/)
export const sidePeople = z
  .array(z.strictObject({ name: name() }))
  .min(1)
  .max(2)
const byName = z.strictObject({
  name: name(),
  color: sideColor.optional(),
  abbr: name(6).optional(),
  shortName: name(40).optional(),
})
const byId = z.strictObject({ id: idText })
const byPeople = z.strictObject({ members: sidePeople })
type SideInput = z.infer<typeof byName> | z.infer<typeof byId> | z.infer<typeof byPeople>

/** A side as sent: by name, by id or by its people. Read as the one its fields say, so that an error names the field. */
export const sideInput = z.looseObject({}).transform((side, context): SideInput => {
  const parsed = ('id' in side ? byId : 'members' in side ? byPeople : byName).safeParse(side)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) context.addIssue({ ...issue })
  return z.NEVER
})

/** What a side is looked up by: two with the same are one team, also where neither is there yet. */
export const sideKey = (side: SideInput): string =>
  'id' in side
    ? `id ${side.id}`
    : 'members' in side
      ? `${side.members.length} ${side.members.map(member => member.name).join(' / ')}`
      : `team ${side.name}`

/** A side's id, and what must be written first where it is new. */
type FoundSide = Result<{ id: string; statements: Statement[] }>

/** A name matches within its competition (`scope`, empty outside one), else is created with the game. */
export async function sideOf(context: Context, input: SideInput, scope: string, path: string): Promise<FoundSide> {
  const { db } = context.storage
  if ('id' in input) {
    const team = await db
      .selectFrom('teams')
      .where('id', '=', input.id)
      .where('organisation_id', '=', ORGANISATION)
      .select('id')
      .executeTakeFirst()
    return team
      ? { ok: true, id: team.id, statements: holdTeams(context, teamById(context, team.id), 'used') }
      : failure('NOT_FOUND', 'No such team.', { path: `${path}.id` })
  }
  const members = 'members' in input ? input.members.map(member => member.name) : []
  const title = 'members' in input ? titleOf(members) : input.name
  const kind = members.length === 0 ? 'team' : members.length === 1 ? 'person' : 'pair'
  const known = await db
    .selectFrom('teams')
    .where('organisation_id', '=', ORGANISATION)
    .where('competition_id', '=', scope)
    .where('kind', '=', kind)
    .where('name', '=', title)
    .select('id')
    .executeTakeFirst()
  if (known) return { ok: true, id: known.id, statements: holdTeams(context, teamById(context, known.id), 'used') }
  const id = newId()
  const now = context.now()
  const given = 'name' in input ? input : null
  const number = sql<number>`(select coalesce(max(number), 0) + 1 from teams where organisation_id = ${ORGANISATION})`
  const statements: Statement[] = [
    oneAfterTheOther(context),
    {
      query: db
        .insertInto('teams')
        .values({
          id,
          organisation_id: ORGANISATION,
          competition_id: scope,
          kind: kind as 'team' | 'person' | 'pair',
          name: title,
          short_name: given?.shortName ?? shortNameOf(title, members),
          abbr: given?.abbr ?? abbreviate(title, members),
          color: given?.color ?? null,
          number,
          created_at: now,
        })
        .compile(),
    },
  ]
  for (const [position, member] of members.entries()) {
    const person = newId()
    statements.push({
      query: db
        .insertInto('persons')
        .values({ id: person, organisation_id: ORGANISATION, name: member, erased_at: null, created_at: now })
        .compile(),
    })
    statements.push({ query: db.insertInto('team_members').values({ team_id: id, person_id: person, position }).compile() })
  }
  return { ok: true, id, statements }
}

const teamById = ({ storage: { db } }: Context, id: string) => db.selectFrom('teams').where('id', '=', id).select('teams.id')

/**
 * First in a command: who makes games of these sides waits for who names them anew, and the other way round, so that a new name reaches
 * every game. On the embedded database one command is written after the other as it is.
 */
export function holdTeams({ storage: { engine } }: Context, teams: SomeTeams, how: 'used' | 'named'): Statement[] {
  if (engine === 'sqlite') return []
  const inOrder = teams.clearSelect().select('teams.number').orderBy('teams.id')
  return [{ query: (how === 'used' ? inOrder.forKeyShare() : inOrder.forUpdate()).compile() }]
}

/** Whoever makes teams waits here for whoever does so too, so that each reads the greatest number after it was written. */
const oneAfterTheOther = ({ storage: { db } }: Context): Statement => ({
  query: db
    .updateTable('organisations')
    .set(eb => ({ name: eb.ref('name') }))
    .where('id', '=', ORGANISATION)
    .compile(),
})

/** A side that is a person or a pair, as it is called since somebody of it was erased. */
export function calledAnew(members: readonly string[]) {
  const title = titleOf(members)
  return { name: title, shortName: shortNameOf(title, members), abbr: abbreviate(title, members) }
}
export const titleOf = (members: readonly string[]) => members.join(' / ')

const surname = (person: string) => person.split(' ').at(-1) ?? person

const SHORT = 14

/** A short title whole; of a long one its own words or, where they are long too, the last of them. Common words alone stay together. */
export function shortNameOf(title: string, members: readonly string[] = []): string {
  if (members.length > 0) return titleOf(members.map(member => (member === ERASED ? member : surname(member))))
  const own = title.length <= SHORT ? [] : ownWords(title)
  const rest = own.join(' ')
  return (rest.length <= SHORT ? rest : own.at(-1)) || title
}

export function abbreviate(title: string, members: readonly string[]): string {
  if (members.length > 1)
    return members
      .map(member => surname(member).charAt(0))
      .join('')
      .toUpperCase()
  const words = (members.length === 1 ? surname(title) : title).split(/\s+/).filter(word => word && !/^\p{L}\.$/u.test(word))
  const letters = words.length >= 3 ? words.map(word => word.charAt(0)).join('') : (words[0] ?? '')
  return Array.from(letters).slice(0, 3).join('').toUpperCase()
}
