'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { sportName } from '#components/board/board-data.ts'
import { useLabels } from '#components/game/labels.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Field, Select, TextInput } from '#components/ui/field.tsx'
import type { TieBreaker } from '#domain/tie-breakers.ts'

/** Where a sport has no points of its own that are usual; a league may count as it likes. */
const USUAL = { win: 3, draw: 1, loss: 0 }

const ORDERS: readonly { label: string; rules?: readonly TieBreaker[] }[] = [
  { label: 'As usual in this sport' },
  { label: 'Difference, scored, their meetings', rules: ['difference', 'for', 'head-to-head'] },
  { label: 'Their meetings, difference, scored', rules: ['head-to-head', 'difference', 'for'] },
  { label: 'Wins, difference, scored', rules: ['wins', 'difference', 'for'] },
  { label: 'Percentage of games won, not points', rules: ['percentage', 'head-to-head-percentage'] },
]

export function NewCompetition({ sports }: { sports: string[] }) {
  const router = useRouter()
  const [sport, setSport] = useState(sports[0] ?? '')
  const usual = useLabels(sport).tablePoints ?? USUAL
  const form = useForm(
    fields => {
      const plain = Object.fromEntries(['win', 'draw', 'loss'].map(outcome => [outcome, Number(fields.get(outcome))]))
      // What is usual for finer outcomes (a loss in overtime) stays.
      const points = { ...usual, ...plain }
      const tieBreakers = ORDERS[Number(fields.get('order'))]?.rules
      return request<{ competition: { name: string } }>('POST', '/api/v1/competitions', {
        name: fields.get('name'),
        sport,
        standings: { points, ...(tieBreakers ? { tieBreakers } : {}) },
      })
    },
    ({ competition }, shown) => {
      shown.reset()
      announce(`${competition.name} is added.`)
      router.refresh()
    },
  )
  const outcome = (name: keyof typeof USUAL, label: string) => (
    <Field label={label} className="min-w-0 grow">
      {control => (
        <TextInput
          {...control}
          key={sport}
          name={name}
          type="number"
          min={0}
          max={100}
          step="any"
          defaultValue={usual[name]}
          className="figures"
        />
      )}
    </Field>
  )
  return (
    <form {...form.form} className="grid gap-5">
      <TextField label="Name" name="name" autoComplete="off" maxLength={80} required error={form.errorOf('name')} />
      <Field label="Sport" error={form.errorOf('sport')}>
        {control => (
          <Select {...control} name="sport" value={sport} onChange={event => setSport(event.target.value)}>
            {sports.map(id => (
              <option key={id} value={id}>
                {sportName(id)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <fieldset>
        <legend className="mb-2 text-sm text-soft">Points in the table</legend>
        <div className="flex gap-3">
          {outcome('win', 'Win')}
          {outcome('draw', 'Draw')}
          {outcome('loss', 'Loss')}
        </div>
      </fieldset>
      <Field label="Level on points, told apart by">
        {control => (
          <Select {...control} name="order">
            {ORDERS.map(({ label }, index) => (
              <option key={label} value={index}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Submit form={form} busy="Adding">
        Add
      </Submit>
    </form>
  )
}
