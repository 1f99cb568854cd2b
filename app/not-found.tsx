import type { Metadata } from 'next'
import { ButtonLink } from '#components/ui/button.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <div className="page py-16 sm:py-24">
      <p aria-hidden className="figures text-hero">
        4–0–4
      </p>
      <h1 className="heading mt-6 text-xl">There is no such page</h1>
      <p className="mt-2 max-w-prose text-soft">The address may be mistyped, or the game was taken down by those who entered it.</p>
      <p className="mt-6 flex flex-wrap gap-2">
        <ButtonLink href="/" look="ink">
          Today’s games
        </ButtonLink>
        <ButtonLink href="/competitions">Competitions</ButtonLink>
      </p>
      <DaySearch />
    </div>
  )
}

/** Works without a script: the board reads the day from its address. */
function DaySearch() {
  return (
    <form action="/" className="mt-10 max-w-md">
      <label htmlFor="day" className="mb-1 block text-sm font-semibold">
        Looking for a game? Pick its day
      </label>
      <span className="flex gap-2">
        <input id="day" name="d" type="date" required className="min-h-11 grow rounded-md border border-edge bg-field px-3 text-base" />
        <button type="submit" className="min-h-11 rounded-md border border-edge bg-field px-4 text-sm font-semibold hover:border-ink">
          Show
        </button>
      </span>
    </form>
  )
}
