'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { request, sayError } from './request.ts'

/** Ends the sign-in of this browser. */
export function SignOutButton() {
  const [error, setError] = useState<string | null>(null)
  const signOut = async () => {
    const answer = await request('POST', '/api/auth/sign-out', {})
    if (answer.ok) window.location.assign('/')
    else setError(sayError(answer.error))
  }
  return (
    <div className="grid gap-3">
      <Button onClick={signOut}>Sign out</Button>
      {error ? (
        <div role="alert">
          <Notice tone="warn">{error}</Notice>
        </div>
      ) : null}
    </div>
  )
}

/** Ends the sign-ins of all other browsers. What was done stays said when there are none any more, and the button with them. */
export function SignOutOthers({ hasOthers }: { hasOthers: boolean }) {
  const router = useRouter()
  const [said, setSaid] = useState<string | null>(null)
  const end = async () => {
    const answer = await request('POST', '/api/auth/revoke-other-sessions', {})
    setSaid(answer.ok ? 'Every other browser is signed out.' : sayError(answer.error))
    router.refresh()
  }
  return (
    <div className="mt-4 grid gap-3">
      {hasOthers ? (
        <Button onClick={end} className="justify-self-start">
          Sign out everywhere else
        </Button>
      ) : null}
      <p role="status" className="text-sm text-soft">
        {said}
      </p>
    </div>
  )
}
