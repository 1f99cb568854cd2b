import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Play, PlayInput } from '#domain/play.ts'
import { exportLeague } from '#server/portable.ts'
import { MANAGER, type Running, SCORER, startServer } from '../server/running.ts'
import { Watcher } from './crowd.ts'
import { until } from './until.ts'

const SHUFFLES = Number(process.env.SHUFFLES ?? 4)
const ITEMS = 500
const PERIODS = 4

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

/** What a feed has to say of a game: baskets and fouls of all periods, some of them put right once or twice. */
function feed(): PlayInput[] {
  const items: PlayInput[] = []
  for (let i = 0; i < ITEMS; i++) {
    const id = `item-${String(i).padStart(4, '0')}`
    const base = { period: (i % PERIODS) + 1, side: i % 3 ? 'home' : 'away' } as const
    items.push({ id, ...base, kind: (['2pt', '3pt', 'ft', 'foul'] as const)[i % 4] ?? '2pt' })
    // Each revision names the one before it, so that an older one cannot come after a newer.
    if (i % 8 === 0) items.push({ id: `${id}-rev1`, ...base, kind: '3pt', replaces: id })
    if (i % 16 === 0) items.push({ id: `${id}-rev2`, ...base, kind: 'ft', replaces: `${id}-rev1` })
  }
  return items
}

const opening: PlayInput[] = Array.from({ length: PERIODS }, (_, i) => [
  { id: `start-of-${i + 1}`, kind: 'periodStart' },
  ...(i + 1 < PERIODS ? [{ id: `end-of-${i + 1}`, kind: 'periodEnd' }] : []),
]).flat()

const met = { refusedEarly: 0, repeated: 0, batches: 0 }

/** Sends everything in this order, in pieces; what comes before the item it corrects is refused, and sent again later. */
async function deliver(gameId: string, items: readonly PlayInput[], pieceOf: () => number): Promise<void> {
  const known = new Set<string>()
  let waiting = [...items]
  while (waiting.length > 0) {
    const later: PlayInput[] = []
    for (let next = waiting; next.length > 0; ) {
      const size = pieceOf()
      let piece = uniqueIn(next.slice(0, size), later)
      next = next.slice(size)
      while (piece.length > 0) {
        met.batches += 1
        const answer = await server.app.games.record(MANAGER, gameId, piece, true)
        if (answer.ok) {
          for (const { id } of piece) met.repeated += known.has(id) ? 1 : 0
          for (const { id } of piece) known.add(id)
          break
        }
        expect(answer.error).toMatchObject({ code: 'INVALID_PAYLOAD', path: 'replaces' })
        met.refusedEarly += 1
        const { index = 0 } = answer.error
        later.push(...piece.slice(index, index + 1))
        piece = piece.filter((_, i) => i !== index)
      }
    }
    waiting = later
  }
}

/** One batch takes an id once; what comes twice in it comes again in another. */
function uniqueIn(piece: readonly PlayInput[], later: PlayInput[]): PlayInput[] {
  const seen = new Set<string>()
  return piece.filter(play => {
    const isNew = !seen.has(play.id)
    seen.add(play.id)
    if (!isNew) later.push(play)
    return isNew
  })
}

it(`F20 a feed that comes out of order, late and twice gives the same game, ${SHUFFLES} shuffles of it`, { timeout: 300_000 }, async () => {
  const items = feed()
  const results = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(items, { minLength: items.length }),
      fc.shuffledSubarray(items, { minLength: 100, maxLength: 300 }),
      fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 50, maxLength: 50 }),
      async (order, again, sizes) => {
        let piece = 0

        const game = await server.createGame()
        await server.play(game.id, ...opening)
        await deliver(game.id, [...order, ...again], () => sizes[piece++ % sizes.length] ?? 1)
        const read = await server.app.games.get(null, game.id)
        if (!read.ok) throw new Error(read.error.message)
        const { score, linescore, status, seq } = read.game
        // What is due now is due after the play that came last, whichever that was.
        const { freeThrows: _, ...detail } = read.game.detail
        results.add(JSON.stringify({ score, linescore, detail, status, seq }))
        expect(seq).toBe(opening.length + items.length)
      },
    ),
    { numRuns: SHUFFLES, endOnFailure: true },
  )
  console.log(`${JSON.stringify(met)}: ${[...results][0]}`)
  expect(results.size).toBe(1)
  expect(Math.min(met.refusedEarly, met.repeated)).toBeGreaterThan(0)
})

it('F20 what a feed says after a result was made official takes the right to correct it', async () => {
  const game = await server.createGame()
  await server.play(game.id, ...opening, { id: 'only-basket', kind: '2pt', side: 'home', period: 4 }, { id: 'the-end-01', kind: 'gameEnd' })
  await server.play(game.id, { id: 'official-1', kind: 'status', data: { official: true } })
  const late = { id: 'late-basket', kind: '3pt', side: 'away', period: 1 }
  expect(await server.app.games.record(SCORER, game.id, [late], false)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  expect(await server.app.games.record(MANAGER, game.id, [late], false)).toMatchObject({ ok: true, game: { score: { home: 2, away: 3 } } })
})

it('F21 a goal withdrawn after 300 later plays: a new play says so, the old one stays, and pages, log and export agree', async () => {
  const game = await server.createGame('soccer')
  const watcher = new Watcher(server.url, game.id)
  await server.play(game.id, { id: 'kick-off-1', kind: 'periodStart' }, { id: 'the-goal-1', kind: 'goal', side: 'home' })
  const others = Array.from({ length: 300 }, (_, i) => ({
    id: `corner-${String(i).padStart(4, '0')}`,
    kind: 'note',
    data: { text: 'Corner' },
  }))
  for (let i = 0; i < others.length; i += 50) await server.play(game.id, ...others.slice(i, i + 50))
  await until(() => watcher.state === '302 1-0')
  await server.play(game.id, { id: 'no-goal-01', kind: 'void', voids: 'the-goal-1', data: { reason: 'Offside' } })
  await until(() => watcher.state === '303 0-0')
  watcher.socket.disconnect()

  const log = await server.app.games.plays(null, game.id, 0, 1000)
  const plays: Play[] = log.ok ? log.plays : []
  expect(plays).toHaveLength(303)
  expect(plays[1]).toMatchObject({ id: 'the-goal-1', kind: 'goal', voidedBy: 303 })
  expect(plays[302]).toMatchObject({ kind: 'void', voids: 2, data: { reason: 'Offside' } })
  expect(await server.app.games.get(null, game.id)).toMatchObject({ game: { seq: 303, score: { home: 0, away: 0 } } })
  expect(await server.app.games.get(null, game.id, 302)).toMatchObject({ game: { seq: 302, score: { home: 1, away: 0 } } })

  const folder = mkdtempSync(join(tmpdir(), 'sideline-feed-'))
  try {
    const file = join(folder, 'league.jsonl')
    await exportLeague(server.context.storage.db, file, Date.now())
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { table?: string; row?: Record<string, unknown> })
    const exported = rows.filter(({ table, row }) => table === 'plays' && row?.game_id === game.id).map(({ row }) => row)
    expect(exported.map(row => row?.seq)).toEqual(plays.map(play => play.seq))
    expect(exported[302]).toMatchObject({ kind: 'void', voids: 2 })
    expect(rows.find(({ table, row }) => table === 'games' && row?.id === game.id)?.row).toMatchObject({ seq: 303, home_score: 0 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
