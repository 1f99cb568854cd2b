import { headers } from 'next/headers'
import { OverviewPage } from '#components/admin/overview-page.tsx'
import { app } from '#server/app.ts'
import { enter } from './enter.tsx'

export default async function Page() {
  const { account, refusal } = await enter('/admin')
  if (!account) return refusal
  const answer = await app().admin.overview(account, await headers())
  if (!answer.ok) throw new Error(answer.error.message)
  return <OverviewPage overview={answer.overview} name={account.name} />
}
