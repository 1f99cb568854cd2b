import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { fieldSchema, firstIssue } from '#domain/schema.ts'
import type { RulePack, Sport } from '#domain/sport.ts'
import { playedAs, TIE_PACK } from '#domain/tie.ts'

export const rulesInput = z.strictObject({
  pack: z.string().max(40).optional(),
  version: z.string().max(40).optional(),
  values: z.record(z.string().max(40), z.unknown()).optional(),
})

export type Rules = { pack: string; version: string; values: Record<string, unknown> }

/** The pack asked for, else the one in force on the day; single values may be set over it. The pack of ties is every sport's. */
export function rulesFor(of: Sport, asked: z.infer<typeof rulesInput> | undefined, day: string): Result<{ rules: Rules }> {
  const sport = asked?.pack === TIE_PACK.id ? playedAs(of, TIE_PACK.values) : of
  const isNamed = asked?.pack !== undefined
  const versions = sport.packs.filter(pack => (isNamed ? pack.id === asked.pack : pack.isDefault))
  if (versions.length === 0) return failure('INVALID_PAYLOAD', 'No such rule pack.', { path: 'rules.pack' })
  const candidates = versions.filter(pack => asked?.version === undefined || pack.version === asked.version)
  const pack = packInForce(candidates, day)
  if (!pack) return failure('INVALID_PAYLOAD', 'No such version of this rule pack.', { path: 'rules.version' })
  const values: Record<string, unknown> = { ...(pack.values as object) }
  for (const [key, value] of Object.entries(asked?.values ?? {})) {
    const field = Object.hasOwn(sport.ruleFields, key) ? sport.ruleFields[key as never] : undefined
    if (!field) return failure('INVALID_PAYLOAD', 'No such rule.', { path: `rules.values.${key}` })
    const checked = fieldSchema(field).safeParse(value)
    if (!checked.success) return firstIssue(checked.error, `rules.values.${key}`)
    values[key] = checked.data
  }
  return { ok: true, rules: { pack: pack.id, version: pack.version, values } }
}

/** The newest not after the day; before the first, the first. */
function packInForce(packs: readonly RulePack<unknown>[], day: string): RulePack<unknown> | undefined {
  const dated = [...packs].sort((a, b) => (a.from < b.from ? -1 : 1))
  return dated.filter(pack => pack.from <= day).at(-1) ?? dated[0]
}
