import type { Field } from '../fields.ts'
import type { Score } from '../game.ts'
import { defineSport, type RulePack } from '../sport.ts'
import { sport as tennis } from './tennis.ts'

/**
 * Padel: counted like tennis, by pairs, with one rule more: the golden point, which decides a game at its first, second or third 40–40. Rule
 * numbers are those of the Rules of Padel of the International Padel Federation (FIP).
 *
 * `detail`: as tennis has it, and `goldenPoint`: whether the next point decides the game.
 */
interface Rules {
  bestOf: number
  gamesPerSet: number
  tieBreakAt: number
  tieBreakPoints: number
  tieBreakMargin: number
  tieBreakOrder: string
  finalSet: string
  /** At which 40–40 of a game one point decides it: 1 the first, 0 never, and all games are played out. */
  decidingDeuce: number
}

const { noAd: _, ...fields } = tennis.ruleFields as Readonly<Record<Exclude<keyof Rules, 'decidingDeuce'> | 'noAd', Field>>

const GOLDEN: Rules = {
  bestOf: 3,
  gamesPerSet: 6,
  tieBreakAt: 6,
  tieBreakPoints: 7,
  tieBreakMargin: 2,
  tieBreakOrder: '1-2-2',
  finalSet: 'same',
  decidingDeuce: 1,
}
const pack = (id: string, name: string, from: string, source: string, change: Partial<Rules>): RulePack<Rules> => ({
  id,
  name,
  version: '1',
  from,
  source,
  values: { ...GOLDEN, ...change },
})
const RULES = 'FIP Rules of Padel, rule 1: counting as in tennis, tie-break at 6–6'
const SUPER = 'FIP Rules of Padel, rule 1: a tie-break to ten in place of the third set'
const PACKS: readonly RulePack<Rules>[] = [
  {
    ...pack('golden', 'Golden point', '2020-01-01', 'FIP Rules of Padel, rule 1: golden point at 40–40; tours from 2020', {}),
    isDefault: true,
  },
  { ...pack('advantage', 'Advantage', '1970-01-01', RULES, { decidingDeuce: 0 }), isDefault: true },
  pack('silver', 'Silver point: one advantage', '2020-01-01', 'Tour practice: a golden point at the second 40–40', { decidingDeuce: 2 }),
  pack('star', 'Star point: two advantages', '2026-01-01', 'FIP Rules of Padel 2026: the third 40–40 is decided by one point', {
    decidingDeuce: 3,
  }),
  pack('golden-super', 'Golden point, super tie-break', '2020-01-01', SUPER, { finalSet: 'mtb10' }),
  pack('advantage-super', 'Advantage, super tie-break', '1970-01-01', SUPER, { finalSet: 'mtb10', decidingDeuce: 0 }),
  pack('short-set', 'One set to nine', '1970-01-01', 'Club practice: one set to nine games by two, tie-break at 8–8', {
    bestOf: 1,
    gamesPerSet: 9,
    tieBreakAt: 8,
  }),
]

export const sport = defineSport<unknown, Rules>({
  ...tennis,
  id: 'padel',
  name: 'Padel',
  version: 2,
  packs: PACKS,
  ruleFields: {
    ...fields,
    decidingDeuce: { type: 'int', min: 0, max: 3, label: 'Golden point at which 40–40 (0: never)' },
  },
  detail: (state, rules) => {
    const detail = tennis.detail(state, rules)
    return { ...detail, goldenPoint: detail.tiebreak === false && isGolden((state as { points: Score }).points, rules) }
  },
  glance: game => {
    const glance = tennis.glance?.(game) ?? {}
    if (!game.detail.goldenPoint || !glance.middle) return glance
    return { ...glance, middle: glance.middle.replace(', break point', '').replace('40–40', '40–40, golden point') }
  },
})

function isGolden({ home, away }: Score, { decidingDeuce }: Rules): boolean {
  return decidingDeuce > 0 && home === away && home === 2 + decidingDeuce
}
