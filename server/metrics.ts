import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Context } from './context.ts'
import type { Gateway } from './realtime/gateway.ts'

/** Prometheus figures: what moves, how long it takes, and how the process is. */
export function createMetrics(context: Context, gateway: Gateway, pageRenders: () => number) {
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
  const fanout = new Histogram({
    name: 'sideline_play_seconds',
    help: 'From arrival of a play to its update leaving',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  context.bus.subscribe('played', ({ game, plays: recorded, elsewhere }) => {
    if (elsewhere || !recorded) return
    plays.inc({ sport: game.sport }, recorded.length)
    const newest = recorded.at(-1)
    // Plays sent late carry an older time of their own; only what was sent at once says how fast the server is.
    const age = newest ? (context.now() - Date.parse(newest.at)) / 1000 : -1
    if (age >= 0 && age < 10) fanout.observe(age)
  })
  return registry
}
