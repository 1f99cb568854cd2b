'use client'
import { Pause } from 'lucide-react'
import { type Freshness, isVouchedFor, useFreshness } from '#components/live/freshness.ts'
import { useLink } from '#components/shell/use-link.ts'
import { cx } from '#components/ui/cx.ts'
import { useReader, useTime } from '#components/ui/use-time.ts'
import type { Game } from '#domain/game.ts'
import { Bases } from './bases.tsx'
import { ClockText } from './clock-text.tsx'
import { useLabels } from './labels.ts'
import { splitMiddle } from './middle.ts'
import { isClockStanding, statusWords } from './status-words.ts'
import { StillClock } from './still-clock.tsx'
import type { Sayings } from './story.ts'
import { leftText } from './timers.tsx'

const BIG = 'figures block text-[clamp(1.75rem,7vw,2.75rem)] leading-none whitespace-nowrap'

export interface GameStateProps {
  game: Game
  sayings: Sayings
  isPaused: boolean
}

/** What stands between the two scores: the clock, the period, and the state in words. */
export function GameState(props: GameStateProps) {
  const { game, sayings, isPaused } = props
  const freshness = useFreshness()
  const isPlayed = game.status === 'live'
  const isKnown = isVouchedFor(freshness)
  const tone = isKnown && isClockStanding(game) ? 'text-ink' : isPlayed && freshness === 'fresh' && !isPaused ? 'text-live' : 'text-soft'
  return (
    <div className="flex min-w-0 flex-col items-center gap-1 text-center text-balance">
      {isPlayed ? <Playing {...props} tone={tone} freshness={freshness} /> : <Standing game={game} sayings={sayings} />}
    </div>
  )
}

type PlayingProps = GameStateProps & { tone: string; freshness: Freshness }

function Playing({ game, sayings, isPaused, tone, freshness }: PlayingProps) {
  const { clock, period } = game
  const { middle, count } = sayings.glance
  const { big, small: beside } = clock ? { big: null, small: middle ?? '' } : splitMiddle(middle)
  const isKnown = isVouchedFor(freshness)
  const isInning = period?.kind.includes('inning') ?? false
  // Where the label stands large already, only a longer name has more to say.
  const name = !clock && sayings.periodName === (big ?? period?.label) ? null : sayings.periodName
  // A shoot-out by name needs no second word for it.
  const isSaid = name?.toLowerCase().endsWith(beside.toLowerCase())
  const small = [isSaid ? '' : beside, count].filter(Boolean).join(' · ')
  return (
    <>
      <span className={cx(BIG, 'relative', tone)}>
        {isKnown && isClockStanding(game) ? <StoppedSign /> : null}
        <span data-testid="clock">
          {!clock ? (
            (big ?? period?.label ?? 'Live')
          ) : isPaused || !isKnown ? (
            <StillClock game={game} at={isKnown ? 'now' : 'heard'} />
          ) : (
            <ClockText sport={game.sport} period={period} clock={clock} />
          )}
        </span>
      </span>
      {period && !(isInning && big) && name ? <span className="text-sm text-soft">{name}</span> : null}
      {small ? <span className="text-sm font-semibold">{small}</span> : null}
      {sayings.glance.bases ? <Bases occupied={sayings.glance.bases} /> : null}
      <LivePill game={game} freshness={freshness} isPaused={isPaused} />
    </>
  )
}

/** Beside a clock that stands, where it moves nothing. */
function StoppedSign() {
  return (
    <span className="absolute end-full top-1/2 me-1.5 -translate-y-1/2 text-soft" title="Clock stopped" data-testid="stopped">
      <span className="sr-only">Clock stopped, </span>
      <Pause aria-hidden className="size-[0.5em]" fill="currentColor" strokeWidth={0} />
    </span>
  )
}

interface LivePillProps {
  game: Game
  freshness: Freshness
  isPaused: boolean
}

function LivePill({ game, freshness, isPaused }: LivePillProps) {
  const { hasOpened } = useLink()
  if (freshness === 'stale')
    return (
      <span data-testid="status" className="text-xs font-semibold text-warn">
        Last seen {game.period?.label} <StillClock game={game} at="heard" />
      </span>
    )
  const isFresh = freshness !== 'connecting' && isVouchedFor(freshness) && !isPaused
  const word = isFresh ? 'LIVE' : isPaused ? 'Paused' : hasOpened ? 'Reconnecting…' : 'Connecting…'
  return (
    <span
      data-testid="status"
      className={cx('inline-flex items-center gap-1.5 text-xs font-bold tracking-wide', isFresh ? 'text-live' : 'text-soft')}
    >
      <span key={game.seq} aria-hidden className={cx('size-1.5 rounded-full bg-current', isFresh && 'animate-pulse-once')} />
      {word}
    </span>
  )
}

/** Where there is room for the whole word. */
const LONG_WORDS: Readonly<Record<string, string>> = {
  Ppd: 'Postponed',
  Canc: 'Cancelled',
  Abd: 'Abandoned',
  'W.O.': 'Walkover',
  Forfeit: 'Forfeited',
}

/** Not being played just now: the word for it, and why. */
function Standing({ game, sayings }: { game: Game; sayings: Sayings }) {
  const reader = useReader()
  const labels = useLabels(game.sport)
  const main = useTime(now => statusWords(game, now, reader, labels).main, 15_000)
  const second = useTime(now => statusWords(game, now, reader, labels).second, 15_000)
  const isUnderWay = game.status === 'break' || game.status === 'suspended'
  // A game that ended as games do needs no word for how.
  const word = LONG_WORDS[main] ?? main
  const isPlain = game.status === 'final' && (game.statusReason === null || game.statusReason === 'regulation')
  const said = game.status === 'final' || isUnderWay ? sayings.glance.middle : undefined
  const middle = said?.toLowerCase() === word.toLowerCase() ? undefined : said
  // What the sport says of the end (`pens 4–3`) says how it ended, too.
  const isSaid = game.status === 'final' && Boolean(middle)
  const words = isPlain || isSaid || second === game.status || second === word.toLowerCase() ? '' : second
  return (
    <>
      <span
        data-testid="status"
        className={cx('figures text-[clamp(1.375rem,5.5vw,2rem)] leading-none', isUnderWay ? 'text-live' : 'text-ink')}
      >
        {word}
      </span>
      {words && !(game.status === 'break' && words === 'live') ? <span className="text-sm text-soft">{words}</span> : null}
      {middle ? <span className="text-sm font-semibold">{middle}</span> : null}
      {game.statusUntil ? game.status === 'break' ? <Left at={game.statusUntil} /> : <Until at={game.statusUntil} /> : null}
    </>
  )
}

function Until({ at }: { at: string }) {
  const reader = useReader()
  const text = useTime(() => statusWords({ ...NOTHING, startsAt: at }, Date.parse(at) - 1, reader).main, 0)
  return <span className="text-sm text-soft">until {text}</span>
}

/** Of a break; the line stays when it lasts longer. */
function Left({ at }: { at: string }) {
  const text = useTime(now => leftText({ untilAt: at }, null, now), 200)
  return (
    <span role="timer" aria-live="off" data-testid="break" className="figures min-h-5 text-sm text-soft">
      {text}
    </span>
  )
}
const NOTHING = { status: 'scheduled', statusReason: null, period: null, clock: null } as const
