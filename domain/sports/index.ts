import type { Sport } from '../sport.ts'

/** Every sport, one line each. In the browser a game's page loads only its own. */
export const SPORTS: Readonly<Record<string, () => Promise<{ sport: Sport }>>> = {
  basketball: () => import('./basketball.ts'),
  soccer: () => import('./soccer.ts'),
  tennis: () => import('./tennis.ts'),
  baseball: () => import('./baseball.ts'),
}
