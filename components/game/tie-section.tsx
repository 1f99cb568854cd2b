'use client'
import Link from 'next/link'
import { Suspense } from 'react'
import { lazily } from '#components/ui/lazily.ts'
import type { Game, GameRow } from '#domain/game.ts'

const TieMatches = lazily(async () => (await import('./tie-matches.tsx')).TieMatches)

/** The matches of a tie; of other games nothing. Few games are ties: its script comes with those alone. */
export function TieSection({ game, rows }: { game: Game; rows: readonly GameRow[] | undefined }) {
  if (!game.parts) return null
  return (
    <Suspense fallback={null}>
      <TieMatches game={game} rows={rows ?? []} />
    </Suspense>
  )
}

/** From a match back to the tie it is a part of. How that stands is not said here: a page of a match is not drawn anew for the others. */
export function TieOf({ tie }: { tie: GameRow }) {
  return (
    <Link href={`/games/${tie.id}`} prefetch={false} className="underline-offset-4 hover:text-ink hover:underline" data-testid="tie-of">
      {tie.home.name} against {tie.away.name}
    </Link>
  )
}
