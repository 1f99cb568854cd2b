import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Server } from '#e2e/server.ts'
import { median, report, setting } from './measure.ts'
import { benchPlay, liveGame, post, startProduct } from './product.ts'
import { Wire } from './wire.ts'

const MANY = setting('LONG_PLAYS', 5_000, 1_500)
const PAIRS = setting('PLAY_PAIRS', 200, 60)
const OPENINGS = setting('OPENINGS', 8, 3)
const FINISHED = setting('FINISHED_GAMES', 10_000, 500)
const FEW = 50
const DAY_MS = 86_400_000
const ROOT = fileURLToPath(new URL('..', import.meta.url))

const time = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** What a game costs when it has grown long, and a league when it has grown old. */
export async function growth(): Promise<void> {
  const server = await startProduct()
  const wire = new Wire(server.port)
  const short: string[] = []
  const long: string[] = []
  for (let i = 0; i < OPENINGS; i++) {
    short.push((await liveGame(server, FEW)).id)
    long.push((await liveGame(server, MANY)).id)
  }
  const [shortest = '', longest = ''] = [short[0], long[0]]
  const writes = { early: [] as number[], late: [] as number[] }
  for (let i = 0; i < PAIRS; i++) {
    const early = await time(() => post(wire, server, shortest, benchPlay()))
    const late = await time(() => post(wire, server, longest, benchPlay()))
    if (i < 10) continue
    writes.early.push(early)
    writes.late.push(late)
  }
  const told = (late: number[], early: number[]) => `${median(late).toFixed(2)} ms ÷ ${median(early).toFixed(2)} ms`
  report(`play ${MANY} ÷ play ${FEW}, to write`, median(writes.late) / median(writes.early), { most: 1.2 }, told(writes.late, writes.early))
  wire.close()

  const opened = { early: [] as number[], late: [] as number[] }
  const warm = await Promise.all(Array.from({ length: 6 }, () => liveGame(server, FEW)))
  for (let round = 0; round < 3; round++) {
    // Nothing is ready in memory after a start; the first few openings warm the code.
    await server.restart()
    const reader = new Wire(server.port)
    for (const { id } of warm) await reader.get(`/api/v1/games/${id}`)
    for (const [i, id] of long.entries()) {
      opened.early.push(await time(() => reader.get(`/api/v1/games/${short[i]}`)))
      opened.late.push(await time(() => reader.get(`/api/v1/games/${id}`)))
    }
    reader.close()
  }
  report(
    `a game of ${MANY} plays ÷ one of ${FEW}, to open`,
    median(opened.late) / median(opened.early),
    { most: 1.2 },
    told(opened.late, opened.early),
  )
  await server.dispose()
  await boards()
}

/** Games of other days, with their results. */
async function finish(server: Server, count: number): Promise<void> {
  const wire = new Wire(server.port)
  for (let i = 0; i < count; i++) {
    const startsAt = new Date(Date.now() - (2 + i) * DAY_MS).toISOString()
    const game = await server.createGame({ startsAt, home: { name: `Old ${i}` }, away: { name: `Bold ${i}` } })
    await post(wire, server, game.id, [benchPlay(), { ...benchPlay(), side: undefined, kind: 'gameEnd' }])
  }
  wire.close()
}

const OF_A_GAME = new Set(['plays', 'marks', 'checkpoints', 'results'])

/** An exported league in which each game that is over has been played so many times. */
function older(lines: string[], times: number): string[] {
  const [header = '', ...rest] = lines
  const rows = rest.slice(0, -1).map(line => JSON.parse(line) as { table: string; row: Record<string, unknown> })
  const over = new Set(rows.filter(({ table, row }) => table === 'games' && row.status === 'final').map(({ row }) => row.id))
  const grown = rows.flatMap(({ table, row }) => {
    const isGame = table === 'games' && over.has(row.id)
    if (!isGame && !(OF_A_GAME.has(table) && over.has(row.game_id))) return [{ table, row }]
    return Array.from({ length: times }, (_, i) => {
      const copy = isGame
        ? { id: `${row.id}-${i}`, starts_at: (row.starts_at as number) - (i % 200) * DAY_MS }
        : { game_id: `${row.game_id}-${i}` }
      return { table, row: { ...row, ...copy } }
    })
  })
  return [header, ...grown.map(line => JSON.stringify(line)), JSON.stringify({ end: true, rows: grown.length })]
}

async function boards(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sideline-bench-'))
  const [few, many] = [join(directory, 'few.jsonl'), join(directory, 'many.jsonl')]
  const young = await startProduct()
  for (let i = 0; i < 10; i++) await liveGame(young, 5, `Side ${i}`)
  await finish(young, 10)
  await young.sideline('export', few)
  const lines = older(readFileSync(few, 'utf8').trim().split('\n'), FINISHED / 10)
  writeFileSync(many, `${lines.join('\n')}\n`)
  const data = { DATA_DIR: join(directory, 'data'), DATABASE_URL: '' }
  const started = performance.now()
  execFileSync(process.execPath, ['scripts/run.mjs', 'sideline', 'import', many], {
    cwd: ROOT,
    env: { ...process.env, ...data },
    stdio: 'pipe',
  })
  const took = performance.now() - started
  const old = await startProduct(data)
  const paths = { page: '/', list: '/api/v1/games?status=live', day: `/api/v1/games?date=${new Date().toISOString().slice(0, 10)}` }
  for (const [what, path] of Object.entries(paths)) {
    const [early, late]: [number[], number[]] = [[], []]
    const [youngWire, oldWire] = [new Wire(young.port), new Wire(old.port)]
    for (let i = 0; i < 60; i++) {
      const inYoung = await time(() => youngWire.get(path))
      const inOld = await time(() => oldWire.get(path))
      if (i < 10) continue
      early.push(inYoung)
      late.push(inOld)
    }
    youngWire.close()
    oldWire.close()
    const detail = `${median(late).toFixed(2)} ms ÷ ${median(early).toFixed(2)} ms${what === 'page' ? `; ${FINISHED} games were imported in ${(took / 1_000).toFixed(0)} s` : ''}`
    report(`board with ${FINISHED} finished games ÷ with 10: ${what}`, median(late) / median(early), { most: 1.1 }, detail)
  }
  await Promise.all([young.dispose(), old.dispose()])
  rmSync(directory, { recursive: true, force: true })
}
