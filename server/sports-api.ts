import { z } from 'zod'
import { BASE_KINDS } from '#domain/play.ts'
import { dataSchema, kindOf } from '#domain/schema.ts'
import type { Sport } from '#domain/sport.ts'
import type { Sports } from './games/sports.ts'

/** Every sport with its kinds and their schemas, actions, periods and rule packs: what a scoring client needs to know, drawn from the sports themselves. */
export function describeSports(sports: Sports): unknown[] {
  return [...sports.values()].map(sport => ({
    id: sport.id,
    name: sport.name,
    labels: sport.labels,
    endsItself: sport.endsItself,
    kinds: [...BASE_KINDS, ...Object.keys(sport.kinds)].map(kind => describeKind(sport, kind)),
    packs: sport.packs.map(pack => ({ ...pack, periods: periodsOf(sport, pack.values), actions: sport.actions(pack.values as never) })),
    rules: sport.ruleFields,
  }))
}

function describeKind(sport: Sport, name: string) {
  const kind = kindOf(sport, name)
  if (!kind) throw new Error(`${sport.id} has no kind ${name}.`)
  return {
    kind: name,
    label: kind.label,
    side: kind.side,
    player: kind.player === true,
    scoring: kind.scoring === true,
    ...(kind.points ? { points: kind.points } : {}),
    data: z.toJSONSchema(dataSchema(kind), { unrepresentable: 'any', io: 'input' }),
  }
}

function periodsOf(sport: Sport, values: unknown) {
  if (!sport.timed) return null
  const count = sport.timed.regulation(values as never)
  return {
    direction: sport.timed.direction(values as never),
    regulation: Array.from({ length: count }, (_, i) => sport.timed?.period(i + 1, values as never)),
  }
}
