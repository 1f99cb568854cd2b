import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PasswordForm } from '#components/account/password-form.tsx'
import { PlainHttp } from '#components/account/plain-http.tsx'
import { loginHref } from '#components/account/return-path.ts'
import { SignInList } from '#components/account/sign-in-list.tsx'
import { SignInWatch } from '#components/account/sign-in-watch.tsx'
import { SignOutButton, SignOutOthers } from '#components/account/sign-out.tsx'
import { Section } from '#components/ui/section.tsx'
import { app } from '#server/app.ts'
import { whoAsks } from './who.ts'

export const metadata: Metadata = { title: 'Your account', robots: { index: false } }

const MAY = {
  owner: 'An owner: everything, other owners included.',
  admin: 'An admin: games, competitions, people, tokens and settings.',
  scorer: 'A scorer: creating games and keeping their score.',
} as const

export default async function AccountPage() {
  const account = await whoAsks()
  if (account?.via !== 'session') redirect(loginHref('/account'))
  const answer = await app().signIns.list(account)
  const signIns = answer.ok ? answer.signIns : []
  const limits = account.grants ? account.grants.games.length + account.grants.competitions.length : null
  return (
    <div className="page pt-8 pb-16">
      <SignInWatch accountId={account.id} />
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1 className="heading text-xl">{account.name}</h1>
          <p className="text-sm text-soft">{account.email}</p>
        </div>
        <SignOutButton />
      </div>
      <p className="mt-4 text-sm">
        {MAY[account.role]}
        {limits === null ? null : limits === 0 ? ' No game yet.' : ' Only the games and competitions given to you.'}
      </p>
      {app().config.isSecure ? null : <PlainHttp className="mt-6 max-w-2xl" />}
      <div className="mt-8 grid items-start gap-x-16 gap-y-10 lg:grid-cols-2">
        <Section title="Signed in" aside={signIns.length === 1 ? 'in one browser' : `in ${signIns.length} browsers`}>
          <SignInList signIns={signIns} />
          <SignOutOthers hasOthers={signIns.length > 1} />
        </Section>
        <Section title="Password">
          <div className="mt-5 max-w-sm">
            <PasswordForm email={account.email} />
          </div>
        </Section>
      </div>
    </div>
  )
}
