import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createApi } from './api.ts'
import type { ReplayAdapter } from './replay/adapter.ts'
import { ADAPTERS, type AnyRecord } from './replay/adapters.ts'
import { each } from './replay/each.ts'
import { EXCEPTIONS, exceptionOf } from './replay/exceptions.ts'
import { Hopeless, type Played, playGame, requireServer, type Speed } from './replay/play-game.ts'
import { playTable } from './replay/play-table.ts'
import { TABLES, type TableRecord } from './replay/standings.ts'

const HELP = `Usage: npm run --silent replay -- FILE… [--url U] [--token T] [--speed max|N] [--only ID] [--json]

  Plays recorded games into a running server through its HTTP API, reads them back and compares them with what was recorded:
  one line of JSON a game. A file of standings becomes competitions, with a line a table. Exits with 1 when one differs, 2 when called wrongly.

  --url U      the server, http://localhost:PORT unless given
  --token T    a token with the scopes score and manage; SIDELINE_TOKEN unless given
  --speed N    in real time, N times as fast; "max" (the default) as fast as the server takes it
  --only ID    this game alone; may be given several times
  --json       lines of JSON only
`
const MAKE_TOKEN =
  'A token is needed, with --token or in SIDELINE_TOKEN: npm run --silent sideline -- token create --name replay --scope score,manage'

/** Games on their way at once: enough to keep the server's disk busy, few enough to be fair to others. */
const AT_ONCE = 8
/** How long one request may take with all its retries: a server that is restarted meanwhile is back by then. */
const PATIENCE_MS = 120_000

class UsageError extends Error {}
interface Recorded {
  file: string
  record: AnyRecord
  /** Null of a whole table, which is no game. */
  adapter: ReplayAdapter<AnyRecord> | null
}

// Whoever reads the lines may stop early (`| head`).
process.stdout.on('error', () => process.exit(1))
process.exitCode = await main(process.argv.slice(2))

async function main(given: string[]): Promise<number> {
  try {
    return await replay(readArguments(given))
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Hopeless)) throw error
    process.stderr.write(`${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

interface Arguments {
  files: string[]
  url: string
  token: string
  speed: Speed
  only: string[]
  isJson: boolean
}

function readArguments(given: string[]): Arguments | null {
  const options = {
    url: { type: 'string' },
    token: { type: 'string' },
    speed: { type: 'string' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args: given, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  }
  const { values, positionals } = parsed
  if (values.help) return null
  if (positionals.length === 0) throw new UsageError(`Say which file of recorded games.\n\n${HELP}`)
  const url = values.url ?? `http://localhost:${process.env.PORT?.trim() || '3000'}`
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new UsageError(`--url must be an http address, not "${url}".`)
  const token = values.token ?? process.env.SIDELINE_TOKEN
  if (!token) throw new UsageError(MAKE_TOKEN)
  return { files: positionals, url, token, speed: speedOf(values.speed), only: values.only ?? [], isJson: values.json === true }
}

function speedOf(text: string | undefined): Speed {
  if (text === undefined || text === 'max') return 'max'
  const speed = Number(text)
  if (!(speed > 0 && Number.isFinite(speed))) throw new UsageError(`--speed must be "max" or a number above 0, not "${text}".`)
  return speed
}

async function replay(asked: Arguments | null): Promise<number> {
  if (!asked) {
    process.stdout.write(HELP)
    return 0
  }
  const games = await readFiles(asked.files, asked.only)
  await requireServer(createApi({ ...asked, patienceMs: 0 }), asked.url)
  const api = createApi({ ...asked, patienceMs: PATIENCE_MS })
  const say = (text: string) => void (asked.isJson || process.stderr.write(`${text}\n`))

  const began = performance.now()
  const tally = { games: 0, differ: 0, excused: 0, plays: 0 }
  const note = ({ line, plays }: Played, sport: string) => {
    process.stdout.write(`${JSON.stringify(line)}\n`)
    tally.games += 1
    tally.plays += plays
    const isException = exceptionOf(sport, line.id) !== undefined
    if (!line.ok && isException) tally.excused += 1
    else if (!line.ok) tally.differ += 1
    else if (isException) say(`${line.id} holds, though it is listed as an exception.`)
  }
  // In real time all games begin together; otherwise a few at once.
  await each(games, asked.speed === 'max' ? AT_ONCE : games.length, async game => {
    const { file, record, adapter } = game
    if (adapter) note(await playGame(api, { file, record, adapter, speed: asked.speed }), adapter.sport)
    else note(await playTable(api, { file, record: record as unknown as TableRecord }), TABLES)
  })

  const seconds = (performance.now() - began) / 1000
  const held = tally.games - tally.differ - tally.excused
  const excused = EXCEPTIONS.length > 0 ? `, ${tally.excused} listed as exceptions` : ''
  say(
    `${held} of ${tally.games} games hold, ${tally.differ} differ${excused}. ` +
      `${tally.plays} plays in ${seconds.toFixed(1)} s, ${Math.round(tally.plays / seconds)} a second.`,
  )
  return tally.differ > 0 ? 1 : 0
}

async function readFiles(files: readonly string[], only: readonly string[]): Promise<Recorded[]> {
  const games: Recorded[] = []
  for (const file of files) {
    const { sport, games: records } = readRecords(file)
    const adapter = sport === TABLES ? null : await ADAPTERS[sport]?.()
    if (adapter === undefined)
      throw new UsageError(`${file} is of ${sport}; recorded games of ${[...Object.keys(ADAPTERS), TABLES].join(', ')} can be replayed.`)
    for (const record of records) {
      if (only.length === 0 || only.includes(record.id)) games.push({ file, record, adapter })
    }
  }
  const missing = only.find(id => !games.some(game => game.record.id === id))
  if (missing !== undefined) throw new UsageError(`No game of these files has the id ${missing}.`)
  return games
}

function readRecords(file: string): { sport: string; games: AnyRecord[] } {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(locate(file), 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const { sport, games } = (content ?? {}) as { sport?: unknown; games?: unknown }
  const isRecord = (game: unknown) => typeof (game as AnyRecord | null)?.id === 'string'
  if (typeof sport !== 'string' || !Array.isArray(games) || !games.every(isRecord)) {
    throw new UsageError(`${file} is no file of recorded games: it needs a sport, and games with an id each.`)
  }
  return { sport, games }
}

/** npm starts scripts in the project's own folder; a path is meant from where it was typed. */
function locate(file: string): string {
  const typed = process.env.INIT_CWD ? resolve(process.env.INIT_CWD, file) : file
  return existsSync(typed) ? typed : file
}
