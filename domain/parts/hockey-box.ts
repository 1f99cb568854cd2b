import type { BoxPlay, BoxTable } from '../box.ts'
import type { Score } from '../game.ts'
import { other, type Side } from '../play.ts'
import { column, count, type Figure, figure, outOf, playerTables, type TeamRow, teamRow, teamTable } from './figures.ts'
import { goalieColumns, has, type Nets } from './goalkeeping.ts'
import { chancesIn, type Discipline, minutesOf, type PenaltyData, type PenaltyRules, typeOf } from './hockey-penalties.ts'

/** What of a game's state the box score reads. */
interface Seen extends Discipline {
  rows: readonly { n: number }[]
  emptyNet: Score
  net: Nets
}

/** What the scorer may say of a goal. */
export interface GoalData {
  assist?: string
  assist2?: string
  strength?: Strength
  emptyNet?: boolean
  goalie?: string
}

export const STRENGTHS = ['even', 'powerPlay', 'shortHanded', 'penaltyShot'] as const
type Strength = (typeof STRENGTHS)[number]

/** Places for who was on the ice: `plus1` to `plus6`, `minus1` to `minus6`. */
export const ICE = [1, 2, 3, 4, 5, 6]

/** A player's and a side's figures from one play; who was on the ice tells plus and minus. */
function figuresOf({ play, periodLabel, before, after }: BoxPlay<Seen>, rules: PenaltyRules): Figure[] {
  const { kind, side, playerId, data = {} } = play
  if (!side) return []
  const against = other(side)
  const goalie = (data.goalie as string | undefined) ?? before.net[against].goalie ?? undefined
  const mine = (key: string, who: string | undefined, by = 1): Figure => ({ side, key, playerId: who, by })
  const onGoal = [mine('sog', playerId), mine(`sog ${periodLabel}`, undefined)]
  switch (kind) {
    case 'goal': {
      const { assist, assist2 } = data as GoalData
      const assists = [assist, assist2].filter(who => who !== undefined)
      const isEven = after.powerPlay[side] === before.powerPlay[side] && data.strength !== 'penaltyShot'
      const on = (key: string) => ICE.map(n => data[`${key}${n}`] as string | undefined).filter(who => who !== undefined)
      const isTold = on('plus').length + on('minus').length > 0
      const up = isTold && isEven ? [...new Set([playerId, ...assists, ...on('plus')])].filter(who => who !== undefined) : []
      const down = isTold && isEven ? on('minus') : []
      const isEmpty = after.emptyNet[side] > before.emptyNet[side]
      return [
        mine('g', playerId),
        ...assists.map(who => mine('a', who)),
        ...onGoal,
        ...up.flatMap(who => [mine('pm', who), mine('told', who)]),
        ...down.flatMap((who): Figure[] => [
          { side: against, key: 'pm', playerId: who, by: -1 },
          { side: against, key: 'told', playerId: who },
        ]),
        ...(isEmpty ? [] : [{ side: against, key: 'ga', playerId: goalie }]),
      ]
    }
    case 'shot':
      return [...onGoal, { side: against, key: 'sv', playerId: goalie }]
    case 'penaltyShotMissed':
      return data.isSaved ? [...onGoal, { side: against, key: 'sv', playerId: goalie }] : []
    case 'penalty':
      return [mine('pim', playerId, minutesOf(typeOf(data as PenaltyData), rules))]
    case 'faceoff':
      return [mine('fow', playerId), { side: against, key: 'fol', playerId: data.against as string | undefined }]
    default:
      return []
  }
}

/** Whoever has most points first, who is not named last. */
function byPoints(table: BoxTable): BoxTable {
  const rank = ({ playerId, cells }: BoxTable['rows'][number]) => (playerId === undefined ? -1 : Number(cells.p))
  return { ...table, rows: [...table.rows].sort((a, b) => rank(b) - rank(a)) }
}

export function hockeyBox(plays: readonly BoxPlay<Seen>[], rules: PenaltyRules, label: (n: number) => string): BoxTable[] {
  const counted = count(plays, (_play, folded) => figuresOf(folded, rules))
  const last = plays.at(-1)?.after
  // Where only goals are written down there is nothing to say of shots.
  const hasShots = has(counted, 'sv')
  const skaterColumns = [
    column('g', 'G', 'Goals'),
    column('a', 'A', 'Assists'),
    column('p', 'P', 'Points', own => figure(own, 'g') + figure(own, 'a')),
    ...(has(counted, 'told')
      ? [column('pm', '+/−', 'Goals for less goals against while on the ice', own => (figure(own, 'told') ? figure(own, 'pm') : null))]
      : []),
    column('pim', 'PIM', 'Penalty minutes'),
    ...(hasShots ? [column('sog', 'SOG', 'Shots on goal')] : []),
    ...(has(counted, 'fow')
      ? [column('fo', 'FO', 'Face-offs won', own => outOf(figure(own, 'fow'), figure(own, 'fow') + figure(own, 'fol')))]
      : []),
  ]
  const powerPlays = (side: Side) => (last ? outOf(last.powerPlay[side], chancesIn(last)[side]) : null)
  const byPeriod = (last?.rows ?? []).map(({ n }): TeamRow => teamRow(`Shots, ${label(n)}`, `sog ${label(n)}`))
  const team = teamTable(counted, [
    ...(hasShots ? [teamRow('Shots on goal', 'sog'), ...byPeriod, teamRow('Saves', 'sv')] : []),
    teamRow('Penalty minutes', 'pim'),
    { label: 'Face-offs won', of: own => outOf(figure(own, 'fow'), figure(own, 'fow') + figure(own, 'fol')) },
  ])
  const play = { label: 'Power play', cells: { home: powerPlays('home'), away: powerPlays('away') } }
  const hasPlays = play.cells.home !== null || play.cells.away !== null
  return [
    ...playerTables(counted, 'skaters', 'Skaters', skaterColumns).map(byPoints),
    ...playerTables(counted, 'goalies', 'Goalkeepers', goalieColumns(hasShots)),
    ...team.map(table => (hasPlays ? { ...table, rows: [play, ...table.rows] } : table)),
  ]
}
