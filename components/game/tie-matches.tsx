'use client'
import Link from 'next/link'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Section } from '#components/ui/section.tsx'
import { type Game, type GameRow, type SideView, type Status, UNDER_WAY } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { TieDetail, TiePart, TieRules } from '#domain/tie.ts'
import { asFollowed, Followed, underWay } from './followed.tsx'

type Names = Pick<Game, 'home' | 'away'>

interface TieMatchesProps {
  game: Game
  /** The matches as they were when the page was drawn, with who plays them. */
  rows: readonly GameRow[]
  /** Where a match leads: to its page, or to its table. */
  place?: 'games' | 'score'
  /** Stands under a heading that says what it is. */
  isBare?: boolean
  /** What can be done with a match beside going there. */
  beside?(part: TiePart, number: number, names: Names): ReactNode
}

/** A socket follows twenty games; of more matches at once than these the rest is seen at the end of each set. */
const MOST_FOLLOWED = 16
const SPREAD_MS = 2_000

/** The matches of a tie, each a link to its own page, with their scores as the tie knows them; then those that are planned and not known yet. */
export function TieMatches({ game, rows, place = 'games', isBare = false, beside }: TieMatchesProps) {
  const isOfMany = place === 'games'
  const [followed, setFollowed] = useState<ReadonlyMap<string, Game>>(new Map())
  const follow = useCallback((match: Game) => setFollowed(before => new Map(before).set(match.id, match)), [])
  const told = (game.detail as unknown as TieDetail).parts
  const parts = told.map(part => asFollowed(part, followed.get(part.id)))
  const names = useNames(parts, rows, game.epoch, isOfMany)
  const isDecided = game.status === 'final' || game.status === 'forfeited'
  const planned = isDecided ? 0 : (game.rules.values as unknown as TieRules).tieOf
  const toCome = Array.from({ length: Math.max(0, planned - parts.length) }, (_, i) => parts.length + i + 1)
  if (parts.length + toCome.length === 0) return null
  const list = (
    <ol>
      {parts.map((part, i) => (
        <Match
          key={part.id}
          href={`/${place}/${part.id}`}
          part={part}
          number={i + 1}
          names={names.get(part.id) ?? game}
          word={isDecided && part.status === 'scheduled' ? NOT_PLAYED : WORDS[part.status]}
        >
          {beside?.(part, i + 1, names.get(part.id) ?? game)}
        </Match>
      ))}
      {toCome.map(number => (
        <li key={number} className="flex min-h-13 items-center gap-x-3 border-b border-line text-soft">
          <span className="w-16 shrink-0 text-xs sm:w-19">Match {number}</span>
          <span className="min-w-0 text-sm">Players not named yet</span>
        </li>
      ))}
    </ol>
  )
  return (
    <>
      {told
        .filter(part => UNDER_WAY.has(part.status))
        .slice(0, MOST_FOLLOWED)
        .map(({ id }) => (
          <Followed key={id} id={id} spreadMs={isOfMany ? SPREAD_MS : 0} onGame={follow} />
        ))}
      {isBare ? list : <Section title="Matches">{list}</Section>}
    </>
  )
}

/** Who plays: told with the page, and looked up for a match that came later; for all of them once they are called otherwise. */
function useNames(parts: readonly TiePart[], rows: readonly GameRow[], epoch: string, isOfMany: boolean): ReadonlyMap<string, Names> {
  const [later, setLater] = useState<ReadonlyMap<string, Names & { of: string }>>(new Map())
  const [drawn] = useState(epoch)
  const known = new Map<string, Names & { of: string }>([...rows.map(row => [row.id, { ...row, of: drawn }] as const), ...later])
  const unknown = parts.flatMap(({ id }) => (known.get(id)?.of === epoch ? [] : [id])).join(' ')
  // Of a tie that many watch not all ask in the same moment.
  const spreadMs = isOfMany && unknown.split(' ').some(id => known.has(id)) ? SPREAD_MS : 0
  useEffect(() => {
    if (unknown === '') return
    const stop = new AbortController()
    // The sides of the tie stand there meanwhile; one that cannot be read keeps none of the others waiting.
    const read = (id: string) =>
      fetch(`/api/v1/games/${encodeURIComponent(id)}`, { signal: stop.signal })
        .then(response => (response.ok ? (response.json() as Promise<{ game: Game }>) : null))
        .then(answer => (answer ? [[id, { ...answer.game, of: epoch }] as const] : []))
        .catch(() => [])
    const timer = setTimeout(() => {
      void Promise.all(unknown.split(' ').map(read)).then(found => {
        if (!stop.signal.aborted) setLater(before => new Map([...before, ...found.flat()]))
      })
    }, Math.random() * spreadMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [unknown, epoch, spreadMs])
  return known
}

const NOT_PLAYED = 'Not played'
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

interface MatchProps {
  href: string
  part: TiePart
  number: number
  names: Names
  /** Where it stands. */
  word: string
  children?: ReactNode
}

function Match({ href, part, number, names, word, children }: MatchProps) {
  const { status, score, columns } = part
  const isLeftOut = word === NOT_PLAYED
  const isShown = SHOWN.has(status)
  const of = (side: Side) => (isShown ? `${names[side].name} ${score[side]}` : names[side].name)
  const sentence = `Match ${number}: ${of('home')}, ${of('away')}, ${word}`
  return (
    <li
      data-testid="tie-match"
      className="relative flex min-h-[4.75rem] flex-wrap items-center gap-x-3 border-b border-line py-2 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-ink"
    >
      <Link href={href} prefetch={false} className="peer absolute inset-0 outline-none">
        <span className="sr-only">{sentence}</span>
      </Link>
      <span aria-hidden className="flex w-16 shrink-0 flex-col sm:w-19">
        <span className={cx('figures text-base', status === 'live' && 'is-live text-live', isLeftOut && 'text-sm text-soft')}>{word}</span>
        <span className="text-xs text-soft">Match {number}</span>
      </span>
      <span
        aria-hidden
        className={cx(
          'grid min-w-0 grow basis-0 grid-cols-[minmax(0,1fr)_auto] gap-x-4 underline-offset-4 peer-hover:underline',
          isLeftOut && 'text-soft',
        )}
      >
        {(['home', 'away'] as const).map(side => (
          <Line key={side} side={side} who={names[side]} part={part} columns={isShown ? columns : []} isShown={isShown} />
        ))}
      </span>
      {children ? <div className="relative shrink-0 max-sm:basis-full max-sm:ps-19 max-sm:py-2">{children}</div> : null}
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
  const now = part.status === 'live' ? underWay(part)?.column : undefined
  return (
    <>
      <span className={cx('flex h-7 min-w-0 items-center', hasLost && 'text-soft')}>
        <span className="truncate">{who.name}</span>
      </span>
      <span className={cx('figures flex h-7 items-center justify-end gap-2 text-base', hasLost && 'text-soft')}>
        <span className="text-xs font-normal text-soft max-sm:hidden">{columns.map(column => column[side] ?? '–').join(' ')}</span>
        {/* A phone has room for what is under way alone. */}
        {now ? <span className="text-xs font-normal sm:hidden">{now[side] ?? '–'}</span> : null}
        <span className="min-w-4 text-end">{isShown ? part.score[side] : ''}</span>
      </span>
    </>
  )
}
