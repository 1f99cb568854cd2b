'use client'
import Link from 'next/link'
import { type CSSProperties, Fragment, type ReactNode, useMemo } from 'react'
import { isLive } from '#components/board/arrange.ts'
import { sportName } from '#components/board/board-data.ts'
import { useFavourites } from '#components/board/favourites.ts'
import { GameGroups } from '#components/board/game-groups.tsx'
import { GameLine } from '#components/board/game-line.tsx'
import { GameTile } from '#components/board/game-tile.tsx'
import { useLobby, useLobbyStore } from '#components/board/use-lobby.ts'
import { teamColor } from '#components/colors.ts'
import { LiveSwitch } from '#components/shell/live-switch.tsx'
import { StandingsTable } from '#components/standings/standings-table.tsx'
import { TableSection } from '#components/standings/table-section.tsx'
import { Section } from '#components/ui/section.tsx'
import { dayOf, longMonthText } from '#components/ui/time.ts'
import { useReader } from '#components/ui/use-time.ts'
import type { GameRow, Ref, SideView } from '#domain/game.ts'
import type { StandingsRow } from '#domain/standings.ts'
import { OUTCOME_WORDS, type Outcome, OutcomeLetter, OutcomeMark, outcomeOf, sideOf } from './outcome.tsx'

interface TeamProps {
  team: SideView
  /** The newest first. */
  games: readonly GameRow[]
  tables: { competition: Ref & { sport: string }; rows: StandingsRow[]; teams: number }[]
}

const isToCome = ({ status }: GameRow) => status === 'scheduled' || status === 'postponed'

/** One team: what it plays now, what comes and what was, and where it stands. */
export function Team({ team, games, tables }: TeamProps) {
  // Which list a game stands in is settled when the page opens: nothing moves while it is read.
  const { live, next, done } = useMemo(
    () => ({
      live: games.filter(isLive).reverse(),
      next: games.filter(isToCome).reverse(),
      done: games.filter(row => !isLive(row) && !isToCome(row)),
    }),
    [games],
  )
  const board = soleCompetition([...live, ...next])
  const pollUrl = `/api/v1/games?${new URLSearchParams({ team: team.id, limit: '500' })}`
  const store = useLobbyStore({ n: 0, rows: games, competitionId: board, isPart: true, pollUrl }, live.length + next.length > 0)
  const view = useLobby(store)
  const favourites = useFavourites()
  const { timeZone } = useReader()
  const liveNow = live.filter(({ id }) => isLiveNow(view.rows.get(id))).length

  const month = (row: GameRow) => (row.startsAt === null ? '' : dayOf(row.startsAt, timeZone).slice(0, 7))
  const grouped = {
    groupOf: (row: GameRow) => `${month(row)} ${row.competition?.id ?? row.sport}`,
    headingOf: (_: string, row: GameRow) => <GroupHeading month={month(row)} row={row} />,
  }
  const line = { store, favourites }
  return (
    <div className="page pt-6 pb-16">
      <Heading team={team} games={games} tables={tables} />
      <Facts team={team} done={done} tables={tables} />
      <div className="mt-7 grid items-start gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="grid min-w-0 gap-8">
          {live.length > 0 ? (
            <Section
              title="Being played"
              aside={
                liveNow > 0 ? (
                  <span className="-my-3 inline-flex">
                    <LiveSwitch hasWords isPaused={view.isPaused} waiting={view.waiting} onToggle={() => store.pause(!view.isPaused)} />
                  </span>
                ) : undefined
              }
            >
              <ul className="mt-3 grid pt-px pl-px">
                {live.map(({ id }) => (
                  <GameTile key={id} id={id} {...line} />
                ))}
              </ul>
            </Section>
          ) : null}
          {next.length > 0 ? (
            <GameGroups
              title="To come"
              games={next}
              {...grouped}
              lineOf={row => <GameLine key={row.id} id={row.id} {...line} linked={opponentOf(row, team)} />}
            />
          ) : null}
          {tables.map(({ competition, rows }) => (
            <TableSection key={competition.id} competition={competition}>
              <StandingsTable
                rows={rows}
                caption={`${team.name} in the table of ${competition.name}`}
                own={{ teamId: team.id, href: `/competitions/${competition.id}` }}
              />
            </TableSection>
          ))}
        </div>
        <div className="grid min-w-0 gap-8">
          {done.length > 0 ? (
            <GameGroups
              title="Results"
              games={done}
              {...grouped}
              lineOf={row => (
                <GameLine
                  key={row.id}
                  id={row.id}
                  {...line}
                  linked={opponentOf(row, team)}
                  end={<OutcomeMark store={store} id={row.id} teamId={team.id} />}
                />
              )}
            />
          ) : (
            <Section title="Results">
              <p className="py-5 text-sm text-soft">None yet: they stand here once a game is over.</p>
            </Section>
          )}
        </div>
      </div>
    </div>
  )
}

const isLiveNow = (row: GameRow | undefined) => row !== undefined && isLive(row)
const opponentOf = (row: GameRow, team: SideView) => (sideOf(row, team.id) === 'home' ? 'away' : 'home')

/** The competition whose board holds all that may move here; undefined where that takes the board of everything. */
function soleCompetition(rows: readonly GameRow[]): string | undefined {
  const [first, ...others] = new Set(rows.map(row => row.competition?.id))
  return others.length === 0 ? first : undefined
}

function Heading({ team, games, tables }: TeamProps) {
  const { light, dark } = teamColor(team.color)
  return (
    <header>
      <p className="text-sm text-soft">
        {[...new Set(games.map(row => row.sport))].map(sportName).join(', ')}
        {tables.map(({ competition: { id, name } }) => (
          <Fragment key={id}>
            {' / '}
            <Link href={`/competitions/${id}`} prefetch={false} className="underline-offset-4 hover:text-ink hover:underline">
              <bdi>{name}</bdi>
            </Link>
          </Fragment>
        ))}
      </p>
      <span
        aria-hidden
        className="mark mt-4 mb-3 block h-1 w-14 rounded-[1px]"
        style={{ '--mark-light': light, '--mark-dark': dark } as CSSProperties}
      />
      <h1 className="heading text-2xl text-balance wrap-anywhere">{team.name}</h1>
    </header>
  )
}

const FORM = 5

/** Where it stands in the competition that it plays most in, and how it has gone, as figures. */
function Facts({ team, done, tables }: { team: SideView; done: readonly GameRow[]; tables: TeamProps['tables'] }) {
  const decided = done.flatMap(row => {
    const outcome = outcomeOf(row, team.id)
    return outcome ? [{ id: row.id, outcome }] : []
  })
  if (decided.length === 0) return null
  const count = (outcome: Outcome) => decided.filter(one => one.outcome === outcome).length
  const form = decided.slice(0, FORM).reverse()
  const places = tables.flatMap(({ competition, rows, teams }) => {
    const own = rows.find(row => row.team.id === team.id)
    return own && own.played > 0 ? [{ ...competition, place: own.position, teams }] : []
  })
  return (
    <dl className="mt-5 flex flex-wrap gap-x-7 gap-y-4 border-t border-line pt-4 sm:gap-x-12">
      {places.slice(0, 1).map(({ id, name, place, teams }) => (
        <Fact key={id} name={places.length === 1 ? 'Place' : name} beside={`of ${teams}`}>
          {place}
        </Fact>
      ))}
      <Fact name="Won">{count('won')}</Fact>
      {count('drawn') > 0 ? <Fact name="Drawn">{count('drawn')}</Fact> : null}
      <Fact name="Lost">{count('lost')}</Fact>
      <div className="sm:ms-auto">
        <dt className="text-xs text-soft">{form.length === 1 ? 'Last game' : `Last ${form.length}, newest at the end`}</dt>
        <dd className="mt-1.5 flex gap-1">
          <span className="sr-only">{form.map(({ outcome }) => OUTCOME_WORDS[outcome].toLowerCase()).join(', ')}</span>
          {form.map(({ id, outcome }) => (
            <OutcomeLetter key={id} outcome={outcome} />
          ))}
        </dd>
      </div>
    </dl>
  )
}

function Fact({ name, beside, children }: { name: string; beside?: string; children: ReactNode }) {
  return (
    <div className="max-w-40">
      <dt className="truncate text-xs text-soft" title={name}>
        {name}
      </dt>
      <dd className="mt-0.5 flex items-baseline gap-1.5">
        <span className="figures text-2xl">{children}</span>
        {beside ? <span className="text-xs text-soft">{beside}</span> : null}
      </dd>
    </div>
  )
}

function GroupHeading({ month, row }: { month: string; row: GameRow }) {
  return (
    <>
      <span>{month === '' ? 'Day not yet known' : longMonthText(month)}</span>
      {row.competition ? (
        <Link
          href={`/competitions/${row.competition.id}`}
          prefetch={false}
          className="min-w-0 truncate underline-offset-4 hover:text-ink hover:underline"
        >
          {row.competition.name}
        </Link>
      ) : (
        <span className="font-normal">{sportName(row.sport)}</span>
      )}
    </>
  )
}
