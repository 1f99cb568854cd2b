import type { Sport } from '../sport.ts'

/** Every sport, one line each. In the browser a game's page loads only its own. */
export const SPORTS: Readonly<Record<string, () => Promise<{ sport: Sport }>>> = {
  basketball: () => import('./basketball.ts'),
  soccer: () => import('./soccer.ts'),
  tennis: () => import('./tennis.ts'),
  baseball: () => import('./baseball.ts'),
  softball: () => import('./softball.ts'),
  volleyball: () => import('./volleyball.ts'),
  beach_volleyball: () => import('./beach-volleyball.ts'),
  badminton: () => import('./badminton.ts'),
  table_tennis: () => import('./table-tennis.ts'),
  pickleball: () => import('./pickleball.ts'),
  padel: () => import('./padel.ts'),
  handball: () => import('./handball.ts'),
  field_hockey: () => import('./field-hockey.ts'),
  water_polo: () => import('./water-polo.ts'),
  ice_hockey: () => import('./ice-hockey.ts'),
  lacrosse: () => import('./lacrosse.ts'),
  american_football: () => import('./american-football.ts'),
  rugby_union: () => import('./rugby-union.ts'),
  rugby_league: () => import('./rugby-league.ts'),
  cricket: () => import('./cricket.ts'),
  generic: () => import('./generic.ts'),
}
