'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Section } from '#components/ui/section.tsx'
import type { Game, GameRow, SideView, Status } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { TieDetail, TiePart } from '#domain/tie.ts'

type Names = Pick<Game, 'home' | 'away'>

interface TieMatchesProps {
  game: Game
  /** The matches as they were when the page was drawn, with who plays them. */
  rows: readonly GameRow[]
  /** Where a match leads: to its page, or to its table. */
  place?: 'games' | 'score'
}

/** The matches of a tie, each a link to its own page, with their scores as the tie knows them. */
export function TieMatches({ game, rows, place = 'games' }: TieMatchesProps) {
  const { parts } = game.detail as unknown as TieDetail
  const names = useNames(parts, rows)
  if (parts.length === 0) return null
  return (
    <Section title="Matches">
      <ol>
        {parts.map((part, i) => (
          <Match key={part.id} href={`/${place}/${part.id}`} part={part} number={i + 1} names={names.get(part.id) ?? game} />
        ))}
      </ol>
    </Section>
  )
}

/** Who plays: told with the page, and looked up for a match that came later. */
function useNames(parts: readonly TiePart[], rows: readonly GameRow[]): ReadonlyMap<string, Names> {
  const [later, setLater] = useState<ReadonlyMap<string, Names>>(new Map())
  const known = new Map<string, Names>([...rows.map(row => [row.id, row] as const), ...later])
  const unknown = parts.find(({ id }) => !known.has(id))?.id
  useEffect(() => {
    if (unknown === undefined) return
    const stop = new AbortController()
    fetch(`/api/v1/games/${encodeURIComponent(unknown)}`, { signal: stop.signal })
      .then(response => (response.ok ? (response.json() as Promise<{ game: Game }>) : null))
      .then(answer => answer && setLater(before => new Map(before).set(unknown, answer.game)))
      // The sides of the tie stand there meanwhile.
      .catch(() => undefined)
    return () => stop.abort()
  }, [unknown])
  return known
}

const SHOWN: ReadonlySet<Status> = new Set(['live', 'break', 'suspended', 'final', 'forfeited', 'abandoned'])
const WORDS: Readonly<Record<Status, string>> = {
  scheduled: 'To come',
  live: 'Live',
  break: 'Break',
  suspended: 'Halted',
  final: 'Final',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
  abandoned: 'Abandoned',
  forfeited: 'Forfeited',
}

function Match({ href, part, number, names }: { href: string; part: TiePart; number: number; names: Names }) {
  const { status, score, columns } = part
  const isShown = SHOWN.has(status)
  const of = (side: Side) => (isShown ? `${names[side].name} ${score[side]}` : names[side].name)
  const sentence = `Match ${number}: ${of('home')}, ${of('away')}, ${WORDS[status]}`
  return (
    <li
      data-testid="tie-match"
      className="relative flex min-h-[4.75rem] items-center gap-x-3 border-b border-line has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-ink"
    >
      <Link href={href} prefetch={false} className="peer absolute inset-0 outline-none">
        <span className="sr-only">{sentence}</span>
      </Link>
      <span aria-hidden className="flex w-16 shrink-0 flex-col sm:w-19">
        <span className={cx('figures text-base', status === 'live' && 'is-live text-live')}>{WORDS[status]}</span>
        <span className="text-xs text-soft">Match {number}</span>
      </span>
      <span aria-hidden className="grid min-w-0 grow grid-cols-[minmax(0,1fr)_auto] gap-x-4 underline-offset-4 peer-hover:underline">
        {(['home', 'away'] as const).map(side => (
          <Line key={side} side={side} who={names[side]} part={part} columns={isShown ? columns : []} isShown={isShown} />
        ))}
      </span>
    </li>
  )
}

interface LineProps {
  side: Side
  who: SideView
  part: TiePart
  columns: TiePart['columns']
  isShown: boolean
}

function Line({ side, who, part, columns, isShown }: LineProps) {
  const hasLost = part.winner !== null && part.winner !== side && part.winner !== 'draw'
  return (
    <>
      <span className={cx('flex h-7 min-w-0 items-center', hasLost && 'text-soft')}>
        <span className="truncate">{who.name}</span>
      </span>
      <span className={cx('figures flex h-7 items-center justify-end gap-2 text-base', hasLost && 'text-soft')}>
        <span className="text-xs font-normal text-soft max-sm:hidden">{columns.map(column => column[side] ?? '–').join(' ')}</span>
        <span className="min-w-4 text-end">{isShown ? part.score[side] : ''}</span>
      </span>
    </>
  )
}
