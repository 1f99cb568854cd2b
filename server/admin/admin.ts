import type { Result } from '#domain/errors.ts'
import type { Accounts } from '../accounts.ts'
import type { Competitions } from '../competitions.ts'
import type { Context } from '../context.ts'
import type { AnyHeaders } from '../origin.ts'
import { type Account, canAdmin } from '../policies.ts'
import { createActs } from './act.ts'
import { type AdminGames, createAdminGames } from './games.ts'
import { createOverview, type Overview } from './overview.ts'
import { type AdminPeople, createAdminPeople } from './people.ts'
import { type AdminTokens, createAdminTokens } from './tokens.ts'

/** What the admin pages and their routes ask for. Everything checks the account for itself. */
export interface Admin {
  isAllowed(account: Account | null): boolean
  overview(account: Account | null, headers: AnyHeaders): Promise<Result<{ overview: Overview }>>
  people: AdminPeople
  tokens: AdminTokens
  games: AdminGames
}

export function createAdmin(context: Context, accounts: Accounts, competitions: Competitions): Admin {
  const acts = createActs(context)
  return {
    isAllowed: canAdmin,
    overview: createOverview(acts, context),
    people: createAdminPeople(acts, accounts),
    tokens: createAdminTokens(acts, accounts, context.now),
    games: createAdminGames(acts, context, competitions),
  }
}
