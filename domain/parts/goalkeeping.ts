import { SIDES, type Side } from '../play.ts'
import { column, type FigureColumn, type Figures, figure } from './figures.ts'

/** Who keeps a side's goal, as far as anybody said, and whether it stands empty. */
export interface Net {
  goalie: string | null
  isOut: boolean
}
export type Nets = Readonly<Record<Side, Net>>
const NOBODY: Net = { goalie: null, isOut: false }
export const NETS: Nets = { home: NOBODY, away: NOBODY }

/** A goalkeeper comes on or leaves the net empty; whoever is not named is the one before. */
export const change = (nets: Nets, side: Side, goalie: string | undefined, isOut: boolean): Nets => ({
  ...nets,
  [side]: { goalie: goalie ?? nets[side].goalie, isOut },
})
/** A period begins with both in. */
export const allIn = (nets: Nets): Nets => ({ home: { ...nets.home, isOut: false }, away: { ...nets.away, isOut: false } })

const faced = (own: Figures) => figure(own, 'sv') + figure(own, 'ga')
/** Goalkeepers by the figures `sv` and `ga`, the goals alone where nobody wrote down a save. */
export const goalieColumns = (hasShots: boolean): FigureColumn[] => {
  const against = column('ga', 'GA', 'Goals against')
  if (!hasShots) return [against]
  return [
    column('sa', 'SA', 'Shots against', faced),
    against,
    column('sv', 'SV', 'Saves'),
    column('svp', 'SV%', 'Saves of shots against', own =>
      faced(own) > 0 ? (figure(own, 'sv') / faced(own)).toFixed(3).replace(/^0/, '') : null,
    ),
  ]
}

/** Whether anybody has a figure: a column nobody kept is left out. */
export const has = (counted: Readonly<Record<Side, { all: Figures }>>, key: string) =>
  SIDES.some(side => figure(counted[side].all, key) !== 0)
