import type { Game } from '#domain/game.ts'
import type { OutboxState } from './outbox.ts'

/** What has not reached the server, as a file: the last way out of a phone that will not go online again. */
export function exportUnsent(game: Game, box: OutboxState): void {
  const unsent = box.plays.filter(entry => !entry.saved)
  const content = {
    gameId: game.id,
    home: game.home.name,
    away: game.away.name,
    plays: unsent.map(({ play, made, refused }) => ({
      ...play,
      madeAt: new Date(made.wall).toISOString(),
      ...(refused ? { refused } : {}),
    })),
  }
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `unsent-${game.home.abbr}-${game.away.abbr}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
