import type { BoxCells, BoxColumn, BoxNote, BoxPart, BoxPlay, BoxRow, BoxTable } from '../box.ts'
import { other, type Side } from '../play.ts'
import { enter, inningsOf, isOver, isSuper, placeOf, type State, wicketsOf } from './cricket.ts'
import { EXTRAS, type Innings, isBowlers, isWicket, outSlot, oversText, type Rules, readBall, takeGuard, WICKETS } from './cricket-balls.ts'
import { ordinal } from './timed.ts'

interface Batting {
  runs: number
  balls: number
  fours: number
  sixes: number
  /** How the batter went, if so. */
  out: string | null
  by: Readonly<Record<string, string>>
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

interface Takers {
  bowler: string | null
  fielder: string | null
  fielder2: string | null
}
/** What a card puts before the bowler's name. */
const BEFORE_BOWLER: Readonly<Record<string, string>> = { bowled: '', lbw: 'lbw', hitWicket: 'hit wicket', caughtAndBowled: 'c &' }
const BEFORE_FIELDER: Readonly<Record<string, string>> = { caught: 'c', stumped: 'st' }

/** `c {fielder} b {bowler}`, `run out ({fielder})`: how somebody was out as a scorecard writes it, as far as the people are known. */
export function dismissalOf(wicket: string, { bowler, fielder, fielder2 }: Takers): BoxNote {
  const plain = wicket === 'lbw' ? wicket : isWicket(wicket) ? WICKETS[wicket].toLowerCase() : wicket
  const named = { ...(bowler ? { bowler } : {}), ...(fielder ? { fielder } : {}), ...(fielder2 ? { fielder2 } : {}) }
  const say = (text: string): BoxNote => {
    const people = Object.entries(named).filter(([key]) => text.includes(`{${key}}`))
    return people.length > 0 ? { text, people: Object.fromEntries(people) } : { text }
  }
  if (wicket === 'runOut') return say(fielder ? `${plain} (${fielder2 ? '{fielder}/{fielder2}' : '{fielder}'})` : plain)
  if (!isBowlers(wicket)) return say(plain)
  if (wicket === 'caught' && bowler && bowler === fielder) return say('c & b {bowler}')
  const before = BEFORE_BOWLER[wicket]
  if (before !== undefined) return say(bowler ? `${before} b {bowler}`.trim() : plain)
  const taken = fielder ? `${BEFORE_FIELDER[wicket]} {fielder}` : bowler ? `${plain},` : plain
  return say(bowler ? `${taken} b {bowler}` : taken)
}
const RETIRED = 'retired hurt'

const batterIn = ({ batting }: Card, id: string): Batting => {
  const known = batting.get(id)
  if (known) return known
  const made: Batting = { runs: 0, balls: 0, fours: 0, sixes: 0, out: null, by: {} }
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
  if (ball.wicket !== null && out !== null) {
    const { text, people = {} } = dismissalOf(ball.wicket, { bowler, fielder: named('fielder'), fielder2: named('fielder2') })
    Object.assign(batterIn(card, out), { out: text, by: people })
  }
}

const col = (key: string, label: string, name: string): BoxColumn => ({ key, label, name })
const BATTING = [
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

function battingRow([playerId, { runs, balls, fours, sixes, out, by }]: [string, Batting]): BoxRow {
  const rate = balls > 0 ? places((100 * runs) / balls, 1) : null
  const note: BoxNote = Object.keys(by).length > 0 ? { text: out ?? '', people: by } : { text: out ?? 'not out' }
  return { playerId, note, cells: { runs, balls, fours, sixes, rate } }
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
  return runs > 0 ? [{ label: 'Not named', cells: { runs, balls: null, fours: null, sixes: null, rate: null } }] : []
}

function extrasRow(row: Innings): BoxRow {
  const said = EXTRAS.filter(extra => row[extra] > 0).map(extra => `${SHORT[extra]} ${row[extra]}`)
  const runs = EXTRAS.reduce((sum, extra) => sum + row[extra], 0)
  return {
    label: 'Extras',
    ...(said.length > 0 ? { note: { text: said.join(', ') } } : {}),
    cells: { runs, balls: null, fours: null, sixes: null, rate: null },
  }
}

const totalOf = (row: Innings): BoxCells => ({ runs: row.runs, balls: row.legal, fours: row.fours, sixes: row.sixes, rate: null })

const isAllOut = (row: Innings, at: number, rules: Rules) => row.wickets >= wicketsOf(at, rules) || row.closed === 'allOut'

/** `6 wkts, 20 ov`, `all out, 18.4 ov` */
function totalNote(row: Innings, at: number, rules: Rules): string {
  const wickets = isAllOut(row, at, rules) ? 'all out' : `${row.wickets} ${row.wickets === 1 ? 'wkt' : 'wkts'}`
  const declared = row.closed === 'declared' ? ' declared' : ''
  return `${wickets}${declared}, ${oversText(row, rules)} ${rules.countsBalls ? 'balls' : 'ov'}`
}

/**
 * The scorecard: innings by innings who batted, how the wickets fell and who bowled. Figures go to those who were named or known to be in;
 * the extras and the total are those of the innings, whatever was named.
 */
export function boxOf(plays: readonly BoxPlay<State>[], rules: Rules): BoxTable[] {
  const cards = cardsOf(plays, rules)
  const state = plays.at(-1)?.after
  return (state?.rows ?? []).flatMap((_, at) => {
    const card: Card = cards[at] ?? { batting: new Map(), bowling: new Map() }
    return state ? tablesOf(state, card, at, rules) : []
  })
}

/** The innings by the side's own count, as a card of two innings each has it. */
function partOf({ rows }: State, { side }: Innings, at: number, rules: Rules): BoxPart {
  const own = rows.slice(0, at + 1).filter(row => row.side === side).length
  const main = inningsOf(rules)
  const pair = Math.floor((at - main) / 2) + 1
  const title = isSuper(at, rules)
    ? `Super over${pair > 1 ? ` ${pair}` : ''}`
    : rules.inningsEach > 1
      ? `${ordinal(own)} innings`
      : 'Innings'
  return { id: String(at + 1), side, title }
}

function tablesOf(state: State, card: Card, at: number, rules: Rules): BoxTable[] {
  const row = state.rows[at] as Innings
  const { side } = row
  const part = partOf(state, row, at, rules)
  const table = (id: string, title: string, of: Side, columns: BoxColumn[], rows: BoxRow[]): BoxTable => ({
    ...{ id: `${id}-${at + 1}`, title, side: of, columns, rows, part },
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
  const isCard = batting.length > 0 && !isSuper(at, rules) && !isAllOut(row, at, rules)
  const others = { label: isOver(state, at, rules) ? 'Did not bat' : 'Yet to bat', most: rules.wickets + 1 }
  return [
    {
      ...table('batting', 'Batting', side, BATTING, [...batting, ...unnamedRows(row, card), extrasRow(row)]),
      ...{ total: totalOf(row), totalNote: totalNote(row, at, rules) },
      ...(isCard ? { others } : {}),
    },
    table('wickets', 'Fall of wickets', side, FALLS, falls),
    table('bowling', 'Bowling', other(side), BOWLING, bowling),
  ]
}
