import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { whoAsks } from '#app/account/who.ts'
import { NotFromHere, PlainHttp } from '#components/account/plain-http.tsx'
import { returnPath } from '#components/account/return-path.ts'
import { SignInForm } from '#components/account/sign-in-form.tsx'
import { app } from '#server/app.ts'

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } }

interface Props {
  searchParams: Promise<{ next?: string | string[] }>
}

export default async function LoginPage({ searchParams }: Props) {
  const next = returnPath((await searchParams).next, '/score')
  if (await whoAsks()) redirect(next)
  if (await app().setUp.isOpen()) redirect('/setup')
  const isPossible = app().signIns.isPossible(await headers())
  return (
    <div className="page grid gap-x-16 gap-y-10 pt-8 pb-16 md:grid-cols-[minmax(0,26rem)_minmax(0,22rem)] md:pt-14">
      <div>
        <h1 className="heading rule pb-3 text-xl">Sign in</h1>
        <div className="mt-6 grid gap-6">
          {isPossible ? <SignInForm next={next} /> : <NotFromHere what="Signing in" />}
          {isPossible && !app().config.isSecure ? <PlainHttp /> : null}
        </div>
      </div>
      <div className="text-sm text-soft md:pt-13">
        <p>
          <strong className="font-semibold text-ink">Following games needs no account.</strong> Signing in is for those who keep the score
          or run the league.
        </p>
        <p className="mt-3">No account yet, or a password that is gone? Whoever runs this league can make both.</p>
      </div>
    </div>
  )
}
