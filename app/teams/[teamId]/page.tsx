import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { Team } from '#components/team/team.tsx'
import { app } from '#server/app.ts'

interface Props {
  params: Promise<{ teamId: string }>
}

/** Read once for the page and its title. */
const read = cache(async (teamId: string) => app().pages.team(teamId))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { teamId } = await params
  const answer = await read(teamId)
  if (!answer.ok) return { title: 'Not found' }
  const { name } = answer.page.team
  return { title: name, description: `${name}: games live and to come, results and tables.`, alternates: { canonical: `/teams/${teamId}` } }
}

export default async function TeamPage({ params }: Props) {
  const answer = await read((await params).teamId)
  if (!answer.ok) notFound()
  return <Team {...answer.page} />
}
