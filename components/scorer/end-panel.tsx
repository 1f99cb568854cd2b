'use client'
import { useState } from 'react'
import { scoreOf, sidesOf } from '#components/game/sides.ts'
import { Button } from '#components/ui/button.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import { useTime } from '#components/ui/use-time.ts'
import type { How, Winner } from '#domain/game.ts'
import { useConsole } from './console-context.ts'
import { earlyWords } from './moves.ts'
import { sideNames } from './naming.ts'
import { PanelFrame } from './panel.tsx'

/** Endings somebody has to declare. Those that follow from the score need no word. */
const DECLARED: readonly { how: How; label: string; hint: string; winner: 'none' | 'side' | 'any' }[] = [
  { how: 'called', label: 'Called', hint: 'stopped early, the score stands', winner: 'none' },
  { how: 'retired', label: 'Retired', hint: 'a side cannot go on', winner: 'side' },
  { how: 'awarded', label: 'Awarded', hint: 'decided off the field', winner: 'any' },
  { how: 'no-result', label: 'No result', hint: 'nobody wins', winner: 'none' },
  { how: 'walkover', label: 'Walkover', hint: 'a side did not come', winner: 'side' },
  { how: 'forfeit', label: 'Forfeit', hint: 'a side gave up the game', winner: 'side' },
  { how: 'disqualified', label: 'Disqualified', hint: 'a side was put out', winner: 'side' },
]

/** A name keeps its place whichever way it is written: between two from right to left a score would change sides. */
const apart = (name: string) => `\u2068${name}\u2069`

/** The end of the game, in two steps: how and who, then yes. Before its regular end nothing is chosen yet. */
export function EndPanel() {
  const { sport, rules, state, act, open, follow, now } = useConsole()
  const { game, fold } = state
  const early = (nowMs: number) => (fold ? earlyWords(sport, rules, fold, nowMs) : null)
  const isEarly = useTime(early, 200)
  const [how, setHow] = useState<How | 'played' | null>(() => (sport.endsItself || early(now()) ? null : 'played'))
  const [winner, setWinner] = useState<Exclude<Winner, null> | null>(null)
  const [isSure, setSure] = useState(false)
  const declared = DECLARED.find(entry => entry.how === how)
  const wantsWinner = declared !== undefined && declared.winner !== 'none'
  const isReady = how !== null && (!wantsWinner || winner !== null)
  const what = sport.labels.game.toLowerCase()
  const names = sideNames(game)
  const [first, second] = sidesOf(game)
  const score = `${apart(names[first])} ${scoreOf(game.score, game)} ${apart(names[second])}`

  function choose(next: How | 'played'): void {
    setHow(next)
    setSure(false)
  }
  function end(): void {
    const data = how === 'played' ? undefined : { how, ...(wantsWinner && winner ? { winner } : {}) }
    if (!act([{ kind: 'gameEnd', ...(data ? { data } : {}) }]).ok) return
    follow(null)
    open(null)
  }
  return (
    <PanelFrame title={`End the ${what}`}>
      <fieldset>
        <legend className="mb-2 text-sm text-soft">How it ended</legend>
        {sport.endsItself ? null : (
          <Choice value="played" label="Played to the end" hint={score} isOn={how === 'played'} onChoose={choose} />
        )}
        {DECLARED.map(entry => (
          <Choice key={entry.how} value={entry.how} label={entry.label} hint={entry.hint} isOn={how === entry.how} onChoose={choose} />
        ))}
      </fieldset>
      <div className="sticky -bottom-3 -mx-4 -mb-3 mt-4 flex flex-wrap items-center gap-2 border-t border-line bg-paper px-4 py-3">
        {wantsWinner ? (
          <div className="w-full">
            <p className="mb-1 text-sm text-soft">Who wins</p>
            <Segmented
              label="Who wins"
              name="winner"
              value={winner ?? 'none'}
              options={[
                { value: 'home', label: names.home },
                { value: 'away', label: names.away },
                ...(declared.winner === 'any' ? [{ value: 'draw' as const, label: 'Draw' }] : []),
              ]}
              onChange={value => {
                if (value !== 'none') setWinner(value)
                setSure(false)
              }}
            />
          </div>
        ) : null}
        {isSure ? (
          <>
            <p className="w-full text-[1.0625rem] font-bold tabular-nums">
              {how === 'played' && isEarly ? `${isEarly}. End the ${what} anyway?` : `End the ${what}?`} {score}
            </p>
            <Button look="ink" size="l" onClick={end}>
              {how === 'played' && isEarly ? 'End it anyway' : 'End it'}
            </Button>
            <Button size="l" onClick={() => open(null)}>
              Keep playing
            </Button>
          </>
        ) : (
          <Button look="ink" size="l" disabled={!isReady} onClick={() => setSure(true)}>
            End the {what}
          </Button>
        )}
      </div>
    </PanelFrame>
  )
}

interface ChoiceProps<T extends string> {
  value: T
  label: string
  hint: string
  isOn: boolean
  onChoose(value: T): void
}
export function Choice<T extends string>({ value, label, hint, isOn, onChoose }: ChoiceProps<T>) {
  return (
    <label className="flex min-h-12 cursor-pointer items-center gap-3 border-b border-line text-[1.0625rem]">
      <input type="radio" name="choice" className="size-5 shrink-0 accent-ink" checked={isOn} onChange={() => onChoose(value)} />
      <span className="font-semibold">{label}</span>
      <span className="ms-auto text-end text-sm text-soft">{hint}</span>
    </label>
  )
}
