import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { SitePage } from '#components/admin/site-page.tsx'
import { app } from '#server/app.ts'
import { enter } from '../enter.tsx'

export const metadata: Metadata = { title: 'Site' }

export default async function Page() {
  const { account, refusal } = await enter('/admin/site')
  if (!account) return refusal
  const [settings, answer] = await Promise.all([app().settings.read(), app().admin.overview(account, await headers())])
  if (!answer.ok) throw new Error(answer.error.message)
  return <SitePage settings={settings} overview={answer.overview} />
}
