'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { Checkbox, Field, Select } from '#components/ui/field.tsx'
import type { Choices, Limits } from './admin-data.ts'
import { LimitsEditor } from './limits-editor.tsx'

const SCOPES = [
  ['read', 'Read', 'Private games too.'],
  ['score', 'Score', 'Records plays.'],
  ['manage', 'Manage', 'Creates, corrects and deletes games, moderates, announces.'],
  ['admin', 'Admin', 'All of it, and scorers’ accounts.'],
] as const

const DAY_MS = 86_400_000
const LASTS = [
  ['', 'Until it is revoked'],
  ['1', 'A day'],
  ['30', '30 days'],
  ['365', 'A year'],
] as const

interface NewTokenProps {
  choices: Choices
  onMade: (made: { id: string; name: string; secret: string }) => void
}

export function NewToken({ choices, onMade }: NewTokenProps) {
  const router = useRouter()
  const [limits, setLimits] = useState<Limits | null>(null)
  const form = useForm(
    async fields => {
      const text = (name: string) => String(fields.get(name) ?? '').trim()
      const [rate, days] = [text('rate'), text('days')]
      const name = text('name')
      const answer = await request<{ token: string; id: string }>('POST', '/api/v1/admin/tokens', {
        name,
        scopes: fields.getAll('scopes'),
        ...(limits?.games.length ? { games: limits.games } : {}),
        ...(limits?.competitions.length ? { competitions: limits.competitions } : {}),
        ...(rate ? { rate: Number(rate) } : {}),
        ...(days ? { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() } : {}),
      })
      return answer.ok ? { ok: true as const, id: answer.id, name, secret: answer.token } : answer
    },
    ({ id, name, secret }, shown) => {
      shown.reset()
      setLimits(null)
      onMade({ id, name, secret })
      router.refresh()
    },
  )
  const scopeError = form.errorOf('scopes')
  return (
    <form {...form.form} className="grid gap-5">
      <TextField
        label="Name"
        name="name"
        hint="What uses it: “Scoreboard in the hall”"
        autoComplete="off"
        maxLength={80}
        required
        error={form.errorOf('name')}
      />
      <fieldset aria-describedby={scopeError ? 'scopes-error' : undefined}>
        <legend className="text-sm font-semibold">May</legend>
        {SCOPES.map(([scope, label, hint]) => (
          <Checkbox key={scope} name="scopes" value={scope} label={label} hint={hint} defaultChecked={scope === 'score'} />
        ))}
        {scopeError ? (
          <p id="scopes-error" className="text-xs font-semibold text-warn">
            {scopeError}
          </p>
        ) : null}
      </fieldset>
      <LimitsEditor name="token" label="Where" value={limits} choices={choices} onChange={setLimits} />
      <Field label="Good for">
        {control => (
          <Select {...control} name="days">
            {LASTS.map(([days, label]) => (
              <option key={label} value={days}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <TextField
        label="Plays a second"
        name="rate"
        hint="Empty: as fast as it can"
        inputMode="numeric"
        autoComplete="off"
        error={form.errorOf('rate') ? 'A whole number from 1 to 100000.' : null}
      />

      <Submit form={form} busy="Making it">
        Make the token
      </Submit>
    </form>
  )
}
