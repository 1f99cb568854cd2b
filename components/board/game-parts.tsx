'use client'
import { type ReactNode, useState } from 'react'
import { sideColors } from '#components/colors.ts'
import { Score } from '#components/game/score.tsx'
import { isUnderWay } from '#components/game/status-word.tsx'
import { TeamMark } from '#components/game/team-mark.tsx'
import { cx } from '#components/ui/cx.ts'
import type { Column, GameRow } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { type Favourites, isFavourite } from './favourites.ts'
import type { LobbyStore } from './lobby-store.ts'
import { useRises } from './use-lobby.ts'

export interface RowProps {
  store: LobbyStore
  id: string
  favourites: Favourites
  /** Stands under a heading that names the day already. */
  isDated?: boolean
  className?: string
}

export interface LineProps extends RowProps {
  /** The side whose name leads to its own page. */
  linked?: Side
  /** What stands at the end of the line in place of the star. */
  end?: ReactNode
}

/** Rises since this row was put on the page: a row that is drawn anew does not celebrate the past. */
export function useFresh(store: LobbyStore, id: string): { home: number; away: number } {
  const rises = useRises(store, id)
  const [from] = useState(rises)
  return { home: rises.home - from.home, away: rises.away - from.away }
}

const HAS_SCORE: ReadonlySet<GameRow['status']> = new Set(['live', 'break', 'suspended', 'final', 'forfeited', 'abandoned'])
/** More columns than this say less than the score. */
const MAX_COLUMNS = 5

export const isLoser = (row: GameRow, side: Side) => row.winner !== null && row.winner !== 'draw' && row.winner !== side

/** A side's name with its mark: the loser's fades, the winner's bears a sign. */
export function SideName({ row, side, isRoomy, className }: { row: GameRow; side: Side; isRoomy?: boolean; className?: string }) {
  const tones = sideColors(row.home.color, row.away.color)
  return (
    <span className={cx('flex min-w-0 items-center gap-2', className)}>
      <TeamMark tone={tones[side]} />
      <span
        title={row[side].name}
        className={cx(isRoomy ? 'line-clamp-2 leading-[1.2]' : 'truncate', isLoser(row, side) ? 'text-soft' : 'font-[560]')}
      >
        {tellingNames(row)[side]}
      </span>
      {row.winner === side ? <WinnerSign /> : null}
    </span>
  )
}

/** Names alike for longer than a line may hold would be cut to the same: of those the middle goes. */
export function tellingNames({ home, away }: Pick<GameRow, 'home' | 'away'>): Record<Side, string> {
  let same = 0
  while (same < home.name.length && home.name[same] === away.name[same]) same += 1
  if (same < ALIKE) return { home: home.name, away: away.name }
  const tail = home.name.lastIndexOf(' ', same - 2) + 1
  const head = `${home.name.split(' ', 1)[0]?.slice(0, 10)} … `
  return { home: head + home.name.slice(tail), away: head + away.name.slice(tail) }
}
const ALIKE = 18

function WinnerSign() {
  return (
    <svg aria-hidden viewBox="0 0 6 8" className="h-[0.5em] shrink-0 fill-current rtl:-scale-x-100">
      <path d="M6 0v8L0 4z" />
    </svg>
  )
}

/** One side's figures: the score, or for sports of sets the columns it is made of. */
export function SideScore({ row, side, size, fresh }: { row: GameRow; side: Side; size: 'row' | 'tile'; fresh: number }) {
  if (!HAS_SCORE.has(row.status)) return <Score value={null} size={size} />
  const columns = row.line && row.line.length > 0 && row.line.length <= MAX_COLUMNS ? columnsIn(row.line, row.score, size) : null
  if (!columns) return <Score value={row.score[side]} size={size} fresh={fresh} isFaded={isLoser(row, side)} />
  const points = pointsOf(row)
  return (
    <span className={cx('flex items-baseline justify-end', size === 'tile' ? 'h-[3.375rem]' : 'h-7')}>
      {columns.map((column, index) => {
        const isLast = index === columns.length - 1
        const isPlayed = isLast && isUnderWay(row)
        return (
          <span key={column.label} className={cx('relative', size === 'tile' ? 'ms-1.5 min-w-5' : 'min-w-6')}>
            <Score
              value={column[side]}
              size={size}
              fresh={isPlayed ? fresh : 0}
              isFaded={!isPlayed && !isTaken(column, side)}
              className={cx(!isPlayed && size === 'tile' && 'text-[2rem] leading-[3.375rem]')}
            />
            {column.tiebreak ? <Tiebreak column={column} side={side} size={size} /> : null}
          </span>
        )
      })}
      {points ? (
        <span className={cx('figures min-w-7 text-end text-live is-live', size === 'tile' ? 'ms-1.5 text-2xl' : 'ms-1 text-lg')}>
          <bdi dir="ltr">{points[side]}</bdi>
        </span>
      ) : null}
    </span>
  )
}

/** A tile has room for three columns beside a name: of a longer match the sets won, and the one under way. */
function columnsIn(line: readonly Column[], { home, away }: GameRow['score'], size: 'row' | 'tile'): readonly Column[] {
  return size === 'tile' && line.length > 3 ? [{ label: 'won', home, away }, ...line.slice(-1)] : line
}

/** The points of the game under way, as the sport writes them: `30–40, break point`; null where the set's column says them already. */
export function pointsOf({ status, line, brief }: Pick<GameRow, 'status' | 'line' | 'brief'>): Record<Side, string> | null {
  const [, home, away] = (status === 'live' && line && /(?:^|\s)(\w+)–(\w+)(?:,|$)/.exec(brief ?? '')) || []
  const set = line?.at(-1)
  const isSaid = brief?.startsWith(`${set?.home}–${set?.away}`)
  return home !== undefined && away !== undefined && !isSaid ? { home, away } : null
}

const isTaken = (column: Column, side: Side) => (column[side] ?? 0) > (column[side === 'home' ? 'away' : 'home'] ?? 0)

/** The points of a set's tie-break, beside the games of the side that lost it. */
function Tiebreak({ column, side, size }: { column: Column; side: Side; size: 'row' | 'tile' }): ReactNode {
  if (!column.tiebreak || isTaken(column, side)) return null
  return (
    <span
      aria-hidden
      className={cx('figures absolute -end-[0.4em] text-[0.6875rem] leading-3 text-soft', size === 'tile' ? 'top-3' : 'top-0')}
    >
      {column.tiebreak[side]}
    </span>
  )
}

export const starName = (row: GameRow) => `${row.home.name} against ${row.away.name}`
export const isStarred = (row: GameRow, favourites: Favourites) => isFavourite(row, favourites.ids)
