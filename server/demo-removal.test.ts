import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEMO_REMOVED, DEMO_TOKEN, isDemoRemoved, removeDemo } from './demo-removal.ts'
import { everything, fillLeague, fillSite } from './league-for-tests.ts'
import { createLog } from './log.ts'
import { announceRemovals, createRemovalWatch } from './removals.ts'
import { readRevision } from './revision.ts'
import { openStorage, type Storage } from './storage/storage.ts'
import { createTokens } from './tokens.ts'

let dir: string
const open: Storage[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-demo-'))
})
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close()
  rmSync(dir, { recursive: true, force: true })
})
async function database(): Promise<Storage> {
  const storage = await openStorage({ file: join(dir, 'sideline.db') })
  open.push(storage)
  await storage.migrate()
  return storage
}

describe('removing the demo', () => {
  it('leaves exactly what was there without it', async () => {
    const { db } = await database()
    await fillSite(db)
    await fillLeague(db)
    const before = await everything(db)
    await fillLeague(db, { demo: 1 })
    expect(await isDemoRemoved(db)).toBe(false)
    expect((await removeDemo(db)).sort()).toEqual(['demo-a-part', 'demo-g-tie'])
    const after = await everything(db)
    after.settings = (after.settings ?? []).filter(row => !/demo\.removed|games\.removed/.test(String(row)))
    expect(after).toEqual(before)
    expect(await isDemoRemoved(db)).toBe(true)
    expect(await removeDemo(db)).toEqual([])
  })

  it('keeps what somebody added to it, as their own', async () => {
    const { db } = await database()
    await fillLeague(db, { demo: 1 })
    await db.updateTable('games').set({ demo: 0, part_of: null }).where('id', '=', 'demo-a-part').execute()
    expect(await removeDemo(db)).toEqual(['demo-g-tie'])
    const { games, competitions, teams, persons, plays } = await everything(db)
    expect([games?.length, competitions?.length, teams?.length, persons?.length, plays?.length]).toEqual([1, 1, 2, 2, 1200])
    expect(await db.selectFrom('competitions').select('demo').execute()).toEqual([{ demo: 0 }])
  })

  it('takes the tokens along that are good for nothing else, at once, and no other', async () => {
    const { db } = await database()
    await fillSite(db)
    await fillLeague(db)
    await fillLeague(db, { demo: 1 })
    const tokens = createTokens({ db, log: createLog('silent'), now: Date.now })
    const competitionOf = async (demo: 0 | 1) =>
      (await db.selectFrom('competitions').where('demo', '=', demo).select('id').executeTakeFirstOrThrow()).id
    const [own, gone] = [await competitionOf(0), await competitionOf(1)]
    const make = async (name: string, limits: { games?: string[]; competitions?: string[] }) => {
      const made = await tokens.create({ name, scopes: ['score'], ...limits }, 'owner')
      if (!made.ok) throw new Error(made.error.message)
      return { name, secret: made.token }
    }
    const dead = [
      await make(DEMO_TOKEN, { competitions: [gone] }),
      await make('A table of the demo', { games: ['demo-a-part'] }),
      await make('Another', { games: ['demo-g-tie'], competitions: [gone] }),
    ]
    const alive = [
      await make('Everything', {}),
      await make('Both', { competitions: [gone, own] }),
      await make('Table', { games: ['g-tie'] }),
    ]
    for (const { secret } of [...dead, ...alive]) expect(await tokens.holderOf(secret)).not.toBeNull()
    const before = await readRevision(db)
    await removeDemo(db)
    // Another process hears of it by the revision; what it looked up a moment ago it forgets.
    expect(await readRevision(db)).not.toBe(before)
    tokens.forget()
    const listed = (await tokens.list()).map(({ name }) => name)
    for (const { name, secret } of dead) expect([listed.includes(name), await tokens.holderOf(secret)]).toEqual([false, null])
    for (const { name, secret } of alive)
      expect([name, listed.includes(name), (await tokens.holderOf(secret)) !== null]).toEqual([name, true, true])
  })

  it('ends the demo’s own token also where a competition of it stays', async () => {
    const { db } = await database()
    await fillLeague(db, { demo: 1 })
    await db.updateTable('games').set({ demo: 0, part_of: null }).where('id', '=', 'demo-a-part').execute()
    const { id } = await db.selectFrom('competitions').select('id').executeTakeFirstOrThrow()
    const tokens = createTokens({ db, log: createLog('silent'), now: Date.now })
    for (const name of [DEMO_TOKEN, 'Mine']) await tokens.create({ name, scopes: ['score'], competitions: [id] }, 'owner')
    await removeDemo(db)
    expect((await tokens.list()).map(({ name }) => name)).toEqual(['Mine'])
  })

  it('says so even where there was none', async () => {
    const { db } = await database()
    expect(await removeDemo(db)).toEqual([])
    expect(await db.selectFrom('settings').select('key').where('key', '=', DEMO_REMOVED).execute()).toHaveLength(1)
  })
})

describe('games removed by another process', () => {
  it('are told once each, from the first look on', async () => {
    const [server, tool] = [await database(), await database()]
    const told: string[] = []
    const watch = createRemovalWatch({ db: server.db, log: createLog('silent'), onRemoved: id => told.push(id) })
    await announceRemovals(tool.db, ['long ago'])
    await watch.poll()
    expect(told).toEqual([])
    await announceRemovals(tool.db, ['g1', 'g2'])
    await announceRemovals(tool.db, ['g3'])
    await watch.poll()
    await watch.poll()
    expect(told).toEqual(['g1', 'g2', 'g3'])
    await announceRemovals(tool.db, ['g4'])
    const stop = watch.startPolling()
    await vi.waitFor(() => expect(told).toHaveLength(4), 20_000)
    stop()
    expect(told).toEqual(['g1', 'g2', 'g3', 'g4'])
  })

  it('are noticed on a database where nothing was ever removed', async () => {
    const { db } = await database()
    const told: string[] = []
    const watch = createRemovalWatch({ db, log: createLog('silent'), onRemoved: id => told.push(id) })
    await watch.poll()
    await announceRemovals(db, ['g1'])
    await watch.poll()
    expect(told).toEqual(['g1'])
  })

  it('are a bounded number', async () => {
    const { db } = await database()
    for (let n = 0; n < 3; n++)
      await announceRemovals(
        db,
        Array.from({ length: 1500 }, (_, i) => `g${n}-${i}`),
      )
    const row = await db.selectFrom('settings').select('value').where('key', '=', 'games.removed').executeTakeFirst()
    expect(JSON.parse(row?.value ?? '').ids).toHaveLength(2000)
  })
})
