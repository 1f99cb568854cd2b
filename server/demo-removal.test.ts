import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEMO_REMOVED, isDemoRemoved, removeDemo } from './demo-removal.ts'
import { everything, fillLeague, fillSite } from './league-for-tests.ts'
import { createLog } from './log.ts'
import { announceRemovals, createRemovalWatch } from './removals.ts'
import { openStorage, type Storage } from './storage/storage.ts'

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
