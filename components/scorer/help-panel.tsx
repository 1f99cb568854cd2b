'use client'
import { Checkbox } from '#components/ui/field.tsx'
import type { Action } from '#domain/sport.ts'
import { useConsole } from './console-context.ts'
import type { Settings } from './menu-panel.tsx'
import { keyName } from './naming.ts'
import { PanelFrame } from './panel.tsx'
import { hasLetter } from './use-keyboard.ts'

/** What the keyboard does here. */
export function HelpPanel({ offered, settings }: { offered: readonly Action[]; settings: Settings }) {
  const { sport, state } = useConsole()
  const { home, away } = state.game
  const isShared = (action: Action) => action.key.home === action.key.away
  return (
    <PanelFrame title="Keyboard">
      <Checkbox
        label="Single letters score"
        hint="Heard only while the table has the focus."
        checked={settings.hasLetters}
        onChange={event => settings.setLetters(event.target.checked)}
      />
      <table className="mt-2 w-full text-sm">
        <thead>
          <tr className="rule text-start">
            <th className="py-2 text-start font-semibold">Key</th>
            <th className="w-20 py-2 text-start font-semibold">{home.abbr}</th>
            <th className="w-20 py-2 text-start font-semibold">{away.abbr}</th>
          </tr>
        </thead>
        <tbody>
          <Line label={sport.timed ? 'Start or stop the clock' : 'What comes next'} keys={['Space']} />
          <Line label="Undo" keys={['Ctrl Z']} />
          {hasLetter(offered, 'n') ? null : (
            <Line label={`${sport.timed ? 'Next period' : 'What comes next, or the end'}, then once more to confirm`} keys={['N']} />
          )}
          <Line label="Back to the keys" keys={['Esc']} />
          {offered.map(action => (
            <Line
              key={action.id}
              label={keyName(offered, action)}
              keys={isShared(action) ? [action.key.home.toUpperCase()] : [action.key.home.toUpperCase(), action.key.away.toUpperCase()]}
            />
          ))}
        </tbody>
      </table>
    </PanelFrame>
  )
}

function Line({ label, keys }: { label: string; keys: string[] }) {
  return (
    <tr className="border-b border-line">
      <td className="py-1.5 pe-3">{label}</td>
      {keys.map(key => (
        <td key={key} colSpan={keys.length === 1 ? 2 : 1} className="py-1.5">
          <kbd className="rounded-sm border border-edge bg-field px-1.5 py-0.5 font-sans text-xs font-semibold">{key}</kbd>
        </td>
      ))}
    </tr>
  )
}
