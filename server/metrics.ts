import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Context } from './context.ts'
import type { Gateway } from './realtime/gateway.ts'

interface Figures {
  pageRenders(): number
  /** Whether what nodes tell each other gets through; null for a node alone. */
  isLinked(): boolean | null
}

/** Prometheus figures: what moves, how long it takes, and how the process is. */
export function createMetrics(context: Context, gateway: Gateway, { pageRenders, isLinked }: Figures) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, read: () => number) => {
    const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) })
  }
  gauge('sideline_ws_clients', 'Open sockets', gateway.connections)
  gauge('sideline_ws_rooms', 'Rooms with somebody in them', gateway.rooms)
  gauge('sideline_ws_lagging', 'Readers that are behind', gateway.lagging)
  gauge('sideline_db_commands', 'Commands written since the start', () => context.storage.counts.commands)
  gauge('sideline_db_groups', 'Commits (each one fsync) since the start', () => context.storage.counts.groups)
  new Counter({
    name: 'sideline_page_renders_total',
    help: 'Pages drawn once for everybody',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(pageRenders())
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
  gauge('sideline_db_waiting', 'Commands that wait to be written', () => context.storage.counts.waiting)
  if (isLinked() !== null) gauge('sideline_nodes_linked', 'Whether hints to other nodes get through', () => Number(isLinked()))
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
