/** Commands of one game wait for each other; those of different games do not. */
export interface Turns {
  take<T>(gameId: string, command: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  const queues = new Map<string, Promise<unknown>>()
  return {
    take(gameId, command) {
      const turn = (queues.get(gameId) ?? Promise.resolve()).then(command, command)
      const settled = turn.catch(() => undefined)
      queues.set(gameId, settled)
      void settled.then(() => {
        if (queues.get(gameId) === settled) queues.delete(gameId)
      })
      return turn
    },
  }
}
