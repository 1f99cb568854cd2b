'use client'
import { ClockPanel } from './clock-panel.tsx'
import { useConsole } from './console-context.ts'
import { newestForm } from './corrections.ts'
import { EndPanel } from './end-panel.tsx'
import { HelpPanel } from './help-panel.tsx'
import { MenuPanel, type Settings } from './menu-panel.tsx'
import { MorePanel } from './more-panel.tsx'
import { NotePanel } from './note-panel.tsx'
import type { Outbox } from './outbox.ts'
import { PlayForm } from './play-form.tsx'
import { PlaysList } from './plays-list.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { RosterPanel } from './roster-panel.tsx'
import { StatusPanel } from './status-panel.tsx'

/** Whichever panel is open. */
export function OpenPanel({ outbox, settings }: { outbox: Outbox; settings: Settings }) {
  const { panel, state, offered } = useConsole()
  switch (panel?.is) {
    case 'plays':
      return <PlaysList />
    case 'menu':
      return <MenuPanel outbox={outbox} settings={settings} />
    case 'clock':
      return <ClockPanel />
    case 'status':
      return <StatusPanel />
    case 'end':
      return <EndPanel />
    case 'note':
      return <NotePanel />
    case 'review':
      return <ReviewPanel outbox={outbox} />
    case 'help':
      return <HelpPanel offered={offered} settings={settings} />
    case 'more':
      return <MorePanel />
    case 'roster':
      return <RosterPanel key={panel.field} playId={panel.playId} side={panel.side} field={panel.field} />
    case 'edit': {
      // The same play may be put right beside the form, or undone: the form starts anew from what the play is now.
      const form = newestForm(state.rows, panel.id)
      return form ? <PlayForm key={form.play.id} edits={form.play.id} /> : <PlaysList />
    }
    case 'insert':
      return <PlayForm key={panel.id} before={panel.id} />
    case 'other':
      return <PlayForm />
    default:
      return null
  }
}
