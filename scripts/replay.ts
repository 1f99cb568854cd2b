import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
  one line of JSON a game. A file of standings becomes competitions, with a line a table; a folder stands for the .json files in it.
  Exits with 0 when all hold, 1 when one differs or the server does not answer, 2 when called wrongly.

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

/** Of what differs, so much is told again at the end. */
const MOST_TOLD = 20

const NOTHING = { games: 0, differ: 0, excused: 0, unjudged: 0 }
type Tally = typeof NOTHING

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
  const tally = { ...NOTHING, plays: 0 }
  const byFile = new Map<string, Tally>()
  const differing: string[] = []
  const note = ({ line, plays, isJudged }: Played, sport: string) => {
    process.stdout.write(`${JSON.stringify(line)}\n`)
    tally.plays += plays
    const ofFile = byFile.get(line.file) ?? { ...NOTHING }
    byFile.set(line.file, ofFile)
    const count = (what: keyof Tally) => {
      tally[what] += 1
      ofFile[what] += 1
    }
    count('games')
    const isException = exceptionOf(sport, line.id) !== undefined
    if (!line.ok && isException) count('excused')
    else if (!line.ok) {
      count('differ')
      differing.push(`${line.file}, ${line.id}: ${line.diff?.[0] ?? ''}`)
    } else if (isException) say(`${line.id} holds, though it is listed as an exception.`)
    else if (!isJudged) count('unjudged')
  }
  // In real time all games begin together; otherwise a few at once.
  try {
    await each(games, asked.speed === 'max' ? AT_ONCE : games.length, async game => {
      const { file, record, adapter } = game
      if (adapter) note(await playGame(api, { file, record, adapter, speed: asked.speed }), adapter.sport)
      else note(await playTable(api, { file, record: record as unknown as TableRecord }), TABLES)
    })
  } catch (error) {
    if (!(error instanceof Hopeless) || tally.games === 0) throw error
    throw new Hopeless(`${error.message}\nUntil then ${sayTally(tally)}, ${games.length - tally.games} not played.`)
  }

  const seconds = (performance.now() - began) / 1000
  if (byFile.size > 1) for (const [file, ofFile] of byFile) say(`${file}: ${sayTally(ofFile)}.`)
  for (const line of differing.slice(0, MOST_TOLD)) say(line)
  if (differing.length > MOST_TOLD) say(`… and ${differing.length - MOST_TOLD} more, each in its line above.`)
  say(`${sayTally(tally)}. ${tally.plays} plays in ${seconds.toFixed(1)} s, ${Math.round(tally.plays / seconds)} a second.`)
  return tally.differ > 0 ? 1 : 0
}

/** What has no result to compare with holds for nothing. */
function sayTally({ games, differ, excused, unjudged }: Tally): string {
  return [
    `${games - differ - excused - unjudged} of ${games} games hold`,
    `${differ} differ`,
    ...(EXCEPTIONS.length > 0 ? [`${excused} listed as exceptions`] : []),
    ...(unjudged > 0 ? [`${unjudged} without a result to compare with`] : []),
  ].join(', ')
}

async function readFiles(files: readonly string[], only: readonly string[]): Promise<Recorded[]> {
  const games: Recorded[] = []
  for (const file of new Set(files.flatMap(filesIn))) {
    const { sport, games: records } = readRecords(file)
    const adapter = sport === TABLES ? null : Object.hasOwn(ADAPTERS, sport) ? await ADAPTERS[sport]?.() : undefined
    if (adapter === undefined)
      throw new UsageError(`${file} is of ${sport}; recorded games of ${[...Object.keys(ADAPTERS), TABLES].join(', ')} can be replayed.`)
    for (const record of records) {
      if (only.length === 0 || only.includes(record.id)) games.push({ file, record, adapter })
    }
  }
  const missing = only.find(id => !games.some(game => game.record.id === id))
  if (missing !== undefined) throw new UsageError(`No game of these files has the id ${missing}.`)
  if (games.length === 0) throw new UsageError(`There is no game in ${files.join(', ')}.`)
  return games
}

/** A folder stands for the files of games in it. */
function filesIn(file: string): string[] {
  const path = locate(file)
  if (!existsSync(path) || !statSync(path).isDirectory()) return [file]
  return readdirSync(path)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => join(file, name))
}

function readRecords(file: string): { sport: string; games: AnyRecord[] } {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(locate(file), 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const { sport, games } = (content ?? {}) as { sport?: unknown; games?: unknown }
  const isRecord = (game: unknown) => ['string', 'number'].includes(typeof (game as AnyRecord | null)?.id)
  if (typeof sport !== 'string' || !Array.isArray(games) || !games.every(isRecord)) {
    throw new UsageError(`${file} is no file of recorded games: it needs a sport, and games with an id each.`)
  }
  return { sport, games: games.map((game: AnyRecord) => ({ ...game, id: String(game.id) })) }
}

/** npm starts scripts in the project's own folder; a path is meant from where it was typed. */
function locate(file: string): string {
  const typed = process.env.INIT_CWD ? resolve(process.env.INIT_CWD, file) : file
  return existsSync(typed) ? typed : file
}
