'use client'
import { useEffect, useRef } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Section } from '#components/ui/section.tsx'
import type { Column, Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { Total } from '#domain/sport.ts'
import { SCROLLABLE } from './scrollable.ts'
import { hasBegun, isLoser, sidesOf } from './sides.ts'
import type { Story } from './story.ts'

/** More columns than this scroll on a phone. */
const LONG = 6
const TOTAL_REM = 2.5
/** More totals than this would leave a phone no room for the periods. */
const MOST_STILL = 3

/** Totals stay put, one beside the other. */
const placeOf = (totals: readonly Total[], i: number) => ({
  insetInlineEnd: totals.length > MOST_STILL ? undefined : `${(totals.length - 1 - i) * TOTAL_REM}rem`,
  minInlineSize: `${TOTAL_REM}rem`,
})

interface LinescoreProps {
  game: Game
  story: Pick<Story, 'labels' | 'hasSets'>
  /** Totals that stand beside the score. */
  others: readonly Total[]
}

/** The score by period. It scrolls inside its own frame; names and totals stay put. */
export function Linescore({ game, story, others }: LinescoreProps) {
  const { columns } = game.linescore
  const frame = useRef<HTMLElement>(null)
  const { length } = columns
  // What is being played is in view, also where the columns before it fill the frame.
  useEffect(() => {
    if (frame.current && length > 0) frame.current.scrollLeft = frame.current.scrollWidth
  }, [length])
  if (columns.length === 0 || !hasBegun(game)) return null
  const totals = totalsOf(game, story, others)
  const isUnderWay = game.status === 'live' || game.status === 'break'
  const isLong = columns.length > LONG
  // A column may stand ready before its period has begun.
  const current = Math.min(columns.length, game.period?.number ?? columns.length) - 1
  return (
    <Section title={story.labels.byPeriod}>
      <section className="overflow-x-auto" aria-label={`${story.labels.byPeriod}, table`} ref={frame} {...(isLong ? SCROLLABLE : {})}>
        <table className="w-full border-separate border-spacing-0 text-end" data-testid="linescore">
          <thead>
            <tr className="text-xs text-soft">
              <th scope="col" className="sticky start-0 z-10 w-full border-b border-line bg-paper">
                <span className="sr-only">Side</span>
              </th>
              {columns.map(column => (
                <th
                  key={column.label}
                  scope="col"
                  className={cx('border-b border-line px-2 py-2 font-semibold', isLong ? 'min-w-8 sm:min-w-10' : 'min-w-11 sm:min-w-16')}
                >
                  {shortLabel(column.label)}
                </th>
              ))}
              {totals.map((total, i) => (
                <th
                  key={total.label}
                  scope="col"
                  className="sticky border-b border-line bg-paper py-2 ps-2 font-semibold"
                  style={placeOf(totals, i)}
                >
                  <abbr title={total.name} className="no-underline">
                    {total.label}
                  </abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sidesOf(game).map(side => (
              <tr key={side}>
                <th
                  scope="row"
                  className={cx(
                    'sticky start-0 z-10 max-w-40 min-w-20 border-b border-line bg-paper py-3 pe-3 text-start text-sm leading-tight font-[560] sm:max-w-none sm:text-md',
                    isLoser(game, side) && 'text-soft',
                  )}
                >
                  {isLong ? (
                    <>
                      <span aria-hidden className="sm:hidden">
                        {game[side].shortName}
                      </span>
                      <span className="max-sm:sr-only">{game[side].name}</span>
                    </>
                  ) : (
                    game[side].name
                  )}
                </th>
                {columns.map((column, i) => {
                  const isCurrent = isUnderWay && i === current
                  return (
                    <td
                      key={column.label}
                      className={cx(
                        'figures border-b border-line px-2 text-lg',
                        isCurrent ? 'text-live' : story.hasSets && !isTaken(column, side) && 'text-soft',
                      )}
                    >
                      <Cell column={column} side={side} notNeeded={game.winner === side ? story.labels.notNeeded : undefined} />
                    </td>
                  )
                })}
                {totals.map((total, i) => (
                  <td
                    key={total.label}
                    className={cx(
                      'figures sticky border-b border-line bg-paper ps-2',
                      total.of === game.score ? 'text-xl' : 'text-lg text-soft',
                      isLoser(game, side) && 'text-soft',
                    )}
                    style={placeOf(totals, i)}
                  >
                    {total.of[side]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  )
}

function Cell({ column, side, notNeeded }: { column: Column; side: Side; notNeeded: string | undefined }) {
  const value = column[side]
  if (value === null)
    return notNeeded ? (
      <abbr title="not needed" className="text-soft no-underline">
        {notNeeded}
      </abbr>
    ) : (
      <span className="text-soft">–</span>
    )
  const tiebreak = column.tiebreak && !isTaken(column, side) ? column.tiebreak[side] : null
  return (
    <bdi dir="ltr">
      {value}
      {tiebreak === null ? null : <sup className="ms-0.5 text-2xs">{tiebreak}</sup>}
    </bdi>
  )
}

const isTaken = (column: Column, side: Side) => (column[side] ?? 0) > (column[side === 'home' ? 'away' : 'home'] ?? 0)

/** `Q4` reads `4` under a heading that says quarters. */
const shortLabel = (label: string) => /^(?:Q|P|Set )(\d+)$/.exec(label)?.[1] ?? label

function totalsOf(game: Game, { labels, hasSets }: Pick<Story, 'labels' | 'hasSets'>, others: readonly Total[]): readonly Total[] {
  const main: Total = {
    label: hasSets ? labels.periods : labels.unit === 'run' ? 'R' : 'T',
    name: hasSets ? `${labels.periods} won` : 'Total',
    of: game.score,
  }
  return [main, ...others]
}
