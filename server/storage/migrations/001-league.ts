import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Organisations, competitions and who plays in them. */
export async function createLeague(db: Kysely<unknown>, { text, whole, clustered }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('organisations')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('name', text, c => c.notNull().unique())
    .addColumn('slug', text, c => c.notNull().unique())
    .addColumn('created_at', whole, c => c.notNull())
    .execute()
  await sql`insert into organisations (id, name, slug, created_at) values ('default', 'default', 'default', ${Date.now()})`.execute(db)

  await db.schema
    .createTable('competitions')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('name', text, c => c.notNull())
    .addColumn('sport', text, c => c.notNull())
    .addColumn('standings', text)
    .addColumn('rules', text)
    .addColumn('demo', whole, c => c.notNull().defaultTo(0))
    .addColumn('created_at', whole, c => c.notNull())
    .addUniqueConstraint('competitions_name', ['organisation_id', 'name'])
    .execute()

  await db.schema
    .createTable('seasons')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('competition_id', text, c => c.notNull().references('competitions.id').onDelete('cascade'))
    .addColumn('name', text, c => c.notNull())
    .addColumn('starts_at', whole)
    .addColumn('ends_at', whole)
    .addUniqueConstraint('seasons_name', ['competition_id', 'name'])
    .execute()

  await db.schema
    .createTable('rounds')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('competition_id', text, c => c.notNull().references('competitions.id').onDelete('cascade'))
    .addColumn('season_id', text, c => c.references('seasons.id').onDelete('cascade'))
    .addColumn('name', text, c => c.notNull())
    .addColumn('number', whole)
    .execute()
  await db.schema.createIndex('rounds_competition').on('rounds').columns(['competition_id', 'season_id', 'number']).execute()
  await db.schema.createIndex('rounds_season').on('rounds').columns(['season_id']).execute()

  await db.schema
    .createTable('teams')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('competition_id', text, c => c.notNull().defaultTo(''))
    .addColumn('kind', text, c => c.notNull())
    .addColumn('name', text, c => c.notNull())
    .addColumn('short_name', text, c => c.notNull())
    .addColumn('abbr', text, c => c.notNull())
    .addColumn('color', text)
    .addColumn('number', whole, c => c.notNull())
    .addColumn('created_at', whole, c => c.notNull())
    .addUniqueConstraint('teams_name', ['organisation_id', 'competition_id', 'kind', 'name'])
    .addUniqueConstraint('teams_number', ['organisation_id', 'number'])
    .execute()

  await db.schema
    .createTable('persons')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('name', text, c => c.notNull())
    .addColumn('erased_at', whole)
    .addColumn('created_at', whole, c => c.notNull())
    .execute()
  await db.schema.createIndex('persons_name').on('persons').columns(['organisation_id', 'name']).execute()

  await clustered(
    db.schema
      .createTable('team_members')
      .addColumn('team_id', text, c => c.notNull().references('teams.id').onDelete('cascade'))
      .addColumn('person_id', text, c => c.notNull().references('persons.id').onDelete('cascade'))
      .addColumn('position', whole, c => c.notNull())
      .addPrimaryKeyConstraint('team_members_key', ['team_id', 'person_id']),
  ).execute()
  await db.schema.createIndex('team_members_person').on('team_members').columns(['person_id']).execute()
}
