import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLog } from './log.ts'
import { openStorage, type Storage } from './storage/storage.ts'
import { createTokens, type NewToken, type Tokens } from './tokens.ts'

let dir: string
let storage: Storage
let time: number
let tokens: Tokens
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-tokens-'))
  storage = await openStorage({ file: join(dir, 'sideline.db') })
  await storage.migrate()
  time = 1_900_000_000_000
  tokens = createTokens({ db: storage.db, log: createLog('silent'), now: () => time })
})
afterEach(async () => {
  await storage.close()
  rmSync(dir, { recursive: true, force: true })
})

async function made(token: Partial<NewToken> = {}) {
  const created = await tokens.create({ name: 'Feed', scopes: ['score'], ...token }, 'test')
  if (!created.ok) throw new Error(created.error.message)
  return created
}

describe('S25 tokens', () => {
  it('are 256 random bits behind a prefix, kept as a hash only, and found again', async () => {
    const [one, other] = [await made(), await made()]
    expect(one.token).toMatch(/^sl_pat_[\w-]{43}$/)
    expect(one.token).not.toBe(other.token)
    const rows = await storage.db.selectFrom('tokens').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(one.token.slice(7))
    expect(rows[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(await tokens.list())).not.toContain(rows[0]?.hash)
    expect(await tokens.holderOf(one.token)).toMatchObject({
      account: { id: one.id, tokenId: one.id, name: 'Feed', via: 'token', role: 'scorer', scopes: ['score'], grants: null, rate: null },
      expiresAt: null,
    })
  })

  it('carry scopes, limits, a rate and an expiry', async () => {
    const limited = await made({ scopes: ['score', 'manage', 'score'], games: ['g1'], rate: 25, expiresAt: time + 1000 })
    expect(await tokens.holderOf(limited.token)).toMatchObject({
      account: { role: 'admin', scopes: ['score', 'manage'], grants: { games: ['g1'], competitions: [] }, rate: 25 },
      expiresAt: time + 1000,
    })
    const [row] = await tokens.list()
    expect(row).toMatchObject({ name: 'Feed', scopes: ['score', 'manage'], games: ['g1'], competitions: null, rate: 25, revokedAt: null })
    const other = await made({ competitions: ['c1'] })
    expect((await tokens.holderOf(other.token))?.account.grants).toEqual({ games: [], competitions: ['c1'] })
  })

  it('are not given out for less than they need', async () => {
    const wrong: [Partial<NewToken>, string][] = [
      [{ name: '' }, 'name'],
      [{ name: 'x'.repeat(81) }, 'name'],
      [{ name: 'a\nb' }, 'name'],
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['score', 'root'] }, 'scopes'],
      [{ games: [] }, 'games'],
      [{ games: ['a b'] }, 'games'],
      [{ competitions: Array.from({ length: 501 }, (_, n) => `c${n}`) }, 'competitions'],
      [{ rate: 0 }, 'rate'],
      [{ rate: 1.5 }, 'rate'],
      [{ rate: Number.NaN }, 'rate'],
      [{ expiresAt: time }, 'expiresAt'],
    ]
    for (const [token, path] of wrong) {
      expect(await tokens.create({ name: 'Feed', scopes: ['score'], ...token }, 'test')).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PAYLOAD', path },
      })
    }
    expect(await tokens.list()).toEqual([])
  })

  it('S2 nobody bears a wrong one', async () => {
    const { token } = await made()
    const wrong = [
      '',
      'sl_pat_',
      token.slice(0, -1),
      `${token}x`,
      token.toUpperCase(),
      token.replace('sl_pat_', 'sl_scr_'),
      `sl_pat_${'A'.repeat(43)}`,
      'x'.repeat(1_000_000),
      `${token}\n`,
    ]
    for (const secret of wrong) expect(await tokens.holderOf(secret)).toBeNull()
  })

  it('F16 expire by the clock of the server, however recently looked up', async () => {
    const { token } = await made({ expiresAt: time + 500 })
    expect(await tokens.holderOf(token)).not.toBeNull()
    time += 500
    expect(await tokens.holderOf(token)).toBeNull()
  })

  it('are refused at once when revoked here, once', async () => {
    const { token, id } = await made()
    expect(await tokens.holderOf(token)).not.toBeNull()
    expect(await tokens.revoke(id, 'test')).toEqual({ ok: true })
    expect(await tokens.holderOf(token)).toBeNull()
    expect(await tokens.holders([id])).toEqual(new Map())
    expect(await tokens.revoke(id, 'test')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await tokens.revoke('tok_none', 'test')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect((await tokens.list())[0]?.revokedAt).toBe(time)
  })

  it('work at once where they were asked for a moment too early', async () => {
    const secret = `sl_pat_${'B'.repeat(43)}`
    expect(await tokens.holderOf(secret)).toBeNull()
    const { token } = await made()
    expect(await tokens.holderOf(token)).not.toBeNull()
  })

  it('are looked up once for a burst of plays, and their last use is written once a minute', async () => {
    const { token, id } = await made()
    const [before, reads] = [storage.counts.commands, countReads(storage)]
    await Promise.all(Array.from({ length: 300 }, () => tokens.holderOf(token)))
    expect(reads()).toBe(1)
    await vi.waitFor(() => expect(storage.counts.commands).toBeGreaterThan(before), 20_000)
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(storage.counts.commands - before).toBe(1)
    expect((await tokens.list()).find(row => row.id === id)?.lastUsedAt).toBe(time)
    time += 30_000
    await tokens.holderOf(token)
    expect((await tokens.list())[0]?.lastUsedAt).toBe(time - 30_000)
    time += 31_000
    await tokens.holderOf(token)
    await vi.waitFor(async () => expect((await tokens.list())[0]?.lastUsedAt).toBe(time), 20_000)
  })
})

/** Counts the reads of tokens by their secret, on the real database. */
function countReads(storage: Storage): () => number {
  const select = storage.db.selectFrom.bind(storage.db)
  let reads = 0
  Object.defineProperty(storage.db, 'selectFrom', {
    value: (table: 'tokens') => {
      if (table === 'tokens') reads += 1
      return select(table)
    },
  })
  return () => reads
}
