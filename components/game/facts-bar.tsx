'use client'
import { useContext } from 'react'
import { connection } from '#components/live/connection.ts'
import { isVouchedFor, useFreshness } from '#components/live/freshness.ts'
import type { GameStore, GameView } from '#components/live/game-store.ts'
import { LiveSwitch } from '#components/shell/live-switch.tsx'
import { Ago, LocalTime } from '#components/ui/local-time.tsx'
import { spanText, timeText } from '#components/ui/time.ts'
import { RenderedAt, useReader, useTime } from '#components/ui/use-time.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { lastPlayed, lastSign } from './last-play.ts'
import { hasBegun } from './sides.ts'

/** A running game without a play for this long is waiting for its scorer, whatever the connection does. Goals are rarer than points. */
const SILENCE_MS = { lead: 3 * 60_000, timeline: 20 * 60_000 }
const ENDED: ReadonlySet<Game['status']> = new Set(['final', 'forfeited', 'abandoned', 'cancelled'])

export const isFollowable = (game: Pick<Game, 'status' | 'official'>) => !(game.official && ENDED.has(game.status))

/** The line under the score: how fresh it is, how firm, who watches, where it is played. */
export function FactsBar({ view, store, pace }: { view: GameView; store: GameStore; pace: 'lead' | 'timeline' }) {
  const { game, plays, viewers, isPaused, waiting } = view
  const isKnown = isVouchedFor(useFreshness())
  return (
    <div className="flex items-start justify-between gap-x-6 border-b border-line max-sm:min-h-[3.9375rem]">
      <p data-testid="facts" className="flex min-w-0 flex-wrap items-center gap-x-5 gap-y-0.5 py-[0.8125rem] text-xs text-soft">
        <noscript>
          <a href={`/games/${game.id}`} className="font-semibold text-ink underline underline-offset-4">
            Refresh
          </a>
        </noscript>
        <LastPlay game={game} plays={plays} silenceMs={SILENCE_MS[pace]} isKnown={isKnown} />
        {hasBegun(game) ? <span data-testid="firmness">{firmness(game)}</span> : null}
        <Place game={game} />
        {game.demo ? <span>Demo, made up</span> : null}
        {/* Last, since they come and go: nothing else is moved by them. */}
        {isFollowable(game) && !isKnown ? <Heard /> : null}
        {isFollowable(game) && isKnown && viewers > 0 ? <span data-testid="viewers">{viewers} watching</span> : null}
      </p>
      {isFollowable(game) ? <LiveSwitch isPaused={isPaused} waiting={waiting} onToggle={isPaused ? store.resume : store.pause} /> : null}
    </div>
  )
}

/** How old all of this is, once nobody vouches for it any more. */
function Heard() {
  const renderedAt = useContext(RenderedAt)
  const age = useTime(now => (typeof window === 'undefined' ? '' : spanText(now - connection(renderedAt).heardAt())), 1000)
  return (
    <span data-testid="heard" className="font-semibold text-ink tabular-nums">
      {age} old
    </span>
  )
}

function firmness(game: Game): string {
  if (game.underReview) return 'Under review'
  return game.official ? 'Official' : 'Unofficial'
}

interface LastPlayProps {
  game: Game
  plays: readonly Play[]
  silenceMs: number
  /** Without a connection nobody here can say what the scorer does. */
  isKnown: boolean
}

function LastPlay({ game, plays, silenceMs, isKnown }: LastPlayProps) {
  const reader = useReader()
  const last = lastPlayed(plays)?.at ?? null
  const sign = lastSign(plays)?.at ?? game.updatedAt
  const isSilent = useTime(now => now - Date.parse(sign) > silenceMs, 1000)
  if (!hasBegun(game) || ENDED.has(game.status)) return null
  const isRunning = game.status === 'live' && (game.clock === null || game.clock.running)
  if (isRunning && isSilent && isKnown)
    return (
      <span className="font-semibold text-ink" data-testid="waiting">
        Waiting for the scorer since <time dateTime={sign}>{timeText(sign, reader)}</time>
      </span>
    )
  if (last === null) return null
  return (
    <span data-testid="last-play" className="min-w-[7.25rem] tabular-nums">
      <span className="font-semibold text-ink">{isKnown ? 'Last play' : 'Last play seen'}</span> <Ago at={last} />
    </span>
  )
}

function Place({ game }: { game: Game }) {
  if (!game.venue && !game.startsAt) return null
  return (
    <span>
      {[game.venue, game.neutral ? 'neutral ground' : null].filter(Boolean).join(', ')}
      {game.venue && game.startsAt ? ' · ' : null}
      {game.startsAt ? <LocalTime at={game.startsAt} show="both" /> : null}
    </span>
  )
}
