export interface Exception {
  sport: string
  /** Id of the recorded game. */
  id: string
  /** Why its own record cannot hold, one sentence. */
  why: string
  /** The lines of the record that contradict each other, as they stand there. */
  lines: readonly string[]
}

/**
 * Recorded games that cannot hold because their own record contradicts itself; `docs/data-exceptions.md` lists the same games and says when
 * one may be added. Such a game is still played and compared: it reads `ok: false` with its reason, and fails no replay.
 */
export const EXCEPTIONS: readonly Exception[] = []

export const exceptionOf = (sport: string, id: string): Exception | undefined =>
  EXCEPTIONS.find(exception => exception.sport === sport && exception.id === id)
