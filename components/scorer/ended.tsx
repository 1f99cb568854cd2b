'use client'
import { useState } from 'react'
import { Linescore } from '#components/game/linescore.tsx'
import { scoreOf } from '#components/game/sides.ts'
import { ENDINGS } from '#components/game/status-words.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import type { Game, How } from '#domain/game.ts'
import type { Sport } from '#domain/sport.ts'
import { useConsole } from './console-context.ts'
import { stands } from './corrections.ts'
import { winWords } from './naming.ts'

const WORDS: Readonly<Record<string, string>> = {
  final: 'Final',
  forfeited: 'Forfeited',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
  abandoned: 'Abandoned',
}

/** How it ended, as its boards write it: `pens 4–1`, `golden goal`, `retired`; null where there is nothing to say. */
export function endingOf(sport: Sport, game: Game): string | null {
  const how = game.statusReason
  if (!how || how === 'regulation') return null
  return sport.glance?.(game).middle || (sport.labels.endings?.[how as How]?.second ?? ENDINGS[how] ?? how)
}

/** In the place of the keys once play is over: the result, and what can still be done about it. */
export function Ended() {
  const { sport, state, canManage, act, open, follow } = useConsole()
  const { game, rows, isGone } = state
  const [asks, setAsks] = useState<'reopen' | 'official' | null>(null)
  const end = rows.findLast(row => row.play.kind === 'gameEnd' && stands(row))
  const isResult = game.status === 'final' || game.status === 'forfeited'
  const mayCorrect = !game.official || canManage
  const what = sport.labels.game.toLowerCase()
  const winner = game.winner === 'home' || game.winner === 'away' ? winWords(game[game.winner]) : game.winner === 'draw' ? 'A draw' : null
  const setStatus = (data: Record<string, unknown>) => {
    setAsks(null)
    if (act([{ kind: 'status', data }]).ok) follow(null)
  }
  if (isGone) {
    return (
      <div data-own-keys className="flex h-full flex-col justify-center gap-4 p-6">
        <p className="heading text-xl">This game was deleted</p>
        <p className="text-soft">
          {state.waiting > 0 ? `${state.waiting} plays were not sent. Export them from the menu above.` : 'Nothing is waiting to be sent.'}
        </p>
        <ButtonLink href="/score" className="self-start">
          Other games
        </ButtonLink>
      </div>
    )
  }
  return (
    <div data-own-keys data-testid="ended" className="flex h-full flex-col gap-3 overflow-y-auto p-4">
      <p className="heading text-xl">
        {WORDS[game.status] ?? game.status}
        {isResult ? (
          <>
            {' '}
            <span className="figures tabular-nums">{scoreOf(game.score, game)}</span>
          </>
        ) : null}
      </p>
      <p className="text-soft">
        {[winner, endingOf(sport, game), game.official ? 'official' : isResult ? 'not official yet' : null].filter(Boolean).join(', ')}
      </p>
      <Linescore
        game={game}
        story={{ labels: sport.labels, hasSets: sport.showColumns === true }}
        others={sport.totals?.(game.detail) ?? []}
      />
      <div className="mt-auto grid gap-2">
        {isResult && !game.official ? (
          asks === 'official' ? (
            <Sure
              text="Make the result official?"
              yes="Make official"
              onYes={() => setStatus({ official: true })}
              onNo={() => setAsks(null)}
            />
          ) : (
            <Button look="ink" size="l" onClick={() => setAsks('official')}>
              Make official
            </Button>
          )
        ) : null}
        {game.official && canManage ? (
          <Button size="l" onClick={() => setStatus({ official: false })}>
            No longer official
          </Button>
        ) : null}
        {end && mayCorrect && isResult ? (
          asks === 'reopen' ? (
            <Sure
              text={`Take the end of the ${what} back?`}
              yes="Reopen"
              onYes={() => {
                setAsks(null)
                if (act([{ kind: 'void', voids: end.play.id }]).ok) follow(null)
              }}
              onNo={() => setAsks(null)}
            />
          ) : (
            <Button size="l" onClick={() => setAsks('reopen')}>
              Reopen the {what}
            </Button>
          )
        ) : null}
        {isResult ? null : (
          <>
            <Button look="ink" size="l" onClick={() => setStatus({ status: 'live' })}>
              Resume play
            </Button>
            {game.status === 'abandoned' ? null : (
              <Button size="l" onClick={() => setStatus({ status: 'scheduled' })}>
                Back to scheduled
              </Button>
            )}
          </>
        )}
        <Button size="l" onClick={() => open({ is: 'plays' })}>
          Correct a play
        </Button>
        {game.official && !canManage ? <p className="text-sm text-soft">Only an admin may change an official result.</p> : null}
      </div>
    </div>
  )
}

export function Sure({ text, yes, onYes, onNo }: { text: string; yes: string; onYes: () => void; onNo: () => void }) {
  return (
    <fieldset aria-label={text} className="min-w-0 flex flex-wrap items-center gap-2">
      <p className="w-full text-[1.0625rem] font-bold">{text}</p>
      <Button look="ink" size="l" onClick={onYes}>
        {yes}
      </Button>
      <Button size="l" onClick={onNo}>
        Leave it
      </Button>
    </fieldset>
  )
}
