import { writeSync } from 'node:fs'
import { openDataDirectory } from './data-directory.ts'
import { isStorageError } from './error.ts'
import { lockDataDirectory } from './lock.ts'
import { person } from './rows-for-tests.ts'
import { openStorage } from './storage.ts'

// Run by tests in a process of its own, to be killed or to die. Says what it does line by line, at once: a killed process flushes nothing.
const say = (line: string) => writeSync(1, `${line}\n`)
const [task, target = ''] = process.argv.slice(2)

if (task === 'burst') {
  const storage = await openStorage({ file: target })
  await storage.migrate()
  say('ready')
  let n = 0
  const lane = async () => {
    for (;;) {
      const id = `p${n++}`
      const outcome = await storage.write([person(storage, id), person(storage, `${id}-twin`)])
      if (outcome.ok) say(id)
    }
  }
  await Promise.all(Array.from({ length: 20 }, lane))
}

if (task === 'values') {
  const storage = await openStorage({ file: target })
  const query = storage.db.selectFrom('persons').select('id').compile()
  const ask = async (value: unknown) => {
    const [[row] = []] = await storage.readBatch([{ ...query, sql: 'select ? as value, typeof(?) as type', parameters: [value, value] }])
    return row
  }
  const values = [true, false, undefined, null, Number.NaN, 0, 1, 1.5, 7n, 'x', 'a\0b', new Date(0), {}, [], [true], Symbol('s'), () => 1]
  for (const value of values) {
    const answer = await ask(value).catch((error: unknown) => (isStorageError(error) ? error.code : String(error)))
    say(JSON.stringify(answer))
  }
  await storage.close()
  say('alive')
}

if (task === 'lock') {
  try {
    lockDataDirectory(openDataDirectory(target))
    say('held')
    setInterval(() => {}, 1000)
  } catch (error) {
    say(isStorageError(error) ? `${error.code} ${error.message}` : String(error))
  }
}
