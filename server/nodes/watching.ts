/** The games that somebody follows at this node, by socket or event stream. */
export interface Watching {
  enter(gameId: string): void
  leave(gameId: string): void
  has(gameId: string): boolean
  ids(): Iterable<string>
  /** Told when a game gets its first follower here and when it has lost its last one. */
  onChange(listener: (gameId: string, isWatched: boolean) => void): void
}

export function createWatching(): Watching {
  const followers = new Map<string, number>()
  let listener: (gameId: string, isWatched: boolean) => void = () => {}
  return {
    enter(gameId) {
      const before = followers.get(gameId) ?? 0
      followers.set(gameId, before + 1)
      if (before === 0) listener(gameId, true)
    },
    leave(gameId) {
      const left = (followers.get(gameId) ?? 0) - 1
      if (left > 0) followers.set(gameId, left)
      else if (followers.delete(gameId)) listener(gameId, false)
    },
    has: gameId => followers.has(gameId),
    ids: () => followers.keys(),
    onChange(called) {
      listener = called
    },
  }
}
