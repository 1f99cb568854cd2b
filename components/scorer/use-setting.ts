'use client'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { keep, read } from './browser.ts'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One of a few, chosen on this device, that outlives the page; the usual one until somebody does. */
export function useChoice<T extends string>(key: string, options: readonly T[], usual: T): [T, (choice: T) => void] {
  // Where nothing is kept the choice still holds as long as the page.
  const [own, setOwn] = useState<T | null>(null)
  const kept = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  )
  const set = useCallback(
    (choice: T) => {
      setOwn(choice)
      keep(key, choice === usual ? null : choice)
      for (const listener of listeners) listener()
    },
    [key, usual],
  )
  return [own ?? options.find(option => option === kept) ?? usual, set]
}

const SWITCH = ['0', '1'] as const

/** A switch of this device. */
export function useSetting(key: string): [boolean, (isOn: boolean) => void] {
  const [choice, choose] = useChoice(key, SWITCH, '0')
  return [choice === '1', useCallback(isOn => choose(isOn ? '1' : '0'), [choose])]
}
