'use client'
import Link from 'next/link'
import { request, sayError } from '#components/account/request.ts'
import { LocalTime } from '#components/ui/local-time.tsx'
import { count } from './admin-data.ts'
import { ConfirmTyped } from './confirm-typed.tsx'

/** Somebody who is named in games, with the newest of them. */
export interface Player {
  id: string
  name: string
  /** Typed as the name of a side. */
  isSide?: true
  games: { id: string; sport: string; startsAt: string | null; home: string; away: string }[]
  gameCount: number
}

/** An error's words, or null when the name is gone. Of many one after the other, the server's limit is waited for. */
export async function erasePerson(id: string): Promise<string | null> {
  for (;;) {
    const answer = await request('DELETE', `/api/v1/people/${encodeURIComponent(id)}`)
    if (answer.ok) return null
    if (answer.error.code !== 'RATE_LIMITED' || !answer.error.retryAfterMs) return sayError(answer.error)
    await new Promise(done => setTimeout(done, answer.error.retryAfterMs))
  }
}

export function EraseRow({ player, onErased }: { player: Player; onErased: () => void }) {
  const { id, name, isSide = false, games, gameCount } = player
  const erase = async () => {
    const trouble = await erasePerson(id)
    if (trouble === null) onErased()
    return trouble
  }
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-b border-line py-3">
      <div>
        <p className="font-[560] break-words">{name}</p>
        {isSide ? <p className="text-sm text-soft">Typed as the name of a side</p> : null}
        {gameCount === 0 ? <p className="text-sm text-soft">In no game any more</p> : null}
        <ul className="text-sm text-soft">
          {games.map(game => (
            <li key={game.id}>
              <Link
                href={`/admin/games/${game.id}`}
                prefetch={false}
                className="inline-flex min-h-6 items-center py-0.5 break-words underline hover:text-ink"
              >
                {game.home} – {game.away}
              </Link>
              {game.startsAt ? (
                <>
                  {' '}
                  <LocalTime at={game.startsAt} show="day" />
                </>
              ) : null}
            </li>
          ))}
        </ul>
        {gameCount > games.length ? <p className="text-sm text-soft">and {count(gameCount - games.length, 'more', 'more')}</p> : null}
      </div>
      <ConfirmTyped action="Erase" title={`Erase ${name}`} word="erase" onConfirm={erase}>
        <p>
          The name goes from {gameCount > 0 ? count(gameCount, 'game') : 'the records'} for good, from pages that are open too. There is no
          way back. Backups hold it until they are deleted.
        </p>
        {isSide ? <p className="mt-2">The side is called “A player” from then on. Leave it if this is a team’s name.</p> : null}
      </ConfirmTyped>
    </li>
  )
}
