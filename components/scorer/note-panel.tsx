'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, TextArea } from '#components/ui/field.tsx'
import { useConsole } from './console-context.ts'
import { PanelFrame } from './panel.tsx'

const MOST = 300

/** A line in the play-by-play, in the scorer's own words. */
export function NotePanel() {
  const { act, open, follow } = useConsole()
  const [text, setText] = useState('')
  return (
    <PanelFrame title="Note to fans">
      <form
        className="grid gap-3"
        onSubmit={event => {
          event.preventDefault()
          if (!text.trim() || !act([{ kind: 'note', data: { text: text.trim() } }]).ok) return
          follow({ is: 'said', text: 'Note sent', tone: 'plain' })
          open(null)
        }}
      >
        <Field label="Text" hint={`${MOST - text.length} characters left`}>
          {control => <TextArea {...control} rows={4} maxLength={MOST} value={text} onChange={event => setText(event.target.value)} />}
        </Field>
        <Button type="submit" look="ink" size="l" disabled={!text.trim()}>
          Send
        </Button>
      </form>
    </PanelFrame>
  )
}
