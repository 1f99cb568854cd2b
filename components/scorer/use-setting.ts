'use client'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { keep, read } from './browser.ts'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A choice of this device that outlives the page. */
export function useSetting(key: string): [boolean, (isOn: boolean) => void] {
  // Where nothing is kept the choice still holds as long as the page.
  const [own, setOwn] = useState<boolean | null>(null)
  const kept = useSyncExternalStore(
    subscribe,
    () => read(key) === '1',
    () => false,
  )
  const set = useCallback(
    (isOn: boolean) => {
      setOwn(isOn)
      keep(key, isOn ? '1' : null)
      for (const listener of listeners) listener()
    },
    [key],
  )
  return [own ?? kept, set]
}
