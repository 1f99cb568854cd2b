'use client'
import Link from 'next/link'
import { Fragment } from 'react'
import { sidesOf } from '#components/game/sides.ts'
import { StatusWord, useGameSentence } from '#components/game/status-word.tsx'
import { cx } from '#components/ui/cx.ts'
import { StarButton } from '#components/ui/star-button.tsx'
import type { GameRow } from '#domain/game.ts'
import { isStarred, type RowProps, SideName, SideScore, starName, useFresh } from './game-parts.tsx'
import { useRow } from './use-lobby.ts'

/** A game as a line of the list. All of it is one link; the star stands beside. */
export function GameLine(props: RowProps) {
  const row = useRow(props.store, props.id)
  return row ? <Line {...props} row={row} /> : null
}

function Line({ row, store, favourites, isDated, className }: RowProps & { row: GameRow }) {
  const sentence = useGameSentence(row)
  const fresh = useFresh(store, row.id)
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
      <span aria-hidden className="w-16 shrink-0 sm:w-19">
        <StatusWord game={row} isDated={isDated} />
      </span>
      <span aria-hidden className="grid min-w-0 grow grid-cols-[minmax(0,1fr)_auto] gap-x-3 underline-offset-4 peer-hover:underline">
        {sidesOf(row).map(side => (
          <Fragment key={side}>
            <SideName row={row} side={side} className="h-7" />
            <SideScore row={row} side={side} size="row" fresh={fresh[side]} />
          </Fragment>
        ))}
      </span>
      <StarButton
        name={starName(row)}
        isOn={isStarred(row, favourites)}
        onToggle={() => favourites.toggle(row.id)}
        className="relative z-10 -me-3 shrink-0"
      />
    </li>
  )
}
