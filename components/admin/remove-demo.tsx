'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { request, sayError } from '#components/account/request.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { count } from './admin-data.ts'

/** The demo, for as long as there is one, and the way to be rid of it; afterwards what became of it. */
export function RemoveDemo({ games }: { games: number }) {
  const router = useRouter()
  const [isAsked, setIsAsked] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [removed, setRemoved] = useState<number | null>(null)
  const remove = async () => {
    setIsBusy(true)
    const answer = await request<{ games: number }>('DELETE', '/api/v1/admin/demo')
    setIsBusy(false)
    if (!answer.ok) return setError(sayError(answer.error))
    setIsAsked(false)
    setRemoved(answer.games)
    announce(removedWords(answer.games))
    router.refresh()
  }
  if (removed !== null) return <p className={`${BOX} font-semibold`}>{removedWords(removed)}</p>
  if (games === 0) return null
  return (
    <div className={BOX}>
      <p>
        <strong className="font-semibold">A demo is running:</strong> {count(games, 'game')} of invented teams, played by a program.
      </p>
      <Button
        onClick={() => {
          setError(null)
          setIsAsked(true)
        }}
      >
        Remove the demo
      </Button>
      <Dialog open={isAsked} onClose={() => setIsAsked(false)} title="Remove the demo">
        <p>
          {count(games, 'game')} with invented teams, their competitions and the program’s token are deleted. Games that you added yourself
          stay. There is no way back.
        </p>
        {error ? (
          <p role="alert" className="mt-3 font-semibold text-warn">
            {error}
          </p>
        ) : null}
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={() => setIsAsked(false)}>Keep it</Button>
          <Button look="warn" onClick={remove} disabled={isBusy}>
            {isBusy ? 'Removing' : `Remove ${count(games, 'game')}`}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}

const BOX = 'mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-s-4 border-ink bg-press py-3 ps-4 pe-3 text-sm'
const removedWords = (games: number) => `The demo is removed: ${count(games, 'game')} with invented teams went.`
