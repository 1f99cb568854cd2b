import type { BoxPlay, BoxTable } from '../box.ts'
import { type LoggedPlay, other, SIDES, type Side } from '../play.ts'
import { column, count, type Figure, type Figures, figure, playerTables, teamRow, teamTable, withoutEmpty } from './figures.ts'
import { lengthOf, minutesBefore, type Rules, SHOOTOUT, type State } from './soccer.ts'
import { playingTimes, type Sighting, timeOnField } from './stints.ts'
import { MINUTE } from './timed.ts'

const SHOTS: Readonly<Record<string, readonly string[]>> = {
  goal: ['G', 'SH', 'SOG'],
  penaltyGoal: ['G', 'SH', 'SOG', 'PEN'],
  penaltyMissed: ['SH'],
  shot: ['SH'],
  shotOnTarget: ['SH', 'SOG'],
  save: ['SV'],
  corner: ['CK'],
  offside: ['OFF'],
  foul: ['FC'],
  yellowCard: ['YC'],
  secondYellow: ['YC', 'RC'],
  redCard: ['RC'],
  substitution: ['SUB'],
}
/** A second yellow card that nobody called one is one (law 12). */
const kindOf = ({ play, marks }: BoxPlay<State>) => (marks.facts?.card === 'second' ? 'secondYellow' : play.kind)

function figuresOf({ side, playerId, data = {} }: LoggedPlay, folded: BoxPlay<State>): Figure[] {
  if (!side) return []
  const kind = kindOf(folded)
  if (kind === 'ownGoal') return [{ side: other(side), key: 'OG', playerId }]
  // Nobody is sent off twice: a red card shown after a second yellow is no further one.
  const isNew = folded.after.red[side] > folded.before.red[side]
  const own = (SHOTS[kind] ?? []).filter(key => key !== 'RC' || isNew).map((key): Figure => ({ side, key, playerId }))
  if (kind === 'goal' && typeof data.assist === 'string') own.push({ side, key: 'A', playerId: data.assist })
  if (kind === 'penaltyMissed' && data.how === 'saved') own.push({ side, key: 'SOG', playerId })
  return own
}

/** Minutes on the field, added time left out, as they are printed. */
function minutesOf(plays: readonly BoxPlay<State>[], rules: Rules): Record<Side, ReadonlyMap<string, number> | null> {
  const played = (n: number, at: number | 'start' | 'end') => {
    const [before, length] = [minutesBefore(n, rules) * MINUTE, lengthOf(n, rules) * MINUTE]
    const into = at === 'start' ? 0 : at === 'end' ? length : rules.clock === 'up' ? at - before : length - at
    return before + Math.min(length, Math.max(0, into))
  }
  const byClock = playingTimes(plays, played)
  const seen: Record<Side, Sighting[]> = { home: [], away: [] }
  let endMs = 0
  plays.forEach((folded, i) => {
    const { play, counts, period } = folded
    const { side, playerId, data = {} } = play
    const kind = kindOf(folded)
    if (!counts || period === SHOOTOUT) return
    const atMs = typeof data.minute === 'number' ? data.minute * MINUTE : (byClock[i] ?? null)
    endMs = Math.max(endMs, atMs ?? 0)
    if (!side) return
    const see = (of: Side, who: unknown, is: Sighting['is']) => {
      if (typeof who === 'string') seen[of].push({ who, is, atMs })
    }
    if (kind === 'substitution') {
      see(side, data.out, 'off')
      see(side, playerId, 'on')
    } else if (kind === 'redCard' || kind === 'secondYellow') see(side, playerId, 'off')
    else if (kind !== 'yellowCard') see(kind === 'ownGoal' ? other(side) : side, playerId, kind === 'starter' ? 'start' : 'seen')
    see(side, data.assist, 'seen')
  })
  return { home: timeOnField(seen.home, endMs, rules.players), away: timeOnField(seen.away, endMs, rules.players) }
}

export function box(plays: readonly BoxPlay<State>[], rules: Rules): readonly BoxTable[] {
  const counted = count(plays, figuresOf)
  const minutes = minutesOf(plays, rules)
  for (const side of SIDES) {
    const { players } = counted[side]
    for (const [who, ms] of minutes[side] ?? []) {
      const row = players.get(who) ?? {}
      row.ms = ms
      players.set(who, row)
    }
  }
  // Shots that are goals alone would be no count of shots.
  const hasShots = plays.some(({ counts, play }) => counts && (play.kind === 'shot' || play.kind === 'shotOnTarget'))
  const shots = (key: string) => (f: Figures) => (hasShots ? figure(f, key) : null)
  const tables = playerTables(counted, 'players', 'Players', [
    column('G', 'G', 'Goals'),
    column('A', 'A', 'Assists'),
    column('OG', 'OG', 'Own goals'),
    column('SH', 'SH', 'Shots', shots('SH')),
    column('SOG', 'SOG', 'Shots on target', shots('SOG')),
    column('SV', 'SV', 'Saves'),
    column('FC', 'FC', 'Fouls'),
    column('OFF', 'OFF', 'Offsides'),
    column('YC', 'YC', 'Yellow cards'),
    column('RC', 'RC', 'Red cards'),
    column('MIN', 'MIN', 'Minutes', f => (f.ms === undefined ? null : Math.round(f.ms / MINUTE))),
  ])
  const team = teamTable(counted, [
    { label: 'Shots', of: shots('SH') },
    { label: 'On target', of: shots('SOG') },
    teamRow('Saves', 'SV'),
    teamRow('Corners', 'CK'),
    teamRow('Fouls', 'FC'),
    teamRow('Offsides', 'OFF'),
    teamRow('Penalties scored', 'PEN'),
    teamRow('Own goals', 'OG'),
    teamRow('Yellow cards', 'YC'),
    teamRow('Red cards', 'RC'),
    teamRow('Substitutions', 'SUB'),
  ])
  return [...withoutEmpty(tables, ['G']), ...team]
}
