'use client'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import type { GameRow } from '#domain/game.ts'

/** So many of a list are shown before somebody asks for the rest. */
const FIRST = 20
const MORE = 50

interface GameGroupsProps {
  title: string
  games: readonly GameRow[]
  /** What tells a group from the next: rows that stand together and have the same go under one heading. */
  groupOf(row: GameRow): string
  headingOf(group: string, first: GameRow): ReactNode
  lineOf(row: GameRow): ReactNode
}

/** A list of games under headings, the first of them at once. */
export function GameGroups({ title, games, groupOf, headingOf, lineOf }: GameGroupsProps) {
  const [most, setMost] = useState(FIRST)
  const groups: { group: string; rows: [GameRow, ...GameRow[]] }[] = []
  for (const row of games.slice(0, most)) {
    const group = groupOf(row)
    const last = groups.at(-1)
    if (last?.group === group) last.rows.push(row)
    else groups.push({ group, rows: [row] })
  }
  return (
    <Section title={title} aside={`${games.length} ${games.length === 1 ? 'game' : 'games'}`}>
      {groups.map(({ group, rows }) => (
        <div key={rows[0].id}>
          <h3 className="flex items-baseline justify-between gap-4 border-b border-line pt-4 pb-1.5 text-xs font-semibold text-soft">
            {headingOf(group, rows[0])}
          </h3>
          <ul>{rows.map(lineOf)}</ul>
        </div>
      ))}
      {games.length > most ? (
        <Button className="mt-3 w-full" onClick={() => setMost(most + MORE)}>
          Show {Math.min(MORE, games.length - most)} more
        </Button>
      ) : null}
    </Section>
  )
}
