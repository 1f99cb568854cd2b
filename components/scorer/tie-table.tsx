'use client'
import { hasBegun, scoreOf } from '#components/game/sides.ts'
import { StatusWord } from '#components/game/status-word.tsx'
import { TieMatches } from '#components/game/tie-matches.tsx'
import { useGame } from '#components/live/use-game.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/notice.tsx'
import { type Game, type GameRow, TO_COME } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import type { TieDetail } from '#domain/tie.ts'
import { LineUp } from './line-up.tsx'

interface TieTableProps {
  game: Game
  plays: readonly Play[]
  viewers: number
  /** The matches as they were when the page was drawn. */
  rows: readonly GameRow[]
  sport: Sport
}

/** A tie has no keys: whoever scores one of its matches scores it. Each leads to its table, and who plays it may change until it begins. */
export function TieTable({ sport, rows, ...page }: TieTableProps) {
  const { view } = useGame(page)
  const { game, isGone } = view
  const { parts } = game.detail as unknown as TieDetail
  if (isGone) {
    return (
      <div className="page">
        <Empty title="This tie was deleted">
          <ButtonLink href="/score">Other games</ButtonLink>
        </Empty>
      </div>
    )
  }
  const isOver = game.status === 'final' || game.status === 'forfeited'
  return (
    <div className="page grid gap-6 py-8">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <h1 className="heading text-xl">
          {game.home.name} against {game.away.name}
        </h1>
        <p className="flex items-center gap-4" role="status" data-testid="tie-score">
          <StatusWord game={game} isInline />
          {hasBegun(game) ? (
            <bdi dir="ltr" className="figures text-xl">
              {scoreOf(game.score, game)}
            </bdi>
          ) : null}
        </p>
      </div>
      <p className="text-soft">
        {parts.length > 0 ? 'A tie follows from its matches. Open the one to score.' : 'A tie follows from its matches. It has none yet.'}
      </p>
      <TieMatches
        game={game}
        rows={rows}
        place="score"
        beside={(part, number, names) =>
          TO_COME.has(part.status) && !isOver ? (
            <LineUp gameId={part.id} number={number} names={names} clubs={game} isOfPlayers={sport.labels.player !== undefined} />
          ) : null
        }
      />
      <ButtonLink href={`/score/new?tie=${game.id}`} className="justify-self-start">
        Add a match
      </ButtonLink>
    </div>
  )
}
