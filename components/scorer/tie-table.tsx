'use client'
import { useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { hasBegun, scoreOf } from '#components/game/sides.ts'
import { StatusWord } from '#components/game/status-word.tsx'
import { TieMatches } from '#components/game/tie-matches.tsx'
import { connection } from '#components/live/connection.ts'
import { createGameStore } from '#components/live/game-store.ts'
import { useGame } from '#components/live/use-game.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/notice.tsx'
import { RenderedAt } from '#components/ui/use-time.ts'
import { type Game, type GameRow, TO_COME, UNDER_WAY } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import type { TieDetail, TiePart } from '#domain/tie.ts'
import { LineUp } from './line-up.tsx'

interface TieTableProps {
  game: Game
  plays: readonly Play[]
  viewers: number
  /** The matches as they were when the page was drawn. */
  rows: readonly GameRow[]
  sport: Sport
}

/** A socket follows twenty games; whoever stands beside more tables than these sees the rest at the end of each set. */
const MOST_FOLLOWED = 16

/** A tie has no keys: whoever scores one of its matches scores it. Each leads to its table, and who plays it may change until it begins. */
export function TieTable({ sport, rows, ...page }: TieTableProps) {
  const { view } = useGame(page)
  const { game, isGone } = view
  const [followed, setFollowed] = useState<ReadonlyMap<string, Game>>(new Map())
  const follow = useCallback((match: Game) => setFollowed(before => new Map(before).set(match.id, match)), [])
  const { parts } = game.detail as unknown as TieDetail
  const shown = useMemo(
    () => ({ ...game, detail: { ...game.detail, parts: parts.map(part => asFollowed(part, followed.get(part.id))) } }),
    [game, parts, followed],
  )
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
      {parts
        .filter(part => UNDER_WAY.has(part.status))
        .slice(0, MOST_FOLLOWED)
        .map(({ id }) => (
          <Followed key={id} id={id} onGame={follow} />
        ))}
      <TieMatches
        game={shown}
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

/** A tie is told of its matches set by set; point by point they tell it themselves. */
function asFollowed(part: TiePart, match: Game | undefined): TiePart {
  if (!match || match.seq < part.seq) return part
  const { seq, status, statusReason, score, winner, linescore } = match
  return { ...part, seq, status, statusReason, score, winner, columns: linescore.columns }
}

/** Follows one match for as long as it stands. */
function Followed({ id, onGame }: { id: string; onGame(match: Game): void }) {
  const renderedAt = useContext(RenderedAt)
  useEffect(() => {
    const stops: (() => void)[] = []
    let isOver = false
    const request: typeof fetch = (...sent) => fetch(...sent)
    void request(`/api/v1/games/${encodeURIComponent(id)}`)
      .then(response => (response.ok ? (response.json() as Promise<{ game: Game }>) : null))
      .catch(() => null)
      .then(answer => {
        if (!answer || isOver) return
        const store = createGameStore({ game: answer.game, plays: [], viewers: 0, fetch: request })
        onGame(answer.game)
        stops.push(
          store.subscribe(() => onGame(store.getView().game)),
          store.follow(connection(renderedAt)),
        )
      })
    return () => {
      isOver = true
      for (const stop of stops) stop()
    }
  }, [id, renderedAt, onGame])
  return null
}
