'use client'
import Link from 'next/link'
import { buttonClass } from '#components/ui/button.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import { useConsole } from './console-context.ts'
import type { Level } from './depth.ts'
import { LEVEL_WORDS, levelsOf } from './depth.ts'
import { exportUnsent } from './export-unsent.ts'
import type { Outbox } from './outbox.ts'
import { PanelButton, PanelFrame } from './panel.tsx'

export interface Settings {
  isSwapped: boolean
  setSwapped(isOn: boolean): void
  /** High contrast. */
  isPlain: boolean
  setPlain(isOn: boolean): void
  hasLetters: boolean
  setLetters(isOn: boolean): void
  setLevel(level: Level): void
}

/** Everything that is not a key. */
export function MenuPanel({ outbox, settings }: { outbox: Outbox; settings: Settings }) {
  const { sport, state, actions, level, moves, open, run, setLocked } = useConsole()
  const { game } = state
  const what = sport.labels.game.toLowerCase()
  const levels = levelsOf(actions)
  const unsent = state.outbox.plays.filter(entry => !entry.saved)
  const then = (act: () => void) => () => {
    open(null)
    act()
  }
  return (
    <PanelFrame title="More">
      {levels.length > 0 ? (
        <div className="mb-4">
          <Segmented
            label="What is written down"
            name="depth"
            value={level}
            options={levels.map(value => ({ value, label: LEVEL_WORDS[value].label }))}
            onChange={settings.setLevel}
          />
          <p className="mt-1 text-xs text-soft">
            {LEVEL_WORDS[level].hint}. {sport.name}, on this device.
          </p>
        </div>
      ) : null}
      <div className="grid grid-cols-2 gap-2">
        {moves.endPeriod ? (
          <PanelButton label={moves.endPeriod.label} onClick={then(() => moves.endPeriod && run(moves.endPeriod))} />
        ) : null}
        {moves.endGame ? <PanelButton label={`End the ${what}…`} onClick={() => open({ is: 'end' })} /> : null}
        {game.clock ? <PanelButton label="Set the clock" onClick={() => open({ is: 'clock' })} /> : null}
        <PanelButton
          label="Delay, halt, review"
          hint={game.underReview ? 'Under review' : undefined}
          onClick={() => open({ is: 'status' })}
        />
        <PanelButton label="Note to fans" onClick={() => open({ is: 'note' })} />
        <PanelButton label="Another play" hint="any kind" onClick={() => open({ is: 'other' })} />
        <PanelButton
          label="Swap sides"
          hint="on this screen only"
          isOn={settings.isSwapped}
          onClick={then(() => settings.setSwapped(!settings.isSwapped))}
        />
        <PanelButton label="Lock the keys" onClick={then(() => setLocked(true))} />
        <PanelButton label="High contrast" isOn={settings.isPlain} onClick={() => settings.setPlain(!settings.isPlain)} />
        <PanelButton label="Keyboard" hint="?" onClick={() => open({ is: 'help' })} />
        {unsent.length > 0 ? (
          <PanelButton label="Export unsent plays" hint={`${unsent.length}, .json`} onClick={() => exportUnsent(game, outbox.getState())} />
        ) : null}
      </div>
      <p className="mt-4 flex flex-wrap gap-2">
        <Link className={buttonClass('plain')} href={`/games/${game.id}`}>
          Fans’ page
        </Link>
        <Link className={buttonClass('plain')} href="/score">
          Other games
        </Link>
      </p>
    </PanelFrame>
  )
}
