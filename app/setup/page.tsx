import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { NotFromHere, PlainHttp } from '#components/account/plain-http.tsx'
import { SetUpForm } from '#components/account/set-up-form.tsx'
import { app } from '#server/app.ts'

export const metadata: Metadata = { title: 'Set up', robots: { index: false } }

/** There once, until the installation has its owner. */
export default async function SetUpPage() {
  if (!(await app().setUp.isOpen())) redirect('/login')
  const isPossible = app().signIns.isPossible(await headers())
  return (
    <div className="page grid gap-x-16 gap-y-10 pt-8 pb-16 md:grid-cols-[minmax(0,26rem)_minmax(0,22rem)] md:pt-14">
      <div>
        <h1 className="heading rule pb-3 text-xl">Become the owner</h1>
        <div className="mt-6 grid gap-6">
          {isPossible ? <SetUpForm /> : <NotFromHere what="The set-up" />}
          {isPossible && !app().config.isSecure ? <PlainHttp /> : null}
        </div>
      </div>
      <div className="text-sm text-soft md:pt-13">
        <p>
          <strong className="font-semibold text-ink">Where the token is.</strong> The server printed it when it started, in the line that
          begins with “Become the owner”: look at its terminal, or at the container’s log. It also lies in the data directory, in the file{' '}
          <code className="font-mono text-xs text-ink">setup.token</code>.
        </p>
        <p className="mt-3">It works once, so that nobody else can claim this site before you. Games can be followed meanwhile.</p>
      </div>
    </div>
  )
}
