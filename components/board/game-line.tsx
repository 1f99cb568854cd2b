'use client'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { sidesOf } from '#components/game/sides.ts'
import { StatusWord, useGameSentence } from '#components/game/status-word.tsx'
import { cx } from '#components/ui/cx.ts'
import { StarButton } from '#components/ui/star-button.tsx'
import type { GameRow } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { isStarred, type LineProps, SideName, SideScore, starName, useFresh } from './game-parts.tsx'
import { useRow } from './use-lobby.ts'

/** A game as a line of the list. All of it is one link; the star stands beside, and where it is asked for a link to one of the sides. */
export function GameLine(props: LineProps) {
  const row = useRow(props.store, props.id)
  return row ? <Line {...props} row={row} /> : null
}

function Line({ row, store, favourites, isDated, linked, end, className }: LineProps & { row: GameRow }) {
  const sentence = useGameSentence(row)
  const fresh = useFresh(store, row.id)
  const Eye = linked === undefined ? Fragment : ForTheEye
  return (
    <li
      className={cx(
        'relative flex min-h-[4.75rem] break-inside-avoid items-center gap-x-3 border-b border-line has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-ink',
        className,
      )}
    >
      <Link href={`/games/${row.id}`} prefetch={false} className="peer absolute inset-0 outline-none">
        <span className="sr-only">{sentence}</span>
      </Link>
      <span aria-hidden className={cx('shrink-0 sm:w-19', linked ? 'w-18' : 'w-16')}>
        <StatusWord game={row} isDated={isDated} />
      </span>
      <span
        aria-hidden={linked === undefined || undefined}
        className="grid min-w-0 grow grid-cols-[minmax(0,1fr)_auto] gap-x-3 underline-offset-4 peer-hover:underline"
      >
        {sidesOf(row).map(side => (
          <Fragment key={side}>
            {side === linked ? (
              <SideLink row={row} side={side} />
            ) : (
              <Eye>
                <SideName row={row} side={side} className="h-7" />
              </Eye>
            )}
            <Eye>
              <SideScore row={row} side={side} size="row" fresh={fresh[side]} />
            </Eye>
          </Fragment>
        ))}
      </span>
      {end ?? (
        <StarButton
          name={starName(row)}
          isOn={isStarred(row, favourites)}
          onToggle={() => favourites.toggle(row.id)}
          className="relative z-10 -me-3 shrink-0"
        />
      )}
    </li>
  )
}

/** Takes no box of its own: what is in it stands in the grid around. */
function ForTheEye({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden className="contents">
      {children}
    </span>
  )
}

function SideLink({ row, side }: { row: GameRow; side: Side }) {
  return (
    <Link
      href={`/teams/${row[side].id}`}
      prefetch={false}
      className="relative z-10 flex max-w-full min-w-0 justify-self-start underline decoration-line underline-offset-4 hover:decoration-current"
    >
      <SideName row={row} side={side} className="h-7" />
    </Link>
  )
}
