'use client'
import { Checkbox, Field as FormField, Select, TextInput } from '#components/ui/field.tsx'
import type { Field } from '#domain/fields.ts'

interface DataFieldProps {
  field: Field
  value: unknown
  sides: { home: string; away: string }
  /** Undefined takes the answer away. */
  onChange(value: unknown): void
}

/** One described field as a control. */
export function DataField({ field, value, sides, onChange }: DataFieldProps) {
  switch (field.type) {
    case 'flag':
      return (
        <Checkbox
          label={field.label}
          checked={value === true}
          onChange={event => onChange(event.target.checked || (field.optional ? undefined : false))}
        />
      )
    case 'choice':
    case 'side': {
      const options = field.type === 'side' ? (['home', 'away'] as const) : field.options
      const label = (option: string) => (field.type === 'side' ? sides[option as 'home' | 'away'] : (field.labels?.[option] ?? option))
      return (
        <FormField label={field.label}>
          {control => (
            <Select
              {...control}
              value={typeof value === 'string' ? value : ''}
              onChange={event => onChange(event.target.value || undefined)}
            >
              <option value="">{field.optional ? 'Not said' : 'Choose'}</option>
              {options.map(option => (
                <option key={option} value={option}>
                  {label(option)}
                </option>
              ))}
            </Select>
          )}
        </FormField>
      )
    }
    case 'int':
      return (
        <FormField label={field.label} hint={`${field.min} to ${field.max}`}>
          {control => <NumberInput {...control} value={value} min={field.min} max={field.max} onChange={onChange} />}
        </FormField>
      )
    case 'score': {
      const score = (value ?? {}) as { home?: number; away?: number }
      const set = (change: object) => {
        const next = { ...score, ...change } as { home?: number; away?: number }
        onChange(next.home === undefined && next.away === undefined ? undefined : { home: next.home ?? 0, away: next.away ?? 0 })
      }
      return (
        <fieldset className="grid grid-cols-2 gap-3">
          <legend className="mb-1 text-sm font-semibold">{field.label}</legend>
          <NumberInput aria-label={sides.home} value={score.home} min={0} max={field.max} onChange={home => set({ home })} />
          <NumberInput aria-label={sides.away} value={score.away} min={0} max={field.max} onChange={away => set({ away })} />
        </fieldset>
      )
    }
    case 'text':
      return (
        <FormField label={field.label}>
          {control => (
            <TextInput
              {...control}
              maxLength={field.max}
              value={typeof value === 'string' ? value : ''}
              onChange={event => onChange(event.target.value || undefined)}
            />
          )}
        </FormField>
      )
    case 'player':
      // Who it was is asked with the roster at hand.
      return null
    case 'time':
      return (
        <FormField label={field.label}>
          {control => (
            <TextInput
              {...control}
              type="datetime-local"
              onChange={event => onChange(event.target.value ? new Date(event.target.value).toISOString() : undefined)}
            />
          )}
        </FormField>
      )
  }
}

interface NumberInputProps {
  id?: string
  'aria-label'?: string
  value: unknown
  min: number
  max: number
  onChange(value: number | undefined): void
}
function NumberInput({ value, min, max, onChange, ...rest }: NumberInputProps) {
  return (
    <TextInput
      {...rest}
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      value={typeof value === 'number' ? value : ''}
      onChange={event => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
    />
  )
}
