/** What is done to one game waits for what was begun before; different games do not wait for each other. */
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
