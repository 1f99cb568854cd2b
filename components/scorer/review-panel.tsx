'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useConsole } from './console-context.ts'
import { nameOf } from './naming.ts'
import type { Outbox, Outgoing } from './outbox.ts'
import { PanelFrame } from './panel.tsx'
import { PlayForm } from './play-form.tsx'

/** Plays the server would not take: what, why, and what to do. None goes away by itself. */
export function ReviewPanel({ outbox }: { outbox: Outbox }) {
  const { state } = useConsole()
  const [edited, setEdited] = useState<Outgoing | null>(null)
  if (edited)
    return (
      <PlayForm
        starts={edited.play}
        onDone={isSent => {
          if (isSent) outbox.drop(edited.play.id)
          setEdited(null)
        }}
      />
    )
  return (
    <PanelFrame title="Rejected plays">
      {state.review.length === 0 ? <p className="py-4 text-soft">Nothing to review.</p> : null}
      <ul className="grid gap-3">
        {state.review.map(entry => (
          <Card key={entry.play.id} entry={entry} outbox={outbox} onEdit={() => setEdited(entry)} />
        ))}
      </ul>
    </PanelFrame>
  )
}

function Card({ entry, outbox, onEdit }: { entry: Outgoing; outbox: Outbox; onEdit: () => void }) {
  const { sport, rules, state, follow } = useConsole()
  const { play, refused } = entry
  const target = state.rows.find(row => row.play.id === play.voids)
  const name = play.kind === 'void' ? `Undo ${target?.name ?? 'a play'}` : nameOf(sport, rules, state.game, play)
  return (
    <li className="border-s-4 border-warn bg-warn-tint px-4 py-3">
      <p className="text-[1.0625rem] font-bold">{name}</p>
      <p className="mt-0.5 text-sm">{refused?.message}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => outbox.retry(play.id)}>Retry</Button>
        {play.kind === 'void' ? null : <Button onClick={onEdit}>Edit</Button>}
        <Button
          look="warn"
          onClick={() => {
            outbox.drop(play.id)
            follow({ is: 'said', text: `${name} dropped`, tone: 'plain' })
          }}
        >
          Drop
        </Button>
      </div>
    </li>
  )
}
