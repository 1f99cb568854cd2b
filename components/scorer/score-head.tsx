'use client'
import { ChevronDown } from 'lucide-react'
import { Badges } from '#components/game/badges.tsx'
import { Bases } from '#components/game/bases.tsx'
import { clockBeat } from '#components/game/clock-text.tsx'
import { MarkRow } from '#components/game/marks.tsx'
import { splitMiddle } from '#components/game/middle.ts'
import { statusWords } from '#components/game/status-words.ts'
import { leftText, timerBeat, timersOf } from '#components/game/timers.tsx'
import { cx } from '#components/ui/cx.ts'
import { useTime } from '#components/ui/use-time.ts'
import { clockText, readClock } from '#domain/clock.ts'
import type { Fold } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { Glance, Sport } from '#domain/sport.ts'
import { useConsole } from './console-context.ts'

/** The score as the table has it, the clock, the period, and the sport's own few words. */
export function ScoreHead({ className }: { className?: string }) {
  const { sport, state, sides } = useConsole()
  const [first, second] = sides
  // Sides that were changed over at this table are read in the order in which they stand here.
  const glance = sport.glance?.({ ...state.game, displayOrder: `${first}-first` }) ?? {}
  const marks = glance.marks ?? []
  const columns = sport.showColumns ? state.game.linescore.columns.slice(0, state.game.winner === null ? -1 : undefined) : []
  // Two figures a side must not be taken for each other.
  const units = sport.showColumns ? sport.labels.units : null
  return (
    <section
      aria-label="Score"
      className={cx(
        'grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] gap-x-3 border-b border-line px-4 pt-2 pb-2 lg:px-6 lg:pt-4 lg:pb-3',
        className,
      )}
    >
      <div className="col-span-3 grid grid-cols-2 gap-x-3">
        <Name side={first} glance={glance} />
        <Name side={second} glance={glance} isEnd />
      </div>
      <Figure side={first} />
      <Middle glance={glance} />
      <Figure side={second} isEnd />
      <Beside side={first} words={glance[first] ?? units} />
      <p className="mt-1 text-center text-xs text-soft sm:text-sm">
        {state.game.clock ? glance.middle : columns.map(column => `${column[first] ?? '–'}–${column[second] ?? '–'}`).join(', ')}
      </p>
      <Beside side={second} words={glance[second] ?? units} isEnd />
      {marks.length > 0 ? (
        <div className="col-span-3 mt-1 grid grid-flow-dense grid-cols-2 gap-x-6" data-testid="marks">
          {marks.map(row => (
            <MarkRow
              key={`${row.side} ${row.label}`}
              row={row}
              roster={state.game.roster}
              className={cx(
                'no-scrollbar flex-nowrap! overflow-x-auto',
                row.side === undefined ? 'col-span-2 justify-center' : row.side === second ? 'col-start-2 justify-end' : 'col-start-1',
              )}
            />
          ))}
        </div>
      ) : null}
    </section>
  )
}

/** Under a side's figures, always one line: what runs beside the clock, then the sport's own words. The keys must not move when either comes. */
function Beside({ side, words, isEnd }: { side: Side; words: string | null | undefined; isEnd?: boolean }) {
  const { state } = useConsole()
  const { game } = state
  const timers = timersOf(game.detail, side)
  const left = useTime(
    now =>
      timers
        .flatMap(timer => {
          const text = leftText(timer, game.clock, now)
          // Beside each other as they run out; only what stops play needs its word.
          return text ? [timer.untilAt === undefined ? text : `${timer.label} ${text}`] : []
        })
        .join(' '),
    timerBeat(timers, game.clock),
  )
  return (
    <p className={cx('mt-1 min-h-5 truncate text-xs text-soft sm:text-sm', isEnd && 'text-end')}>
      {left ? (
        <span role="timer" aria-live="off" data-testid={`timers-${side}`} className={cx('figures text-sm text-ink', words && 'me-1.5')}>
          {left}
        </span>
      ) : null}
      {words}
    </p>
  )
}

const BIG = 'figures block leading-[0.84] text-[clamp(3.25rem,min(20vw,10.5dvh),7rem)]'

function Name({ side, glance, isEnd }: { side: Side; glance: Glance; isEnd?: boolean }) {
  const { state } = useConsole()
  const { name, shortName, kind } = state.game[side]
  return (
    <h2 className={cx('flex min-w-0 items-center gap-2 text-base font-bold', isEnd && 'flex-row-reverse')}>
      <span aria-hidden className="h-5 w-1 shrink-0 rounded-[1px] forced-color-adjust-none" style={{ background: `var(--${side})` }} />
      <span className="truncate" title={name}>
        {kind === 'pair' ? shortName : name}
      </span>
      <Badges isInLine badges={glance.badges?.filter(badge => badge.side === side) ?? []} />
      {glance.mark === side && state.game.status === 'live' ? (
        <span role="img" aria-label="on turn" className="size-2.5 shrink-0 rounded-full bg-current" />
      ) : null}
    </h2>
  )
}

function Figure({ side, isEnd }: { side: Side; isEnd?: boolean }) {
  const { state, sport, open } = useConsole()
  const { game } = state
  const columns = sport.showColumns && game.winner === null ? game.linescore.columns : []
  const current = columns.at(-1)
  return (
    <button
      type="button"
      aria-label={`${game[side].name} ${game.score[side]}${current ? ` ${sport.labels.units}, ${current[side] ?? 0} ${sport.labels.inColumns ?? ''}` : ''}. Correct the score`}
      data-testid={`score-${side}`}
      className={cx('mt-2 flex items-end gap-2.5', isEnd && 'flex-row-reverse')}
      onClick={() => open({ is: 'plays' })}
    >
      <bdi dir="ltr" className={BIG}>
        {game.score[side]}
      </bdi>
      {current ? (
        <span aria-hidden data-testid={`column-${side}`} className={cx('flex flex-col gap-1', isEnd ? 'items-end' : 'items-start')}>
          <span className="figures text-[2.25rem] leading-[0.84]">{current[side] ?? '–'}</span>
          <span className="text-xs leading-none text-soft">{sport.labels.inColumns}</span>
        </span>
      ) : null}
    </button>
  )
}

/** Clock and period, and the way to set both. */
function Middle({ glance }: { glance: Glance }) {
  const { sport, state, open, panel } = useConsole()
  const { game } = state
  const { clock, period } = game
  const isRunning = clock?.running === true && game.status === 'live'
  const reading = useClockText()
  const words = MIDDLE[game.status] ?? breakWords(sport, state.fold, game)
  const untilAt = game.status === 'break' ? game.statusUntil : null
  const left = useTime(now => (untilAt === null ? '' : leftText({ untilAt }, null, now)), untilAt === null ? 0 : 200)
  const isOpen = panel?.is === 'clock'
  const { call, said } = callOf(clock ? '' : (glance.middle ?? ''))
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={`${clock ? 'Clock and period' : sport.labels.period}, set`}
      className="mt-2 flex min-h-11 min-w-24 flex-col items-center justify-end gap-1 self-stretch rounded-md text-center"
      onClick={() => open(isOpen ? null : { is: 'clock' })}
    >
      {clock ? (
        <span
          data-testid="clock"
          role="timer"
          aria-live="off"
          className={cx('figures text-[2.125rem] leading-none', isRunning && 'text-live')}
        >
          {reading}
        </span>
      ) : null}
      {clock ? null : <Call glance={glance} call={call} />}
      <span className={cx('inline-flex items-center gap-1 text-sm font-semibold text-balance', said && !words ? 'text-ink' : 'text-soft')}>
        {words ?? (said || (period?.label ?? 'Not begun'))}
        {left ? (
          <span role="timer" aria-live="off" data-testid="break" className="figures">
            {left}
          </span>
        ) : null}
        <ChevronDown size={14} aria-hidden />
      </span>
    </button>
  )
}

/** `End Q1`, in the fans' words, as long as no period is open: a basket written down after the buzzer opens none. */
function breakWords(sport: Sport, fold: Fold | null, game: Game): string | null {
  const isBetween = sport.timed ? fold !== null && fold.period > 0 && !fold.open : game.status === 'break'
  return isBetween ? statusWords({ ...game, status: 'break' }, 0, NOWHERE).main : null
}
/** A break is told without a time. */
const NOWHERE = { timeZone: 'UTC', hour12: false }

const MIDDLE: Readonly<Record<string, string>> = {
  final: 'Final',
  forfeited: 'Forfeited',
  suspended: 'Suspended',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
  abandoned: 'Abandoned',
}

/** The longest call of points: `40–AD`. */
const CALL = 7

/** The call, large, and in the period's place what it is for: `40–30`, `set point`. A sentence of the sport's own says the period too. */
function callOf(middle: string): { call: string; said: string } {
  if (middle.length <= CALL) return { call: middle, said: '' }
  const { big, small } = splitMiddle(middle)
  return big && big.length <= CALL && /^\S+–\S+$/.test(big) ? { call: big, said: small } : { call: '', said: middle }
}

/** What is counted within a turn or a game, large enough for the far side of the court. */
function Call({ glance: { count, bases }, call }: { glance: Glance; call: string }) {
  return (
    <>
      {bases || count ? (
        <span className="flex items-end gap-2">
          {bases ? <Bases occupied={bases} /> : null}
          {count ? <span className={CALLED}>{count}</span> : null}
        </span>
      ) : null}
      {call ? <span className={CALLED}>{call}</span> : null}
    </>
  )
}
const CALLED = 'figures text-[2.125rem] leading-none'

/** What the clock shows: tenths in the last minute of a countdown. */
export function useClockText(): string {
  const { state } = useConsole()
  const { clock } = state.game
  return useTime(now => (clock ? clockText(readClock(clock, now), clock.direction, true) : ''), clockBeat(clock))
}
