import type { BoxPlay, BoxTable } from '../box.ts'
import { other, SIDES, type Side } from '../play.ts'
import { column, count, type Figure, figure, outOf, playerTables, type TeamRow, teamRow, teamTable, withoutEmpty } from './figures.ts'
import type { RallyRules, RallyState } from './rally.ts'
import { total } from './timed.ts'

/** A way in which points are won, as the box score counts it: for the player who won the point, or, of an error, against the one who made it. */
export interface Way {
  key: string
  label: string
  name: string
  kind: string
  how?: string
  isError?: boolean
}

interface Told<S, V> {
  ways: readonly Way[]
  serverNow(state: S, rules: V): Side | null
  /** Who of the serving side serves, where an order of service is known. */
  serverId?(state: S, rules: V): string | undefined
}

/** The kinds that are a rally, won by the side they name. */
const RALLIES: ReadonlySet<string> = new Set(['point', 'rally', 'error'])

/**
 * The players of each side, then both sides. A set whose score was said outright counts in points alone: how it was won is not known, and a
 * run of points ends there.
 */
export function rallyBox<S extends RallyState, V extends RallyRules>(
  plays: readonly BoxPlay<S>[],
  rules: V,
  { ways, serverNow, serverId }: Told<S, V>,
): readonly BoxTable[] {
  let run: { side: Side; length: number } | null = null
  const best = { home: 0, away: 0 }
  const counted = count<S>(plays, (play, { before, after }) => {
    const { kind, side, playerId } = play
    const [was, is] = [total(before.sets), total(after.sets)]
    const gained = SIDES.filter(one => is[one] !== was[one]).map((one): Figure => ({ side: one, key: 'points', by: is[one] - was[one] }))
    if (kind === 'setScore' || kind === 'setWon' || after.sets.length > before.sets.length) run = null
    if (side && kind === 'timeout') return [{ side, key: 'timeouts' }]
    const figures: Figure[] = []
    const points = side ? is[side] - was[side] : 0
    if (side && points > 0 && kind !== 'setWon') {
      run = { side, length: points + (run?.side === side ? run.length : 0) }
      figures.push({ side, key: 'run', by: Math.max(0, run.length - best[side]) })
      best[side] = Math.max(best[side], run.length)
    }
    if (!side || !RALLIES.has(kind)) return [...figures, ...gained]
    const opened = after.sets.length > before.sets.length
    const server = opened ? after.first : serverNow(before, rules)
    // Before a set it is known of whom was said to begin it.
    const servedId = server === serverNow(before, rules) ? serverId?.(before, rules) : undefined
    if (server) {
      const by = { side: server, playerId: servedId }
      figures.push({ ...by, key: 'served' }, ...(server === side ? [{ ...by, key: 'servedWon' }] : []))
    }
    const isService = play.data?.how === 'ace' || play.data?.how === 'serve'
    const servedBy = isService && server === (play.data?.how === 'ace' ? side : other(side)) ? servedId : undefined
    const who = playerId ?? servedBy
    const way = ways.find(one => one.kind === kind && (one.how === undefined || one.how === play.data?.how))
    if (way) figures.push({ side: way.isError ? other(side) : side, key: way.key, playerId: who })
    return [...figures, ...gained.map(figure => ({ ...figure, playerId: way?.isError ? undefined : who }))]
  })
  const players = [
    column('points', 'PTS', 'Points'),
    ...ways.map(({ key, label, name }) => column(key, label, name)),
    column('served', 'SRV', 'Points served', ({ served = 0, servedWon = 0 }) => outOf(servedWon, served)),
  ]
  const both: readonly TeamRow[] = [
    teamRow('Points', 'points'),
    { label: 'Won serving', of: own => outOf(figure(own, 'servedWon'), figure(own, 'served')) },
    {
      label: 'Won receiving',
      of: (_, others) => outOf(figure(others, 'served') - figure(others, 'servedWon'), figure(others, 'served')),
    },
    ...ways.map(({ key, name }) => teamRow(name, key)),
    teamRow('Points in a row', 'run'),
    teamRow('Time-outs', 'timeouts'),
  ]
  const named = SIDES.filter(side => counted[side].players.size > 0)
  const tables = playerTables(counted, 'players', 'Players', players).filter(({ side }) => side && named.includes(side))
  return [...withoutEmpty(tables, ['points']), ...teamTable(counted, both)]
}
