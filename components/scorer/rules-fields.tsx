'use client'
import { Field, Select } from '#components/ui/field.tsx'
import type { Fields } from '#domain/fields.ts'
import type { Sport } from '#domain/sport.ts'
import { DataField } from './data-field.tsx'

interface RulesFieldsProps {
  sport: Sport
  /** `id version` of a pack; null for the usual one. */
  pack: string | null
  /** The usual one, where it is not the one in force today. */
  usual: RulePack | null
  /** What differs from the pack. */
  values: Readonly<Record<string, unknown>>
  onPack(pack: string | null): void
  onValues(values: Readonly<Record<string, unknown>>): void
}

/** The rules of the game: a pack, and folded away its numbers, each of which may be another here. */
export function RulesFields({ sport, pack, usual: offered, values, onPack, onValues }: RulesFieldsProps) {
  const today = new Date().toISOString().slice(0, 10)
  const inForce =
    offered ?? sport.packs.filter(entry => entry.isDefault && entry.from <= today).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  const chosen = sport.packs.find(entry => `${entry.id} ${entry.version}` === pack) ?? inForce ?? sport.packs[0]
  const usual = (chosen?.values ?? {}) as Readonly<Record<string, unknown>>
  const changed = Object.keys(values).length
  return (
    <div>
      <Field label="Rules" hint={chosen?.source}>
        {control => (
          <Select {...control} value={pack ?? ''} onChange={event => onPack(event.target.value || null)}>
            {inForce ? <option value="">{packName(sport, inForce)}</option> : null}
            {sport.packs
              .filter(entry => entry !== inForce)
              .map(entry => (
                <option key={`${entry.id} ${entry.version}`} value={`${entry.id} ${entry.version}`}>
                  {packName(sport, entry)}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <details className="mt-2">
        <summary className="inline-flex min-h-11 items-center text-sm font-semibold">
          Change the numbers{changed > 0 ? ` (${changed} changed)` : ''}
        </summary>
        <div className="grid gap-3 border-s-2 border-line ps-4 pt-2 sm:grid-cols-2">
          {Object.entries(sport.ruleFields as Fields).map(([key, field]) => (
            <DataField
              key={key}
              field={field}
              value={values[key] ?? usual[key]}
              sides={{ home: 'Home', away: 'Away' }}
              onChange={value => {
                const { [key]: _gone, ...rest } = values
                onValues(value === undefined || value === usual[key] ? rest : { ...rest, [key]: value })
              }}
            />
          ))}
        </div>
      </details>
    </div>
  )
}

/** Packs of one name are told apart by their date. */
function packName({ packs }: Sport, { name, version }: RulePack): string {
  const isShared = packs.filter(pack => pack.name === name).length > 1
  return (isShared || /\d{4}/.test(version)) && !name.includes(version) ? `${name}, ${version}` : name
}
type RulePack = Sport['packs'][number]
