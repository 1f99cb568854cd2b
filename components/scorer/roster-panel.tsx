'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextInput } from '#components/ui/field.tsx'
import { peopleOf } from '#domain/people.ts'
import type { Side } from '#domain/play.ts'
import { rosterFor } from './chips.tsx'
import { useConsole } from './console-context.ts'
import { capital } from './naming.ts'
import { PanelFrame } from './panel.tsx'
import type { Person } from './player-field.tsx'

/** Who it was, or who else had a part in it (`field`): the whole roster in large keys, and a field for a name nobody has typed yet. */
export function RosterPanel({ playId, side, field }: { playId: string; side: Side; field?: string }) {
  const { sport, state, desk, open, follow, followUp } = useConsole()
  const [name, setName] = useState('')
  const row = state.rows.find(entry => entry.play.id === playId)
  const isNamed = new Set(row ? peopleOf(sport, row.play) : [])
  const roster = rosterFor(state.game, side).filter(({ id }) => !isNamed.has(id))

  const what = (row && field && sport.kinds[row.play.kind]?.data?.[field]?.label) || null

  function give(who: Person): void {
    const isTyped = typeof who === 'object'
    const acted = desk.addTo(playId, field ? { data: { [field]: who } } : isTyped ? { player: who.name } : { playerId: who })
    if (!acted.ok) follow({ is: 'said', text: acted.why, tone: 'warn' })
    else if (followUp?.is === 'played')
      follow({ ...followUp, playId: acted.ids[0] as string, answered: [...followUp.answered, field ?? 'player'] })
    open(null)
  }
  return (
    <PanelFrame title={row ? `${capital(row.name)}: ${what ? what.toLowerCase() : 'who?'}` : 'Who?'}>
      <form
        className="flex gap-2"
        onSubmit={event => {
          event.preventDefault()
          if (name.trim()) give({ name: name.trim() })
        }}
      >
        <TextInput
          aria-label="Name"
          placeholder="Type a name"
          autoComplete="off"
          maxLength={80}
          className="min-h-14 text-lg"
          value={name}
          onChange={event => setName(event.target.value)}
        />
        <Button type="submit" look="ink" size="l" disabled={!name.trim()}>
          Add
        </Button>
      </form>
      <div className="mt-3 grid grid-cols-2 gap-2 sm:grid-cols-3">
        {roster.map(entry => (
          <Button key={entry.id} size="l" className="min-h-16 justify-start px-3 text-start" onClick={() => give(entry.id)}>
            {entry.number ? <span className="figures text-xl">{entry.number}</span> : null}
            <span className="line-clamp-2">{entry.name}</span>
          </Button>
        ))}
      </div>
    </PanelFrame>
  )
}
