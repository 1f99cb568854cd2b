import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { Competition } from '#components/board/competition.tsx'
import { app } from '#server/app.ts'

interface Props {
  params: Promise<{ competitionId: string }>
}

/** Read once for the page and its title. */
const read = cache(async (competitionId: string) => app().pages.competition(competitionId))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const answer = await read((await params).competitionId)
  return { title: answer.ok ? answer.page.competition.name : 'Not found' }
}

export default async function CompetitionPage({ params }: Props) {
  const answer = await read((await params).competitionId)
  if (!answer.ok) notFound()
  return <Competition {...answer.page} />
}
