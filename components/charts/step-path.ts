import type { Side } from '#domain/play.ts'
import type { LeadStep } from './lead.ts'

/** The leads at the upper and the lower edge. One scale serves both sides; only the room nobody used is left out. */
export interface Reach {
  home: number
  away: number
}
export interface Plot extends Reach {
  width: number
  height: number
}

/** Round figures above every lead, so that the scale does not move with each basket. */
export function reachOf(steps: readonly { margin: number }[], least = 6): Reach {
  const margins = steps.map(({ margin }) => margin)
  const [up, down] = [Math.max(0, ...margins), Math.max(0, ...margins.map(margin => -margin))]
  const unit = Math.max(up, down) <= 10 ? 3 : Math.max(up, down) <= 25 ? 5 : 10
  const round = (lead: number) => Math.ceil((lead * 1.2) / unit) * unit
  const most = Math.max(least, round(up), round(down))
  // The smaller side keeps a third of the larger one's room for the labels and for what is to come.
  const room = Math.ceil(most / 3)
  return { home: Math.max(room, round(up)), away: Math.max(room, round(down)) }
}

/** Where a lead stands in the box, 0 at the upper edge. */
export const leadY = (margin: number, { home, away }: Reach) => (home - Math.max(-away, Math.min(home, margin))) / (home + away)

/** The lead a guide line marks: round, and well inside the box. */
export function guideOf({ home, away }: Reach): number {
  const most = Math.max(home, away) * 0.8
  return [50, 40, 30, 20, 10, 5, 3, 2].find(lead => lead <= most) ?? 1
}

const round = (value: number) => Math.round(value * 10) / 10

/**
 * The area between the zero line and one side's leads, as an SVG path of level steps.
 *
 * @param until place, 0 to 1, where the last step ends
 */
export function stepPath(steps: readonly LeadStep[], side: Side, until: number, plot: Plot): string {
  const xOf = (place: number) => round(place * plot.width)
  const yOf = (margin: number) => round(leadY(margin, plot) * plot.height)
  const zero = yOf(0)
  let path = ''
  let isOpen = false
  for (const { x, margin } of steps) {
    const lead = side === 'home' ? Math.max(0, margin) : Math.min(0, margin)
    if (lead !== 0) path += isOpen ? `H${xOf(x)}V${yOf(lead)}` : `M${xOf(x)} ${zero}V${yOf(lead)}`
    else if (isOpen) path += `H${xOf(x)}V${zero}Z`
    isOpen = lead !== 0
  }
  return isOpen ? `${path}H${xOf(Math.max(until, steps.at(-1)?.x ?? 0))}V${zero}Z` : path
}
