'use client'
import { memo, Suspense } from 'react'
import { lazily } from '#components/ui/lazily.ts'
import type { BoxTable } from '#domain/box.ts'
import type { Game } from '#domain/game.ts'

const BoxScore = lazily(async () => (await import('./box-score.tsx')).BoxScore)

/** The box score, where there is one. */
export const BoxSection = memo(function BoxSection({ game, tables }: { game: Game; tables: readonly BoxTable[] }) {
  if (tables.length === 0) return null
  return (
    <Suspense fallback={null}>
      <BoxScore game={game} tables={tables} />
    </Suspense>
  )
})
