import { scoreOf } from '#components/game/sides.ts'
import { readClock } from '#domain/clock.ts'
import type { Detail, Game } from '#domain/game.ts'
import { personFields } from '#domain/people.ts'
import { other, SIDES, type Side } from '#domain/play.ts'
import type { Action, Sport } from '#domain/sport.ts'
import type { Draft } from './moves.ts'
import { sideNames } from './naming.ts'

/**
 * The play behind a key.
 *
 * @param side whose key it is; null for a key of neither side
 * @param isAlone nobody else is scoring: then what this console's clock shows is what the board shows. With two scorers the one who keeps
 *   no clock may lag behind, and a reading sent by them would move a clock that stands.
 */
export function draftOf(sport: Sport, game: Game, action: Action, side: Side | null, nowMs: number, isAlone: boolean): Draft {
  const credited = side && action.creditsOther ? other(side) : side
  const takesSide = sport.kinds[action.kind]?.side !== 'none'
  return {
    kind: action.kind,
    ...(takesSide && credited ? { side: credited } : {}),
    ...(action.points === undefined ? {} : { points: action.points }),
    ...(action.data ? { data: action.data } : {}),
    ...(game.clock && game.status === 'live' && isAlone ? { clockMs: Math.round(readClock(game.clock, nowMs)) } : {}),
  }
}

/** Of which side the player is whom a play of this kind and side names: an own goal has one of the other side. */
export const playerSideOf = (sport: Sport, kind: string, side: Side | undefined): Side | undefined =>
  side && sport.kinds[kind]?.playerSide === 'other' ? other(side) : side

/** Whether what a key says of a play is an answer that it can have had: no ace of the side that received. */
export function canBe(
  { kinds, isAsked }: Sport,
  { kind, data = {}, creditsOther }: Action,
  side: Side | null,
  was: Detail,
  now: Detail,
): boolean {
  const credited = side && creditsOther ? other(side) : side
  const play = { kind, data, ...(kinds[kind]?.side !== 'none' && credited ? { side: credited } : {}) }
  return Object.entries(data).every(([key, value]) => isAsked?.(`${key}.${value}`, play, was, now) !== false)
}

/** The same play, made with another key: "it was +2". Time and place stay, and so does the player, unless it must have been one of the other side. */
export function insteadOf(sport: Sport, action: Action, side: Side | null, was: Draft): Draft {
  const credited = side && action.creditsOther ? other(side) : side
  const kind = sport.kinds[action.kind]
  // Who else had a part in it had it all the same.
  const people = personFields(sport, was).filter(({ key }) => kind?.data?.[key]?.type === 'player')
  const data = people.length > 0 ? { ...Object.fromEntries(people.map(({ key }) => [key, was.data?.[key]])), ...action.data } : action.data
  const isSamePlayer = playerSideOf(sport, action.kind, credited ?? undefined) === playerSideOf(sport, was.kind, was.side)
  return {
    kind: action.kind,
    ...(kind?.side !== 'none' && credited ? { side: credited } : {}),
    ...(action.points === undefined ? {} : { points: action.points }),
    ...(data ? { data } : {}),
    ...(was.period === undefined ? {} : { period: was.period }),
    ...(was.clockMs === undefined ? {} : { clockMs: was.clockMs }),
    ...(kind?.player && isSamePlayer && was.playerId !== undefined ? { playerId: was.playerId } : {}),
    ...(kind?.player && isSamePlayer && was.player !== undefined ? { player: was.player } : {}),
  }
}

/** The question of a key that asks before it counts, filled in. */
export function askOf(sport: Sport, game: Game, asks: string, side: Side | null): string {
  // After a set the next one stands at nothing, though its column has not begun.
  const isBetween = sport.showColumns && game.score.home + game.score.away >= game.linescore.columns.length
  const column = isBetween ? undefined : game.linescore.columns.at(-1)
  const values: Readonly<Record<string, string>> = {
    side: side ? sideNames(game)[side] : '',
    column: scoreOf(column ?? { home: 0, away: 0 }, game),
    call: sport.glance?.(game)?.middle?.split(', ')[0] ?? '0–0',
  }
  return asks.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
}

/** What is due, by id, with the side in front where only one side may do it. */
export function dueKeys(
  sport: Sport,
  game: Game,
  actions: readonly Action[],
  nowMs: number,
  canDo: (draft: Draft) => boolean,
): ReadonlySet<string> {
  const ids = sport.due?.(game.detail) ?? []
  return new Set(
    ids.map(id => {
      const action = actions.find(entry => entry.id === id)
      if (!action || sport.kinds[action.kind]?.side === 'none') return id
      const able = SIDES.filter(side => canDo(draftOf(sport, game, action, side, nowMs, false)))
      return able.length === 1 ? `${able[0]}:${id}` : id
    }),
  )
}
