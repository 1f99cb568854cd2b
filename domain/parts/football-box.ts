import type { BoxPlay, BoxTable } from '../box.ts'
import type { Score } from '../game.ts'
import { type LoggedPlay, other, SIDES, type Side } from '../play.ts'
import { column, count, type Figure, type Figures, figure, outOf, playerTables, type TeamRow, teamRow, teamTable } from './figures.ts'
import type { Ball } from './football-downs.ts'

// The box score of American football by the conventions of its statisticians: a touchdown has its run or its catch in it, a sack's yards are taken from the team's, not from a passer's;
// what the defence returns is no play from scrimmage, nor is a try; penalties that were declined, or offset each other, count for nobody.

/** What of a game's state the box score reads. */
interface Seen {
  /** Whose try is to come. */
  pending: Side | null
  ball: Ball | null
  firstDowns: Score
}

/** The yards a play says, fewer than none for a loss; null where it says none. */
export function yardsOf({ kind, data = {} }: LoggedPlay): number | null {
  const { yards, loss } = data
  if (typeof yards !== 'number' || !Number.isInteger(yards)) return null
  return loss === true || kind === 'sack' ? -yards : yards
}

const SCRIMMAGE: ReadonlySet<string> = new Set(['run', 'pass', 'incomplete', 'sack'])

/** The run or the pass of a try: it counts in no line, only the try does. */
export const isOfTry = ({ kind, side }: LoggedPlay, pending: Side | null): boolean =>
  pending !== null && SCRIMMAGE.has(kind) && (kind === 'sack') === (side !== pending)

const who = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What a play adds to the lines of its people. */
function credits(play: LoggedPlay, side: Side): Figure[] {
  const { kind, playerId, data = {} } = play
  const theirs = other(side)
  const yards = yardsOf(play) ?? 0
  const own = (...keys: string[]): Figure[] => keys.map(key => ({ side, key, playerId }))
  const tackle: Figure[] = typeof data.tackler === 'string' ? [{ side: theirs, key: 'tackles', playerId: data.tackler }] : []
  const rushed: Figure[] = [...own('carries'), { side, key: 'rushYards', playerId, by: yards }]
  const threw = (playerId: string | undefined): Figure[] => [
    { side, key: 'completions', playerId },
    { side, key: 'attempts', playerId },
    { side, key: 'passYards', playerId, by: yards },
  ]
  const caught = (playerId: string | undefined): Figure[] => [
    { side, key: 'catches', playerId },
    { side, key: 'catchYards', playerId, by: yards },
  ]
  const intercepted: Figure[] = ['attempts', 'thrownAway'].map(key => ({ side: theirs, key, playerId: who(data.from) }))
  switch (kind) {
    case 'run':
      return [...rushed, ...tackle]
    case 'pass':
      return [...threw(playerId), ...caught(who(data.receiver)), ...tackle]
    case 'incomplete':
      return own('attempts')
    case 'sack':
      return [...own('sacks', 'tackles'), { side: theirs, key: 'sacked' }, { side: theirs, key: 'sackYards', by: -yards }]
    case 'turnover':
      if (data.type === 'interception') return [...own('interceptions'), ...intercepted, { side: theirs, key: 'turnovers' }]
      return data.type === 'fumble' ? [...own('fumbles'), { side: theirs, key: 'turnovers' }] : []
    case 'punt':
      return [...own('punts'), { side, key: 'puntYards', playerId, by: yards }]
    case 'touchdown':
      if (data.how === 'run') return [...rushed, ...own('rushTouchdowns', 'touchdowns')]
      if (data.how === 'pass')
        return [
          ...caught(playerId),
          ...own('catchTouchdowns', 'touchdowns'),
          ...threw(who(data.passer)),
          { side, key: 'passTouchdowns', playerId: who(data.passer) },
        ]
      if (data.how === 'interception') return [...own('interceptions', 'touchdowns'), ...intercepted, { side: theirs, key: 'turnovers' }]
      return data.how === 'fumble' ? [...own('fumbles', 'touchdowns'), { side: theirs, key: 'turnovers' }] : own('touchdowns')
    case 'fieldGoal':
      return own('fieldGoals', 'fieldGoalsTried')
    case 'fieldGoalMissed':
      return own('fieldGoalsTried')
    case 'extraPoint':
      return own('extraPoints', 'extraPointsTried')
    case 'extraPointMissed':
      return own('extraPointsTried')
    case 'twoPoint':
      return own('twoPoints', 'twoPointsTried')
    case 'twoPointFailed':
      return [{ side, key: 'twoPointsTried' }]
    case 'penalty':
      return data.declined === true || data.offset === true
        ? []
        : [
            { side, key: 'penalties' },
            { side, key: 'penaltyYards', by: yards },
          ]
    default:
      return []
  }
}

/** First downs made by a play, and the third down it was, as far as the downs were written down. */
function downs({ kind, data }: LoggedPlay, { before, after }: BoxPlay<Seen>): Figure[] {
  const made = SIDES.map(side => ({ side, key: 'firstDowns', by: after.firstDowns[side] - before.firstDowns[side] })).filter(
    ({ by }) => by > 0,
  )
  const { ball } = before
  const isScored = kind === 'touchdown' && (data?.how === 'run' || data?.how === 'pass')
  if (ball?.down !== 3 || !(SCRIMMAGE.has(kind) || isScored)) return made
  const isMade = isScored || (after.ball?.side === ball.side && after.ball.down === 1)
  return [...made, { side: ball.side, key: 'thirdDowns' }, ...(isMade ? [{ side: ball.side, key: 'thirdDownsMade' }] : [])]
}

const share = (made: string, tried: string) => (figures: Figures) => outOf(figure(figures, made), figure(figures, tried))
const SCORING = [
  column('points', 'PTS', 'Points'),
  column('touchdowns', 'TD', 'Touchdowns'),
  column('twoPoints', '2P', 'Two-point tries'),
  column('fieldGoals', 'FG', 'Field goals'),
  column('extraPoints', 'XP', 'Extra points'),
]
const PASSING = [
  column('completions', 'C/ATT', 'Completions and attempts', share('completions', 'attempts')),
  column('passYards', 'YDS', 'Yards'),
  column('passTouchdowns', 'TD', 'Touchdowns'),
  column('thrownAway', 'INT', 'Interceptions'),
]
const RUSHING = [column('carries', 'CAR', 'Carries'), column('rushYards', 'YDS', 'Yards'), column('rushTouchdowns', 'TD', 'Touchdowns')]
const RECEIVING = [
  column('catches', 'REC', 'Receptions'),
  column('catchYards', 'YDS', 'Yards'),
  column('catchTouchdowns', 'TD', 'Touchdowns'),
]
const KICKING = [
  column('fieldGoals', 'FG', 'Field goals', share('fieldGoals', 'fieldGoalsTried')),
  column('extraPoints', 'XP', 'Extra points', share('extraPoints', 'extraPointsTried')),
]
const PUNTING = [column('punts', 'P', 'Punts'), column('puntYards', 'YDS', 'Yards')]
const DEFENCE = [
  column('tackles', 'TCK', 'Tackles'),
  column('sacks', 'SCK', 'Sacks'),
  column('interceptions', 'INT', 'Interceptions'),
  column('fumbles', 'FR', 'Fumbles recovered'),
]

const pair = (of: (figures: Figures) => string | null, yards: string) => (figures: Figures) => {
  const said = of(figures)
  return said === null ? null : `${said}, ${figure(figures, yards)}`
}
const number = (key: string) => (figures: Figures) => (figure(figures, key) > 0 ? String(figure(figures, key)) : null)
const TEAM: readonly TeamRow[] = [
  teamRow('First downs', 'firstDowns'),
  { label: 'Third downs', of: share('thirdDownsMade', 'thirdDowns') },
  { label: 'Total yards', of: own => figure(own, 'rushYards') + figure(own, 'passYards') - figure(own, 'sackYards') },
  { label: 'Rushes, yards', of: pair(number('carries'), 'rushYards') },
  { label: 'Passes, yards', of: pair(share('completions', 'attempts'), 'passYards') },
  { label: 'Sacked, yards lost', of: pair(number('sacked'), 'sackYards') },
  { label: 'Punts, yards', of: pair(number('punts'), 'puntYards') },
  teamRow('Turnovers', 'turnovers'),
  { label: 'Penalties, yards', of: pair(number('penalties'), 'penaltyYards') },
  { label: 'Field goals', of: share('fieldGoals', 'fieldGoalsTried') },
  { label: 'Extra points', of: share('extraPoints', 'extraPointsTried') },
  { label: 'Two-point tries', of: share('twoPoints', 'twoPointsTried') },
]

export function footballBox(plays: readonly BoxPlay<Seen>[], pointsOf: (play: LoggedPlay) => number): BoxTable[] {
  const counted = count(plays, (play, folded) => {
    const { side, playerId } = play
    if (!side || isOfTry(play, folded.before.pending)) return []
    const by = pointsOf(play)
    return [...(by > 0 ? [{ side, key: 'points', playerId, by }] : []), ...credits(play, side), ...downs(play, folded)]
  })
  return [
    ...playerTables(counted, 'scoring', 'Scoring', SCORING),
    ...playerTables(counted, 'passing', 'Passing', PASSING, 'passYards'),
    ...playerTables(counted, 'rushing', 'Rushing', RUSHING, 'rushYards'),
    ...playerTables(counted, 'receiving', 'Receiving', RECEIVING, 'catchYards'),
    ...playerTables(counted, 'kicking', 'Kicking', KICKING, ''),
    ...playerTables(counted, 'punting', 'Punting', PUNTING),
    ...playerTables(counted, 'defence', 'Defence', DEFENCE),
    ...teamTable(counted, TEAM),
  ]
}
