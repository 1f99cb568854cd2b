import type { Metadata } from 'next'
import { AnnouncementsPage } from '#components/admin/announcements-page.tsx'
import { app } from '#server/app.ts'
import { enter } from '../enter.tsx'

export const metadata: Metadata = { title: 'Announcements' }

export default async function Page() {
  const { account, refusal } = await enter('/admin/announcements')
  if (!account) return refusal
  return <AnnouncementsPage announcements={await app().announcements.current()} />
}
