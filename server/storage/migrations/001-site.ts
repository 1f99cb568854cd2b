import type { Kysely } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What the operator sets and who may do what. */
export async function createSite(db: Kysely<unknown>, { text, whole, clustered }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('announcements')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('text', text, c => c.notNull())
    .addColumn('at', whole, c => c.notNull())
    .addColumn('until', whole)
    .execute()

  await db.schema
    .createTable('tokens')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('name', text, c => c.notNull())
    .addColumn('hash', text, c => c.notNull().unique())
    .addColumn('scopes', text, c => c.notNull())
    .addColumn('games', text)
    .addColumn('competitions', text)
    .addColumn('rate', whole)
    .addColumn('created_at', whole, c => c.notNull())
    .addColumn('expires_at', whole)
    .addColumn('last_used_at', whole)
    .addColumn('revoked_at', whole)
    .execute()

  await clustered(
    db.schema
      .createTable('grants')
      .addColumn('user_id', text, c => c.notNull().references('user.id').onDelete('cascade'))
      .addColumn('game_id', text, c => c.notNull().defaultTo(''))
      .addColumn('competition_id', text, c => c.notNull().defaultTo(''))
      .addColumn('created_at', whole, c => c.notNull())
      .addPrimaryKeyConstraint('grants_key', ['user_id', 'game_id', 'competition_id']),
  ).execute()

  await clustered(
    db.schema
      .createTable('settings')
      .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
      .addColumn('key', text, c => c.notNull())
      .addColumn('value', text, c => c.notNull())
      .addPrimaryKeyConstraint('settings_key', ['organisation_id', 'key']),
  ).execute()

  await db.schema
    .createTable('audit')
    .addColumn('id', text, c => c.primaryKey())
    .addColumn('organisation_id', text, c => c.notNull().references('organisations.id'))
    .addColumn('at', whole, c => c.notNull())
    .addColumn('actor', text, c => c.notNull())
    .addColumn('action', text, c => c.notNull())
    .addColumn('target', text)
    .addColumn('detail', text)
    .execute()
  await db.schema.createIndex('audit_by_time').on('audit').columns(['organisation_id', 'at']).execute()
}
