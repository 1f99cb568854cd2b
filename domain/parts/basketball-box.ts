import type { BoxPlay, BoxTable } from '../box.ts'
import { type LoggedPlay, other, SIDES, type Side } from '../play.ts'
import { isPlayersFoul, type Rules, type State, WORTH } from './basketball.ts'
import { column, count, type Figure, type Figures, figure, playerTables, split, teamRow, teamTable, withoutEmpty } from './figures.ts'
import { follow, isTold, minutesText, playingTimes, type Sighting, starters, timeOnField } from './stints.ts'
import { MINUTE } from './timed.ts'

const ON_COURT = 5

/** Playing time at a reading of a period's clock, over all periods. */
function playedAt(rules: Rules, n: number, at: number | 'start' | 'end'): number {
  const length = (i: number) => (i <= rules.periods ? rules.periodMinutes : rules.overtimeTarget > 0 ? 0 : rules.overtimeMinutes) * MINUTE
  let before = 0
  for (let i = 1; i < n; i++) before += length(i)
  return before + (at === 'start' ? 0 : at === 'end' ? length(n) : Math.max(0, length(n) - at))
}

/** Who is seen on the court, by side, with each play's playing time; technical fouls are no sign of being on it. */
function sightingsOf(plays: readonly BoxPlay<State>[], rules: Rules) {
  const times = playingTimes(plays, (n, at) => playedAt(rules, n, at))
  const seen: Record<Side, (Sighting & { i: number })[]> = { home: [], away: [] }
  plays.forEach(({ play, counts }, i) => {
    const { kind, side, playerId, data = {} } = play
    if (!counts || !side) return
    const see = (of: Side, who: unknown, is: Sighting['is']) => {
      if (typeof who === 'string') seen[of].push({ who, is, atMs: times[i] ?? null, i })
    }
    if (kind === 'substitution') {
      see(side, data.out, 'off')
      see(side, playerId, 'on')
    } else if (kind === 'starter') see(side, playerId, 'start')
    else if (kind !== 'foul' || (data.type !== 'technical' && data.type !== 'disqualifying')) {
      see(side, playerId, 'seen')
      see(side, data.assist, 'seen')
      see(other(side), data.drawn, 'seen')
    }
  })
  return { seen, endMs: times.findLast(at => at !== null) ?? 0 }
}

/** Points for and against while somebody was on; null where the substitutions do not tell. */
function plusMinus(plays: readonly BoxPlay<State>[], seen: readonly (Sighting & { i: number })[], side: Side) {
  if (!isTold(seen, ON_COURT)) return null
  const on = starters(seen)
  const sums = new Map<string, number>()
  let next = 0
  plays.forEach(({ play, counts }, i) => {
    for (; seen[next] && (seen[next] as { i: number }).i <= i; next++) follow(on, seen[next] as Sighting)
    const worth = counts ? (WORTH[play.kind] ?? 0) : 0
    if (worth > 0) for (const who of on) sums.set(who, (sums.get(who) ?? 0) + (play.side === side ? worth : -worth))
  })
  return sums
}

const DEEDS: Readonly<Record<string, string>> = {
  offensiveRebound: 'OREB',
  defensiveRebound: 'DREB',
  steal: 'STL',
  block: 'BLK',
  turnover: 'TO',
}

function figuresOf({ kind, side, playerId, data = {} }: LoggedPlay, rules: Rules): Figure[] {
  if (!side) return []
  const own = (key: string, by = 1): Figure => ({ side, key, playerId, by })
  const worth = WORTH[kind]
  if (worth) {
    const assisted = typeof data.assist === 'string' ? [{ side, key: 'AST', playerId: data.assist }] : []
    return [own(kind), own(`${kind}Taken`), own('PTS', worth), ...assisted]
  }
  if (kind === 'foul') {
    const drawn = typeof data.drawn === 'string' ? [{ side: other(side), key: 'FD', playerId: data.drawn }] : []
    const { type } = data
    const isTechnical = type === 'technical' || type === 'bench'
    const personal = isPlayersFoul(type, rules) ? [own('PF')] : []
    return [...personal, ...(isTechnical ? [type === 'bench' ? { side, key: 'TF' } : own('TF')] : []), ...drawn]
  }
  if (kind.endsWith('Missed')) return [own(kind.replace('Missed', 'Taken'))]
  return DEEDS[kind] ? [own(DEEDS[kind])] : []
}

const signed = (n: number) => (n > 0 ? `+${n}` : String(n))

/** The box score as FIBA and the NBA print it; shots are splits only where misses were written down too. */
export function box(plays: readonly BoxPlay<State>[], rules: Rules): readonly BoxTable[] {
  const counted = count(plays, play => figuresOf(play, rules))
  const { seen, endMs } = sightingsOf(plays, rules)
  for (const side of SIDES) {
    const { players } = counted[side]
    const row = (who: string) => players.get(who) ?? players.set(who, {}).get(who) ?? {}
    for (const [who, ms] of timeOnField(seen[side], endMs, ON_COURT) ?? []) row(who).ms = ms
    for (const [who, margin] of plusMinus(plays, seen[side], side) ?? []) row(who).margin = margin
  }
  const sum = (f: Figures, tail: string, kinds: readonly string[]) => kinds.reduce((n, kind) => n + figure(f, `${kind}${tail}`), 0)
  const hasMisses = (kinds: readonly string[]) =>
    SIDES.some(side => sum(counted[side].all, 'Taken', kinds) > sum(counted[side].all, '', kinds))
  const told = { goals: hasMisses(['1pt', '2pt', '3pt']), ft: hasMisses(['ft']) }
  const shots = (f: Figures, ...kinds: string[]) => {
    const made = sum(f, '', kinds)
    return split(made, sum(f, 'Taken', kinds) - made, kinds[0] === 'ft' ? told.ft : told.goals)
  }
  const rebounds = (f: Figures) => figure(f, 'OREB') + figure(f, 'DREB')
  const arcs =
    rules.fieldGoals === '1-2'
      ? ([
          ['1P', 'One point', '1pt'],
          ['2P', 'Two points', '2pt'],
        ] as const)
      : ([['3P', 'Three points', '3pt']] as const)
  const tables = playerTables(
    counted,
    'players',
    'Players',
    [
      column('MIN', 'MIN', 'Minutes', f => (f.ms === undefined ? null : minutesText(f.ms))),
      column('FG', 'FG', 'Field goals', f => shots(f, '1pt', '2pt', '3pt')),
      ...arcs.map(([key, name, kind]) => column(key, key, name, f => shots(f, kind))),
      column('FT', 'FT', 'Free throws', f => shots(f, 'ft')),
      column('OREB', 'OREB', 'Offensive rebounds'),
      column('DREB', 'DREB', 'Defensive rebounds'),
      column('REB', 'REB', 'Rebounds', rebounds),
      column('AST', 'AST', 'Assists'),
      column('STL', 'STL', 'Steals'),
      column('BLK', 'BLK', 'Blocks'),
      column('TO', 'TO', 'Turnovers'),
      column('PF', 'PF', 'Fouls'),
      column('TF', 'TF', 'Technical fouls'),
      column('FD', 'FD', 'Fouls drawn'),
      column('+/-', '+/-', 'Points for less points against while on court', f => (f.margin === undefined ? null : signed(f.margin))),
      column('PTS', 'PTS', 'Points'),
    ],
    'PTS',
  )
  const lead = { home: 0, away: 0 }
  for (const { counts, margin } of plays) {
    if (counts && margin > lead.home) lead.home = margin
    if (counts && -margin > lead.away) lead.away = -margin
  }
  for (const side of SIDES) counted[side].all.lead = lead[side]
  const team = teamTable(counted, [
    { label: 'Field goals', of: f => shots(f, '1pt', '2pt', '3pt') },
    ...arcs.map(([, name, kind]) => ({ label: name, of: (f: Figures) => shots(f, kind) })),
    { label: 'Free throws', of: f => shots(f, 'ft') },
    { label: 'Rebounds', of: rebounds },
    teamRow('Offensive rebounds', 'OREB'),
    teamRow('Assists', 'AST'),
    teamRow('Steals', 'STL'),
    teamRow('Blocks', 'BLK'),
    teamRow('Turnovers', 'TO'),
    teamRow('Fouls', 'PF'),
    teamRow('Technical fouls', 'TF'),
    teamRow('Largest lead', 'lead'),
  ])
  return [...withoutEmpty(tables, ['PTS', 'FG', 'FT']), ...team]
}
