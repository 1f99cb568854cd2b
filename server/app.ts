import type { App } from './create-app.ts'

export type { Account, App, Board, CompetitionPage, GamePage, TeamPage } from './create-app.ts'

const KEY = Symbol.for('sideline.app')
type Slot = typeof globalThis & { [KEY]?: App }

/** Hands the one App to Next. Its bundles hold their own copies of every module, so a module singleton would exist several times. */
export function provideApp(app: App): void {
  ;(globalThis as Slot)[KEY] = app
}

/** The running App. Called inside functions, never at import: `next build` loads routes without a server. */
export function app(): App {
  const running = (globalThis as Slot)[KEY]
  if (!running) throw new Error('Sideline is not running: use `npm run dev`, not `next dev`.')
  return running
}
