import { type ChildProcess, fork as forkProcess } from 'node:child_process'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Relay } from '../storage/relay.ts'
import { createDoor } from './door.ts'
import { type Failed, type Figures, type FromParent, type FromWorker, SHARED_PORT, WORKER } from './messages.ts'

/** A worker that ended is started again after a moment, which doubles while it keeps ending. */
const AGAIN_MS = 200
const AGAIN_MOST_MS = 15_000
const SOUND_MS = 60_000
/** A worker that is told to stop ends itself a little earlier than this. */
const STOP_MOST_MS = 10_000
const MEASURE_MS = 1_500

interface Options {
  /** The file that every worker runs. */
  program: string
  config: Pick<Config, 'workers' | 'port' | 'host'>
  /** For each worker's writes, where they go through this process. */
  relay?: () => Relay
  measure(): Promise<Figures>
  log: Log
}

export interface Workers {
  port: number
  /** Once every worker serves. @throws StartFailed when one of them could not begin */
  ready: Promise<void>
  running(): number
  restarts(): number
  /** Tells all of them to stop and waits until they have. */
  stop(signal: string): Promise<void>
}

/** One of the workers could not begin to serve, so none of them does. */
export class StartFailed extends Error {
  readonly failed: Failed

  constructor(failed: Failed) {
    super(failed.lines.join(' '))
    this.failed = failed
  }
}

interface Slot {
  number: number
  worker: ChildProcess | null
  relay: Relay | null
  since: number
  /** How often in a row it ended soon after it had begun. */
  endings: number
  hasServed: boolean
  failed: Failed | null
}

/**
 * Takes the port and forks the workers, to which connections are dealt in turn. Passes on what they tell each other, writes for them, and
 * starts again whichever ends.
 */
export async function startWorkers({ program, config, relay, measure, log }: Options): Promise<Workers> {
  const door = createDoor()
  const port = await door.open(config)
  const slots: Slot[] = Array.from({ length: config.workers }, (_, i) => ({
    number: i + 1,
    worker: null,
    relay: null,
    since: 0,
    endings: 0,
    hasServed: false,
    failed: null,
  }))
  const followers = new Map<string, Set<ChildProcess>>()
  const measuring = new Map<number, (figures: Figures) => void>()
  let lastId = 0
  let restarts = 0
  const leaving = new Set<ChildProcess>()
  let isStopping = false
  let allReady = () => {}
  let notReady: (error: StartFailed) => void = () => {}
  let allGone = () => {}
  const ready = new Promise<void>((resolve, reject) => {
    allReady = resolve
    notReady = reject
  })

  const alive = () => slots.filter(slot => slot.worker !== null)

  function send(worker: ChildProcess, message: FromParent): void {
    // One that has just ended is heard of in its own time.
    if (worker.connected) worker.send(message, undefined, {}, () => {})
  }

  function fork(slot: Slot): void {
    const env = { ...process.env, [WORKER]: String(slot.number), [SHARED_PORT]: String(port) }
    // Values for the database are big integers, which JSON does not know.
    const worker = forkProcess(program, [], { env, serialization: 'advanced' })
    Object.assign(slot, { worker, relay: relay?.() ?? null, since: performance.now(), failed: null })
    worker.on('message', (message: FromWorker) => hear(slot, worker, message))
    worker.on('error', error => log.warn({ err: error, worker: slot.number }, 'a worker could not be reached'))
    worker.once('exit', (code, signal) => {
      // What it said last may still be on its way.
      if (worker.connected) worker.once('disconnect', () => ended(slot, code, signal))
      else ended(slot, code, signal)
    })
  }

  function hear(slot: Slot, worker: ChildProcess, message: FromWorker): void {
    switch (message.of) {
      case 'writer':
        return void slot.relay?.answer(message.envelope).then(reply => send(worker, { of: 'writer', reply }))
      case 'link':
        hearOnLink(worker, message)
        return
      case 'ready':
        slot.hasServed = true
        door.admit(worker)
        if (slots.every(({ hasServed }) => hasServed)) allReady()
        return
      case 'took':
        door.took(worker)
        return
      case 'leaving':
        leave(worker)
        return
      case 'failed':
        slot.failed = message.failed
        return
      case 'figures':
        return void everybody().then(
          all => send(worker, { of: 'figures', id: message.id, all }),
          error => log.warn({ err: error }, 'the workers were not measured'),
        )
      case 'measured':
        measuring.get(message.id)?.(message.figures)
    }
  }

  function leave(worker: ChildProcess): void {
    door.dismiss(worker)
    leaving.add(worker)
    // Nobody is left who could answer: whoever knocks now is told so by the machine.
    if (isStopping && alive().every(slot => slot.worker && leaving.has(slot.worker))) door.close()
  }

  function hearOnLink(worker: ChildProcess, said: Extract<FromWorker, { of: 'link' }>): void {
    const { channel } = said
    const heard = followers.get(channel)
    if (said.what === 'publish') {
      for (const other of heard ?? []) if (other !== worker) send(other, { of: 'link', channel, message: said.message })
    } else if (said.what === 'subscribe') followers.set(channel, (heard ?? new Set()).add(worker))
    else forget(channel, worker)
  }

  function forget(channel: string, worker: ChildProcess): void {
    const heard = followers.get(channel)
    if (heard?.delete(worker) && heard.size === 0) followers.delete(channel)
  }

  /** Whoever is too busy to answer is left out. */
  async function everybody(): Promise<[string, Figures][]> {
    const answers = alive().map(({ worker, number }) =>
      ask(worker as ChildProcess).then(figures => figures && ([String(number), figures] as const)),
    )
    const own = await measure()
    return [['0', own], ...(await Promise.all(answers)).flatMap(answer => (answer ? [[...answer] as [string, Figures]] : []))]
  }

  function ask(worker: ChildProcess): Promise<Figures | null> {
    const id = ++lastId
    return new Promise(resolve => {
      const settle = (figures: Figures | null) => {
        measuring.delete(id)
        resolve(figures)
      }
      measuring.set(id, settle)
      send(worker, { of: 'measure', id })
      setTimeout(settle, MEASURE_MS, null).unref()
    })
  }

  function ended(slot: Slot, code: number | null, signal: string | null): void {
    if (slot.worker) {
      door.forget(slot.worker)
      leaving.delete(slot.worker)
      for (const channel of followers.keys()) forget(channel, slot.worker)
    }
    slot.relay?.end()
    slot.worker = null
    slot.relay = null
    if (isStopping) {
      if (alive().length === 0) allGone()
      return
    }
    if (!slot.hasServed) {
      isStopping = true
      for (const { worker: other } of alive()) other?.kill('SIGKILL')
      const lines = [`worker ${slot.number} ended (${signal ?? code}) before it served`]
      notReady(new StartFailed(slot.failed ?? { exitCode: 1, lines }))
      return
    }
    slot.endings = performance.now() - slot.since > SOUND_MS ? 1 : slot.endings + 1
    restarts += 1
    const againInMs = Math.min(AGAIN_MOST_MS, AGAIN_MS * 2 ** (slot.endings - 1))
    log.error({ worker: slot.number, code, signal, said: slot.failed?.lines, againInMs }, 'a worker ended and is started again')
    setTimeout(() => isStopping || fork(slot), againInMs)
  }

  for (const slot of slots) fork(slot)

  return {
    port,
    ready,
    running: () => alive().length,
    restarts: () => restarts,
    async stop(signal) {
      isStopping = true
      const gone = new Promise<void>(resolve => {
        allGone = resolve
      })
      if (alive().length === 0) return
      for (const { worker } of alive()) send(worker as ChildProcess, { of: 'stop', signal })
      const late = setTimeout(() => {
        for (const { worker } of alive()) worker?.kill('SIGKILL')
      }, STOP_MOST_MS)
      await gone
      clearTimeout(late)
    },
  }
}
