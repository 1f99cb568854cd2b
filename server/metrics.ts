import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Context } from './context.ts'
import { errorsLogged } from './log.ts'
import type { Link } from './nodes/link.ts'
import type { Gateway } from './realtime/gateway.ts'
import type { Storage } from './storage/storage.ts'
import type { Figures } from './workers/messages.ts'

interface Sources {
  pageRenders(): number
  /** What nodes tell each other on; null for a node alone. */
  link: Pick<Link, 'isReady' | 'waiting'> | null
  /** Another process commits what is written here, and counts it. */
  isWrittenElsewhere?: boolean
}

type GaugeOf = (name: string, help: string, read: () => number) => void
const gaugesIn =
  (registry: Registry): GaugeOf =>
  (name, help, read) => {
    const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) })
  }

function countWrites(gauge: GaugeOf, storage: Pick<Storage, 'counts'>): void {
  gauge('sideline_db_commands', 'Commands written since the start', () => storage.counts.commands)
  gauge('sideline_db_groups', 'Commits (each one fsync) since the start', () => storage.counts.groups)
  gauge('sideline_db_waiting', 'Commands that wait to be written', () => storage.counts.waiting)
}

/** Prometheus figures: what moves, how long it takes, and how the process is. */
export function createMetrics(context: Context, gateway: Gateway, { pageRenders, link, isWrittenElsewhere = false }: Sources) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = gaugesIn(registry)
  gauge('sideline_ws_clients', 'Open sockets', gateway.connections)
  gauge('sideline_ws_rooms', 'Rooms with somebody in them', gateway.rooms)
  gauge('sideline_ws_lagging', 'Readers that are behind', gateway.lagging)
  gauge('sideline_late_seconds', 'How late things are done here, on average', () => gateway.lateMs() / 1000)
  gauge('sideline_busy', 'Whether readers are told that everything comes late', () => Number(gateway.isBusy()))
  if (!isWrittenElsewhere) countWrites(gauge, context.storage)
  new Counter({
    name: 'sideline_page_renders_total',
    help: 'Pages drawn once for everybody',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(pageRenders())
    },
  })
  new Counter({
    name: 'sideline_errors_total',
    help: 'Lines logged as errors',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(errorsLogged())
    },
  })
  const plays = new Counter({ name: 'sideline_plays_total', help: 'Plays recorded', labelNames: ['sport'], registers: [registry] })
  const histogram = (name: string, help: string) =>
    new Histogram({ name, help, buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5], registers: [registry] })
  const whole = histogram('sideline_play_seconds', 'From arrival of a play to its update leaving')
  const measured = {
    commit: histogram('sideline_commit_seconds', 'From a command being ready to its being on disk'),
    fanOut: histogram('sideline_fanout_seconds', 'Handing one update to everybody in its room'),
  }
  context.bus.subscribe('measured', ({ what, ms }) => measured[what].observe(ms / 1000))
  if (link) {
    gauge('sideline_nodes_linked', 'Whether hints to other nodes get through', () => Number(link.isReady()))
    gauge('sideline_hints_waiting', 'Hints to other nodes that are on their way', link.waiting)
  }
  gauge('sideline_games_watched', 'Games followed at this node', () => [...context.watching.ids()].length)
  context.bus.subscribe('played', ({ game, plays: recorded, elsewhere }) => {
    if (elsewhere || !recorded) return
    plays.inc({ sport: game.sport }, recorded.length)
    const newest = recorded.at(-1)
    // Plays sent late carry an older time of their own; only what was sent at once says how fast the server is.
    const age = newest ? (context.now() - Date.parse(newest.at)) / 1000 : -1
    if (age >= 0 && age < 10) whole.observe(age)
  })
  return registry
}

/** Of the process that starts workers, and writes for them where the database is embedded. */
export function createParentMetrics(workers: { running(): number; restarts(): number }, storage: Pick<Storage, 'counts'> | null) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = gaugesIn(registry)
  gauge('sideline_workers', 'Processes that serve', workers.running)
  new Counter({
    name: 'sideline_worker_restarts_total',
    help: 'Workers that ended and were started again',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(workers.restarts())
    },
  })
  if (storage) countWrites(gauge, storage)
  return registry
}

export const figuresOf = async (registry: Registry): Promise<Figures> => (await registry.getMetricsAsJSON()) as unknown as Figures

/** The figures of several processes as one text: each series says whose it is, `worker="0"` being the parent's. */
export function joinFigures(all: readonly [worker: string, figures: Figures][]): Promise<string> {
  const labelled = all.map(([worker, figures]) =>
    figures.map(figure => ({
      ...figure,
      // With that label no two of them are the same series, so there is nothing to add up.
      aggregator: 'first',
      values: figure.values.map(value => ({ ...value, labels: { ...value.labels, worker } })),
    })),
  )
  return AggregatorRegistry.aggregate(labelled).metrics()
}
