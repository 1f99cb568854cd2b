'use client'
import Link from 'next/link'
import { isVouchedFor, useFreshness } from '#components/live/freshness.ts'
import type { GameView } from '#components/live/game-store.ts'
import { cx } from '#components/ui/cx.ts'
import { type Game, UNDER_WAY } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { Badges } from './badges.tsx'
import { GameState } from './game-state.tsx'
import { HeroScore, PairedScore } from './hero-score.tsx'
import { Marks } from './marks.tsx'
import { hasBegun, isLoser, sidesOf } from './sides.ts'
import { useGameSentence } from './status-word.tsx'
import type { Sayings, Story } from './story.ts'
import { Timers } from './timers.tsx'

/** The score first and largest; names, state and the sport's own few words around it. */
export function GameHeader({
  view,
  sayings,
  story,
}: {
  view: GameView
  sayings: Sayings
  story: Pick<Story, 'labels' | 'hasSets' | 'chart'>
}) {
  const { game, change } = view
  const isKnown = isVouchedFor(useFreshness())
  const stands = view.isPaused ? 'now' : isKnown ? null : 'heard'
  const sentence = useGameSentence(game)
  const [first, second] = sidesOf(game)
  // Sets and goals are few; points and runs soon fill two places.
  const least = story.hasSets || story.chart?.kind === 'timeline' ? 1 : 2
  const figures = Math.max(least, String(game.score.home).length, String(game.score.away).length)
  // A set lasts half an hour: the sets alone would say 0–0 all the while.
  const set = story.hasSets && UNDER_WAY.has(game.status) ? game.linescore.columns.at(-1) : undefined
  const figure = (side: Side) => (
    <HeroScore
      side={side}
      value={hasBegun(game) ? game.score[side] : null}
      change={change}
      isFaded={isLoser(game, side)}
      isEnd={side === second}
      figures={figures}
      isPaired={set !== undefined}
    />
  )
  const score = (side: Side) =>
    set ? (
      <PairedScore
        score={figure(side)}
        name={story.labels.periods}
        side={side}
        value={set[side] ?? 0}
        valueName={story.labels.inColumns ? capital(story.labels.inColumns) : (game.period?.label ?? set.label)}
        isEnd={side === second}
      />
    ) : (
      figure(side)
    )
  return (
    <header className="rule pt-4 pb-4 sm:pt-7 sm:pb-5">
      <h1 className="sr-only">{sentence}</h1>
      {/* Made anew when a score gains a figure: what is new has not jumped. */}
      <div
        key={figures}
        className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-start gap-x-4 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] sm:items-center lg:gap-x-12"
      >
        <SideBlock game={game} side={first} sayings={sayings} doing={story.labels.mark} stands={stands} />
        <div className="order-last col-span-2 mt-5 grid grid-cols-[minmax(0,auto)_minmax(0,1fr)_minmax(0,auto)] items-center gap-x-3 sm:order-none sm:col-span-1 sm:mt-3 sm:grid-cols-[auto_minmax(8.5rem,auto)_auto] sm:gap-x-6 lg:gap-x-9">
          {score(first)}
          <GameState game={game} sayings={sayings} isPaused={view.isPaused} />
          {score(second)}
        </div>
        <SideBlock game={game} side={second} sayings={sayings} doing={story.labels.mark} stands={stands} isEnd />
      </div>
      <Marks rows={sayings.glance.marks ?? []} sides={[first, second]} roster={game.roster} />
    </header>
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const ENDED: ReadonlySet<Game['status']> = new Set(['final', 'forfeited'])
/** Longer names are set smaller, so that they need not be broken. */
const LONG_NAME = 24

interface SideBlockProps {
  game: Game
  side: Side
  sayings: Sayings
  /** What the marked side does, in the sport's word. */
  doing?: string
  stands: 'heard' | 'now' | null
  isEnd?: boolean
}

function SideBlock({ game, side, sayings: { glance, hasTimers }, doing, stands, isEnd }: SideBlockProps) {
  const words = ENDED.has(game.status) ? (game.winner === side ? 'Winner' : '') : glance[side]
  const isOn = glance.mark === side && game.status === 'live'
  return (
    <div className={cx('min-w-0', isEnd && 'text-end')}>
      <span
        aria-hidden
        className={cx('mb-2 block h-1 w-14 rounded-[1px] forced-color-adjust-none', isEnd && 'ms-auto')}
        style={{ background: `var(--${side})` }}
      />
      <p
        data-testid={`name-${side}`}
        className={cx(
          'heading leading-tight text-balance wrap-anywhere hyphens-auto',
          game[side].name.length > LONG_NAME ? 'text-md sm:text-lg' : 'text-lg sm:text-xl',
          isLoser(game, side) && 'text-soft',
        )}
      >
        {/* Of a game that lists do not show, or of a match of a tie, a side may have no page. */}
        {game.visibility === 'public' && !game.partOf ? (
          <Link href={`/teams/${game[side].id}`} prefetch={false} className="underline-offset-4 hover:underline">
            {unbroken(game[side].name)}
          </Link>
        ) : (
          unbroken(game[side].name)
        )}
      </p>
      <p
        className="mt-1 flex min-h-5 flex-wrap items-center gap-x-1.5 text-xs text-soft data-end:justify-end"
        data-end={isEnd || undefined}
      >
        {isOn ? <ServeDot what={doing ?? 'in possession'} /> : null}
        <Badges badges={glance.badges?.filter(badge => badge.side === side) ?? []} isEnd={isEnd} />
        {words ? <span>{words}</span> : null}
      </p>
      {hasTimers && UNDER_WAY.has(game.status) ? <Timers game={game} side={side} stands={stands} isEnd={isEnd} /> : null}
    </div>
  )
}

/** Of a pair the line breaks after the stroke between the two, not before it. */
const unbroken = (name: string) => name.replaceAll(' / ', '\u00a0/ ')

function ServeDot({ what }: { what: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 font-semibold text-ink">
      <span aria-hidden className="size-2 rounded-full bg-current" />
      {what}
    </span>
  )
}
