'use client'
import Link from 'next/link'

/** Where the form for a new game keeps what was chosen last. */
const LAST_CHOSEN = 'sideline-new-game'

/** To the form for a new game, with this competition chosen. */
export function AddGame({ id, name, sport, isFirst }: { id: string; name: string; sport: string; isFirst: boolean }) {
  const choose = () => {
    try {
      localStorage.setItem(LAST_CHOSEN, JSON.stringify({ sport, competition: id }))
    } catch {
      // A browser that keeps nothing lets them choose by hand.
    }
  }
  return (
    <Link
      href="/score/new"
      prefetch={false}
      onClick={choose}
      className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4"
    >
      {isFirst ? 'Add its first game' : 'Add a game'}
      <span className="sr-only">: {name}</span>
    </Link>
  )
}
