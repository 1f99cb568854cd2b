import type { GameState } from '../game.ts'
import type { Side } from '../play.ts'
import type { Sport } from '../sport.ts'
import { TestLog, type TestPlay } from '../test-log.ts'

// For the tests of games won by points.

const sideOf = (letter: string): Side => (letter === 'h' ? 'home' : 'away')

/** `h` and `a` are rallies won, spaces separate them for the eye. */
export const rallies = (text: string, kind = 'point'): TestPlay[] =>
  [...text.replace(/\s/g, '')].map(letter => ({ kind, side: sideOf(letter) }))
/** As many points for each side in turn, then the rest. */
export const upTo = (home: number, away: number): TestPlay[] => {
  const level = Math.min(home, away)
  return rallies('ha'.repeat(level) + 'h'.repeat(home - level) + 'a'.repeat(away - level))
}
export const set = (home: number, away: number, period?: number): TestPlay => ({
  kind: 'setScore',
  data: { home, away },
  ...(period === undefined ? {} : { period }),
})
export const serves = (side: Side, data?: TestPlay['data']): TestPlay => ({ kind: 'server', side, ...(data ? { data } : {}) })

export const rulesOf = (sport: Sport, id: string, version?: string) =>
  sport.packs.find(pack => pack.id === id && (version === undefined || pack.version === version))?.values as Record<string, unknown>

export interface PlayedOut {
  log: TestLog
  game: GameState
  detail: Record<string, unknown>
  /** `25-20 3-1` */
  line: string
}
export function playOut(sport: Sport, rules: unknown, ...plays: (TestPlay | TestPlay[])[]): PlayedOut {
  const log = new TestLog(sport, rules)
  log.add(...plays.flat())
  return read(log)
}
export function read(log: TestLog): PlayedOut {
  const game = log.game()
  const line = game.linescore.columns.map(({ home, away }) => `${home}-${away}`).join(' ')
  return { log, game, detail: { ...game.detail }, line }
}

/** Who served each of these rallies, as `h`, `a`, or `?`. */
export function servers(sport: Sport, rules: unknown, before: TestPlay[], text: string, kind = 'point'): string {
  const log = new TestLog(sport, rules)
  log.add(...before)
  const said = rallies(text, kind).map(play => {
    const server = log.game().detail.server as Side | null
    log.add(play)
    return server?.[0] ?? '?'
  })
  return said.join('')
}
