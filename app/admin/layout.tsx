import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { whoAsks } from '#app/account/who.ts'
import { PlainHttp } from '#components/account/plain-http.tsx'
import { SignInWatch } from '#components/account/sign-in-watch.tsx'
import { AdminNav } from '#components/admin/admin-nav.tsx'
import { app } from '#server/app.ts'

export const metadata: Metadata = { title: { default: 'Admin', template: '%s · Admin' }, robots: { index: false } }

/** The frame only: each page guards itself. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const account = await whoAsks()
  if (!app().admin.isAllowed(account)) return children
  return (
    <>
      <AdminNav />
      <div className="page pt-5 pb-16">
        {app().config.isSecure ? null : <PlainHttp className="mb-6" />}
        {children}
      </div>
      {account?.via === 'session' ? <SignInWatch accountId={account.id} /> : null}
    </>
  )
}
