import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { WatchAnswer } from '#domain/protocol.ts'

const PAGE = 500
const ANSWER_MS = 10_000

type Changes =
  Extract<WatchAnswer, { mode: 'plays' | 'snapshot' }> extends infer A ? (A extends unknown ? Omit<A, 'viewers'> : never) : never

/** A game over plain HTTP: the way of pages that get no socket, and of plays older than a snapshot holds. */
export interface GameReader {
  /** What came after `seq`; `same` by the entity tag; null when the server was not heard. */
  changes(epoch: string, seq: number): Promise<Changes | 'same' | 'gone' | null>
  /** All plays before `seq`. */
  before(seq: number): Promise<{ epoch: string; plays: Play[] } | null>
}

export function createGameReader(gameId: string, fetch: typeof globalThis.fetch): GameReader {
  const url = `/api/v1/games/${encodeURIComponent(gameId)}`
  let tag: string | null = null

  async function log(after: number, until: number): Promise<{ epoch: string; plays: Play[] }> {
    const plays: Play[] = []
    let from = after
    for (;;) {
      const response = await fetch(`${url}/plays?after=${from}&limit=${PAGE}`, { signal: AbortSignal.timeout(ANSWER_MS) })
      if (!response.ok) throw new Error(`plays: ${response.status}`)
      const page = (await response.json()) as { plays: Play[]; epoch: string; seq: number }
      plays.push(...page.plays.filter(play => play.seq <= until))
      const last = page.plays.at(-1)?.seq
      if (last === undefined || last >= until || page.plays.length < PAGE) return { epoch: page.epoch, plays }
      from = last
    }
  }

  return {
    async changes(epoch, seq) {
      try {
        const response = await fetch(url, {
          cache: 'no-store',
          headers: tag ? { 'If-None-Match': tag } : {},
          signal: AbortSignal.timeout(ANSWER_MS),
        })
        if (response.status === 304) return 'same'
        if (response.status === 404 || response.status === 410) return 'gone'
        if (!response.ok) return null
        const { game } = (await response.json()) as { game: Game }
        const isKnown = game.epoch === epoch
        const read = await log(isKnown ? seq : 0, game.seq)
        if (read.epoch !== game.epoch) return null
        tag = response.headers.get('ETag')
        const head = { epoch: game.epoch, seq: game.seq, game, plays: read.plays }
        return isKnown ? { ...head, mode: 'plays' } : { ...head, mode: 'snapshot' }
      } catch {
        return null
      }
    },
    async before(seq) {
      try {
        return await log(0, seq - 1)
      } catch {
        return null
      }
    },
  }
}
