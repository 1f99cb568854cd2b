import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Server } from '#e2e/server.ts'
import { alternate, median, percentile, remark, report, setting, sleep } from './measure.ts'
import { startPeer } from './peer.ts'
import { benchPlay, captureUpdate, liveGame, metric, openSocket, playsPath, post, startProduct, watchFrame } from './product.ts'
import { openSwarm, type Swarm, stampNow } from './swarm.ts'
import { Wire } from './wire.ts'

const FANS = setting('PLAY_FANS', 500, 100)
const PLAYS = setting('PLAYS', 60, 20)
const EVERY_MS = 40
const BATCHES = setting('BATCHES', 10, 4)
const SLOW_PLAYS = setting('SLOW_PLAYS', 60, 20)
const SLOW_DISK_MS = 50

async function oneByOne(swarm: Swarm, send: () => Promise<void> | void) {
  await swarm.reset()
  for (let i = 0; i < PLAYS; i++) {
    const due = sleep(EVERY_MS)
    await send()
    await due
  }
  const { p50, p99 } = await swarm.until(({ hits }) => hits >= PLAYS * FANS, 5_000)
  return { p50: p50 / 1_000, p99: p99 / 1_000 }
}

/** From a scorer's tap to the fans, the disk between them, against a relay that keeps nothing. */
export async function playToFan(): Promise<void> {
  const server = await startProduct()
  const game = await liveGame(server)
  const sample = await captureUpdate(server, game.id)
  const peer = await startPeer('socketio', sample)
  const ours = openSwarm({ port: server.port, fans: FANS, join: watchFrame(game.id), joined: '430' })
  const relayed = openSwarm({ port: peer.port, fans: FANS, join: '420["join","game"]', joined: '430' })
  await Promise.all([ours.whenReady(), relayed.whenReady()])
  const wire = new Wire(server.port)
  const sender = await openSocket(peer.port)
  const relay = () => {
    const update = { ...sample, plays: sample.plays.map(play => ({ ...play, id: `bench-${stampNow()}` })) }
    sender.send(`42${JSON.stringify(['play', update])}`)
  }
  for (let i = 0; i < PLAYS; i++) {
    await post(wire, server, game.id, benchPlay())
    relay()
  }
  const of = await alternate({
    ours: () => oneByOne(ours, () => post(wire, server, game.id, benchPlay())),
    relay: () => oneByOne(relayed, relay),
  })
  for (const [share, most] of [
    ['p50', 2],
    ['p99', 3],
  ] as const) {
    const [own, bare] = [of.ours[share] as number, of.relay[share] as number]
    report(
      `a play posted, on disk, at ${FANS} fans: ${share} ÷ relay without disk`,
      own / bare,
      { most },
      `${own.toFixed(1)} ms ÷ ${bare.toFixed(1)} ms`,
    )
  }
  sender.terminate()
  await Promise.all([ours.stop(), relayed.stop()])
  const rates: number[] = []
  for (let batch = 0; batch < BATCHES; batch++) {
    const start = performance.now()
    await post(wire, server, game.id, Array.from({ length: 500 }, benchPlay))
    rates.push(500 / ((performance.now() - start) / 1_000))
  }
  report('plays a second, in batches of 500', median(rates), { least: 2_000 }, '')
  wire.close()
  await Promise.all([peer.stop(), server.dispose()])
  await slowDisk()
}

/** A library that makes every fsync of the process it is loaded into last `SLOW_FSYNC_MS`; null where it cannot be made. */
function slowFsync(): string | null {
  if (process.platform !== 'linux') return null
  const library = join(mkdtempSync(join(tmpdir(), 'sideline-bench-')), 'slow-fsync.so')
  try {
    execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', library, fileURLToPath(new URL('./slow-fsync.c', import.meta.url)), '-ldl'], {
      stdio: 'pipe',
    })
    return library
  } catch {
    return null
  }
}

/** Rests of the event loop while plays are posted; the library measures with a timer of 10 ms, so that an idle loop reads a little above 10. */
async function loopWhile(server: Server, gameId: string, withinMs: number) {
  const wires = Array.from({ length: 4 }, () => new Wire(server.port))
  const probe = new Wire(server.port)
  await metric(server, 'nodejs_eventloop_lag_p99_seconds')
  let isOver = false
  const answers: number[] = []
  const probing = (async () => {
    while (!isOver) {
      const start = performance.now()
      await probe.get('/healthz')
      answers.push(performance.now() - start)
      await sleep(5)
    }
  })()
  const took: number[] = []
  const end = performance.now() + withinMs
  await Promise.all(
    wires.map(async wire => {
      while (performance.now() < end && took.length < SLOW_PLAYS) {
        const start = performance.now()
        await wire.post(playsPath(gameId), server.token, benchPlay())
        took.push(performance.now() - start)
        await sleep(20)
      }
    }),
  )
  isOver = true
  await probing
  const p99 = (await metric(server, 'nodejs_eventloop_lag_p99_seconds')) * 1_000
  for (const wire of [...wires, probe]) wire.close()
  return { p99, answer: percentile(answers, 0.99), write: median(took) }
}

async function slowDisk(): Promise<void> {
  const library = slowFsync()
  if (!library) return remark('event loop on a slow disk: not run, it takes Linux and gcc')
  const server = await startProduct()
  const game = await liveGame(server)
  await loopWhile(server, game.id, 2_000)
  const usual = await loopWhile(server, game.id, 10_000)
  await server.restart({ env: { LD_PRELOAD: library, SLOW_FSYNC_MS: String(SLOW_DISK_MS) } })
  await loopWhile(server, game.id, 2_000)
  const slow = await loopWhile(server, game.id, 30_000)
  if (slow.write < SLOW_DISK_MS) remark(`event loop on a slow disk: not run, writes took only ${slow.write.toFixed(1)} ms`)
  else {
    const detail = `${usual.p99.toFixed(1)} ms on the usual disk; a write ${slow.write.toFixed(0)} ms, /healthz p99 ${slow.answer.toFixed(1)} ms (${usual.answer.toFixed(1)} ms)`
    report(`event loop p99 while each fsync takes ${SLOW_DISK_MS} ms, ms`, slow.p99, { most: 20 }, detail)
  }
  await server.dispose()
}
