import { createHash } from 'node:crypto'
import type { PlayInput } from '#domain/play.ts'
import type { StandingsRow } from '#domain/standings.ts'
import { tieBreakerOf } from '#domain/tie-breakers.ts'
import { differ, nameOf, printable, startOf } from './adapter.ts'

/** What a file of published tables, each with all its results, has for a sport. */
export const TABLES = 'standings'

/** A published table: what was played, how it counts, and what came of it. */
export interface TableRecord {
  id: string
  competition: string
  sport?: string
  /** Points by outcome, the rules in order; or `type: 'winPct'`, by the percentage of games won. */
  rule: Readonly<Record<string, unknown>> & { type?: string; tieBreakers?: readonly string[] }
  deductions?: Readonly<Record<string, number>> | null
  /** Date, home, away, their scores; then the score at half-time, or how it ended (`OT`, `SO`). */
  results: readonly (readonly [string | null, string, string, number, number, ...unknown[]])[]
  expectedTable: readonly PublishedRow[]
}
interface PublishedRow {
  team: string
  pos?: number
  conference?: string
  division?: string
  posInDivision?: number
  deduction?: number
  h2hPublished?: Readonly<Record<string, number>>
  [figure: string]: unknown
}

/** A competition to be made, with all its games. */
export interface Table {
  competition: { name: string; sport: string; standings: object }
  games: { game: object; plays: PlayInput[] }[]
}

const COMMON_WORDS: readonly [RegExp, string][] = [
  [/\b(w?nba|basket)/i, 'basketball'],
  [/\b(nhl|hockey)/i, 'ice_hockey'],
  [/\b(mlb|baseball)/i, 'baseball'],
  [/\b(nfl|american football|gridiron)/i, 'american_football'],
  [/\b(rugby)/i, 'rugby_union'],
  [/\b(handball)/i, 'handball'],
]
/** Sports whose final can be told in a few plays; a table counts those of any other just as well as points of the generic one. */
const TELLABLE: ReadonlySet<string> = new Set(['soccer', 'basketball', 'ice_hockey', 'handball'])
const OTHER = 'generic'
/** A football club does not score so many a game, nor a basketball team so few. */
const MANY = 50

/** What is played there: as the record says, as its name says, else as its scores look. */
export function sportOf({ sport, competition, results }: Pick<TableRecord, 'sport' | 'competition' | 'results'>): string {
  const named = sport ?? COMMON_WORDS.find(([word]) => word.test(competition))?.[1]
  if (named) return TELLABLE.has(named) ? named : OTHER
  const average = results.reduce((sum, [, , , home, away]) => sum + Number(home) + Number(away), 0) / Math.max(1, results.length)
  return average > MANY ? 'basketball' : 'soccer'
}

/** How outcomes are called in published rules, without capitals, spaces and hyphens. */
const OUTCOMES: Readonly<Record<string, string>> = {
  win: 'win',
  w: 'win',
  regulationwin: 'win',
  regwin: 'win',
  regulationloss: 'loss',
  regloss: 'loss',
  draw: 'draw',
  d: 'draw',
  tie: 'draw',
  loss: 'loss',
  l: 'loss',
  otwin: 'overtimeWin',
  overtimewin: 'overtimeWin',
  otloss: 'overtimeLoss',
  otl: 'overtimeLoss',
  overtimeloss: 'overtimeLoss',
  overtimeorshootoutloss: 'overtimeLoss',
  sowin: 'shootoutWin',
  shootoutwin: 'shootoutWin',
  soloss: 'shootoutLoss',
  shootoutloss: 'shootoutLoss',
}

/** The record's rule as `POST /competitions` takes it. */
export function standingsOf({ rule, deductions }: Pick<TableRecord, 'rule' | 'deductions'>): object {
  const points: Record<string, number> = {}
  const told = typeof rule.points === 'object' && rule.points !== null ? { ...rule, ...rule.points } : rule
  for (const [key, value] of Object.entries(told)) {
    const outcome = OUTCOMES[key.toLowerCase().replace(/[^a-z]/g, '')]
    if (outcome && typeof value === 'number') points[outcome] = value
  }
  const isByPercentage = /pct|percent/i.test(rule.type ?? '')
  // A rule that the games do not tell of parts nobody here.
  const named = (rule.tieBreakers ?? []).filter(name => tieBreakerOf(name) !== null)
  return {
    points: isByPercentage && Object.keys(points).length === 0 ? { win: 1, draw: 0.5, loss: 0 } : points,
    ...(isByPercentage ? { tieBreakers: ['percentage', ...named.filter(name => !/pct|percent/i.test(name))] } : {}),
    // Without rules in the record nothing but the points is compared.
    ...(isByPercentage ? {} : { tieBreakers: named.length > 0 ? named : ['points'] }),
    deductions: Object.entries(deductions ?? {}).map(([team, points]) => ({ team: teamOf(team), points: Math.abs(points) })),
  }
}

/** A team's name as the API keeps it. */
const teamOf = (name: string) => nameOf(name, 'Nameless')

export function tableOf(record: TableRecord): Table {
  const sport = sportOf(record)
  const standings = standingsOf(record)
  const stamp = createHash('sha256')
    .update(JSON.stringify([record.id, record.competition, sport, standings, record.results]))
    .digest('base64url')
    .slice(0, 10)
  return {
    competition: { name: `${nameOf((record.competition ?? record.id).slice(0, 60), record.id.slice(0, 60))} [${stamp}]`, sport, standings },
    games: record.results.map((result, n) => {
      const [date, home, away] = result
      const externalId = `replay/standings/${printable(record.id)}/${stamp}/${n}`
      return {
        game: { sport, home: { name: teamOf(home) }, away: { name: teamOf(away) }, startsAt: startOf(date), externalId },
        plays: playsOf(sport, result),
      }
    }),
  }
}

/** The score in as few plays as the sport has it, period by period where the record tells, then the end. */
function playsOf(sport: string, [, , , made, conceded, ...more]: TableRecord['results'][number]): PlayInput[] {
  const plays: PlayInput[] = []
  const [home, away] = [scoreOf(made), scoreOf(conceded)]
  // Not played, or not told.
  if (!Number.isInteger(home) || !Number.isInteger(away)) return plays
  const add = (play: Omit<PlayInput, 'id'>) => plays.push({ id: `result-${String(plays.length + 1).padStart(4, '0')}`, ...play })
  const score = (side: 'home' | 'away', amount: number, period?: number) => {
    for (const kind of kindsFor(sport, amount)) add({ ...kind, side, period })
  }
  const half = more.find((part): part is [number, number] => Array.isArray(part) && part.length === 2)
  const how = endIn(more)
  if (sport === 'ice_hockey' && how) {
    const winner = home > away ? 'home' : 'away'
    const level = Math.min(home, away)
    score('home', level, 1)
    score('away', level, 1)
    for (const period of level === 0 ? [1, 2, 3] : [2, 3]) add({ kind: 'periodStart', period })
    if (how === 'overtime') {
      add({ kind: 'goal', side: winner, period: 4 })
      add({ kind: 'gameEnd' })
    } else {
      add({ kind: 'gameEnd', data: { how: 'shootout', winner } })
    }
    return plays
  }
  const isTold = sport !== OTHER && half !== undefined && half[0] <= home && half[1] <= away
  if (isTold) {
    score('home', half[0], 1)
    score('away', half[1], 1)
    if (half[0] + half[1] === 0) add({ kind: 'periodStart', period: 1 })
    add({ kind: 'periodStart', period: 2 })
    score('home', home - half[0], 2)
    score('away', away - half[1], 2)
  } else {
    if (home + away === 0) add({ kind: 'periodStart' })
    score('home', home)
    score('away', away)
  }
  add({ kind: 'gameEnd' })
  return plays
}

/** How a game ended beyond its time, as sources mark it: `OT`, `F/2OT`, `SO`. */
function endIn(marks: readonly unknown[]): 'overtime' | 'shootout' | null {
  const how = marks.find((mark): mark is string => typeof mark === 'string')?.toLowerCase() ?? ''
  if (/(^|[^a-z])(so|shoot|pen)/.test(how)) return 'shootout'
  return /(^|[^a-z])(ot|over|aot|aet)/.test(how) ? 'overtime' : null
}

/** A number, also one written as text; NaN of anything else. */
const scoreOf = (value: unknown) => (typeof value === 'number' || (typeof value === 'string' && value.trim()) ? Number(value) : Number.NaN)

/** The most that one play of the generic sport brings. */
const MOST_POINTS = 99
function kindsFor(sport: string, amount: number): { kind: string; points?: number }[] {
  const times = (length: number, kind: string) => Array.from({ length }, () => ({ kind }))
  if (sport === OTHER) {
    const [whole, rest] = [Math.floor(amount / MOST_POINTS), amount % MOST_POINTS]
    return [...Array.from({ length: whole }, () => MOST_POINTS), ...(rest > 0 ? [rest] : [])].map(points => ({ kind: 'point', points }))
  }
  if (sport !== 'basketball') return times(amount, 'goal')
  const rest = amount % 3
  return [...times(Math.floor(amount / 3), '3pt'), ...times(rest === 2 ? 1 : 0, '2pt'), ...times(rest === 1 ? 1 : 0, 'ft')]
}

const NAMES: Readonly<Record<string, string>> = {
  p: 'played',
  w: 'won',
  d: 'drawn',
  gf: 'for',
  ga: 'against',
  pts: 'points',
}

/** One line for each difference between a published table and the one read. */
export function compareTable(record: TableRecord, rows: readonly StandingsRow[]): string[] {
  const byName = new Map(rows.map(row => [row.team.name, row]))
  const published = record.expectedTable
  const missing = published.filter(({ team }) => !byName.has(teamOf(team))).map(({ team }) => `${team} is not in the table`)
  if (missing.length > 0) return missing
  return [
    // A conference may be published without the others.
    ...(published.some(line => line.conference ?? line.division) ? [] : differ('teams', published.length, rows.length)),
    ...published.flatMap(line => compareRow(line, byName.get(teamOf(line.team)) as StandingsRow, record)),
    ...compareOrder(published, rows),
    ...rows.slice(0, -1).flatMap((row, i) => compareReason(record, row, rows[i + 1] as StandingsRow)),
  ]
}

function compareRow(line: PublishedRow, row: StandingsRow, { deductions }: TableRecord): string[] {
  const figures = Object.entries(NAMES).filter(([key]) => typeof line[key] === 'number')
  const late = Number(line.otl ?? line.ot ?? 0)
  const among = line.h2hPublished
  return [
    ...figures.flatMap(([key, name]) => differ(`${line.team}, ${name}`, line[key], row[name as keyof StandingsRow])),
    ...(typeof line.l === 'number' ? differ(`${line.team}, lost`, line.l + late, row.lost) : []),
    ...(typeof line.gd === 'number' ? differ(`${line.team}, difference`, line.gd, row.for - row.against) : []),
    ...(line.pct === undefined || line.pct === null ? [] : comparePercentage(line, row)),
    ...differ(`${line.team}, deduction`, Math.abs(line.deduction ?? deductions?.[line.team] ?? 0), row.deduction),
    ...(among ? differ(`${line.team}, their own games`, among, meetingsOf(among, row)) : []),
  ]
}

/** Published to three places, `.707` or 0.707. */
const comparePercentage = ({ team, pct }: PublishedRow, { percentage }: StandingsRow) =>
  Math.abs(Number(pct) - (percentage ?? Number.NaN)) <= 0.0006 ? [] : differ(`${team}, percentage`, pct, percentage)

/** What is published of the games among level sides, under the same keys in the same order. */
function meetingsOf(among: Readonly<Record<string, number>>, { headToHead }: StandingsRow): Record<string, unknown> | null {
  if (!headToHead) return null
  const own = {
    p: headToHead.played,
    w: headToHead.won,
    d: headToHead.drawn,
    l: headToHead.lost,
    gf: headToHead.for,
    ga: headToHead.against,
    pts: headToHead.points,
  }
  return Object.fromEntries(Object.keys(among).map(key => [key, own[key as keyof typeof own]]))
}

/** The published order, within each division where there are some. Sides that no rule parts may stand in any order. */
function compareOrder(published: readonly PublishedRow[], rows: readonly StandingsRow[]): string[] {
  const places = new Map<string, number>()
  for (const [i, row] of rows.entries()) {
    const above = rows[i - 1]
    places.set(row.team.name, above?.decidedBy === 'name' ? (places.get(above.team.name) ?? i) : i)
  }
  const groups = new Map<string, PublishedRow[]>()
  for (const line of published) {
    const group = [line.conference, line.division].filter(Boolean).join(' ')
    groups.set(group, [...(groups.get(group) ?? []), line])
  }
  return [...groups].flatMap(([group, lines]) => {
    const readOf = (team: string) => places.get(teamOf(team)) ?? 0
    // Without places the lines stand in order; sides that share one stand in any.
    const placeOf = (line: PublishedRow) => line.posInDivision ?? line.pos ?? lines.indexOf(line)
    const wanted = [...lines].sort((a, b) => placeOf(a) - placeOf(b) || readOf(a.team) - readOf(b.team)).map(({ team }) => teamOf(team))
    const read = [...wanted].sort((a, b) => readOf(a) - readOf(b))
    return differ(`order${group && ` ${group}`}`, wanted, read)
  })
}

/** Level sides are never parted by what ranks them first, and by the percentage alone where it is the only rule. */
function compareReason({ rule }: TableRecord, row: StandingsRow, next: StandingsRow): string[] {
  const by = row.decidedBy
  if (/pct|percent/i.test(rule.type ?? '')) {
    const isLevel = (row.percentage ?? 0) === (next.percentage ?? 0)
    return by === 'percentage' ? [] : isLevel ? [] : [`${row.team.name} stands above ${next.team.name} by ${by}`]
  }
  return (by === 'points') === (row.points !== next.points) ? [] : [`${row.team.name} stands above ${next.team.name} by ${by}`]
}
