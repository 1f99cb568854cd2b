import { removeDemo } from '#server/demo-removal.ts'
import type { Command } from './command.ts'
import { withExisting } from './premises.ts'

export const demoCommands: Readonly<Record<string, Command>> = {
  'demo remove': {
    help: 'take out the demo competition with its games and teams; it does not come back',
    run: () =>
      withExisting(async ({ storage }) => {
        const removed = await removeDemo(storage.db)
        return { json: { games: removed.length }, lines: [`The demo is removed: ${removed.length} games.`] }
      }),
  },
}
