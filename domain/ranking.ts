import type { StandingsRules } from './standings.ts'
import { emptyTally, HEAD_TO_HEAD, isHeadToHead, measure, type Tally, type TieBreaker } from './tie-breakers.ts'

export interface Team {
  ref: { id: string; name: string; color: string | null }
  deduction: number
  tally: Tally
}
/** A competition's rules name sides; a side whose name was taken away stands in them by its id. */
export const isMeant = (name: string, { id, name: own }: Pick<Team['ref'], 'id' | 'name'>) => name === own || name === id

export interface Ranked {
  team: Team
  /** What put it above the next; null of the last. */
  by: TieBreaker | null
  /** The games among those it was level with when the first rule about these was reached. */
  mini: Tally | null
}
/** A rule as it is applied, and the name under which it decides. */
interface Rule {
  rule: TieBreaker
  name: TieBreaker
}

/** `head-to-head` alone stands for its usual three, and decides under its own name. */
function chainOf({ tieBreakers }: StandingsRules): Rule[] {
  const hasPlace = tieBreakers.includes('points') || tieBreakers[0] === 'percentage'
  const whole: readonly TieBreaker[] = hasPlace ? tieBreakers : ['points', ...tieBreakers]
  const parts: readonly TieBreaker[] = ['head-to-head-points', 'head-to-head-difference', 'head-to-head-for']
  return whole.flatMap<Rule>(name => (name === HEAD_TO_HEAD ? parts.map(rule => ({ rule, name })) : [{ rule: name, name }]))
}

/** All sides in order: parted by the first rule that tells them apart, those still level by the rules after it. */
export function rank(teams: readonly Team[], rules: StandingsRules, tallyAmong: (group: readonly Team[]) => Map<string, Tally>): Ranked[] {
  const chain = chainOf(rules)
  const firstAmong = chain.findIndex(({ rule }) => isHeadToHead(rule))
  const minis = new Map<string, Tally>()

  /** @param pool the games among those that were level when the first rule about them was reached; null before */
  function order(group: readonly Team[], at: number, pool: Map<string, Tally> | null): Ranked[] {
    if (group.length <= 1) return group.map(team => ({ team, by: null, mini: minis.get(team.ref.id) ?? null }))
    let games = pool
    for (const [i, { rule, name }] of chain.entries()) {
      if (i < at || rule === 'name') continue
      if (isHeadToHead(rule) && !games) {
        games = tallyAmong(group)
        for (const { ref } of group) if (!minis.has(ref.id)) minis.set(ref.id, games.get(ref.id) ?? emptyTally())
      }
      const parted = partition(group, team => valueIn(rule, team, group, games))
      if (parted.length === 1) continue
      const isAgain = firstAmong >= 0 && i >= firstAmong && rules.headToHead === 'again'
      return parted.flatMap((level, k) => {
        const inside = isAgain ? order(level, firstAmong, null) : order(level, i + 1, games)
        const last = inside.at(-1)
        if (last && k < parted.length - 1) last.by = name
        return inside
      })
    }
    const byName = [...group].sort((a, b) => (a.ref.name < b.ref.name ? -1 : a.ref.name > b.ref.name ? 1 : 0))
    return byName.map((team, k) => ({ team, by: k < byName.length - 1 ? 'name' : null, mini: minis.get(team.ref.id) ?? null }))
  }

  function valueIn(rule: TieBreaker, team: Team, group: readonly Team[], games: Map<string, Tally> | null): number {
    const { ref, tally, deduction } = team
    if (isHeadToHead(rule)) return measure(rule, games?.get(ref.id) ?? emptyTally(), 0)
    if (rule === 'fair-play') return -(rules.fairPlay.find(({ team }) => isMeant(team, ref))?.points ?? 0)
    if (rule === 'playoff' || rule === 'lots') {
      const isOf = (names: readonly string[]) => group.filter(({ ref }) => names.some(name => isMeant(name, ref))).length > 1
      const place = rules.decisions.find(({ by, teams }) => by === rule && isOf(teams))?.teams.findIndex(name => isMeant(name, ref)) ?? 0
      return place < 0 ? Number.NEGATIVE_INFINITY : -place
    }
    return measure(rule, tally, deduction)
  }

  return order(teams, 0, null)
}

/** The best first; those of the same value together. */
function partition(group: readonly Team[], value: (team: Team) => number): Team[][] {
  const levels = new Map<number, Team[]>()
  for (const team of group) {
    const reached = value(team)
    levels.set(reached, [...(levels.get(reached) ?? []), team])
  }
  return [...levels].sort(([a], [b]) => b - a).map(([, level]) => level)
}
