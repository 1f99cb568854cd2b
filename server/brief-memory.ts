export interface BriefMemory<T> {
  /** What `load` gave for this key a moment ago, or gives now. Callers at the same time share one load; failures are not kept. */
  get(key: string, load: () => Promise<T>): Promise<T>
  /** Nothing loaded before this call is answered after it: of one key, or of all. */
  drop(key: string): void
  clear(): void
}

/** Keeps answers for so short a time that a change made elsewhere is soon seen, and a burst of the same question asks once. */
export function createBriefMemory<T>({
  forMs,
  maxKeys = 5000,
  now = () => performance.now(),
}: {
  forMs: number
  maxKeys?: number
  now?: () => number
}): BriefMemory<T> {
  const kept = new Map<string, { answer: Promise<T>; until: number }>()
  return {
    get(key, load) {
      const at = now()
      const known = kept.get(key)
      if (known && known.until > at) return known.answer
      // Counted from the question, not from the answer: what it says may be as old.
      const entry = { answer: load(), until: at + forMs }
      entry.answer.catch(() => {
        if (kept.get(key) === entry) kept.delete(key)
      })
      kept.delete(key)
      const oldest = kept.size >= maxKeys ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      kept.set(key, entry)
      return entry.answer
    },
    drop: key => void kept.delete(key),
    clear: () => kept.clear(),
  }
}
