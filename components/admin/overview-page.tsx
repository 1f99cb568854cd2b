import Link from 'next/link'
import { ButtonLink } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Section } from '#components/ui/section.tsx'
import type { Overview } from './admin-data.ts'
import { RemoveDemo } from './remove-demo.tsx'
import { Seen } from './seen.tsx'

/** The league in figures, and what an admin may want to do next. */
export function OverviewPage({ overview, name }: { overview: Overview; name: string }) {
  const { games, people, tokens, competitions } = overview
  const isEmpty = games.all === games.demo
  return (
    <>
      <h1 className="sr-only">Admin</h1>
      <RemoveDemo games={games.demo} />
      <ul className="grid grid-cols-2 gap-x-8 sm:grid-cols-3 lg:grid-cols-5">
        <Figure
          href="/admin/games?stage=live"
          label="being played"
          value={games.live}
          isLive={games.live > 0}
          className="max-sm:col-span-2"
        />
        <Figure href="/admin/games" label={games.all === 1 ? 'game' : 'games'} value={games.all} />
        <Figure href="/admin/competitions" label={competitions === 1 ? 'competition' : 'competitions'} value={competitions} />
        <Figure href="/admin/people" label={people === 1 ? 'person' : 'people'} value={people} />
        <Figure href="/admin/tokens" label={tokens === 1 ? 'token' : 'tokens'} value={tokens} />
      </ul>
      <div className="mt-10 grid items-start gap-x-16 gap-y-10 lg:grid-cols-2">
        <Section title={isEmpty ? `To begin, ${name}` : 'Add'}>
          <Step href="/admin/competitions" action="Competition">
            A league or a cup: its games, its teams, its table.
          </Step>
          <Step href="/score/new" action="Game">
            Two names and a start are enough.
          </Step>
          <Step href="/admin/people" action="Scorer">
            They sign in on their phone and keep the score.
          </Step>
          <Step href="/admin/tokens" action="Token">
            For a feed, a scoreboard or a program of your own.
          </Step>
        </Section>
        <Seen seen={overview.seen} />
      </div>
    </>
  )
}

function Figure(props: { href: string; label: string; value: number; isLive?: boolean; className?: string }) {
  const { href, label, value, isLive, className } = props
  return (
    <li className={className}>
      <Link href={href} prefetch={false} className="group flex flex-col-reverse border-b border-line py-3">
        <span className="text-sm text-soft underline-offset-4 group-hover:underline">{label}</span>
        <span className={cx('figures text-tile', isLive && 'text-live')}>{value}</span>
      </Link>
    </li>
  )
}

function Step({ href, action, children }: { href: string; action: string; children: string }) {
  return (
    <div className="flex min-h-16 items-center justify-between gap-6 border-b border-line py-2">
      <p className="text-sm text-soft">
        <strong className="block text-md font-[560] text-ink">{action}</strong>
        {children}
      </p>
      <ButtonLink href={href} prefetch={false} aria-label={`Add a ${action.toLowerCase()}`}>
        Add
      </ButtonLink>
    </div>
  )
}
