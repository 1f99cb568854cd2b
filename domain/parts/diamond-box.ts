import type { BoxPlay, BoxTable } from '../box.ts'
import { isBaseKind, other } from '../play.ts'
import { end, type Rules, type State } from './diamond.ts'
import { TURNS } from './diamond-plays.ts'
import { column, count, type Figure, type Figures, figure, playerTables, teamRow, teamTable, withoutEmpty } from './figures.ts'

/** OBR 9.02(a)(1): a walk, a hit by pitch, a sacrifice are no time at bat. */
const NO_AT_BAT: ReadonlySet<string> = new Set(['walk', 'hitByPitch', 'sacrifice'])
const AS: Readonly<Record<string, string>> = {
  double: '2B',
  triple: '3B',
  homeRun: 'HR',
  walk: 'BB',
  hitByPitch: 'HBP',
  strikeout: 'SO',
  stolenBase: 'SB',
  caughtStealing: 'CS',
}
/** What the pitcher is charged with as well. */
const PITCHED: ReadonlySet<string> = new Set(['HR', 'BB', 'HBP', 'SO'])

const VAGUE: ReadonlySet<string> = new Set(['hit', 'other'])

/** Figures of the pitcher stand apart from what the same player did at bat. */
const OF_PITCHER = 'P:'

function figuresOf({ play, before, after }: BoxPlay<State>): Figure[] {
  const { outcome } = after
  // A note, an undo leave what came before them as it was.
  if (!outcome || isBaseKind(play.kind)) return []
  const { kind, batting, batter, pitcher, scored, batted, outs, pitches, left = 0 } = outcome
  const fielding = other(batting)
  const { fielder } = (play.data ?? {}) as { fielder?: string }
  const figures: Figure[] = []
  const give = (side: Figure['side'], key: string, playerId: string | undefined, by = 1) => {
    if (by > 0) figures.push({ side, key, by, ...(playerId === undefined ? {} : { playerId }) })
  }
  const charge = (key: string, by = 1, whom = pitcher) => give(fielding, `${OF_PITCHER}${key}`, whom, by)
  const isTurn = TURNS[kind]?.atBat === true
  const doer = isTurn ? batter : play.playerId
  const hits = after.hits[batting] - before.hits[batting]
  const as = AS[kind]
  if (isTurn && !NO_AT_BAT.has(kind)) give(batting, 'AB', batter)
  give(batting, 'H', batter, hits)
  if (as) give(batting, as, doer)
  give(batting, 'RBI', batter, batted)
  give(batting, 'LOB', undefined, left)
  // OBR 9.11: two outs in one play, whoever made them.
  give(fielding, outs > 2 ? 'TP' : 'DP', undefined, outs > 1 ? 1 : 0)
  give(fielding, 'E', fielder, after.errors[fielding] - before.errors[fielding])
  if (isTurn) charge('BF')
  charge('OUTS', outs)
  charge('PIT', pitches)
  charge('H', hits)
  if (as && PITCHED.has(as)) charge(as)
  for (const { who, by, free } of scored) {
    give(batting, 'R', who)
    charge('R', 1, by ?? pitcher)
    if (!free) charge('ER', 1, by ?? pitcher)
  }
  return figures
}

const innings = (outs: number) => `${Math.floor(outs / 3)}.${outs % 3}`
const pitching = (key: string, name: string) => column(key, key, name, figures => figure(figures, `${OF_PITCHER}${key}`))

/** Batting and pitching lines by OBR 9.02 and 9.16; runs and earned runs stand with the pitcher who let the runner on. */
export function box(plays: readonly BoxPlay<State>[], rules: Rules): readonly BoxTable[] {
  const counted = count(plays, (_, folded) => figuresOf(folded))
  const last = plays.findLast(({ counts }) => counts)?.after
  if (last && !last.over && last.bases !== null && end(last, rules)) {
    const { all } = counted[last.half === 0 ? rules.battingFirst : other(rules.battingFirst)]
    all.LOB = figure(all, 'LOB') + [1, 2, 4].filter(bit => (last.bases ?? 0) & bit).length
  }
  const batting = playerTables(
    counted,
    'batting',
    'Batting',
    [
      column('AB', 'AB', 'At bats'),
      column('R', 'R', 'Runs'),
      column('H', 'H', 'Hits'),
      column('2B', '2B', 'Doubles'),
      column('3B', '3B', 'Triples'),
      column('HR', 'HR', 'Home runs'),
      column('RBI', 'RBI', 'Runs batted in'),
      column('BB', 'BB', 'Walks'),
      column('SO', 'SO', 'Strikeouts'),
      column('HBP', 'HBP', 'Hit by pitch'),
      column('SB', 'SB', 'Stolen bases'),
      column('CS', 'CS', 'Caught stealing'),
      column('E', 'E', 'Errors'),
    ],
    '',
  )
  const pitchers = playerTables(
    counted,
    'pitching',
    'Pitching',
    [
      column('IP', 'IP', 'Innings pitched', f => (figure(f, 'P:BF') + figure(f, 'P:PIT') > 0 ? innings(figure(f, 'P:OUTS')) : null)),
      pitching('H', 'Hits'),
      pitching('R', 'Runs'),
      pitching('ER', 'Earned runs'),
      pitching('BB', 'Walks'),
      pitching('SO', 'Strikeouts'),
      pitching('HR', 'Home runs'),
      pitching('HBP', 'Hit batters'),
      column('PIT', 'PIT', 'Pitches', f => (last?.counted ? figure(f, 'P:PIT') : null)),
    ],
    '',
  )
  // Plays told by their counts alone may have been anything.
  const isTold = !plays.some(({ counts, play }) => counts && VAGUE.has(play.kind))
  const isBasesTold = !plays.some(({ counts, play, after }) => counts && play.kind !== 'adjust' && after.bases === null)
  const told = (label: string, key: string) => ({ label, of: (f: Figures) => (isTold ? figure(f, key) : null) })
  const team = teamTable(counted, [
    teamRow('Hits', 'H'),
    told('Home runs', 'HR'),
    told('Walks', 'BB'),
    told('Strikeouts', 'SO'),
    told('Stolen bases', 'SB'),
    teamRow('Errors', 'E'),
    teamRow('Double plays', 'DP'),
    teamRow('Triple plays', 'TP'),
    { label: 'Left on base', of: f => (isBasesTold ? figure(f, 'LOB') : null) },
    { label: 'Pitches', of: own => (last?.counted ? figure(own, 'P:PIT') : null) },
  ])
  return [
    ...withoutEmpty(batting, ['AB', 'R', 'H', 'RBI', 'BB', 'SO']),
    ...withoutEmpty(pitchers, ['IP', 'H', 'R', 'ER', 'BB', 'SO']),
    ...team,
  ]
}
