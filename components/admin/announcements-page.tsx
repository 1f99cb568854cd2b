'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { request, sayError } from '#components/account/request.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { LocalTime } from '#components/ui/local-time.tsx'
import { Empty } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Announcement } from '#domain/protocol.ts'
import { NewAnnouncement } from './new-announcement.tsx'

export function AnnouncementsPage({ announcements }: { announcements: Announcement[] }) {
  return (
    <div className="grid items-start gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Announcements</h1>
      <Section title="On every page now">
        {announcements.length > 0 ? (
          <ul>
            {announcements.map(announcement => (
              <Row key={announcement.id} announcement={announcement} />
            ))}
          </ul>
        ) : (
          <Empty title="Nothing is announced">What you announce stands on top of every open page at once.</Empty>
        )}
      </Section>
      <Section title="Tell everybody">
        <div className="mt-5">
          <NewAnnouncement />
        </div>
      </Section>
    </div>
  )
}

function Row({ announcement }: { announcement: Announcement }) {
  const router = useRouter()
  const [error, setError] = useState<string | null>(null)
  const remove = async () => {
    const answer = await request('DELETE', `/api/v1/announcements/${encodeURIComponent(announcement.id)}`)
    if (!answer.ok) return setError(sayError(answer.error))
    announce('The announcement is taken down.')
    router.refresh()
  }
  return (
    <li className="flex items-center justify-between gap-4 border-b border-line py-3">
      <div className="min-w-0">
        <p className="font-[560]">{announcement.text}</p>
        <p className="text-xs text-soft">
          Since <LocalTime at={announcement.at} show="both" />
          {announcement.until ? (
            <>
              , until <LocalTime at={announcement.until} show="both" />
            </>
          ) : (
            ', until it is taken down'
          )}
        </p>
        {error ? (
          <p role="alert" className="text-xs font-semibold text-warn">
            {error}
          </p>
        ) : null}
      </div>
      <Button onClick={remove} className="shrink-0">
        Take down
      </Button>
    </li>
  )
}
