'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, TextInput } from '#components/ui/field.tsx'
import type { Status } from '#domain/game.ts'
import { useConsole } from './console-context.ts'
import { Choice } from './end-panel.tsx'
import { PanelButton, PanelFrame } from './panel.tsx'

type Wanted = Extract<Status, 'live' | 'scheduled' | 'suspended' | 'postponed' | 'cancelled' | 'abandoned'>
const HALTS: readonly { status: Wanted; label: string; hint: string; is: 'before' | 'within' | 'any' }[] = [
  { status: 'scheduled', label: 'Delayed', hint: 'a late start', is: 'before' },
  { status: 'live', label: 'Play goes on', hint: '', is: 'within' },
  { status: 'suspended', label: 'Suspended', hint: 'a halt in play', is: 'within' },
  { status: 'postponed', label: 'Postponed', hint: 'on another day', is: 'before' },
  { status: 'abandoned', label: 'Abandoned', hint: 'not played on', is: 'within' },
  { status: 'cancelled', label: 'Cancelled', hint: 'not to be played', is: 'before' },
]

/** A delay, a halt, or a score in question, with its reason: fans read all of it. */
export function StatusPanel() {
  const { state, act, open, follow } = useConsole()
  const { game } = state
  const hasBegun = game.period !== null || game.status === 'live' || game.status === 'break'
  const offered = HALTS.filter(halt => halt.is === 'any' || (halt.is === 'within') === hasBegun)
  const [wanted, setWanted] = useState<Wanted>(hasBegun ? 'suspended' : 'scheduled')
  const [reason, setReason] = useState(game.statusReason ?? '')
  const [until, setUntil] = useState('')
  const isWaiting = wanted === 'suspended' || wanted === 'scheduled'

  function set(): void {
    const at = until && isWaiting ? untilToday(until) : null
    const data = { status: wanted, reason: reason.trim().slice(0, 120), ...(at ? { until: at } : {}) }
    if (!act([{ kind: 'status', data }]).ok) return
    follow(null)
    open(null)
  }
  return (
    <PanelFrame title="Delay, halt, review">
      <PanelButton
        label="Score under review"
        isOn={game.underReview}
        onClick={() => act([{ kind: 'status', data: { underReview: !game.underReview } }])}
      />
      <fieldset className="mt-3">
        <legend className="sr-only">Status</legend>
        {offered.map(halt => (
          <Choice<Wanted>
            key={halt.status}
            value={halt.status}
            label={halt.label}
            hint={halt.hint}
            isOn={wanted === halt.status}
            onChoose={setWanted}
          />
        ))}
      </fieldset>
      <form
        className="mt-3 grid gap-3"
        onSubmit={event => {
          event.preventDefault()
          set()
        }}
      >
        <Field label="Reason, as fans read it">
          {control => (
            <TextInput {...control} value={reason} maxLength={120} placeholder="rain" onChange={event => setReason(event.target.value)} />
          )}
        </Field>
        {isWaiting ? (
          <Field label="Expected at" hint="Leave empty if nobody knows">
            {control => <TextInput {...control} type="time" value={until} onChange={event => setUntil(event.target.value)} />}
          </Field>
        ) : null}
        <Button type="submit" look="ink" size="l">
          {offered.find(halt => halt.status === wanted)?.label ?? 'Set'}
        </Button>
      </form>
    </PanelFrame>
  )
}

/** The next time this device's clock will show it. */
function untilToday(time: string): string | null {
  const [hours, minutes] = time.split(':').map(Number)
  if (hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return null
  const at = new Date()
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() < Date.now() - 60_000) at.setDate(at.getDate() + 1)
  return at.toISOString()
}
