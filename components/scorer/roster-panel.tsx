'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextInput } from '#components/ui/field.tsx'
import type { Side } from '#domain/play.ts'
import { useConsole } from './console-context.ts'
import { rosterFor } from './follow-up.tsx'
import { PanelFrame } from './panel.tsx'

/** Who it was: the whole roster in large keys, and a field for a name nobody has typed yet. */
export function RosterPanel({ playId, side }: { playId: string; side: Side }) {
  const { state, desk, open, follow, followUp } = useConsole()
  const [name, setName] = useState('')
  const row = state.rows.find(entry => entry.play.id === playId)
  const roster = rosterFor(state.game.roster, side)

  function give(change: { playerId?: string; player?: string }): void {
    const acted = desk.addTo(playId, change)
    if (!acted.ok) follow({ is: 'said', text: acted.why, tone: 'warn' })
    else if (followUp?.is === 'played') follow({ ...followUp, playId: acted.ids[0] as string, answered: [...followUp.answered, 'player'] })
    open(null)
  }
  return (
    <PanelFrame title={row ? `${row.name}: who?` : 'Who?'}>
      <form
        className="flex gap-2"
        onSubmit={event => {
          event.preventDefault()
          if (name.trim()) give({ player: name.trim() })
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
          <Button key={entry.id} size="l" className="min-h-16 justify-start px-3 text-start" onClick={() => give({ playerId: entry.id })}>
            {entry.number ? <span className="figures text-xl">{entry.number}</span> : null}
            <span className="line-clamp-2">{entry.name}</span>
          </Button>
        ))}
      </div>
    </PanelFrame>
  )
}
