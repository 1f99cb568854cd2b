'use client'
import type { Side } from '#domain/play.ts'
import type { Action } from '#domain/sport.ts'
import { useConsole } from './console-context.ts'
import { Key } from './key-pad.tsx'
import { PanelFrame } from './panel.tsx'

/** The keys that had no room, and all the others with them, so that nobody has to guess where one is. */
export function MorePanel({ offered }: { offered: readonly Action[] }) {
  const { sport, sides, state } = useConsole()
  const activeSide = sport.activeSide?.(state.game.detail) ?? null
  const columns: readonly Side[] = activeSide ? [activeSide] : sides
  const rest = [...offered].sort((a, b) => a.size - b.size)
  return (
    <PanelFrame title="All keys">
      <div className="flex gap-2.5">
        {columns.map(side => (
          <div key={side} className={columns.length === 1 ? 'grid flex-1 grid-cols-3 gap-2' : 'grid flex-1 grid-cols-2 gap-2'}>
            {rest.map(action => (
              <Key key={action.id} action={action} side={sport.kinds[action.kind]?.side === 'none' ? null : side} />
            ))}
          </div>
        ))}
      </div>
    </PanelFrame>
  )
}
