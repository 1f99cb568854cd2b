'use client'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { type ReactNode, useMemo } from 'react'
import { LiveSwitch } from '#components/shell/live-switch.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Empty } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { dayText, longDayText } from '#components/ui/time.ts'
import type { GameRow, Ref } from '#domain/game.ts'
import { type Arrangement, type BoardSection, isLive } from './arrange.ts'
import { type BoardData, sportName } from './board-data.ts'
import { DateStrip } from './date-strip.tsx'
import { type Favourites, isFavourite, useFavourites } from './favourites.ts'
import { boardHref, type Filter, isFiltered, isWanted, readFilter } from './filter.ts'
import { FilterBar } from './filter-bar.tsx'
import { GameLine } from './game-line.tsx'
import { GameTile } from './game-tile.tsx'
import type { LobbyStore } from './lobby-store.ts'
import { ReadOutSwitch, useReadOut } from './read-out.tsx'
import { TableRail } from './table-rail.tsx'
import { useArrangement } from './use-arrangement.ts'
import { useLobby, useLobbyStore } from './use-lobby.ts'

interface BoardProps {
  data: BoardData
  /** The reader asked for today, which has no games, and is shown the nearest day that has. */
  isElsewhere?: boolean
  /** The reader may remove the demo. */
  canRemoveDemo?: boolean
}

/** The home page: a day's games, those being played first, moving as they are played. */
export function Board({ data, isElsewhere, canRemoveDemo }: BoardProps) {
  const params = useSearchParams()
  const filter = useMemo(() => readFilter(params), [params])
  const isToday = data.date === data.today
  const pollUrl = `/api/v1/games?${new URLSearchParams({ date: data.date, tz: data.timeZone, limit: '500' })}`
  const store = useLobbyStore({ n: data.n, rows: data.games, pollUrl }, isToday)
  const view = useLobby(store)
  const favourites = useFavourites()
  const { arrangement, isStale, rearrange } = useArrangement(store, view, favourites, filter)
  const readOut = useReadOut(view, favourites)

  const rows = [...view.rows.values()]
  const live = rows.filter(row => isLive(row) && isWanted(row, filter)).length
  const starred = rows.filter(row => isFavourite(row, favourites.ids) && isWanted(row, filter)).length
  const address = isToday && !isElsewhere ? null : data.date
  return (
    <>
      <h1 className="sr-only">{isToday ? 'Games today' : `Games on ${longDayText(data.date)}`}</h1>
      <DateStrip date={data.date} today={data.today} days={data.strip} liveNow={rows.filter(isLive).length} filter={filter} />
      <FilterBar
        filter={filter}
        date={address}
        live={live}
        favourites={starred}
        sports={sportsOf(data, rows)}
        competitions={data.competitions}
        end={
          isToday ? <LiveSwitch isPaused={view.isPaused} waiting={view.waiting} onToggle={() => store.pause(!view.isPaused)} /> : undefined
        }
      />
      <div className="page grid items-start gap-x-12 gap-y-10 pt-2 pb-16 lg:pt-5 xl:has-[>aside]:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="@container min-w-0">
          {isElsewhere ? <p className="pt-3 text-sm text-soft">No games today. These are on {dayText(data.date, data.today)}.</p> : null}
          {rows.some(row => row.demo) ? (
            <p className="pb-3 text-xs text-soft max-lg:pt-1" data-testid="demo">
              {rows.every(row => row.demo) ? 'These games are a demo' : 'Some of these games are a demo'}: teams, people and scores are
              invented.
              {canRemoveDemo ? (
                <>
                  {' '}
                  <Link href="/admin/site" prefetch={false} className="font-semibold underline underline-offset-4">
                    Remove the demo
                  </Link>
                </>
              ) : null}
            </p>
          ) : null}
          {isStale ? <OrderPill onRefresh={rearrange} /> : null}
          {arrangement.sections.length > 0 ? (
            <Games
              arrangement={arrangement}
              store={store}
              favourites={favourites}
              isDated={!isToday}
              favouritesAside={<ReadOutSwitch isOn={readOut.isOn} onToggle={readOut.toggle} />}
            />
          ) : (
            <NoGames data={data} filter={filter} address={address} isStale={isStale} isAdmin={canRemoveDemo} />
          )}
        </div>
        <TableRail competitions={competitionsOf(arrangement)} finished={rows.filter(row => row.winner !== null).length} />
      </div>
    </>
  )
}

/** A section stands whole in its newspaper column; one longer than this stands across both, its rows in columns under one heading. */
const COLUMN_ROWS = 4

interface GamesProps {
  arrangement: Arrangement
  store: LobbyStore
  favourites: Favourites
  isDated: boolean
  favouritesAside: ReactNode
}

function Games({ arrangement, store, favourites, isDated, favouritesAside }: GamesProps) {
  const onWall = new Set(arrangement.wall)
  return (
    <>
      {arrangement.wall.length > 0 ? (
        <section aria-label="Being played now" className="mb-6 max-lg:hidden">
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(15.5rem,1fr))] pt-px pl-px">
            {arrangement.wall.map(id => (
              <GameTile key={id} id={id} store={store} favourites={favourites} />
            ))}
          </ul>
        </section>
      ) : null}
      <div className="gap-x-10 @3xl:columns-2">
        {arrangement.sections.map(section => (
          <Section
            key={section.key}
            title={titleOf(section)}
            aside={section.kind === 'favourites' ? favouritesAside : <CompetitionLink section={section} />}
            // What hangs on the wall of a wide screen is not said twice.
            className={cx(
              'mb-4 lg:mb-7',
              section.ids.length > COLUMN_ROWS ? '@3xl:mt-4 @3xl:[column-span:all]' : 'break-inside-avoid',
              section.ids.every(id => onWall.has(id)) && 'lg:hidden',
            )}
          >
            <ul className={section.ids.length > COLUMN_ROWS ? 'gap-x-10 @3xl:columns-2' : undefined}>
              {section.ids.map(id => (
                <GameLine
                  key={id}
                  id={id}
                  store={store}
                  favourites={favourites}
                  isDated={isDated}
                  className={onWall.has(id) ? 'lg:hidden' : undefined}
                />
              ))}
            </ul>
          </Section>
        ))}
      </div>
    </>
  )
}

const titleOf = ({ kind, competition, sport }: BoardSection) =>
  kind === 'favourites' ? 'Favourites' : (competition?.name ?? (sport ? `${sportName(sport)}, other games` : 'Other games'))

function CompetitionLink({ section: { competition } }: { section: BoardSection }) {
  if (!competition) return null
  return (
    <Link
      href={`/competitions/${competition.id}`}
      prefetch={false}
      className="-my-3 inline-flex min-h-11 items-center font-semibold text-soft hover:text-ink"
    >
      Table<span className="sr-only">: {competition.name}</span>
    </Link>
  )
}

function OrderPill({ onRefresh }: { onRefresh: () => void }) {
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center">
      <button type="button" onClick={onRefresh} className={buttonClass('ink', 'm', 'pointer-events-auto animate-rise border-paper')}>
        Order changed · Refresh
      </button>
    </div>
  )
}

interface NoGamesProps {
  data: BoardData
  filter: Filter
  address: string | null
  isStale: boolean
  isAdmin?: boolean
}
function NoGames({ data, filter, address, isStale, isAdmin }: NoGamesProps) {
  const day = data.date === data.today ? 'today' : `on ${dayText(data.date, data.today)}`
  const next = data.nearest ? (
    <Link
      className="font-semibold underline underline-offset-4"
      href={boardHref(data.nearest === data.today ? null : data.nearest, filter)}
    >
      {dayText(data.nearest, data.today)}
    </Link>
  ) : null
  if (filter.status === 'favourites') {
    return <Empty title={`No favourites ${day}`}>Tap the star beside a game and it stands first, every time.</Empty>
  }
  if (isStale) return <Empty title="Games have come in" />
  if (data.games.length > 0 && isFiltered(filter)) {
    return (
      <Empty title={filter.status === 'live' ? 'Nothing is being played right now' : `Nothing like that ${day}`}>
        <a
          className="font-semibold text-ink underline underline-offset-4"
          href={boardHref(address, { status: 'all', sport: null, competition: null })}
        >
          All {data.games.length} games
        </a>
      </Empty>
    )
  }
  return (
    <Empty title={`No games ${day}`}>
      {next ? (
        <>
          {data.nearest && data.nearest > data.date ? 'Next' : 'Last'}: {next}
        </>
      ) : (
        'Games appear here as soon as somebody enters them.'
      )}
      {isAdmin ? (
        <p className="mt-4">
          <Link href="/score/new" prefetch={false} className={buttonClass()}>
            New game
          </Link>
        </p>
      ) : null}
    </Empty>
  )
}

/** The competitions on the page, in the order they stand there. */
function competitionsOf(arrangement: Arrangement): Ref[] {
  return arrangement.sections.flatMap(section => section.competition ?? [])
}

function sportsOf(data: BoardData, rows: GameRow[]): string[] {
  return [...new Set([...rows.map(row => row.sport), ...data.competitions.map(competition => competition.sport)])].sort()
}
