import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Game } from '#domain/game.ts'
import type { DemoKey, DemoOrders } from '#server/demo-orders.ts'
import { createApi } from './api.ts'
import { DemoOver, type Stage, stageGame } from './demo/performance.ts'
import { type Fixture, fixtureFrom, timetable } from './demo/timetable.ts'

// The program that plays the demo's games. The server starts it and tells it the rest on standard input; it ends with the server, or when
// the demo is taken out. Run by hand it waits for its orders: one line of JSON as in server/demo-orders.ts.

const LOOK_AGAIN_MS = 30_000
/** Between two games that are brought up to date, for the server to see to its readers. */
const BREATH_MS = 100

const stopped = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))

const input = createInterface({ input: process.stdin })
input.once('line', line => void perform(JSON.parse(line) as DemoOrders).catch(end))
input.once('close', () => process.exit(0))

function end(error: unknown): void {
  if (!(error instanceof DemoOver)) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof DemoOver ? 0 : 1)
}

async function perform({ url, token, competitions }: DemoOrders): Promise<void> {
  const stage: Stage = {
    api: createApi({ url, token, patienceMs: Number.POSITIVE_INFINITY, signal: stopped.signal }),
    signal: stopped.signal,
  }
  const known = new Set<string>()
  const show = async (competitionId: string, fixture: Fixture) => {
    if (known.has(fixture.key)) return
    known.add(fixture.key)
    const rest = await stageGame(stage, competitionId, fixture)
    rest?.().catch(end)
    await sleep(BREATH_MS)
  }
  for (let isFirst = true; ; isFirst = false) {
    const now = Date.now()
    const timetables = competitions.map(({ key, id }) => timetable(key, now).map(fixture => ({ id, fixture })))
    // One of each competition in turn: within seconds something is on everywhere.
    for (const { id, fixture } of inTurns(timetables)) await show(id, fixture)
    if (isFirst) for (const { key, id } of competitions) for (const fixture of await leftOpen(stage, key, id)) await show(id, fixture)
    await sleep(LOOK_AGAIN_MS)
  }
}

function* inTurns<T>(lists: readonly (readonly T[])[]): Generator<T> {
  const longest = Math.max(0, ...lists.map(list => list.length))
  for (let i = 0; i < longest; i++) for (const list of lists) if (i < list.length) yield list[i] as T
}

/** Games that were begun or announced before a long pause, and would stay so. */
async function leftOpen({ api }: Stage, key: DemoKey, competitionId: string): Promise<Fixture[]> {
  const answer = await api.get<{ games: Game[] }>(`/api/v1/games?competition=${competitionId}&status=scheduled,live,suspended&limit=500`)
  if (!answer.ok) return []
  return answer.body.games.flatMap(({ demo, startsAt, home, away }) => {
    const fixture = demo && startsAt ? fixtureFrom(key, Date.parse(startsAt), home.name, away.name) : null
    return fixture && fixture.startMs < Date.now() ? [fixture] : []
  })
}
