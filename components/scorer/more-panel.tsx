'use client'
import type { Side } from '#domain/play.ts'
import type { Action } from '#domain/sport.ts'
import { useConsole } from './console-context.ts'
import { keysDuring } from './key-layout.ts'
import { Key } from './key-pad.tsx'
import { PanelFrame } from './panel.tsx'

/** The keys that had no room, and all the others with them, so that nobody has to guess where one is: the rarer, the nearer. */
export function MorePanel() {
  const { actions, offered, state } = useConsole()
  const isOffered = new Set(offered)
  const period = state.game.period?.kind ?? null
  const deeper = keysDuring(actions, period).filter(action => !isOffered.has(action))
  const rest = [...offered].sort((a, b) => a.size - b.size)
  return (
    <PanelFrame title="All keys">
      <Keys actions={rest} />
      {deeper.length > 0 ? (
        <>
          <h3 className="mt-4 mb-2 text-sm font-semibold text-soft">Written down by who writes more</h3>
          <Keys actions={deeper} />
        </>
      ) : null}
    </PanelFrame>
  )
}

function Keys({ actions }: { actions: readonly Action[] }) {
  const { sport, sides, state } = useConsole()
  const activeSide = sport.activeSide?.(state.game.detail) ?? null
  const columns: readonly Side[] = activeSide ? [activeSide] : sides
  const isNeutral = ({ kind }: Action) => sport.kinds[kind]?.side === 'none'
  const own = actions.filter(action => !isNeutral(action))
  const neutral = actions.filter(isNeutral)
  return (
    <div className="grid gap-2">
      <div className="flex gap-2.5">
        {columns.map(side => (
          <div
            key={side}
            className={
              columns.length === 1 ? 'grid flex-1 grid-cols-3 gap-2 sm:grid-cols-4' : 'grid flex-1 grid-cols-2 gap-2 content-start'
            }
          >
            {own.map(action => (
              <Key key={action.id} action={action} side={side} isSmall className="min-h-16" />
            ))}
          </div>
        ))}
      </div>
      {neutral.length > 0 ? (
        <div className="grid grid-cols-3 gap-2 sm:grid-cols-4">
          {neutral.map(action => (
            <Key key={action.id} action={action} side={null} isSmall className="min-h-16" />
          ))}
        </div>
      ) : null}
    </div>
  )
}
