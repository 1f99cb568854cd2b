import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import type { SideView } from '#domain/game.ts'
import { firstIssue, name } from '#domain/schema.ts'
import type { Account } from '../accounts.ts'
import { auditStatement } from '../audit.ts'
import type { Context } from '../context.ts'
import { ORGANISATION } from '../organisation.ts'
import { canManageAll, canManageCompetition, hasScope } from '../policies.ts'
import type { Statement } from '../storage/storage.ts'
import { calledAs } from './called.ts'
import { commitFailure } from './commit.ts'
import { renewal, renewedBy, tellRenewed } from './renew.ts'
import { abbreviate, calledAnew, holdTeams, shortNameOf, sideColor, sidePeople, titleOf } from './sides.ts'
import { byIdInTables } from './table-names.ts'

const ATTEMPTS = 5

/** Null has a short name and letters made of the name again, and takes the colour away. */
const changes = z
  .strictObject({
    name: name().optional(),
    members: sidePeople.optional(),
    shortName: name(40).nullable().optional(),
    abbr: name(6).nullable().optional(),
    color: sideColor.nullable().optional(),
  })
  .refine(given => Object.keys(given).length > 0, 'Nothing to change.')
type Changes = z.infer<typeof changes>

/** A side by itself: as it is in games, and where it belongs. */
export interface TeamView extends SideView {
  competitionId: string | null
}

export interface Teams {
  /** Names a team, or whoever is a side, otherwise, in every game there is of it, played or to come. */
  change(account: Account | null, id: string, raw: unknown): Promise<Result<{ team: TeamView }>>
}

interface Titles {
  name: string
  shortName: string
  abbr: string
  color: string | null
}

/**
 * A team's names stand in no log, so that they change without a play: every game of it is given another epoch, and whoever shows one of them
 * reads it anew.
 */
export function createTeams(context: Context): Teams {
  const { storage } = context
  const { db } = storage

  async function read(id: string) {
    const [[row], members] = (await storage.readBatch([
      db.selectFrom('teams').where('id', '=', id).where('organisation_id', '=', ORGANISATION).selectAll().compile(),
      db
        .selectFrom('team_members as m')
        .innerJoin('persons as p', 'p.id', 'm.person_id')
        .where('m.team_id', '=', id)
        .select(['p.id', 'p.name'])
        .orderBy('m.position')
        .compile(),
    ])) as [TeamRow[], { id: string; name: string }[]]
    return row && { ...row, members }
  }
  type Team = NonNullable<Awaited<ReturnType<typeof read>>>

  function statementsOf(team: Team, next: Titles, people: readonly string[], tables: Statement[], by: string): Statement[] {
    const at = context.now()
    const { id } = team
    const renamed = team.members.flatMap((member, i) => (member.name === people[i] ? [] : [{ ...member, next: people[i] as string }]))
    const games = db
      .selectFrom('games')
      .where(eb =>
        eb.or([
          eb('home_id', '=', id),
          eb('away_id', '=', id),
          eb(
            'id',
            'in',
            eb
              .selectFrom('rosters')
              .where('person_id', 'in', ['', ...renamed.map(member => member.id)])
              .select('game_id'),
          ),
        ]),
      )
      .select('id')
    return [
      ...holdTeams(context, db.selectFrom('teams').where('id', '=', id).select('teams.id'), 'named'),
      ...renewal(db, games, at),
      ...tables,
      {
        query: db
          .updateTable('teams')
          .set({ name: next.name, short_name: next.shortName, abbr: next.abbr, color: next.color })
          .where('id', '=', id)
          .where('name', '=', team.name)
          .where('short_name', '=', team.short_name)
          .where('abbr', '=', team.abbr)
          .where('color', team.color === null ? 'is' : '=', team.color)
          .compile(),
        expect: 1,
      },
      ...renamed.map(member => ({
        query: db.updateTable('persons').set({ name: member.next }).where('id', '=', member.id).where('name', '=', member.name).compile(),
        expect: 1,
      })),
      auditStatement(db, { at, actor: by, action: 'team.edit', target: id }),
    ]
  }

  return {
    async change(account, id, raw) {
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      const forbidden = failure('FORBIDDEN', 'This account may not change this team.')
      if (!hasScope(account, 'manage')) return forbidden
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const team = await read(id)
        if (team ? !mayChange(account, team.competition_id) : !canManageAll(account)) return forbidden
        if (!team) return failure('NOT_FOUND', 'No such team.')
        const parsed = changes.safeParse(raw)
        if (!parsed.success) return firstIssue(parsed.error)
        const changed = changeOf(team, parsed.data)
        if (!changed.ok) return changed
        const { next, people } = changed
        if (isSame(team, next, people)) return { ok: true, team: shown(team, next, people) }
        const tables = next.name === team.name ? [] : await byIdInTables(db, db.selectFrom('teams').where('id', '=', id).select('id'))
        const written = await storage.write(statementsOf(team, next, people, tables, account.id))
        if (written.ok) {
          await tellRenewed(context, renewedBy(written))
          return { ok: true, team: shown(team, next, people) }
        }
        if (written.reason === 'unique') {
          const path = parsed.data.members ? 'members' : 'name'
          return failure('CONFLICT', 'There is another side of that name here.', { path })
        }
        // Somebody else changed it in the same moment: look again.
        if (written.reason !== 'guard') return commitFailure(written.reason)
      }
      return commitFailure('guard')
    },
  }
}

interface TeamRow {
  id: string
  competition_id: string
  kind: SideView['kind']
  name: string
  short_name: string
  abbr: string
  color: string | null
}
type Known = TeamRow & { members: { id: string; name: string }[] }

/** Of a competition: who manages it. Of none: who manages everything. */
const mayChange = (account: Account, competitionId: string) =>
  competitionId === '' ? canManageAll(account) : canManageCompetition(account, competitionId)

/** What the team will be called. Short name and letters follow a name they were made of. */
function changeOf(team: Known, given: Changes): Result<{ next: Titles; people: string[] }> {
  const before = team.members.map(member => member.name)
  const isErased = before.includes('')
  if (isErased && (given.members || given.shortName !== undefined || given.abbr !== undefined))
    return failure('CONFLICT', 'Somebody of this side was erased: it is called by nobody else.', {
      path: given.members ? 'members' : undefined,
    })
  if (given.members && given.members.length !== before.length)
    return failure(
      'INVALID_PAYLOAD',
      before.length === 0 ? 'This side is a team: it has a name.' : `This side is ${before.length} people.`,
      {
        path: 'members',
      },
    )
  if (given.name !== undefined && before.length > 0)
    return failure('INVALID_PAYLOAD', 'This side is called by its people: name those.', { path: 'name' })
  const people = given.members?.map(member => member.name) ?? before
  const title = given.members ? titleOf(people) : (given.name ?? team.name)
  const made = (name: string, of: string[]) => ({ shortName: shortNameOf(name, of), abbr: abbreviate(name, of) })
  const [was, is] = [made(team.name, before), made(title, people)]
  const keepOr = (given: string | null | undefined, known: string, madeBefore: string, madeNow: string) =>
    given === undefined ? (known === madeBefore && title !== team.name ? madeNow : known) : (given ?? madeNow)
  return {
    ok: true,
    people,
    next: {
      name: title,
      shortName: keepOr(given.shortName, team.short_name, was.shortName, is.shortName),
      abbr: keepOr(given.abbr, team.abbr, was.abbr, is.abbr),
      color: given.color === undefined ? team.color : given.color,
    },
  }
}

const isSame = (team: Known, next: Titles, people: readonly string[]) =>
  team.name === next.name &&
  team.short_name === next.shortName &&
  team.abbr === next.abbr &&
  team.color === next.color &&
  team.members.every((member, i) => member.name === people[i])

function shown({ id, kind, competition_id, members }: Known, next: Titles, people: readonly string[]): TeamView {
  const own = members.map((member, i) => ({ id: member.id, name: calledAs(people[i] ?? '') }))
  return {
    id,
    ...next,
    ...(people.includes('') ? calledAnew(own.map(member => member.name)) : {}),
    kind,
    ...(own.length > 0 ? { members: own } : {}),
    competitionId: competition_id || null,
  }
}
