import type { Game, RosterEntry } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { Announcement, ChatMessage } from '#domain/protocol.ts'

/** What use-cases tell the rest of the server once it is on disk. */
export interface BusTopics {
  /**
   * `plays` are contiguous and end at the game's seq; null: too many, or a new epoch, and readers start from the game as it is. `seated` are
   * who came onto the roster with them.
   */
  played: { game: Game; plays: Play[] | null; seated?: readonly RosterEntry[] } & Heard
  created: { game: Game } & Heard
  removed: { gameId: string } & Heard
  /** Its name or the rules of its table have changed, or it is gone. */
  competition: { competitionId: string }
  /** `from` is the socket that has it from its answer. */
  chat: { gameId: string; message: ChatMessage; from: string | null } & Heard
  chatRemoved: { gameId: string; id: string } & Heard
  announcement: Announcement & Heard
  /** This node no longer sees what others write, or sees it again: meanwhile its readers are better off elsewhere. */
  cutOff: { isCut: boolean }
  /** How long something took that an operator watches: a command to be on disk, an update to be handed to a room. */
  measured: { what: 'commit' | 'fanOut'; ms: number }
}

/** Set on what another node did and said: it is not told on. */
export interface Heard {
  elsewhere?: true
}

export interface Bus {
  publish<T extends keyof BusTopics>(topic: T, message: BusTopics[T]): void
  subscribe<T extends keyof BusTopics>(topic: T, listener: (message: BusTopics[T]) => void): () => void
}

/** The bus of one process. A listener that throws is reported and does not keep the others from hearing. */
export function createBus(onError: (error: unknown) => void): Bus {
  const listeners = new Map<keyof BusTopics, Set<(message: never) => void>>()
  return {
    publish(topic, message) {
      for (const listener of listeners.get(topic) ?? []) {
        try {
          listener(message as never)
        } catch (error) {
          onError(error)
        }
      }
    },
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set()
      listeners.set(topic, set.add(listener as (message: never) => void))
      return () => set.delete(listener as (message: never) => void)
    },
  }
}
