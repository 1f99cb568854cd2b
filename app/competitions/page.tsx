import type { Metadata } from 'next'
import Link from 'next/link'
import { sportName } from '#components/board/board-data.ts'
import { Empty } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { app } from '#server/app.ts'

export const metadata: Metadata = { title: 'Competitions' }

export default async function CompetitionsPage() {
  const competitions = await app().competitions.list()
  const sports = [...new Set(competitions.map(competition => competition.sport))].sort()
  return (
    <div className="page pt-6 pb-16">
      <h1 className="heading mb-4 text-xl">Competitions</h1>
      {sports.length === 0 ? <Empty title="No competitions yet">They appear here as soon as somebody enters one.</Empty> : null}
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        {sports.map(sport => (
          <Section key={sport} title={sportName(sport)}>
            <ul>
              {competitions
                .filter(competition => competition.sport === sport)
                .map(competition => (
                  <li key={competition.id} className="border-b border-line">
                    <Link
                      href={`/competitions/${competition.id}`}
                      prefetch={false}
                      className="flex min-h-13 items-center font-[560] hover:underline hover:underline-offset-4"
                    >
                      {competition.name}
                    </Link>
                  </li>
                ))}
            </ul>
          </Section>
        ))}
      </div>
    </div>
  )
}
