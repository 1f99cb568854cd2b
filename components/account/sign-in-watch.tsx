'use client'
import { usePathname } from 'next/navigation'
import { useContext, useEffect, useState } from 'react'
import { connection } from '#components/live/connection.ts'
import { RenderedAt } from '#components/ui/use-time.ts'
import { UNKNOWN_ASKER } from './request.ts'
import { loginHref } from './return-path.ts'

/** Notices when the sign-in of this page was ended elsewhere: the server closes its socket then, and the page asks who it is. */
export function SignInWatch({ accountId }: { accountId: string }) {
  const renderedAt = useContext(RenderedAt)
  const path = usePathname()
  const [isOver, setIsOver] = useState(false)

  useEffect(() => {
    let isGone = false
    const look = async () => {
      const account = await whoAmI()
      if (!isGone && account !== undefined) setIsOver(account !== accountId)
    }
    const link = connection(renderedAt)
    let before = link.getState().link
    const stop = link.subscribe(() => {
      const { link: now } = link.getState()
      // Closed by the server, or back after whatever was missed meanwhile.
      if (now !== before && (before === 'live' || now === 'live')) void look()
      before = now
    })
    const onWake = () => {
      if (!document.hidden) void look()
    }
    document.addEventListener('visibilitychange', onWake)
    window.addEventListener(UNKNOWN_ASKER, look)
    return () => {
      isGone = true
      stop()
      document.removeEventListener('visibilitychange', onWake)
      window.removeEventListener(UNKNOWN_ASKER, look)
    }
  }, [accountId, renderedAt])

  return (
    <div role="alert" className="print:hidden pointer-events-none fixed inset-x-0 bottom-0 z-30 flex justify-center p-2">
      {isOver ? (
        <p className="pointer-events-auto rounded-md border border-ink bg-ink px-4 py-2.5 text-sm font-[560] text-paper">
          You were signed out.{' '}
          <a href={loginHref(path)} className="font-semibold underline underline-offset-4 focus-visible:outline-paper">
            Sign in again
          </a>
        </p>
      ) : null}
    </div>
  )
}

/** The account's id, null for nobody, undefined when the server cannot be asked. */
async function whoAmI(): Promise<string | null | undefined> {
  try {
    const response = await fetch('/api/auth/get-session', { cache: 'no-store', signal: AbortSignal.timeout(10_000) })
    if (!response.ok) return undefined
    const { account } = (await response.json()) as { account: { id: string } | null }
    return account?.id ?? null
  } catch {
    return undefined
  }
}
