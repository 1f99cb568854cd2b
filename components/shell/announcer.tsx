'use client'
import { useEffect, useState } from 'react'

const GATHER_MS = 2500
const queue = new Map<string, string>()
let wake: (() => void) | null = null
let count = 0

/**
 * Has something said to screen readers, politely, with whatever else comes within the next seconds.
 *
 * @param subject of several announcements about one subject only the newest is said
 */
export function announce(text: string, subject = `#${count++}`): void {
  queue.delete(subject)
  queue.set(subject, text)
  wake?.()
}

/** The page's one voice: present and empty at load. */
export function Announcer() {
  const [said, setSaid] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const say = () => {
      timer = null
      const text = [...queue.values()].join(' ')
      queue.clear()
      // A sentence repeated word for word is said again only if it differs from what stands there.
      setSaid(before => (before === text ? `${text}\u00a0` : text))
    }
    wake = () => {
      timer ??= setTimeout(say, GATHER_MS)
    }
    if (queue.size > 0) wake()
    return () => {
      wake = null
      if (timer) clearTimeout(timer)
    }
  }, [])
  return (
    <div role="status" className="sr-only">
      {said}
    </div>
  )
}
