import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { type Account, app } from '#server/app.ts'

/** Whoever is signed in; everybody else is sent to sign in, and comes back here. */
export async function signedIn(path: string): Promise<Account> {
  const identified = await app().identify(await headers())
  if (!identified.ok || !identified.account) redirect(`/login?next=${encodeURIComponent(path)}`)
  return identified.account
}

export const isScorer = (account: Account) => account.scopes.some(scope => scope === 'score' || scope === 'manage' || scope === 'admin')

/** Games are made by whoever may score every game, or those of a competition; not by an account that was given single games. */
export const canCreate = ({ grants }: Account) => grants === null || grants.competitions.length > 0
