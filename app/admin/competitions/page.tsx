import type { Metadata } from 'next'
import { CompetitionsPage } from '#components/admin/competitions-page.tsx'
import { SPORTS } from '#domain/sports/index.ts'
import { app } from '#server/app.ts'
import { enter } from '../enter.tsx'

export const metadata: Metadata = { title: 'Competitions' }

export default async function Page() {
  const { account, refusal } = await enter('/admin/competitions')
  if (!account) return refusal
  const answer = await app().admin.games.competitions(account)
  if (!answer.ok) throw new Error(answer.error.message)
  return <CompetitionsPage competitions={answer.competitions} sports={Object.keys(SPORTS)} />
}
