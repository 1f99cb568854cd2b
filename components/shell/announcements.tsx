'use client'
import { X } from 'lucide-react'
import { useContext, useEffect, useState } from 'react'
import { connection } from '#components/live/connection.ts'
import { RenderedAt, useTime } from '#components/ui/use-time.ts'
import type { Announcement } from '#domain/protocol.ts'
import { announce } from './announcer.tsx'

/** What the league tells everybody, on every page. */
export function Announcements({ initial }: { initial: Announcement[] }) {
  const renderedAt = useContext(RenderedAt)
  const [standing, setStanding] = useState(initial)

  useEffect(
    () =>
      connection(renderedAt).on('announcement', message => {
        setStanding(before => {
          const others = before.filter(({ id }) => id !== message.id)
          return message.removed ? others : [message, ...others]
        })
        if (!message.removed) announce(message.text, `announcement:${message.id}`)
      }),
    [renderedAt],
  )

  return standing.map(announcement => (
    <Line
      key={announcement.id}
      announcement={announcement}
      onClose={() => setStanding(before => before.filter(({ id }) => id !== announcement.id))}
    />
  ))
}

function Line({ announcement, onClose }: { announcement: Announcement; onClose: () => void }) {
  const until = announcement.until
  const isOver = useTime(now => until !== null && Date.parse(until) <= now, until === null ? 0 : 15_000)
  if (isOver) return null
  return (
    <div className="print:hidden border-b border-paper/25 bg-ink text-paper">
      <div className="page flex items-center gap-4">
        <p className="grow py-2.5 text-sm font-[560]">{announcement.text}</p>
        <button
          type="button"
          aria-label="Close this announcement"
          onClick={onClose}
          className="target -me-3 grid place-items-center opacity-80 hover:opacity-100 focus-visible:outline-paper"
        >
          <X size={16} aria-hidden />
        </button>
      </div>
    </div>
  )
}
