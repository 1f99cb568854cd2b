'use client'
import { useMemo } from 'react'
import { LiveSwitch } from '#components/shell/live-switch.tsx'
import { StandingsTable } from '#components/standings/standings-table.tsx'
import { useTable } from '#components/standings/use-table.ts'
import { Empty } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { dayOf, dayText } from '#components/ui/time.ts'
import { useReader, useTime } from '#components/ui/use-time.ts'
import type { GameRow, Ref } from '#domain/game.ts'
import type { StandingsRow } from '#domain/standings.ts'
import { isLive } from './arrange.ts'
import { sportName } from './board-data.ts'
import { type Favourites, useFavourites } from './favourites.ts'
import { GameGroups } from './game-groups.tsx'
import { GameLine } from './game-line.tsx'
import type { LobbyStore } from './lobby-store.ts'
import { useLobby, useLobbyStore } from './use-lobby.ts'

interface CompetitionProps {
  competition: Ref & { sport: string }
  rows: StandingsRow[]
  games: readonly GameRow[]
}

/** One competition: what is being played, its table, what comes and what was. */
export function Competition({ competition, rows: drawn, games }: CompetitionProps) {
  const pollUrl = `/api/v1/games?${new URLSearchParams({ competition: competition.id, status: 'live', limit: '500' })}`
  const store = useLobbyStore({ n: 0, rows: games, competitionId: competition.id, pollUrl }, true)
  const view = useLobby(store)
  const favourites = useFavourites()
  const all = [...view.rows.values()]
  // Which list a game stands in is settled when the page opens: nothing moves while it is read.
  const lists = useMemo(
    () => ({
      live: games.filter(isLive).map(row => row.id),
      next: games.filter(row => row.status === 'scheduled' || row.status === 'postponed'),
      done: games.filter(row => !isLive(row) && row.status !== 'scheduled' && row.status !== 'postponed').reverse(),
    }),
    [games],
  )
  const live = all.filter(isLive).length
  const rows = useTable(
    competition.id,
    drawn,
    all.reduce((sum, row) => (isLive(row) || row.status === 'scheduled' || row.status === 'postponed' ? sum : sum + row.seq), 0),
  )
  const lineProps = { store, favourites }
  return (
    <div className="page pt-6 pb-16">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6">
        <div>
          <p className="text-sm text-soft">{sportName(competition.sport)}</p>
          <h1 className="heading text-xl">{competition.name}</h1>
        </div>
        {live > 0 ? (
          <LiveSwitch hasWords isPaused={view.isPaused} waiting={view.waiting} onToggle={() => store.pause(!view.isPaused)} />
        ) : null}
      </div>
      <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="grid gap-8">
          {lists.live.length > 0 ? (
            <Section title="Being played" aside={<span className="font-semibold text-live">{live} live</span>}>
              <ul>
                {lists.live.map(id => (
                  <GameLine key={id} id={id} {...lineProps} />
                ))}
              </ul>
            </Section>
          ) : null}
          <Section title="Table" aside={live > 0 ? 'Finished games only' : undefined}>
            {rows.length > 0 ? <StandingsTable rows={rows} caption={`${competition.name}, table`} /> : <Empty title="No teams yet" />}
          </Section>
        </div>
        <div className="grid gap-8">
          {lists.next.length > 0 ? <GamesByDay title="To come" games={lists.next} {...lineProps} /> : null}
          {lists.done.length > 0 ? <GamesByDay title="Results" games={lists.done} {...lineProps} /> : null}
          {games.length === 0 ? <Empty title="No games yet">They appear here as soon as somebody enters them.</Empty> : null}
        </div>
      </div>
    </div>
  )
}

interface GamesByDayProps {
  title: string
  games: readonly GameRow[]
  store: LobbyStore
  favourites: Favourites
}

function GamesByDay({ title, games, ...lineProps }: GamesByDayProps) {
  const { timeZone } = useReader()
  const today = useTime(now => dayOf(now, timeZone), 60_000)
  return (
    <GameGroups
      title={title}
      games={games}
      groupOf={row => (row.startsAt === null ? '' : dayOf(row.startsAt, timeZone))}
      headingOf={day => (day === '' ? 'Day not yet known' : day === today ? 'Today' : dayText(day, today))}
      lineOf={row => <GameLine key={row.id} id={row.id} isDated {...lineProps} />}
    />
  )
}
