import Link from 'next/link'
import { Wordmark } from './wordmark.tsx'

export function Footer({ hasCompetitions, version }: { hasCompetitions?: boolean; version?: string }) {
  const link = 'inline-flex min-h-11 min-w-6 items-center hover:text-ink'
  return (
    <footer className="print:hidden mt-auto border-t border-line text-xs text-soft">
      <div className="page flex flex-wrap items-center justify-between gap-x-8 py-3">
        <p>
          <Wordmark className="me-2 text-sm text-ink" /> Live scores for the leagues nobody televises.
        </p>
        <ul className="flex flex-wrap gap-x-5">
          {hasCompetitions ? (
            <li>
              <Link href="/competitions" prefetch={false} className={link}>
                Competitions
              </Link>
            </li>
          ) : null}
          <li>
            <Link href="/score" prefetch={false} className={link}>
              Score games
            </Link>
          </li>
          <li>
            <a href="/api/openapi.json" className={link}>
              API
            </a>
          </li>
          {version ? <li className={link}>{version}</li> : null}
        </ul>
      </div>
    </footer>
  )
}
