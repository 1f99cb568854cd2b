import type { Game } from '#domain/game.ts'
import type { Facts, LoggedPlay } from '#domain/play.ts'
import type { DescribeContext, Sport } from '#domain/sport.ts'
import { sayPlay } from '#domain/words.ts'

type Named = Pick<Game, 'home' | 'away' | 'roster' | 'rules'>
type Known = Pick<DescribeContext, 'facts' | 'periodName'> & {
  /** Names of people whom the game does not know yet. */
  standIn?: (id: string) => string | null
}

/** A play's sentence as whoever folded the log here would say it: with what that fold found out. */
export function sayHere(sport: Sport, game: Named, play: LoggedPlay, { standIn, ...known }: Known): string {
  const { home, away, roster, rules } = game
  const everybody = [...roster, ...(home.members ?? []), ...(away.members ?? [])]
  const nameOf = (id: string) => standIn?.(id) ?? everybody.find(entry => entry.id === id)?.name ?? null
  return sayPlay(sport, play, {
    side: play.side ? game[play.side].name : null,
    player: play.playerId === undefined ? null : nameOf(play.playerId),
    rules: rules.values,
    nameOf,
    ...known,
  })
}

/** The stored sentence of a play was said of the log as it was; a correction since may have changed what it says. */
export const saysOther = (told: Facts | undefined, found: Facts | undefined): boolean => JSON.stringify(told) !== JSON.stringify(found)
