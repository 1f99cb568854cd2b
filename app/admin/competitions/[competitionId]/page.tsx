import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { whoAsks } from '#app/account/who.ts'
import { CompetitionSettings } from '#components/admin/competition-settings.tsx'
import { app } from '#server/app.ts'
import { enter } from '../../enter.tsx'

interface Props {
  params: Promise<{ competitionId: string }>
}

const read = cache(async (competitionId: string) => app().admin.games.competition(await whoAsks(), competitionId))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if (!app().admin.isAllowed(await whoAsks())) return {}
  const answer = await read((await params).competitionId)
  return answer.ok ? { title: answer.page.competition.name } : {}
}

export default async function Page({ params }: Props) {
  const { competitionId } = await params
  const { account, refusal } = await enter(`/admin/competitions/${encodeURIComponent(competitionId)}`)
  if (!account) return refusal
  const answer = await read(competitionId)
  if (!answer.ok) notFound()
  return <CompetitionSettings {...answer.page} />
}
