'use client'
import { Field, Select, TextInput } from '#components/ui/field.tsx'
import type { RosterEntry } from '#domain/game.ts'

/** Somebody on the roster by id, or a name that is not there yet. */
export type Person = string | { name: string }

interface PlayerFieldProps {
  label: string
  roster: readonly RosterEntry[]
  value: Person | undefined
  /** A name may be typed: it is known whose side it would be. */
  canType: boolean
  /** Undefined takes the answer away. */
  onChange(value: Person | undefined): void
}

const NEW = 'new'

/** Who it was: the roster, and a line for a name that is not on it. */
export function PlayerField({ label, roster, value, canType, onChange }: PlayerFieldProps) {
  const isTyped = typeof value === 'object'
  return (
    <div className="grid gap-2">
      <Field label={label}>
        {control => (
          <Select
            {...control}
            value={isTyped ? NEW : (value ?? '')}
            onChange={event => onChange(event.target.value === NEW ? { name: '' } : event.target.value || undefined)}
          >
            <option value="">Not said</option>
            {roster.map(({ id, number, name }) => (
              <option key={id} value={id}>
                {[number, name].filter(Boolean).join(' ')}
              </option>
            ))}
            {canType ? <option value={NEW}>Somebody else…</option> : null}
          </Select>
        )}
      </Field>
      {isTyped ? (
        <Field label={label === 'Player' ? 'Name' : `${label}: name`}>
          {control => (
            <TextInput
              {...control}
              maxLength={80}
              autoComplete="off"
              value={value.name}
              onChange={event => onChange({ name: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}
