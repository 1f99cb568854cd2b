/** What is done to one game happens one after the other; different games do not wait for each other. */
export interface Turns {
  /** Waits until everything begun before has ended, and holds up everything that comes after. */
  take<T>(gameId: string, command: () => Promise<T>): Promise<T>
  /**
   * Waits only until what was begun before is under way: the next may begin once `command` has said what it will do, which ends with
   * `ended`.
   */
  follow<T>(gameId: string, command: () => Promise<{ ended: Promise<T> }>): Promise<T>
}

interface Turn {
  begun: Promise<unknown>
  /** Of this one and of all before it. */
  ended: Promise<unknown>
}

export function createTurns(): Turns {
  const latest = new Map<string, Turn>()

  function put(gameId: string, begun: Promise<unknown>, ended: Promise<unknown>): void {
    const quiet = (promise: Promise<unknown>) => promise.catch(() => undefined)
    const turn = { begun: quiet(begun), ended: quiet(ended) }
    latest.set(gameId, turn)
    void turn.ended.then(() => {
      if (latest.get(gameId) === turn) latest.delete(gameId)
    })
  }

  return {
    take(gameId, command) {
      const run = (latest.get(gameId)?.ended ?? Promise.resolve()).then(command)
      put(gameId, run, run)
      return run
    },
    follow(gameId, command) {
      const before = latest.get(gameId)
      const begun = (before?.begun ?? Promise.resolve()).then(command)
      const run = begun.then(({ ended }) => ended)
      put(gameId, begun, Promise.allSettled([before?.ended, run]))
      return run
    },
  }
}
