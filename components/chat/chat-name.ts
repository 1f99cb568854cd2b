'use client'
import { useState, useSyncExternalStore } from 'react'

const KEY = 'sideline.chat-name'
const still = () => () => {}

function stored(): string {
  try {
    return window.localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

/** The name a guest writes under, kept by the browser; empty on the server and in the first paint. */
export function useChatName(): { name: string; setName: (name: string) => void } {
  const kept = useSyncExternalStore(still, stored, () => '')
  const [chosen, setChosen] = useState<string | null>(null)
  return {
    name: chosen ?? kept,
    setName(name) {
      setChosen(name)
      try {
        window.localStorage.setItem(KEY, name)
      } catch {
        // Storage is full or forbidden: the name lasts as long as the page.
      }
    },
  }
}
