import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MANAGER } from '#test/server/accounts.ts'
import { createRevocations, type Revoked } from './revocations.ts'
import { openStorage, type Storage } from './storage/storage.ts'

let dir: string
let storage: Storage
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-revocations-'))
  storage = await openStorage({ file: join(dir, 'sideline.db') })
  await storage.migrate()
})
afterEach(async () => {
  await storage.close()
  rmSync(dir, { recursive: true, force: true })
})

const processOn = () => createRevocations({ db: storage.db, now: Date.now, forget: () => {}, lookUp: async () => new Map() })

it('a hint sent on being told finds the change in the database', async () => {
  const [here, there] = [processOn(), processOn()]
  there.saw({ account: MANAGER, expiresAt: null })
  await there.poll()
  there.saw({ account: MANAGER, expiresAt: null })
  const told: Revoked[] = []
  there.onRevoked(revoked => told.push(revoked))
  let looked: Promise<void> | undefined
  here.onRevoked(() => {
    looked = there.poll()
  })
  await here.announce({ tokenId: 'feed' })
  await looked
  expect(told).toEqual([{ tokenId: 'feed' }])
})

it('with the database out of reach, this process is told all the same', async () => {
  const here = processOn()
  const told: Revoked[] = []
  here.onRevoked(revoked => told.push(revoked))
  await storage.close()
  await expect(here.announce({ tokenId: 'feed' })).rejects.toThrow()
  expect(told).toEqual([{ tokenId: 'feed' }])
})
