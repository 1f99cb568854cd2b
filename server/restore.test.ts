import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everything, fillLeague, fillSite, withoutEpochs } from './league-for-tests.ts'
import { restoreBackup } from './restore.ts'
import { type DataDirectory, openDataDirectory } from './storage/data-directory.ts'
import { openStorage, type Storage } from './storage/storage.ts'

let dir: string
let directory: DataDirectory
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-restore-'))
  directory = openDataDirectory(join(dir, 'data'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function using<T>(use: (storage: Storage) => Promise<T>, file = directory.database): Promise<T> {
  const storage = await openStorage({ file })
  try {
    await storage.migrate()
    return await use(storage)
  } finally {
    await storage.close()
  }
}

async function backedUp(): Promise<{ backup: string; before: Record<string, unknown[]> }> {
  const backup = join(dir, 'backup.db')
  const before = await using(async storage => {
    await fillLeague(storage.db)
    await fillSite(storage.db)
    await storage.backupTo(backup)
    return everything(storage.db)
  })
  return { backup, before }
}
const files = () => readdirSync(directory.path).filter(name => name.startsWith('sideline.'))

describe('F31 restoring a backup', () => {
  it('brings everything back, under new epochs and without sign-ins, and keeps what was there', async () => {
    const { backup, before } = await backedUp()
    await using(async ({ db }) => {
      await db.deleteFrom('games').execute()
      await db.insertInto('announcements').values({ id: 'later', organisation_id: 'default', text: 'After the backup', at: 1 }).execute()
    })
    const { games, kept } = await restoreBackup(directory, backup, 1_900_000_000_000)
    expect(games).toBe(2)
    await using(async ({ db }) => {
      const after = await everything(db)
      expect(withoutEpochs(after)).toEqual(withoutEpochs(before))
      for (const row of after.games ?? []) expect(before.games).not.toContain(row)
      expect(await db.selectFrom('session').selectAll().execute()).toEqual([])
    })
    expect(kept).toContain('before-restore-2030-03-17')
    await using(
      async ({ db }) => expect(await db.selectFrom('announcements').select('id').execute()).toContainEqual({ id: 'later' }),
      kept ?? '',
    )
    expect(files().filter(name => name.includes('.restore'))).toEqual([])
  })

  it('works where there was nothing yet', async () => {
    const { backup } = await backedUp()
    directory = openDataDirectory(join(dir, 'elsewhere'))
    expect(await restoreBackup(directory, backup, 0)).toEqual({ games: 2, kept: null })
    expect(files()).toEqual(['sideline.db'])
    await using(async ({ db }) => expect(await db.selectFrom('plays').select('id').execute()).toHaveLength(2400))
  })

  it('works over a database that cannot be read any more, and keeps its remains', async () => {
    const { backup } = await backedUp()
    writeFileSync(directory.database, Buffer.alloc(100_000, 7))
    const { kept } = await restoreBackup(directory, backup, 0)
    expect(readFileSync(kept ?? '')).toEqual(Buffer.alloc(100_000, 7))
    await using(async ({ db }) => expect(await db.selectFrom('games').select('id').execute()).toHaveLength(2))
  })

  it('does not read the log of the old database into the new one', async () => {
    const { backup } = await backedUp()
    const log = await using(async storage => {
      await storage.db.deleteFrom('plays').execute()
      return readFileSync(`${directory.database}-wal`)
    })
    expect(log.length).toBeGreaterThan(0)
    writeFileSync(`${directory.database}-wal`, log)
    await restoreBackup(directory, backup, 0)
    await using(async ({ db }) => expect(await db.selectFrom('plays').select('id').execute()).toHaveLength(2400))
  })

  it('refuses what is no sound backup of ours, and touches nothing', async () => {
    const { backup, before } = await backedUp()
    const text = join(dir, 'text.db')
    writeFileSync(text, 'not a database at all, but long enough to look at')
    const foreign = join(dir, 'foreign.db')
    const other = await openStorage({ file: foreign })
    await sql`create table something (id text)`.execute(other.db)
    await other.close()
    const cut = join(dir, 'cut.db')
    writeFileSync(cut, readFileSync(backup))
    truncateSync(cut, 200_000)
    const newer = join(dir, 'newer.db')
    writeFileSync(newer, readFileSync(backup))
    await using(
      ({ db }) => sql`insert into kysely_migration (name, timestamp) values ('099-later', '2099-01-01T00:00:00.000Z')`.execute(db),
      newer,
    )
    for (const [file, reason] of [
      [text, /is no backup/],
      [join(dir, 'none.db'), /cannot be read \(ENOENT\)/],
      [foreign, /not one of Sideline/],
      [cut, /damaged|malformed|disk image/],
      [newer, /schema 99 is newer/],
    ] as const) {
      await expect(restoreBackup(directory, file, 0)).rejects.toThrow(reason)
      expect(files().sort()).toEqual(['sideline.db'])
    }
    await using(async ({ db }) => expect(await everything(db)).toEqual(before))
  })
})
