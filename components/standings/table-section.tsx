import Link from 'next/link'
import type { ReactNode } from 'react'
import { Section } from '#components/ui/section.tsx'
import type { Ref } from '#domain/game.ts'

/** A part of a competition's table, with the way to the whole of it. */
export function TableSection({ competition, className, children }: { competition: Ref; className?: string; children: ReactNode }) {
  return (
    <Section
      title={
        <>
          <bdi>{competition.name}</bdi>
          <span className="sr-only">, table</span>
        </>
      }
      className={className}
      aside={
        <Link
          href={`/competitions/${competition.id}`}
          prefetch={false}
          className="-my-3 inline-flex min-h-11 items-center font-semibold hover:text-ink"
        >
          Full table<span className="sr-only">: {competition.name}</span>
        </Link>
      }
    >
      {children}
    </Section>
  )
}
