import { rowOf } from '#domain/board.ts'
import type { Fold } from '#domain/fold.ts'
import { hasEnded, view } from '#domain/fold.ts'
import type { Game, GameRow, GameUpdate, RosterEntry, SideView } from '#domain/game.ts'
import type { LoggedPlay, Play, PlayMarks } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import { isTie, playedAs, type TieDetail } from '#domain/tie.ts'
import { sayPlay } from '#domain/words.ts'
import type { Guarded } from '../policies.ts'
import { asSentence, inWords } from './called.ts'

/** A game as the policies look at it. */
export const guarded = (game: Pick<Game, 'id' | 'competition' | 'visibility' | 'official' | 'partOf'>): Guarded => ({
  id: game.id,
  competitionId: game.competition?.id ?? null,
  visibility: game.visibility,
  official: game.official,
  partOf: game.partOf ?? null,
})

/** The part of a game that plays do not change. */
export interface GameMeta {
  id: string
  sport: string
  organisation: Game['organisation']
  competition: Game['competition']
  season: Game['season']
  round: Game['round']
  home: SideView
  away: SideView
  venue: string | null
  neutral: boolean
  displayOrder: Game['displayOrder']
  startsAt: string | null
  timeZone: string
  visibility: Game['visibility']
  demo: boolean
  rules: Game['rules']
  partOf: string | null
  chat: boolean
  epoch: string
}

export function presentGame(sport: Sport, meta: GameMeta, fold: Fold, seq: number, updatedAt: string, roster: RosterEntry[]): Game {
  const { partOf, ...kept } = meta
  const state = view(sport, meta.rules.values, fold)
  const { startsAt = meta.startsAt, ...edits } = fold.edits
  return {
    ...kept,
    ...(partOf ? { partOf } : {}),
    ...(isTie(meta.rules.values) ? { parts: (state.detail as unknown as TieDetail).parts.map(({ id }) => id) } : {}),
    ...edits,
    ...state,
    startsAt: utc(startsAt),
    statusUntil: utc(state.statusUntil),
    seq,
    updatedAt,
    roster: [...roster].sort(byNumber),
  }
}

/** One order of a roster, however it came together: by number, those without one last, then by name. */
function byNumber(a: RosterEntry, b: RosterEntry): number {
  const [left, right] = [shirt(a), shirt(b)]
  if (left !== right) return left - right
  return a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1
}
const shirt = ({ number }: RosterEntry) => (number === null ? 1_000 : Number.parseInt(number, 10) || 0)

/** A play's data hold a time as its sender wrote it; a game is read in UTC with milliseconds. */
const utc = (time: string | null) => (time === null ? null : new Date(time).toISOString())

/** What a live update carries: everything a play can change. */
export function presentUpdate(game: Game): GameUpdate {
  const {
    home: _home,
    away: _away,
    organisation: _o,
    competition: _c,
    season: _s,
    round: _r,
    venue: _v,
    rules: _rules,
    roster: _roster,
    ...update
  } = game
  return update
}

export function presentRow(sport: Sport, game: Game): GameRow {
  // A break and a halt have words of their own on a board; an end may have more to tell (`pens 4–3`).
  const isTold = game.status === 'live' || game.status === 'final'
  const { showColumns, glance } = playedAs(sport, game.rules.values)
  return rowOf(game, { hasLine: showColumns, brief: isTold ? glance?.(game)?.middle : undefined })
}

/** A play as read. `by` is for those who may score the game. */
export function presentPlay(
  sport: Sport,
  game: Pick<Game, 'home' | 'away' | 'rules'>,
  names: ReadonlyMap<string, string>,
  play: LoggedPlay,
  marks: PlayMarks | undefined,
  mayScore: boolean,
): Play {
  const { by, ...shown } = play
  return {
    ...shown,
    ...(mayScore && by ? { by } : {}),
    ...marks,
    text: asSentence(
      sayPlay(sport, play, {
        side: play.side ? inWords(game[play.side].name) : null,
        player: play.playerId ? (names.get(play.playerId) ?? null) : null,
        rules: game.rules.values,
        nameOf: id => names.get(id) ?? null,
        facts: marks?.facts,
      }),
    ),
  }
}

export const isOver = (sport: Sport, meta: Pick<GameMeta, 'rules'>, fold: Fold) => hasEnded(sport, meta.rules.values, fold)
