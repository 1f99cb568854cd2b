'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { Field, TextArea } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/tabs.tsx'

const MOST = 300
const HOUR_MS = 3_600_000
const LASTS = [
  { value: '', label: 'Until taken down' },
  { value: '1', label: '1 hour' },
  { value: '3', label: '3 hours' },
  { value: 'at', label: 'Until …' },
] as const
type Lasts = (typeof LASTS)[number]['value']

export function NewAnnouncement() {
  const router = useRouter()
  const [lasts, setLasts] = useState<Lasts>('')
  const [length, setLength] = useState(0)
  const form = useForm(
    fields => {
      const until = endOf(lasts, String(fields.get('until') ?? ''))
      return request('POST', '/api/v1/announcements', { text: fields.get('text'), ...(until ? { until } : {}) })
    },
    (_answer, shown) => {
      shown.reset()
      setLength(0)
      setLasts('')
      router.refresh()
    },
  )
  return (
    <form {...form.form} className="grid gap-5">
      <Field label="What to say" hint={`${MOST - length} characters left`} error={form.errorOf('text')}>
        {control => (
          <TextArea
            {...control}
            name="text"
            rows={3}
            maxLength={MOST}
            required
            onChange={event => setLength(event.currentTarget.value.length)}
          />
        )}
      </Field>
      <div className="max-w-full overflow-x-auto p-0.5 -m-0.5">
        <p aria-hidden className="mb-1 text-sm font-semibold">
          How long
        </p>
        <Segmented label="How long" name="lasts" value={lasts} options={LASTS} onChange={setLasts} />
      </div>
      {lasts === 'at' ? <TextField label="Until" name="until" type="datetime-local" required error={form.errorOf('until')} /> : null}
      <Submit form={form} busy="Announcing">
        Announce
      </Submit>
    </form>
  )
}

/** In UTC; null for no end. */
function endOf(lasts: Lasts, typed: string): string | null {
  if (lasts === '') return null
  const at = lasts === 'at' ? new Date(typed) : new Date(Date.now() + Number(lasts) * HOUR_MS)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
