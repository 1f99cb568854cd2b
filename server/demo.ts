import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Account, App } from './create-app.ts'
import { DEMO_COMPETITIONS, type DemoOrders } from './demo-orders.ts'
import { DEMO_TOKEN, isDemoRemoved, removeDeadTokens, removeDemo } from './demo-removal.ts'
import { ORGANISATION } from './organisation.ts'

export interface Demo {
  stop(): void
}

const AGAIN_MS = 10_000
const MOST_STARTS = 5

/** Who makes the competitions of the demo: the server itself, and nothing else. */
const FOUNDER: Account = {
  id: 'demo',
  name: 'Demo',
  email: '',
  role: 'admin',
  scopes: ['manage'],
  grants: null,
  via: 'token',
  rate: null,
}

/**
 * Fills an empty database with games being played right now, or goes on with those of the last start. They are played by a program of its
 * own, a client of the HTTP API like any other, whose token is good for the demo's competitions and nothing else. Nothing waits for it.
 *
 * @param address where this server answers
 */
export function startDemo(app: App, address: string): Demo {
  let playing: Demo | null = null
  let isStopped = false
  async function start(): Promise<void> {
    const { db } = app.parts.context.storage
    // Older versions left its token behind.
    if (await isDemoRemoved(db)) return removeDeadTokens(db)
    if (!(await isDemoDue(app))) return
    const competitions = await foundCompetitions(app)
    const token = await renewToken(
      app,
      competitions.map(({ id }) => id),
    )
    // Removed while it was being founded.
    if (await isDemoRemoved(db)) return void (await removeDemo(db))
    // By number: the name of the machine itself may lead to an address that nobody listens on.
    if (!isStopped) playing = play(app, { url: address.replace('//localhost', '//127.0.0.1'), token, competitions })
  }
  start().catch(error => {
    if (!isStopped) app.log.warn({ err: error }, 'the demo did not start')
  })
  return {
    stop() {
      isStopped = true
      playing?.stop()
    },
  }
}

async function isDemoDue({ config, parts }: App): Promise<boolean> {
  const { db } = parts.context.storage
  if (!config.isDemoWanted) return false
  const [first, game] = await Promise.all([
    db.selectFrom('competitions').select('demo').orderBy('demo', 'desc').limit(1).executeTakeFirst(),
    db.selectFrom('games').select('id').limit(1).executeTakeFirst(),
  ])
  return first ? first.demo === 1 : game === undefined
}

async function foundCompetitions({ competitions, parts }: App): Promise<DemoOrders['competitions']> {
  for (const { key: _, ...competition } of DEMO_COMPETITIONS) {
    const made = await competitions.create(FOUNDER, { ...competition, demo: true })
    if (!made.ok) throw new Error(made.error.message)
  }
  // A league of the same name that somebody made themselves is no demo, and left alone.
  const rows = await parts.context.storage.db
    .selectFrom('competitions')
    .where('organisation_id', '=', ORGANISATION)
    .where('demo', '=', 1)
    .select(['id', 'name'])
    .execute()
  return DEMO_COMPETITIONS.flatMap(({ key, name }) => rows.filter(row => row.name === name).map(({ id }) => ({ key, id })))
}

/** The secret is kept nowhere, so each start makes a new one and takes the last one away. */
async function renewToken({ accounts, parts }: App, competitions: string[]): Promise<string> {
  await parts.context.storage.db.deleteFrom('tokens').where('organisation_id', '=', ORGANISATION).where('name', '=', DEMO_TOKEN).execute()
  const made = await accounts.createToken({ name: DEMO_TOKEN, scopes: ['score', 'manage'], competitions }, FOUNDER.id)
  if (!made.ok) throw new Error(made.error.message)
  return made.token
}

function play({ log }: App, orders: DemoOrders): Demo {
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | null = null
  let starts = 0
  let isStopped = false

  function begin(): void {
    starts += 1
    const started = spawn(process.execPath, programOf(), {
      // Nothing of ours but what it is told: the environment may hold the owner's password.
      env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV ?? 'production' },
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    child = started
    started.stdin.on('error', () => {})
    started.stdin.write(`${JSON.stringify(orders)}\n`)
    let said = ''
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000)
    })
    started.once('error', error => log.warn({ err: error }, 'the demo could not be started'))
    started.once('exit', code => {
      child = null
      if (isStopped || code === 0) return
      log.warn({ code, said }, 'the demo ended')
      if (starts < MOST_STARTS) timer = setTimeout(begin, AGAIN_MS * starts).unref()
    })
  }
  begin()

  return {
    stop() {
      isStopped = true
      if (timer) clearTimeout(timer)
      child?.kill()
    },
  }
}

/** Its own bundle beside ours in a build, its source otherwise. */
function programOf(): string[] {
  const built = new URL('./demo.js', import.meta.url)
  if (!import.meta.url.endsWith('.ts') && existsSync(built)) return [fileURLToPath(built)]
  return ['--import', 'tsx', fileURLToPath(new URL('../scripts/demo.ts', import.meta.url))]
}
