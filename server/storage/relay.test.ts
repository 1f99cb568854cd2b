import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRelayed } from './relay-for-tests.ts'
import { person, personIds } from './rows-for-tests.ts'
import { openStorage, type Storage } from './storage.ts'

let dir: string
let file: string
let owner: Storage
const others: Storage[] = []

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-relay-'))
  file = join(dir, 'sideline.db')
  owner = await openStorage({ file })
  await owner.migrate()
})
afterEach(async () => {
  for (const other of others.splice(0)) await other.close()
  await owner.close()
  rmSync(dir, { recursive: true, force: true })
})

async function another() {
  const relayed = await openRelayed(owner, file)
  others.push(relayed.storage)
  return relayed
}

describe('a process that writes through another', () => {
  it('is answered as the writer itself is, and all see it', async () => {
    const { storage } = await another()
    expect(await storage.write([person(storage, 'a'), person(storage, 'b')])).toMatchObject({ ok: true, affected: [1, 1] })
    expect(await storage.write([person(storage, 'c'), person(storage, 'a')])).toEqual({
      ok: false,
      reason: 'unique',
      at: 1,
      detail: 'persons.id',
    })
    const none = { ...person(storage, 'd'), expect: 2 }
    expect(await storage.write([none])).toEqual({ ok: false, reason: 'guard', at: 0 })
    await expect(storage.db.insertInto('persons').values(row('a')).execute()).rejects.toMatchObject({ code: 'UNIQUE' })
    expect([await personIds(storage), await personIds(owner)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect(await storage.ping()).toBe(true)
  })

  it('shares commits with the others', async () => {
    const all = [owner, (await another()).storage, (await another()).storage]
    const before = owner.counts.groups
    const written = await Promise.all(
      all.flatMap((storage, i) => Array.from({ length: 40 }, (_, n) => storage.write([person(storage, `p${i}-${n}`)]))),
    )
    expect(written.every(({ ok }) => ok)).toBe(true)
    expect(await personIds(owner)).toHaveLength(120)
    expect(owner.counts.groups - before).toBeLessThan(12)
  })

  it('has the writer to itself during a transaction, which is undone when it goes away', async () => {
    const { storage, cut } = await another()
    await storage.db.transaction().execute(async trx => {
      await trx.insertInto('persons').values(row('kept')).execute()
    })
    let began = () => {}
    const isOpen = new Promise<void>(done => {
      began = done
    })
    const lost = storage.db.transaction().execute(async trx => {
      await trx.insertInto('persons').values(row('lost')).execute()
      began()
      await new Promise(() => {})
    })
    lost.catch(() => {})
    await isOpen
    const waiting = owner.write([person(owner, 'after')])
    cut()
    expect(await waiting).toMatchObject({ ok: true })
    expect(await personIds(owner)).toEqual(['after', 'kept'])
  })
})

const row = (id: string) => ({ id, organisation_id: 'default', name: id, created_at: 1 })
