import { setTimeout as sleep } from 'node:timers/promises'

/** How long a look at the database stands for all who ask in the meantime, and how long anybody waits for one. */
const FRESH_MS = 100
const WAITED_MOST_MS = 2_000

interface Look {
  begunAt: number | null
  isOver: boolean
  end: Promise<void>
  answer: Promise<void>
}

interface Parts {
  /** Makes a game that is kept here as new as the database; never throws. */
  look(gameId: string): Promise<void>
  isKept(gameId: string): boolean
}

/**
 * One look at a time for each game, and one more that waits for it, however many ask: so that readers see what was written elsewhere more
 * than 0.1 s ago, and a database that is slow is not asked the more for it.
 */
export function createFreshening({ look, isKept }: Parts) {
  const looks = new Map<string, Look>()
  return {
    freshen(gameId: string): Promise<void> {
      const last = looks.get(gameId)
      // A look that has not begun will see everything; one that began a moment ago is recent enough.
      if (last && (last.begunAt === null || performance.now() - last.begunAt < FRESH_MS)) return last.answer
      if (!isKept(gameId)) return Promise.resolve()
      const next: Look = { begunAt: null, isOver: false, end: Promise.resolve(), answer: Promise.resolve() }
      next.end = (last?.end ?? Promise.resolve())
        .then(() => {
          next.begunAt = performance.now()
          return look(gameId)
        })
        .finally(() => {
          next.isOver = true
        })
      // With the database out of reach, what is kept is still the best there is.
      next.answer = Promise.race([next.end, sleep(WAITED_MOST_MS, undefined, { ref: false })])
      looks.set(gameId, next)
      return next.answer
    },
    /** Forgets what is over. */
    tidy(): void {
      for (const [id, { isOver }] of looks) if (isOver) looks.delete(id)
    },
  }
}
