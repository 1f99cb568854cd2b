import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { whoAsks } from '#app/account/who.ts'
import { MissingRole } from '#components/account/missing-role.tsx'
import { loginHref } from '#components/account/return-path.ts'
import { type Account, app } from '#server/app.ts'

type Entered = { account: Account; refusal?: undefined } | { account?: undefined; refusal: ReactNode }

/** Every admin page asks this for itself, before it reads anything: a layout is not drawn anew when only the page changes. */
export async function enter(path: string): Promise<Entered> {
  const account = await whoAsks()
  if (!account) redirect(loginHref(path))
  if (app().admin.isAllowed(account)) return { account }
  return { refusal: <MissingRole needs="admin" name={account.name} role={account.role} /> }
}
