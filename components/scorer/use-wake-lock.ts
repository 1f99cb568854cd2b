'use client'
import { useEffect, useState } from 'react'

/** Keeps the screen on while `isWanted`; browsers allow it in secure contexts alone. True once they do. */
export function useWakeLock(isWanted: boolean): boolean {
  const [isOn, setOn] = useState(false)
  useEffect(() => {
    if (!isWanted || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | null = null
    let isOver = false
    const ask = async () => {
      if (document.hidden || (lock && !lock.released)) return
      try {
        const got = await navigator.wakeLock.request('screen')
        if (isOver) return void got.release()
        lock = got
        got.addEventListener('release', () => setOn(false))
        setOn(true)
      } catch {
        setOn(false)
      }
    }
    void ask()
    // The browser lets go whenever the page is out of sight.
    document.addEventListener('visibilitychange', ask)
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
      setOn(false)
    }
  }, [isWanted])
  return isOn
}
