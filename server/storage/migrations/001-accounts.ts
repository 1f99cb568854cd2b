import type { Kysely } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** The tables better-auth 1.7 writes, its admin plugin's columns included, under its own names. */
export async function createAccounts(db: Kysely<unknown>, { text, authDate, whole }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('user')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('name', text, c => c.notNull())
    .addColumn('email', text, c => c.notNull().unique())
    .addColumn('emailVerified', whole, c => c.notNull())
    .addColumn('image', text)
    .addColumn('createdAt', authDate, c => c.notNull())
    .addColumn('updatedAt', authDate, c => c.notNull())
    .addColumn('role', text)
    .addColumn('banned', whole)
    .addColumn('banReason', text)
    .addColumn('banExpires', authDate)
    .execute()

  await db.schema
    .createTable('session')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('expiresAt', authDate, c => c.notNull())
    .addColumn('token', text, c => c.notNull().unique())
    .addColumn('createdAt', authDate, c => c.notNull())
    .addColumn('updatedAt', authDate, c => c.notNull())
    .addColumn('ipAddress', text)
    .addColumn('userAgent', text)
    .addColumn('userId', text, c => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('impersonatedBy', text)
    .execute()
  await db.schema.createIndex('session_user').on('session').columns(['userId']).execute()

  await db.schema
    .createTable('account')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('accountId', text, c => c.notNull())
    .addColumn('providerId', text, c => c.notNull())
    .addColumn('userId', text, c => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('accessToken', text)
    .addColumn('refreshToken', text)
    .addColumn('idToken', text)
    .addColumn('accessTokenExpiresAt', authDate)
    .addColumn('refreshTokenExpiresAt', authDate)
    .addColumn('scope', text)
    .addColumn('password', text)
    .addColumn('createdAt', authDate, c => c.notNull())
    .addColumn('updatedAt', authDate, c => c.notNull())
    .execute()
  await db.schema.createIndex('account_user').on('account').columns(['userId']).execute()

  await db.schema
    .createTable('verification')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('identifier', text, c => c.notNull())
    .addColumn('value', text, c => c.notNull())
    .addColumn('expiresAt', authDate, c => c.notNull())
    .addColumn('createdAt', authDate, c => c.notNull())
    .addColumn('updatedAt', authDate, c => c.notNull())
    .execute()
  await db.schema.createIndex('verification_identifier').on('verification').columns(['identifier']).execute()
}
