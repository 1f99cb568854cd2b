import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStorage } from '#server/storage/storage.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sideline-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The built server, which is expected not to start. */
async function start(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', DATA_DIR: join(folder, 'data'), PORT: '0', DEMO: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), 50_000)
  const code = await new Promise<number | null>(done => child.once('close', done))
  clearTimeout(timer)
  return { code, lines: said.trimEnd().split('\n') }
}

describe('F29 a server with settings that cannot be', () => {
  it('says each problem in a line, ends with 78, makes nothing and repeats no secret', async () => {
    writeFileSync(join(folder, 'open'), 'CANARY-1')
    chmodSync(join(folder, 'open'), 0o644)
    const { code, lines } = await start({
      PORT: 'abc',
      PUBLIC_TZ: 'Nowhere/Else',
      REDIS_URL: 'redis://:CANARY-2@cache',
      ADMIN_EMAIL: 'owner@example.org',
      ADMIN_PASSWORD_FILE: join(folder, 'open'),
      DEMO: 'perhaps',
      LOG_LEVEL: 'loud',
    })
    expect(code).toBe(78)
    const named = lines.map(line => line.split(':')[0])
    expect(named).toEqual(expect.arrayContaining(['PORT', 'PUBLIC_TZ', 'REDIS_URL', 'ADMIN_PASSWORD_FILE', 'DEMO', 'LOG_LEVEL']))
    expect(lines.join('\n')).not.toMatch(/CANARY|\bat .*:\d+|Error:/)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('starts with no password that somebody else knows', async () => {
    for (const password of ['changeme', 'owner@example.org']) {
      const { code, lines } = await start({ ADMIN_EMAIL: 'owner@example.org', ADMIN_PASSWORD: password })
      expect([code, lines.length], password).toEqual([78, 1])
      expect(lines[0]).toMatch(/^ADMIN_PASSWORD: /)
    }
  })
})

it('F30 an older server on a newer database says so in a line, ends with 3 and leaves everything as it is', async () => {
  const made = mkdtempSync(join(folder, 'made-'))
  const storage = await openStorage({ file: join(made, 'sideline.db') })
  await storage.migrate()
  await sql`insert into kysely_migration (name, timestamp) values ('099-later', '2099-01-01T00:00:00.000Z')`.execute(storage.db)
  await storage.close()
  const before = readFileSync(join(made, 'sideline.db'))
  const { code, lines } = await start({ DATA_DIR: made })
  expect([code, lines]).toEqual([3, [expect.stringMatching(/^schema 99 is newer than this program's \d+$/)]])
  expect(readFileSync(join(made, 'sideline.db')).equals(before)).toBe(true)
})
