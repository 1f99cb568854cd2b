import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startServer } from '#e2e/server.ts'
import { readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'
import { pidOf } from './process.ts'
import { tamper } from './strace.ts'
import { until } from './until.ts'

const CALLS = Number(process.env.CRASH_CALLS ?? 12)

it(`F2 killed on entering each of the first ${CALLS} system calls on the log: what was acknowledged is there, what was not counts once`, async () => {
  const server = await startServer()
  try {
    const game = await server.createGame()
    const watchers = [new Watcher(server.url, game.id), new Watcher(server.url, game.id)]
    const invocations: Invocation[] = []
    const fired: string[] = []
    for (let call = 1; call <= CALLS; call++) {
      // In turns, so that each run meets the log as a restart leaves it.
      await server.play(game.id, { id: randomUUID(), kind: '2pt', side: 'home' })
      const tampering = await tamper(
        pidOf(server),
        join(server.dataDir, 'sideline.db-wal'),
        'pwrite64,write,fsync,fdatasync,ftruncate',
        `signal=SIGKILL:when=${call}`,
      )
      let isOver = false
      const scoring = (['home', 'away'] as const).map(side => score(server, game.id, side, invocations, () => isOver))
      // What was killed holds on to its port until the tracer lets go of it.
      await until(() => tampering.hits().length > 0)
      fired.push(...tampering.hits().slice(0, 1))
      await tampering.stop()
      await server.restart({ signal: 'SIGKILL' })
      isOver = true
      await Promise.all(scoring)
    }
    const log = await readLog(server, game.id)
    const truth = truthOf(log)
    await until(() => watchers.every(watcher => watcher.state === truth), 30_000)
    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    expect(fired.length).toBeGreaterThanOrEqual(CALLS)
    console.log(`${log.length} plays; ${fired.length} kills: ${fired.map(line => line.slice(0, 60)).join('; ')}`)
    for (const watcher of watchers) watcher.socket.disconnect()
  } finally {
    await server.dispose()
  }
})
