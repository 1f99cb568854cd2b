'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { request, sayError } from '#components/account/request.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { count } from './admin-data.ts'

/** One click, as promised: nothing of the demo is anybody's own. */
export function RemoveDemo({ games }: { games: number }) {
  const router = useRouter()
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const remove = async () => {
    setIsBusy(true)
    const answer = await request<{ games: number }>('DELETE', '/api/v1/admin/demo')
    setIsBusy(false)
    if (!answer.ok) return setError(sayError(answer.error))
    announce('The demo is removed.')
    router.refresh()
  }
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-s-4 border-ink bg-press py-3 ps-4 pe-3 text-sm">
      <p>
        <strong className="font-semibold">A demo is running:</strong> {count(games, 'game')} of invented teams, played by a program.
        {error ? (
          <span role="alert" className="mt-1 block font-semibold text-warn">
            {error}
          </span>
        ) : null}
      </p>
      <Button onClick={remove} disabled={isBusy}>
        {isBusy ? 'Removing' : 'Remove the demo'}
      </Button>
    </div>
  )
}
