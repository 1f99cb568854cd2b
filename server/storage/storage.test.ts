import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage, type Storage } from './storage.ts'
import { type Engine, storageContract } from './storage-contract.ts'

function libsqlEngine(): Engine {
  const folder = mkdtemp(join(tmpdir(), 'sideline-storage-'))
  const opened: Storage[] = []
  return {
    async open() {
      const storage = await openStorage({ file: join(await folder, 'sideline.db') })
      opened.push(storage)
      return storage
    },
    async remove() {
      await Promise.all(opened.map(storage => storage.close()))
      await rm(await folder, { recursive: true, force: true })
    },
  }
}

storageContract('libsql', libsqlEngine)
