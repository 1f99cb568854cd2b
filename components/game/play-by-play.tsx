'use client'
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Section } from '#components/ui/section.tsx'
import type { Game } from '#domain/game.ts'
import type { Play, Side } from '#domain/play.ts'
import { sidesOf } from './sides.ts'
import type { Story, StoryRow } from './story.ts'

/** Later plays are folded away, not left out: the page is whole without any script. */
const SHOWN = 24
/** The clock's own plays are the scorer's business. */
const UNTOLD: ReadonlySet<string> = new Set(['clockStart', 'clockStop', 'clockSet'])

interface Told {
  row: StoryRow
  play: Play
  text: string
  /** What a corrected play became, or what this play takes back. */
  about: Play | null
}

/** Newest first. What was corrected stays, struck, beside what it became. */
export const PlayByPlay = memo(function PlayByPlay({ game, plays, story }: { game: Game; plays: readonly Play[]; story: Story }) {
  const [isScoringOnly, setScoringOnly] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const newest = useRef<HTMLOListElement>(null)
  useGentlePush(newest)
  const told = useMemo(() => tellRows(story, plays), [story, plays])
  const order = sidesOf(game)
  const hasScores = told.some(({ row }) => row.gain !== null)
  const shown = isScoringOnly && hasScores ? told.filter(({ row }) => row.gain !== null) : told
  const rows = (part: readonly Told[]) => part.map(entry => <Entry key={entry.play.seq} {...entry} order={order} />)
  const filter = (
    <button
      type="button"
      aria-pressed={isScoringOnly}
      onClick={() => setScoringOnly(!isScoringOnly)}
      className={cx(
        '-my-3 inline-flex min-h-11 items-center',
        isScoringOnly ? 'font-semibold text-ink underline underline-offset-4' : 'hover:text-ink',
      )}
    >
      Scoring only
    </button>
  )
  return (
    <Section title="Plays" aside={hasScores ? filter : undefined}>
      <div ref={list} className="relative" data-testid="plays">
        <NewPill count={told.length} listRef={list} />
        {shown.length === 0 ? <p className="py-4 text-sm text-soft">{emptyWords(game, isScoringOnly)}</p> : null}
        <div role="log" aria-live="off" aria-label="Plays, newest first" className="overflow-y-clip">
          <ol ref={newest}>{rows(shown.slice(0, SHOWN))}</ol>
        </div>
        {shown.length > SHOWN ? (
          <details className="group">
            <summary className="flex min-h-12 items-center text-sm font-semibold">Earlier plays ({shown.length - SHOWN})</summary>
            <ol aria-label="Earlier plays">{rows(shown.slice(SHOWN))}</ol>
          </details>
        ) : null}
      </div>
    </Section>
  )
})

/** How fast what was pushed settles: two thirds of the way in so long. */
const SETTLE_MS = 70
/** A screen and more has come at once: nobody follows that with the eye. */
const PUSHED_MOST = 800

/**
 * New rows on top push the others down from where they stood, so that nothing jumps under a reader's eye or finger. Drawn frame by frame:
 * plays come while the last push is still under way, and go on from where it is.
 */
function useGentlePush(list: React.RefObject<HTMLOListElement | null>): void {
  const first = useRef<HTMLElement | null>(null)
  const push = useRef({ offset: 0, frame: 0 })
  useLayoutEffect(() => {
    const rows = list.current
    const before = first.current
    const now = rows?.firstElementChild as HTMLElement | null
    first.current = now
    if (!rows || !before || !now || before === now || before.parentElement !== rows) return
    const { current } = push
    const show = (offset: number) => {
      current.offset = offset > -0.5 ? 0 : offset
      rows.style.transform = current.offset === 0 ? '' : `translateY(${current.offset}px)`
    }
    const offset = current.offset + now.offsetTop - before.offsetTop
    show(offset < -PUSHED_MOST ? 0 : offset)
    cancelAnimationFrame(current.frame)
    // Without motion they stand where they stood for a frame, and then where they belong.
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    let last: number | null = null
    const step = (at: number) => {
      if (last !== null) show(isStill ? 0 : current.offset * Math.exp((last - at) / SETTLE_MS))
      last = at
      if (current.offset < 0) current.frame = requestAnimationFrame(step)
    }
    current.frame = requestAnimationFrame(step)
  })
}

function emptyWords(game: Game, isScoringOnly: boolean): string {
  if (isScoringOnly) return 'No score yet.'
  return game.status === 'scheduled' ? 'Nothing yet. Plays appear here as they are scored.' : 'No plays were recorded.'
}

/** The rows as the page tells them, newest first. */
export function tellRows({ rows, labels }: Pick<Story, 'rows' | 'labels'>, plays: readonly Play[]): Told[] {
  const bySeq = new Map(plays.map(play => [play.seq, play]))
  const told: Told[] = []
  for (const row of rows) {
    const play = bySeq.get(row.seq)
    if (!play || UNTOLD.has(play.kind)) continue
    const text = row.text ?? play.text
    const last = told.at(-1)
    if (last && labels.gathered && isGathered(labels.gathered, last, { row, play })) {
      told[told.length - 1] = { ...last, row: { ...last.row, isDone: row.isDone }, text: `${last.text}, ${within(text)}` }
      continue
    }
    const about = row.note?.kind === 'corrected' ? row.note.by : play.kind === 'void' ? play.voids : undefined
    told.push({ row, play, text, about: about === undefined ? null : (bySeq.get(about) ?? null) })
  }
  return told.reverse()
}

/** `Ball, strike, foul`: what is small and follows its like, at the same time, for the same side. */
function isGathered(kinds: readonly string[], last: Told, next: Pick<Told, 'row' | 'play'>): boolean {
  const isSmall = ({ row, play }: Pick<Told, 'row' | 'play'>) => kinds.includes(play.kind) && !row.note && !row.gain && !row.remark
  return !last.row.isDone && isSmall(last) && isSmall(next) && last.row.when === next.row.when && last.row.side === next.row.side
}
const within = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

const isEqual = (a: Told, b: Told) =>
  a.play === b.play && a.text === b.text && a.about === b.about && JSON.stringify(a.row) === JSON.stringify(b.row)

const Entry = memo(function Entry({ row, play, text, about, order: [first, second] }: Told & { order: readonly [Side, Side] }) {
  const { note, tally, gain, side } = row
  const isStruck = note?.kind === 'corrected' || note?.kind === 'voided'
  const isQuiet = note !== null || gain === null
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-baseline gap-x-2 border-b border-line py-2.5" data-seq={play.seq}>
      <span className="figures text-sm whitespace-nowrap text-soft">{row.when}</span>
      <span className="flex min-w-0 gap-2.5">
        <span
          aria-hidden
          className={cx('mt-[0.2em] h-[1em] w-1 shrink-0 rounded-[1px] forced-color-adjust-none', (!side || isStruck) && 'opacity-0')}
          style={side ? { background: `var(--${side})` } : undefined}
        />
        <span className="min-w-0">
          <span className={cx('block text-pretty', isQuiet && 'text-soft')}>
            {isStruck ? <s>{text}</s> : play.kind === 'void' && about ? `Taken back: ${about.text}` : text}
          </span>
          <Note row={row} about={about} />
        </span>
      </span>
      {tally && !isStruck ? (
        <bdi dir="ltr" className={cx('figures text-base', gain === null && 'text-soft')}>
          <span className={gain === first ? undefined : 'text-soft'}>{tally[first]}</span>–
          <span className={gain === second ? undefined : 'text-soft'}>{tally[second]}</span>
        </bdi>
      ) : null}
    </li>
  )
}, isEqual)

function Note({ row: { note, remark }, about }: { row: StoryRow; about: Play | null }) {
  const text = note ? noteText(note, about) : remark
  if (!text) return null
  return <span className="block text-xs text-soft">{text}</span>
}

function noteText(note: NonNullable<StoryRow['note']>, about: Play | null): string {
  if (note.kind === 'corrected') return `Corrected: ${about?.text ?? 'see below'}`
  return note.kind === 'voided' ? 'Taken back' : `Does not count: ${note.reason}`
}

/** For a reader who has scrolled on: how much has come since, and the way back up. */
function NewPill({ count, listRef }: { count: number; listRef: React.RefObject<HTMLDivElement | null> }) {
  const [isAway, setAway] = useState(false)
  const [seen, setSeen] = useState(count)
  const head = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!head.current) return
    // Everything below the screen counts as inside, so that only what was scrolled past is outside.
    const observer = new IntersectionObserver(([entry]) => setAway(entry?.isIntersecting === false), {
      rootMargin: '0px 0px 1000000px 0px',
    })
    observer.observe(head.current)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (!isAway) setSeen(count)
  }, [isAway, count])
  const fresh = count - seen
  return (
    <>
      <span ref={head} className="absolute -top-12" />
      {isAway && fresh > 0 ? (
        <div className="pointer-events-none sticky top-3 z-10 flex h-0 justify-center">
          <button
            type="button"
            onClick={() => listRef.current?.scrollIntoView({ block: 'start' })}
            className="pointer-events-auto h-9 rounded-full bg-ink px-4 text-sm font-semibold text-paper"
          >
            {fresh === 1 ? '1 new play' : `${fresh} new plays`}
          </button>
        </div>
      ) : null}
    </>
  )
}
