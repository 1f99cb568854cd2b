'use client'
import { Checkbox, Field, Select, TextInput } from '#components/ui/field.tsx'
import { MOST_PARTS, type TieRules } from '#domain/tie.ts'

const DECIDED_BY: Readonly<Record<TieRules['decidedBy'], string>> = {
  matches: 'Matches alone: level is a draw',
  games: 'Matches, then their games',
  points: 'Matches, then games, then points',
}

/** How a tie of several matches is decided. Its matches keep rules of their own. */
export function TieFields({ rules, onChange }: { rules: TieRules; onChange(rules: TieRules): void }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Matches planned" hint="0: as many as are added">
        {control => (
          <TextInput
            {...control}
            type="number"
            inputMode="numeric"
            min={0}
            max={MOST_PARTS}
            required
            value={Number.isNaN(rules.tieOf) ? '' : rules.tieOf}
            onChange={event => onChange({ ...rules, tieOf: event.target.valueAsNumber })}
          />
        )}
      </Field>
      <Field label="What decides">
        {control => (
          <Select
            {...control}
            value={rules.decidedBy}
            onChange={event => onChange({ ...rules, decidedBy: event.target.value as TieRules['decidedBy'] })}
          >
            {Object.entries(DECIDED_BY).map(([by, label]) => (
              <option key={by} value={by}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox
        label="All matches are played"
        hint="Otherwise it is over as soon as it is decided."
        checked={rules.playOn}
        onChange={event => onChange({ ...rules, playOn: event.target.checked })}
      />
    </div>
  )
}
