import { createHub } from '#server/nodes/link.ts'
import { MANAGER } from '../server/accounts.ts'
import { stir } from './faults.ts'
import { type League, PLAYED } from './league.ts'
import { hintsOf } from './network.ts'
import { type CommandWitness, createNode, type SimNode } from './node.ts'
import { openPage } from './page.ts'
import { createRandom } from './random.ts'
import { openScorer } from './scorer.ts'
import { createTimeline } from './timeline.ts'
import { createTruth } from './truth.ts'
import { createWitness } from './witness.ts'
import { fairWeather, type Planted, type World } from './world.ts'

export const STEPS_MIN = 200
export const FAULTS_MIN = 3
/** The longest the troubled part of a run is drawn out to reach its steps and faults. */
const TROUBLED_MOST_MS = 120_000
/** Once nothing goes wrong any more: by then all must be well. */
export const HEALED_MS = 60_000
export const HEALED_STEPS = 6_000

export interface Outcome {
  seed: number
  steps: number
  /** Faults that touched something, and how often. */
  fired: ReadonlyMap<string, number>
  met: ReadonlyMap<string, number>
  plays: number
  /** Of the simulated world, from its begin to when all was well. */
  ms: number
  /** Milliseconds and steps from the end of the trouble until all was well. */
  healedAfterMs: number
  healedAfterSteps: number
  /** Of everything that happened, in order. */
  hash: string
  failure: string | null
  trace: readonly string[]
}

interface Options {
  planted?: Planted | null
  /** Lines of the trace to keep; the hash covers all. */
  keep?: number
}

/** One run of two nodes, two scorers and three to five fans on one store, all of it decided by the seed. */
export async function simulate(league: League, seed: number, { planted = null, keep = 0 }: Options = {}): Promise<Outcome> {
  const random = createRandom(seed)
  const time = createTimeline()
  const fired = new Map<string, number>()
  const met = new Map<string, number>()
  const trace: string[] = []
  let hash = 0x811c9dc5
  let steps = 0
  let failure: string | null = null
  const world: World = {
    random,
    time,
    weather: fairWeather(),
    planted,
    fired,
    fire: fault => void fired.set(fault, (fired.get(fault) ?? 0) + 1),
    note(what) {
      steps += 1
      const line = `${time.now()} ${what}`
      for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193)
      if (keep === 0) return
      trace.push(line)
      if (trace.length > 2 * keep) trace.splice(0, keep)
    },
    met,
    meet: way => void met.set(way, (met.get(way) ?? 0) + 1),
    fail(what) {
      failure ??= `at ${Math.round(time.now())} ms, step ${steps}: ${what}`
    },
  }

  const sport = random.of(PLAYED)
  league.begin(sport, random.chance(1 / 50))
  const uninstall = time.install(random.next)
  try {
    const { store, sports } = league
    const gameId = league.games.get(sport) as string
    const truth = createTruth(world, store, store.direct.db, sports, gameId)
    truth.look()
    const before = truth.seq
    const witness = createWitness(world, truth)
    const nodes = openNodes(world, league, () => truth.look(), witness)
    const page = (name: string) => openPage({ world, nodes, truth, gameId, name, account: MANAGER })
    const scorers = ['ana', 'ben'].map(name => openScorer({ world, page: page(`${name}'s page`), gameId, sport, name: `${name}xx` }))
    const fans = Array.from({ length: random.between(3, 5) }, (_, i) => page(`fan ${i}`))
    const pages = [...fans, ...scorers.map(scorer => scorer.page)]

    let isTroubled = true
    for (const scorer of scorers) {
      const next = () => {
        if (!isTroubled) return
        scorer.settle(false)
        scorer.act()
        time.after(random.chance(0.3) ? random.between(1, 50) : random.between(50, 1_500), next)
      }
      time.after(random.between(50, 1_000), next)
    }
    const calm = stir(world, nodes, pages, scorers, truth)

    // Most runs are short, so that there can be many; one in 25 goes on for longer.
    const troubledMs = random.chance(1 / 25) ? random.between(10_000, 30_000) : random.between(2_000, 4_000)
    while (failure === null) {
      const isEnough = steps >= STEPS_MIN && fired.size >= FAULTS_MIN
      if (time.now() > (isEnough ? troubledMs : TROUBLED_MOST_MS)) break
      if (!(await time.step())) break
    }

    // From here on nothing goes wrong.
    isTroubled = false
    calm()
    const [endedAt, endedSteps] = [time.now(), steps]
    world.note('calm')
    for (const scorer of scorers) scorer.settle(true)
    const isWell = () =>
      scorers.every(scorer => scorer.isIdle()) &&
      pages.every(page => page.isAt(truth.seq) && page.connection?.getState().link === 'live') &&
      nodes.every(node => node.isUp && [null, truth.seq].includes(node.headOf(gameId)))
    let settleAt = endedAt + 1_000
    while (failure === null && !isWell()) {
      if (time.now() - endedAt > HEALED_MS || steps - endedSteps > HEALED_STEPS) {
        const late = pages.filter(page => !page.isAt(truth.seq)).map(page => `${page.name} at ${JSON.stringify(page.shown())}`)
        const unsent = scorers.filter(scorer => !scorer.isIdle()).map(scorer => JSON.stringify(scorer.outbox.getState()))
        const heads = nodes.map(node => node.headOf(gameId)).join(' and ')
        world.fail(`not well again: the log is at ${truth.seq}, the nodes at ${heads}; ${[...late, ...unsent].join('; ')}`)
      }
      if (time.now() > settleAt) {
        settleAt = time.now() + 1_000
        for (const scorer of scorers) scorer.settle(true)
      }
      if (!(await time.step())) world.fail('nothing happens any more')
    }
    truth.look()
    for (let seq = 1; seq <= truth.seq; seq++) {
      const id = truth.at(seq)?.id ?? ''
      if (seq > before && !witness.isOfSomebody(id)) world.fail(`${id} at ${seq} was sent by nobody`)
    }
    for (const scorer of scorers) {
      let last = 0
      for (const id of scorer.inOrder()) {
        const seq = truth.seqOf(id)
        // Given up unsent together with its void.
        if (seq === undefined) continue
        if (seq < last) world.fail(`${id} at ${seq} stands before an earlier play of its scorer at ${last}`)
        last = seq
      }
    }
    const healedAfterMs = time.now() - endedAt
    return {
      seed,
      steps,
      fired,
      met,
      plays: truth.seq - before,
      ms: time.now(),
      healedAfterMs,
      healedAfterSteps: steps - endedSteps,
      hash: (hash >>> 0).toString(16).padStart(8, '0'),
      failure,
      trace: trace.slice(-keep),
    }
  } finally {
    uninstall()
  }
}

function openNodes(world: World, { store, sports }: League, onWritten: () => void, onCommand: CommandWitness): SimNode[] {
  const hints = hintsOf(world)
  const hub = createHub(hints.deliver)
  return [0, 1].map(index => {
    const openLink = () => {
      const link = hub()
      return {
        ...link,
        publish(channel: string, message: string) {
          hints.sending(index)
          link.publish(channel, message)
        },
      }
    }
    const start = () => {
      world.note(`node ${index} starts`)
      node.start()
    }
    const onDeath = () => {
      world.note(`node ${index} dies`)
      world.fire('node crash')
      world.time.after(world.random.between(50, 4_000), start)
    }
    const node = createNode({ world, index, store, sports, openLink, onWritten, onCommand, onDeath })
    node.start()
    return node
  })
}
