import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everything, fillLeague, fillSite, withoutEpochs } from './league-for-tests.ts'
import { agreeOnSecret } from './nodes/secret.ts'
import { exportLeague, importLeague, portableTables, Unportable } from './portable.ts'
import { openStorage, type Storage } from './storage/storage.ts'

let dir: string
const open: Storage[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-portable-'))
})
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close()
  rmSync(dir, { recursive: true, force: true })
})

async function database(name: string): Promise<Storage> {
  const storage = await openStorage({ file: join(dir, `${name}.db`) })
  open.push(storage)
  await storage.migrate()
  return storage
}

async function filled(name = 'full') {
  const storage = await database(name)
  await fillLeague(storage.db)
  await fillSite(storage.db)
  return storage
}

describe('a league as JSON lines', () => {
  it('knows every table there is, but sign-ins and half-done verifications', async () => {
    const { db } = await database('any')
    const names = (await db.introspection.getTables()).map(table => table.name)
    expect([...portableTables, 'session', 'verification'].sort()).toEqual(names.sort())
  })

  it('comes out and goes in the same, with new epochs', async () => {
    const from = await filled()
    const file = join(dir, 'league.jsonl')
    const before = await everything(from.db)
    for (const [table, rows] of Object.entries(before)) expect([table, rows.length > 0]).toEqual([table, true])
    const written = await exportLeague(from.db, file, 1_900_000_000_000)
    expect(written.tables).toMatchObject({ plays: 2400, games: 2, user: 1 })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain('session-token')
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(written.rows + 2)

    const to = await database('empty')
    expect(await importLeague(to.db, file)).toEqual({ rows: written.rows, games: 2 })
    const after = await everything(to.db)
    expect(withoutEpochs(after)).toEqual(withoutEpochs(before))
    const epochs = (all: Record<string, unknown[]>) => new Set([...(all.games ?? [])].map(row => JSON.parse(String(row)).epoch))
    expect([...epochs(after)].filter(epoch => epochs(before).has(epoch))).toEqual([])
    const results = await to.db
      .selectFrom('results')
      .innerJoin('games', 'games.id', 'results.game_id')
      .select(['results.epoch', 'games.epoch as now'])
      .execute()
    for (const { epoch, now } of results) expect(epoch).toBe(now)
    expect(await to.db.selectFrom('session').selectAll().execute()).toEqual([])
  })

  it('leaves the secrets of an installation where they are', async () => {
    const from = await filled()
    const own = await agreeOnSecret(from.db, 'what signs the cookies there')
    const file = join(dir, 'league.jsonl')
    await exportLeague(from.db, file, 0)
    expect(readFileSync(file, 'utf8')).not.toContain(own)
    const to = await database('empty')
    await agreeOnSecret(to.db, 'what signs the cookies here')
    await importLeague(to.db, file)
    expect(await agreeOnSecret(to.db, 'another')).toBe('what signs the cookies here')
    const lines = readFileSync(file, 'utf8').split('\n')
    const smuggled = JSON.stringify({
      table: 'settings',
      row: { organisation_id: 'default', key: 'secrets.auth', value: '"known to all"' },
    })
    writeFileSync(join(dir, 'bad.jsonl'), [lines[0], smuggled, ...lines.slice(1)].join('\n'))
    const third = await database('third')
    await expect(importLeague(third.db, join(dir, 'bad.jsonl'))).rejects.toThrow('line 2: a secret of another installation')
  })

  it('never overwrites a file, and never a league', async () => {
    const from = await filled()
    const file = join(dir, 'league.jsonl')
    await exportLeague(from.db, file, 0)
    await expect(exportLeague(from.db, file, 0)).rejects.toThrow(/EEXIST/)
    await expect(importLeague(from.db, file)).rejects.toThrow('the database holds user already; import needs an empty one')
  })

  it('goes in whole or not at all', async () => {
    const from = await filled()
    const file = join(dir, 'league.jsonl')
    await exportLeague(from.db, file, 0)
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const play = lines.findIndex(line => line.includes('"plays"'))
    const at = (index: number, line: string) => [...lines.slice(0, index), line, ...lines.slice(index + 1)]
    const broken: [string[], RegExp][] = [
      [[], /empty/],
      [lines.slice(0, -1), /ends after line \d+, in the middle/],
      [lines.slice(0, 1000), /in the middle/],
      [[...lines.slice(0, play), ...lines.slice(play + 1)], /rows were written/],
      [[...lines, lines[5] ?? ''], /more behind the end/],
      [at(play, '{"table":"plays"'), /line \d+: not a JSON object/],
      [at(play, '{"table":"sqlite_master","row":{}}'), /no row of a known table/],
      [at(play, '{"table":"session","row":{"id":"x"}}'), /no row of a known table/],
      [at(play, '{"table":"__proto__","row":{"id":"x"}}'), /no row of a known table/],
      [at(play, (lines[play] ?? '').replace('"kind"', '"kind; drop table plays"')), /has no column kind; drop table plays/],
      [at(play, (lines[play] ?? '').replace(/"seq":\d+/, '"seq":1.5')), /neither text nor a whole number/],
      [at(play, (lines[play] ?? '').replace(/"seq":\d+/, '"seq":true')), /neither text nor a whole number/],
      [at(play, (lines[play] ?? '').replace(/"game_id":"[^"]*"/, '"game_id":"nowhere"')), /near line/],
      [at(0, '{"hello":1}'), /no exported league/],
      [at(0, (lines[0] ?? '').replace('"version":1', '"version":9')), /format 9/],
      [at(0, (lines[0] ?? '').replace(/"schema":\d+/, '"schema":99')), /schema 99/],
    ]
    const to = await database('empty')
    const untouched = await everything(to.db)
    for (const [content, reason] of broken) {
      const bad = join(dir, 'bad.jsonl')
      writeFileSync(bad, content.length > 0 ? `${content.join('\n')}\n` : '')
      const failed = await importLeague(to.db, bad).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failed).toBeInstanceOf(Unportable)
      expect(String(failed)).toMatch(reason)
      expect(await everything(to.db)).toEqual(untouched)
    }
    await expect(importLeague(to.db, join(dir, 'none.jsonl'))).rejects.toThrow(/ENOENT/)
    expect(await importLeague(to.db, file)).toMatchObject({ games: 2 })
  })
})
