'use client'
import Link from 'next/link'
import { Fragment } from 'react'
import { sidesOf } from '#components/game/sides.ts'
import { StatusWord, useGameSentence } from '#components/game/status-word.tsx'
import { cx } from '#components/ui/cx.ts'
import { StarButton } from '#components/ui/star-button.tsx'
import type { GameRow } from '#domain/game.ts'
import { sportName } from './board-data.ts'
import { isStarred, pointsOf, type RowProps, SideName, SideScore, starName, useFresh } from './game-parts.tsx'
import { useRow } from './use-lobby.ts'

/** A live game on the wall of a wide screen. */
export function GameTile(props: RowProps) {
  const row = useRow(props.store, props.id)
  return row ? <Tile {...props} row={row} /> : null
}

/** `Bottom 3, 2 out` under a status that says `Bot 3` already: what is left to say. */
function besidePeriod(brief: string, period: GameRow['period']): string {
  const [first = '', ...rest] = brief.split(', ')
  const isSaid = period !== null && first.slice(0, 3) === period.label.slice(0, 3) && first.endsWith(` ${period.number}`)
  return isSaid && rest.length > 0 ? rest.join(', ') : brief
}

function Tile({ row, store, favourites, className }: RowProps & { row: GameRow }) {
  const sentence = useGameSentence(row)
  const fresh = useFresh(store, row.id)
  // The points stand beside the games already.
  const brief = pointsOf(row) ? row.brief?.split(', ').slice(1).join(', ') : row.brief
  return (
    <li
      className={cx(
        'relative -mt-px -ml-px flex flex-col border border-line bg-field p-4 pb-3 has-[a:focus-visible]:z-10 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-ink',
        className,
      )}
    >
      <Link href={`/games/${row.id}`} prefetch={false} className="peer absolute inset-0 outline-none">
        <span className="sr-only">{sentence}</span>
      </Link>
      <span aria-hidden className="flex items-baseline justify-between gap-3 text-xs text-soft">
        <span className="truncate">{row.competition?.name ?? sportName(row.sport)}</span>
        <StatusWord game={row} className="shrink-0 [&>:last-child:not(:first-child)]:hidden" />
      </span>
      <span aria-hidden className="mt-1 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2">
        {sidesOf(row).map(side => (
          <Fragment key={side}>
            <SideName row={row} side={side} isRoomy className="text-base" />
            <SideScore row={row} side={side} size="tile" fresh={fresh[side]} />
          </Fragment>
        ))}
      </span>
      <span className="mt-auto flex min-h-8 items-center pt-1 justify-between gap-2 text-xs text-soft">
        <span aria-hidden className="truncate">
          {brief ? besidePeriod(brief, row.period) : row.competition ? sportName(row.sport) : ''}
        </span>
        <StarButton
          name={starName(row)}
          isOn={isStarred(row, favourites)}
          onToggle={() => favourites.toggle(row.id)}
          className="relative z-10 -me-3.5 -my-2 shrink-0"
        />
      </span>
    </li>
  )
}
