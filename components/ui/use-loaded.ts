'use client'
import { useEffect, useState } from 'react'
import { patiently } from './lazily.ts'

/** Something heavy, loaded once the page has been painted and the browser has nothing better to do. Null until then, however long that takes. */
export function useLoaded<T>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<{ value: T } | null>(null)
  const [start] = useState(() => load)
  useEffect(() => {
    let isCurrent = true
    const run = () => patiently(start).then(value => isCurrent && setLoaded({ value }))
    const hasIdle = 'requestIdleCallback' in window
    const handle = hasIdle ? window.requestIdleCallback(run, { timeout: 4000 }) : setTimeout(run, 1500)
    return () => {
      isCurrent = false
      if (hasIdle) window.cancelIdleCallback(handle as number)
      else clearTimeout(handle)
    }
  }, [start])
  return loaded?.value ?? null
}

/** The newest value, taken over once a second at most. */
export function useAtMostEachSecond<T>(value: T): T {
  const [shown, setShown] = useState({ value, at: 0 })
  useEffect(() => {
    if (shown.value === value) return
    const wait = Math.max(0, shown.at + 1000 - performance.now())
    const timer = setTimeout(() => setShown({ value, at: performance.now() }), wait)
    return () => clearTimeout(timer)
  }, [value, shown])
  return shown.value
}
