import type { BoxCells, BoxColumn, BoxPlay, BoxRow, BoxTable } from '../box.ts'
import { other, type Side } from '../play.ts'
import { enter, inningsOf, isSuper, placeOf, type State } from './cricket.ts'
import { EXTRAS, type Innings, isBowlers, isWicket, outSlot, oversText, type Rules, readBall, takeGuard, WICKETS } from './cricket-balls.ts'
import { ordinal } from './timed.ts'

interface Batting {
  runs: number
  balls: number
  fours: number
  sixes: number
  out: string | null
}
interface Bowling {
  balls: number
  maidens: number
  runs: number
  wickets: number
  wides: number
  noballs: number
}
/** One innings by those who played it, in order of appearance. */
interface Card {
  batting: Map<string, Batting>
  bowling: Map<string, Bowling>
}

const howOut = (wicket: string) => (wicket === 'lbw' ? wicket : isWicket(wicket) ? WICKETS[wicket].toLowerCase() : wicket)
const RETIRED = howOut('retiredHurt')

const batterIn = ({ batting }: Card, id: string): Batting => {
  const known = batting.get(id)
  if (known) return known
  const made: Batting = { runs: 0, balls: 0, fours: 0, sixes: 0, out: null }
  batting.set(id, made)
  return made
}
const bowlerIn = ({ bowling }: Card, id: string): Bowling => {
  const known = bowling.get(id)
  if (known) return known
  const made: Bowling = { balls: 0, maidens: 0, runs: 0, wickets: 0, wides: 0, noballs: 0 }
  bowling.set(id, made)
  return made
}

function cardsOf(plays: readonly BoxPlay<State>[], rules: Rules): Card[] {
  const cards: Card[] = []
  const cardAt = (at: number): Card => {
    while (cards.length <= at) cards.push({ batting: new Map(), bowling: new Map() })
    return cards[at] as Card
  }
  for (const { play, counts, before, after } of plays) {
    if (!counts) continue
    if (play.kind === 'ball' || play.kind === 'wicket') {
      const place = placeOf(before, play, rules)
      if (!('refuse' in place)) addBall(cardAt(place.at), play, before, place, rules)
    }
    const last = after.rows.length - 1
    if (last < 0) continue
    const card = cardAt(last)
    for (const { id } of after.crease.batters) if (id !== null) batterIn(card, id)
    for (const [id, [, maidens]] of Object.entries(after.crease.bowlers)) bowlerIn(card, id).maidens = maidens
  }
  return cards
}

type Placed = Exclude<ReturnType<typeof placeOf>, { refuse: string }>

function addBall(card: Card, play: BoxPlay['play'], before: State, place: Placed, rules: Rules): void {
  const { data = {} } = play
  const ball = readBall(data)
  const isNow = place.is !== 'late'
  const entered = isNow ? enter(before, play, place, rules) : null
  // Of an innings that is over only those named are known.
  const crease = entered && (play.kind === 'ball' ? takeGuard(entered.crease, data, rules) : entered.crease)
  const named = (key: string) => (typeof data[key] === 'string' ? (data[key] as string) : null)
  const striker = crease ? (crease.batters[crease.strike].id ?? null) : named('batter')
  const bowler = crease ? crease.bowler : named('bowler')
  const out = crease?.batters[outSlot(crease, data)].id ?? named('batterOut') ?? named('batter')
  if (play.kind === 'ball' && striker !== null) {
    const batting = batterIn(card, striker)
    if (batting.out === RETIRED) batting.out = null
    batting.runs += ball.runs
    batting.balls += ball.wides > 0 ? 0 : 1
    batting.fours += ball.four ? 1 : 0
    batting.sixes += ball.six ? 1 : 0
  }
  if (play.kind === 'ball' && bowler !== null) {
    const bowling = bowlerIn(card, bowler)
    bowling.balls += ball.isLegal ? 1 : 0
    bowling.runs += ball.conceded
    bowling.wides += ball.wides
    bowling.noballs += ball.noballs
    bowling.wickets += ball.wicket !== null && isBowlers(ball.wicket) ? 1 : 0
  }
  if (ball.wicket !== null && out !== null) batterIn(card, out).out = howOut(ball.wicket)
}

const col = (key: string, label: string, name: string): BoxColumn => ({ key, label, name })
const BATTING = [
  col('out', 'Out', 'How out'),
  col('runs', 'R', 'Runs'),
  col('balls', 'B', 'Balls faced'),
  col('fours', '4s', 'Fours'),
  col('sixes', '6s', 'Sixes'),
  col('rate', 'SR', 'Runs per 100 balls'),
]
const BOWLING = [
  col('overs', 'O', 'Overs'),
  col('maidens', 'M', 'Maidens'),
  col('runs', 'R', 'Runs'),
  col('wickets', 'W', 'Wickets'),
  col('economy', 'Econ', 'Runs an over'),
  col('wides', 'wd', 'Wides'),
  col('noballs', 'nb', 'No-balls'),
]
const FALLS = [col('wicket', 'W', 'Wicket'), col('score', 'R', 'Runs'), col('over', 'Ov', 'Over')]
const SHORT: Readonly<Record<(typeof EXTRAS)[number], string>> = { wides: 'w', noballs: 'nb', byes: 'b', legbyes: 'lb', penalty: 'pen' }

/** `4.2`, `61.54`: to so many places, without zeros at the end. */
const places = (value: number, n: number) => Number(value.toFixed(n))

function battingRow([playerId, { runs, balls, fours, sixes, out }]: [string, Batting]): BoxRow {
  const rate = balls > 0 ? places((100 * runs) / balls, 1) : null
  return { playerId, cells: { out: out ?? 'not out', runs, balls, fours, sixes, rate } }
}

function bowlingRow([playerId, { balls, maidens, runs, wickets, wides, noballs }]: [string, Bowling], rules: Rules): BoxRow {
  const { ballsPerOver } = rules
  const overs = oversText({ overs: Math.floor(balls / ballsPerOver), balls: balls % ballsPerOver, legal: balls }, rules)
  const economy = balls > 0 ? places((runs * ballsPerOver) / balls, 2) : null
  return { playerId, cells: { overs, maidens, runs, wickets, economy, wides, noballs } }
}

/** Runs off the bat of those whom nobody named, so that the card adds up; nothing where nobody was named at all. */
function unnamedRows(row: Innings, { batting }: Card): BoxRow[] {
  if (batting.size === 0) return []
  const extras = EXTRAS.reduce((sum, extra) => sum + row[extra], 0)
  const runs = [...batting.values()].reduce((left, batter) => left - batter.runs, row.runs - extras)
  return runs > 0 ? [{ label: 'Not named', cells: { out: null, runs, balls: null, fours: null, sixes: null, rate: null } }] : []
}

function extrasRow(row: Innings): BoxRow {
  const said = EXTRAS.filter(extra => row[extra] > 0).map(extra => `${SHORT[extra]} ${row[extra]}`)
  const runs = EXTRAS.reduce((sum, extra) => sum + row[extra], 0)
  return { label: 'Extras', cells: { out: said.join(', '), runs, balls: null, fours: null, sixes: null, rate: null } }
}

function totalOf(row: Innings, rules: Rules): BoxCells {
  const wickets =
    row.wickets >= rules.wickets || row.closed === 'allOut' ? 'all out' : `${row.wickets} ${row.wickets === 1 ? 'wkt' : 'wkts'}`
  const said = oversText(row, rules)
  const overs = `${said} ${rules.countsBalls ? 'balls' : 'ov'}`
  const declared = row.closed === 'declared' ? ' declared' : ''
  return { out: `${wickets}${declared}, ${overs}`, runs: row.runs, balls: row.legal, fours: row.fours, sixes: row.sixes, rate: null }
}

/**
 * The scorecard: of each innings who batted, who bowled and how the wickets fell. Figures go to those who were named or known to be in; the
 * extras and the total are those of the innings, whatever was named.
 */
export function boxOf(plays: readonly BoxPlay<State>[], rules: Rules): BoxTable[] {
  const cards = cardsOf(plays, rules)
  const rows = plays.at(-1)?.after.rows ?? []
  return rows.flatMap((row, at) => {
    const card: Card = cards[at] ?? { batting: new Map(), bowling: new Map() }
    return tablesOf(row, card, at, rules)
  })
}

function tablesOf(row: Innings, card: Card, at: number, rules: Rules): BoxTable[] {
  const { side } = row
  const where = isSuper(at, rules)
    ? `super over ${Math.floor((at - inningsOf(rules)) / 2) + 1}`
    : rules.inningsEach > 1
      ? `${ordinal(at + 1)} innings`
      : ''
  const titled = (title: string) => (where ? `${title}, ${where}` : title)
  const table = (id: string, title: string, of: Side, columns: BoxColumn[], list: BoxRow[], total?: BoxCells): BoxTable => ({
    ...{ id: `${id}-${at + 1}`, title: titled(title), side: of, columns, rows: list },
    ...(total ? { total } : {}),
  })
  const batting = [...card.batting].map(battingRow)
  const bowling = [...card.bowling]
    .filter(([, { balls, runs, wickets }]) => balls + runs + wickets > 0)
    .map(entry => bowlingRow(entry, rules))
  const falls = row.falls.map(({ wicket, runs, overs, balls, playerId }): BoxRow => {
    const over = balls >= rules.ballsPerOver ? String(overs + 1) : `${overs}.${balls}`
    const who = playerId === null ? { label: `Wicket ${wicket}` } : { playerId }
    return { ...who, cells: { wicket, score: runs, over } }
  })
  return [
    table('batting', 'Batting', side, BATTING, [...batting, ...unnamedRows(row, card), extrasRow(row)], totalOf(row, rules)),
    table('bowling', 'Bowling', other(side), BOWLING, bowling),
    table('wickets', 'Fall of wickets', side, FALLS, falls),
  ]
}
