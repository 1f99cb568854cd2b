'use client'
import Link from 'next/link'
import { useState } from 'react'
import { sideColors } from '#components/colors.ts'
import { isUnderWay, StatusWord } from '#components/game/status-word.tsx'
import { TeamMark } from '#components/game/team-mark.tsx'
import { TieMatches } from '#components/game/tie-matches.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Game } from '#domain/game.ts'

interface GameListProps {
  live: Game[]
  scheduled: Game[]
  over: Game[]
  /** An account limited to single games makes none. */
  canCreate: boolean
}

/** The games to score, each one tap from its table. */
export function GameList({ live, scheduled, over, canCreate }: GameListProps) {
  const isEmpty = live.length + scheduled.length + over.length === 0
  return (
    <div className="page max-w-3xl pb-16">
      <header className="flex items-center justify-between gap-4 pt-6 pb-2">
        <h1 className="heading text-xl">Score games</h1>
        {canCreate ? (
          <ButtonLink href="/score/new" look="ink">
            New game
          </ButtonLink>
        ) : null}
      </header>
      {isEmpty && !canCreate ? (
        <Empty title="No games today">
          <p>Those that you may score stand here on their day. An admin of this site can give you more.</p>
        </Empty>
      ) : null}
      {isEmpty && canCreate ? (
        <Empty title="No games today. Create one.">
          <ButtonLink href="/score/new">New game</ButtonLink>
        </Empty>
      ) : null}
      <Games title="Being played" games={live} />
      <Games title="To come" games={scheduled} />
      <Games title="Just played" games={over} />
    </div>
  )
}

function Games({ title, games }: { title: string; games: Game[] }) {
  if (games.length === 0) return null
  return (
    <Section title={title} aside={games.length} className="mt-5">
      <ul>
        {games.map(game => (
          <li key={game.id}>
            <GameLink game={game} />
            {game.parts?.length ? <MatchesOf tie={game} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The matches of a tie, each one tap from its table. Those of a tie that is not being played are looked up when somebody asks for them. */
function MatchesOf({ tie }: { tie: Game }) {
  const [isOpen, setOpen] = useState(isUnderWay(tie))
  const count = tie.parts?.length ?? 0
  return (
    <details open={isOpen} onToggle={event => setOpen(event.currentTarget.open)} className="border-b border-line">
      <summary className="flex min-h-11 items-center text-sm font-semibold">
        {count === 1 ? 'One match' : `${count} matches`}
        <span className="sr-only">
          {' '}
          of {tie.home.name} against {tie.away.name}
        </span>
      </summary>
      <div className="border-s-2 border-line ps-4 pb-3">{isOpen ? <TieMatches game={tie} rows={[]} place="score" isBare /> : null}</div>
    </details>
  )
}

function GameLink({ game }: { game: Game }) {
  const colors = sideColors(game.home.color, game.away.color)
  const isOpen = game.status === 'scheduled'
  return (
    <Link
      href={`/score/${game.id}`}
      prefetch={false}
      className="grid min-h-18 grid-cols-[5rem_minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-2 hover:bg-press/60"
    >
      <StatusWord game={game} />
      <span className="min-w-0">
        {(['home', 'away'] as const).map(side => (
          <span key={side} className="flex items-center gap-2 font-semibold">
            <TeamMark tone={colors[side]} />
            <span className="truncate">{game[side].name}</span>
          </span>
        ))}
        {game.competition ? <span className="block truncate text-xs text-soft">{game.competition.name}</span> : null}
      </span>
      {isOpen ? (
        <span className="text-sm font-semibold">{game.parts ? 'Open the tie' : 'Open the table'}</span>
      ) : (
        <span className="figures text-end text-xl leading-[1.4rem]">
          <bdi dir="ltr" className="block">
            {game.score.home}
          </bdi>
          <bdi dir="ltr" className="block">
            {game.score.away}
          </bdi>
        </span>
      )}
    </Link>
  )
}
