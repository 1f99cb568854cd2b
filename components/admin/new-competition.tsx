'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { sportName } from '#components/board/board-data.ts'
import { useLabels } from '#components/game/labels.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Field, Select } from '#components/ui/field.tsx'
import { OrderField, PointsFields } from './table-fields.tsx'
import { ORDERS } from './table-points.ts'

/** Where a sport has no points of its own that are usual; a league may count as it likes. */
const USUAL = { win: 3, draw: 1, loss: 0 }

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
      <PointsFields key={sport} points={{ win: usual.win, draw: usual.draw, loss: usual.loss }} errorOf={form.errorOf} />
      <OrderField />
      <Submit form={form} busy="Adding">
        Add
      </Submit>
    </form>
  )
}
