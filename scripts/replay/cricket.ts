import { endOf } from '#domain/fold.ts'
import { type LoggedPlay, other, type PlayData, type PlayInput, type Side } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { sport } from '#domain/sports/cricket.ts'
import { differ, gameOf, playList, type RecordedGame, type ReplayAdapter, startOf } from './adapter.ts'

type Extras = Readonly<Partial<Record<'wides' | 'noballs' | 'byes' | 'legbyes' | 'penalty', number>>>
interface Wicket {
  kind: string
  /** Index into the players, as all people of a delivery. */
  out?: number
  fielders?: readonly (number | string | { name?: string })[]
}
interface Delivery {
  /** Innings from 1; super overs count on. */
  i: number
  /** Over from 0. */
  o: number
  bat: number
  bowl: number
  ns: number
  r: number
  x?: Extras
  w?: readonly Wicket[]
  /** Four or six runs without a boundary. */
  nonBoundary?: boolean
}
interface RecordedInnings {
  team: string
  total: number
  wickets: number
  legalBalls: number
  extras?: Extras
  target?: { runs?: number; overs?: number }
  superOver?: boolean
  declared?: boolean
  forfeited?: boolean
  absentHurt?: readonly string[]
  /** Awarded while no ball was bowled: before the first one and after the last. */
  penaltyRuns?: { pre?: number; post?: number }
}
interface Outcome {
  winner?: string
  by?: { runs?: number; wickets?: number; innings?: number } | null
  method?: string | null
  result?: string
  eliminator?: string
  bowl_out?: string
}
interface CricketRecord extends RecordedGame {
  home: string
  away: string
  format?: { type?: string; overs?: number | null; ballsPerOver?: number }
  toss?: { winner?: string; decision?: string; uncontested?: boolean }
  players: readonly string[]
  events: readonly Delivery[]
  expected?: { outcome: Outcome; innings?: readonly RecordedInnings[] }
}

/** A record as the rest takes it, whatever it left out: a match that was not played has no deliveries, and maybe no people. */
function whole(record: { [K in keyof CricketRecord]?: CricketRecord[K] | null }): CricketRecord {
  const { format, players, events, expected } = record
  return {
    ...(record as CricketRecord),
    format: { ...format, type: format?.type ?? undefined, ballsPerOver: format?.ballsPerOver ?? undefined },
    players: players ?? [],
    events: events ?? [],
    expected: expected ? { outcome: expected.outcome ?? {}, innings: expected.innings ?? undefined } : undefined,
  }
}

const KINDS: Readonly<Record<string, string>> = {
  bowled: 'bowled',
  caught: 'caught',
  'caught and bowled': 'caughtAndBowled',
  lbw: 'lbw',
  'run out': 'runOut',
  stumped: 'stumped',
  'hit wicket': 'hitWicket',
  'hit the ball twice': 'hitTwice',
  'handled the ball': 'handledBall',
  'obstructing the field': 'obstructing',
  'timed out': 'timedOut',
  'retired out': 'retiredOut',
  'retired hurt': 'retiredHurt',
  'retired not out': 'retiredHurt',
}
/** Not of the delivery itself: told in a play of its own where the delivery has a wicket, too. */
const APART = new Set(['timed out', 'retired out', 'retired hurt', 'retired not out'])

const isLegal = ({ x = {} }: Delivery) => !x.wides && !x.noballs

/** Rule packs by what a format is called. */
const PACKS: readonly [RegExp, string][] = [
  [/^(test|mdm|first|multi)/i, 'test'],
  [/^(odi|odm|list|one.?day)/i, 'odi'],
  [/hundred/i, 'hundred'],
  [/t10/i, 't10'],
]
/** What the record tells of how a level match was decided; undefined where the format's own way stands. */
function levelOf(record: CricketRecord, main: number, usual: unknown): 'boundaries' | 'superOver' | 'wickets' | undefined {
  const { outcome } = record.expected ?? {}
  if (outcome?.method === 'Lost fewer wickets') return 'wickets'
  const batted = inningsOf(record)
  const [first, second, ...further] = batted.slice(main)
  // A competition may have super overs where the format has none, and of a bowl-out or super over maybe no ball is recorded.
  if (!first) return usual === 'tie' && (outcome?.eliminator || outcome?.bowl_out) ? 'superOver' : undefined
  if (!second || further.length > 0 || runsOf(first) !== runsOf(second)) return 'superOver'
  // The only one was level: boundaries, unless the match was a tie all the same or went to the side with fewer of them.
  const ahead = boundaryLead(batted) || boundaryLead(batted.slice(0, main))
  const leader = ahead === 0 ? undefined : ahead > 0 ? record.home : record.away
  return outcome && outcome.eliminator !== leader ? 'superOver' : 'boundaries'
}
const boundaryLead = (batted: readonly Batted[]) =>
  batted.reduce((lead, { side, overs }) => {
    const hit = overs.flatMap(({ balls }) => balls).filter(({ r, nonBoundary }) => (r === 4 || r === 6) && !nonBoundary)
    return lead + (side === 'home' ? hit.length : -hit.length)
  }, 0)
/** No innings of a limited match is as long. */
const LONG_OVERS = 60

function packOf({ type = '', overs, ballsPerOver }: NonNullable<CricketRecord['format']>, events: readonly Delivery[]): string {
  const named = PACKS.find(([is]) => is.test(type))?.[1]
  if (named) return named
  if ((overs === null && !/20/.test(type)) || (overs === undefined && events.some(({ o }) => o >= LONG_OVERS))) return 'test'
  return ballsPerOver === 5 ? 'hundred' : (overs ?? 0) > 20 ? 'odi' : 't20'
}

/** The pack of a recorded format: the newest one of that name by the day of the match. */
function rulesOf(record: CricketRecord) {
  const { date, format = {}, events } = record
  const id = packOf(format, events)
  const day = startOf(date)?.slice(0, 10) ?? '9999'
  const dated = sport.packs.filter(pack => pack.id === id).sort((a, b) => (a.from < b.from ? 1 : -1))
  const pack = dated.find(({ from }) => from <= day) ?? dated.at(-1)
  const isTwo = id === 'test'
  const perSide = isTwo ? 2 : 1
  const own = pack?.values as Readonly<Record<string, unknown>>
  const level = levelOf(record, 2 * perSide, own.level)
  const values = {
    ...own,
    ...(level ? { level } : {}),
    ...(format.overs && !isTwo ? { overs: format.overs } : {}),
    ...(format.ballsPerOver ? { ballsPerOver: format.ballsPerOver } : {}),
  }
  return { pack: id, values, perSide }
}

interface RecordedOver {
  number: number
  balls: Delivery[]
}
interface Batted {
  side: Side
  overs: RecordedOver[]
}

/** Deliveries by innings and over, and who batted: the players tell it, the toss who began. */
function inningsOf(record: CricketRecord): Batted[] {
  const innings = new Map<number, RecordedOver[]>()
  for (const delivery of record.events) {
    const overs = innings.get(delivery.i) ?? []
    innings.set(delivery.i, overs)
    const over = overs.at(-1)?.number === delivery.o ? overs.at(-1) : undefined
    if (over) over.balls.push(delivery)
    else overs.push({ number: delivery.o, balls: [delivery] })
  }
  const sides = new Map<number, Side>()
  const first = firstSide(record)
  return [...innings.values()].map((overs, n) => {
    const balls = overs.flatMap(over => over.balls)
    const votes = balls.reduce((sum, { bat, bowl }) => sum + vote(sides.get(bat)) - vote(sides.get(bowl)), 0)
    const side = n === 0 ? first : votes === 0 ? other(first) : votes > 0 ? 'home' : 'away'
    for (const { bat, ns, bowl } of balls) {
      for (const player of [bat, ns]) if (!sides.has(player)) sides.set(player, side)
      if (!sides.has(bowl)) sides.set(bowl, other(side))
    }
    return { side, overs }
  })
}
const vote = (side: Side | undefined) => (side === 'home' ? 1 : side === 'away' ? -1 : 0)

function firstSide({ home, toss, expected }: CricketRecord): Side {
  const winner = toss?.winner
  if (winner === undefined) return expected?.innings?.[0]?.team === home || !expected?.innings ? 'home' : 'away'
  const side: Side = winner === home ? 'home' : 'away'
  return toss?.decision === 'field' ? other(side) : side
}

/** One delivery: the people by name, the wicket by kind; a second one on the same ball as a play of its own. */
function ballOf(players: readonly string[], { bat, bowl, ns, r, x = {}, w = [], nonBoundary }: Delivery): [PlayData, PlayData[]] {
  const person = (who: number | string | { name?: string } | undefined) => {
    const name = typeof who === 'number' ? players[who] : typeof who === 'string' ? who : who?.name
    return name === undefined ? undefined : { name }
  }
  const own = w.find(({ kind }) => !APART.has(kind)) ?? w[0]
  const tell = ({ kind, out }: Wicket): PlayData => ({
    wicket: KINDS[kind] ?? 'runOut',
    ...(out === undefined || out === bat ? {} : { out: 'nonStriker' }),
    ...(out === undefined ? {} : { batterOut: person(out) }),
  })
  const fielders = (own?.fielders ?? []).map(person)
  const data: PlayData = {
    ...(r ? { runs: r } : {}),
    ...x,
    ...(nonBoundary ? { boundary: false } : {}),
    ...(own ? tell(own) : {}),
    ...(fielders[0] ? { fielder: fielders[0] } : {}),
    ...(fielders[1] ? { fielder2: fielders[1] } : {}),
    ...{ batter: person(bat), nonStriker: person(ns), bowler: person(bowl) },
  }
  return [data, w.filter(one => one !== own).map(tell)]
}

/** What happened before a play whose place only the result tells is looked up in the game as it stands. */
function stateAfter(record: CricketRecord, plays: readonly PlayInput[]) {
  const { values } = rulesOf(record)
  const seqOf = new Map(plays.map(({ id }, i) => [id, i + 1]))
  const log = plays.map((play, i) => ({
    ...play,
    seq: i + 1,
    order: String(i).padStart(6, '0'),
    at: '',
    ...(play.replaces === undefined ? {} : { replaces: seqOf.get(String(play.replaces)) }),
  })) as unknown as LoggedPlay[]
  const { fold } = replay(sport, values, log)
  return { isOver: endOf(sport, values, fold) !== null, shown: sport.detail(fold.sport, values) as unknown as Shown }
}
interface ShownInnings {
  side: Side
  runs: number
  wickets: number
  balls: number
  over: boolean
  superOver: boolean
  target: number | null
  extras: Readonly<Record<string, number>>
}
interface Shown {
  innings: readonly ShownInnings[]
  target: number | null
  shootout: { home: number; away: number } | null
  result: { by: string; margin: number } | null
}

type List = ReturnType<typeof playList>

function sendInnings({ add, frame }: List, record: CricketRecord, { side, overs }: Batted, period: number) {
  const usual = Number(rulesOf(record).values.ballsPerOver)
  for (const [i, { balls }] of overs.entries()) {
    const isLast = i === overs.length - 1
    const legal = balls.filter(isLegal).length
    for (const [n, delivery] of balls.entries()) {
      const [data, apart] = ballOf(record.players, delivery)
      add({ kind: 'ball', side, period, data })
      for (const more of apart) add({ kind: 'wicket', side, period, data: more })
      // An over the umpire miscounted: said while it is under way.
      if (n === 0 && legal > usual) frame({ kind: 'overGoesOn', data: { balls: legal } })
    }
    if (!isLast && legal < usual) frame({ kind: 'overEnd' })
  }
}

const METHODS = new Set(['D/L', 'DLS', 'VJD'])
const sum = (of: Extras = {}) => Object.values(of).reduce((total, n) => total + n, 0)
const runsOf = ({ overs }: Batted) => overs.flatMap(({ balls }) => balls).reduce((runs, { r, x }) => runs + r + sum(x), 0)
const wicketsOf = ({ overs }: Batted) =>
  overs.flatMap(({ balls }) => balls.flatMap(({ w = [] }) => w)).filter(({ kind }) => KINDS[kind] !== 'retiredHurt').length

/** Complete overs and legal balls of one more. */
function bowledOf({ overs }: Batted, usual: number): [number, number] {
  const balls = overs.at(-1)?.balls.filter(isLegal).length ?? 0
  return balls >= usual ? [overs.length, 0] : [overs.length - 1, balls]
}

interface Target {
  runs?: number
  overs?: number
  balls?: number
  method?: 'dls' | 'other'
}

/** What the chase had to reach in the end, and in how many overs, where the record knows more than the innings before tell. */
function revisedTarget(record: CricketRecord, chase: Batted, made: number, usual: { runs: number | null; overs: number; balls: number }) {
  const { outcome, innings = [] } = record.expected ?? { outcome: {} }
  const { runs, overs = usual.overs } = innings.findLast(({ superOver }) => !superOver)?.target ?? {}
  const isMethod = METHODS.has(outcome.method ?? '')
  // Level by the method, a match is a tie by no runs.
  const margin = isMethod ? (outcome.result === 'tie' ? 0 : outcome.by?.runs) : undefined
  const hasWon = outcome.winner === (chase.side === 'home' ? record.home : record.away)
  // Broken off, a chase is measured by where the method had it; the record may keep the target there was. The margin tells.
  const target = margin === undefined ? runs : made + 1 + (hasWon ? -margin : margin)
  const [whole, balls] = [Math.floor(overs), Math.round((overs % 1) * 10)]
  const bowled = bowledOf(chase, usual.balls)
  const isBrokenOff = margin !== undefined && !hasWon && wicketsOf(chase) < 10 && bowled[0] * 100 + bowled[1] < whole * 100 + balls
  const limit = isBrokenOff ? { overs: bowled[0], balls: bowled[1] } : { overs: whole, balls }
  const isCut = limit.overs !== usual.overs || limit.balls > 0
  const isRevised = target !== undefined && (isMethod || target !== usual.runs)
  const told: Target = {
    ...(isRevised ? { runs: target } : {}),
    ...(isCut ? { overs: limit.overs, ...(limit.balls > 0 ? { balls: limit.balls } : {}) } : {}),
    ...(isRevised ? { method: isMethod ? 'dls' : 'other' } : {}),
  }
  return isRevised || isCut ? told : null
}

/**
 * Whether the chase would be over before its last recorded ball if the target were known from its first, or with it though play went on: who
 * has reached it wins by wickets, who was ahead when play was ended for good by runs.
 */
function endsEarly({ overs }: Batted, target: Target, { pre = 0, isAhead = false, usual = 6 }): boolean {
  const balls = overs.flatMap(over => over.balls)
  const runs = balls.slice(0, isAhead ? undefined : -1).reduce((total, { r, x }) => total + r + sum(x), pre)
  if (runs >= (target.runs ?? Number.POSITIVE_INFINITY)) return true
  // A wide may have followed the last legal ball there was.
  const legal = balls.slice(0, -1).filter(isLegal).length
  const isCutAt = target.balls ? (target.overs ?? 0) * usual + target.balls : Number.POSITIVE_INFINITY
  return legal >= isCutAt || (target.overs !== undefined && !target.balls && overs.length > target.overs)
}

const sayTarget = ({ runs, overs, balls }: Target) =>
  [runs === undefined ? '' : `target ${runs}`, overs === undefined ? '' : `${overs}${balls ? `.${balls}` : ''} overs`]
    .filter(Boolean)
    .join(' in ')

function playsOf(record: CricketRecord) {
  const list = playList()
  const { plays, give, frame } = list
  const { values, perSide } = rulesOf(record)
  const { outcome, innings: recorded = [] } = record.expected ?? {}
  const sideOf = (team: string | undefined): Side | undefined => (team === record.home ? 'home' : team === record.away ? 'away' : undefined)
  const batted = inningsOf(record)
  let period = 0
  const close = (isNext: Side | null) => {
    const shown = stateAfter(record, plays).shown.innings
    const isAbsent = (recorded[period - 1]?.absentHurt?.length ?? 0) > 0
    if (shown[period - 1]?.over === false)
      frame({ kind: 'inningsEnd', period, ...(perSide > 1 && !isAbsent ? { data: { how: 'declared' } } : {}) })
    if (period === 2 && perSide > 1 && shown[1]?.side === isNext) frame({ kind: 'followOn', side: isNext })
  }
  for (const [n, innings] of batted.entries()) {
    period += 1
    // An innings without a ball stands in the result alone.
    for (; recorded[period - 1]?.forfeited; period++) {
      give(`innings ${period} forfeited`, {
        kind: 'inningsEnd',
        side: sideOf(recorded[period - 1]?.team),
        period,
        data: { how: 'forfeited' },
      })
    }
    const { side } = innings
    const { pre = 0, post = 0 } = recorded[period - 1]?.penaltyRuns ?? {}
    if (pre > 0) give(`${pre} penalty runs before innings ${period}`, { kind: 'penaltyRuns', side, period, data: { runs: pre } })
    const usual = { runs: stateAfter(record, plays).shown.target, overs: Number(values.overs), balls: Number(values.ballsPerOver) }
    const target = period === 2 * perSide && perSide === 1 ? revisedTarget(record, innings, runsOf(innings) + pre + post, usual) : null
    const isAhead = outcome?.by?.runs !== undefined && sideOf(outcome.winner) === side
    const isLater = target !== null && endsEarly(innings, target, { pre, isAhead, usual: usual.balls })
    const tell = () => target && give(sayTarget(target), { kind: 'setTarget', data: { ...target } })
    if (!isLater) tell()
    sendInnings(list, record, innings, period)
    if (post > 0) give(`${post} penalty runs after innings ${period}`, { kind: 'penaltyRuns', side, period, data: { runs: post } })
    if (isLater) tell()
    const next = batted[n + 1]
    if (next) close(next.side)
  }
  if (plays.length === 0) {
    const winner = sideOf(outcome?.winner)
    if (winner) give(`won by ${outcome?.method ?? 'award'}`, { kind: 'gameEnd', data: { how: 'awarded', winner } })
    else if (outcome) give(outcome.result ?? 'no result', { kind: 'gameEnd', data: outcome.result === 'draw' ? {} : { how: 'no-result' } })
    return list
  }
  if (stateAfter(record, plays).isOver) return list
  const absent = recorded[period - 1]?.absentHurt?.length ?? 0
  const last = batted.at(-1)
  const usual = Number(values.ballsPerOver)
  const isShort = last !== undefined && last.overs.length === values.overs && bowledOf(last, usual)[1] === usual - 1
  // The umpire's last over may be short, too: that it was over, only the result tells.
  const isWhole = outcome?.by != null || outcome?.result === 'tie'
  if (isShort && isWhole && absent === 0 && !outcome?.method) {
    give('the last over was short', { kind: 'overEnd' })
    if (stateAfter(record, plays).isOver) return list
  }
  // Level with overs left that nobody says: they were cut.
  if (outcome?.result === 'tie' && Number(values.overs) > 0 && stateAfter(record, plays).shown.innings.at(-1)?.over === false) {
    give('tie', { kind: 'inningsEnd', period })
    if (stateAfter(record, plays).isOver) return list
  }
  // Out of time or level: where the plays stop, so does the match. Broken off before that, only the result tells.
  const isOver = Number(values.overs) === 0 || stateAfter(record, plays).shown.innings.at(-1)?.over === true
  const replaces = isOver ? frame({ kind: 'gameEnd' }).id : undefined
  const end = (why: string, data: PlayInput['data'], kind = 'gameEnd') => give(why, { kind, ...(replaces ? { replaces } : {}), data })
  const winner = sideOf(outcome?.bowl_out ?? outcome?.eliminator ?? outcome?.winner)
  if (outcome?.bowl_out) end('bowl-out', { how: 'shootout', winner })
  // A super over of which no ball is recorded.
  else if (outcome?.eliminator) end('super over', { how: 'shootout', winner })
  else if (outcome?.method && winner) end(`won by ${outcome.method}`, { how: 'awarded', winner })
  // Short of its overs and its target: nobody was left to bat.
  else if (outcome?.by?.runs !== undefined)
    end(absent > 0 ? `${absent} absent hurt` : 'nobody left to bat', { how: 'allOut' }, 'inningsEnd')
  // By time there is a draw where nothing else is said.
  else if (outcome?.result === 'no result' && Number(values.overs) === 0) end(outcome.result, { how: 'no-result' })
  else if (outcome && !isOver) end(outcome.result ?? 'broken off', {})
  return list
}

export const adapter: ReplayAdapter<CricketRecord> = {
  sport: 'cricket',
  game(record) {
    const { pack, values } = rulesOf(whole(record))
    return { ...gameOf(record), rules: { pack, values } }
  },
  plays(record) {
    const { plays, given } = playsOf(whole(record))
    return { plays, given }
  },
  compare(record, game) {
    const { expected } = whole(record)
    if (!expected) return []
    const { outcome, innings = [] } = expected
    const isTold = Object.keys(outcome).length > 0
    const shown = game.detail as unknown as Shown
    const winner = outcome.winner ?? outcome.eliminator ?? outcome.bowl_out
    const draw = outcome.result === 'tie' || outcome.result === 'draw' ? 'draw' : null
    const side = winner === record.home ? 'home' : winner === record.away ? 'away' : draw
    const main = innings.filter(({ superOver }) => !superOver)
    const score = { home: totalOf(main, record.home), away: totalOf(main, record.away) }
    const isNamed = (team: string, of: Side) => team === (of === 'home' ? record.home : record.away)
    return [
      ...(isTold
        ? [
            ...differ('winner', side, game.winner),
            ...differ('status', 'final', game.status),
            ...differ('how', howOf(outcome), howOf(outcome) === null ? null : game.statusReason),
          ]
        : []),
      ...(expected.innings ? differ('score', score, { home: game.score.home, away: game.score.away }) : []),
      ...(expected.innings
        ? differ(
            'linescore',
            main.filter(({ total }, i) => total > 0 || i < game.linescore.columns.length).map(({ total }) => total),
            game.linescore.columns.map(({ home, away }) => home ?? away),
          )
        : []),
      ...innings.flatMap((each, i) => inningsDifferences(each, shown.innings[i], i, isNamed)),
      ...marginDifferences(outcome, shown),
    ]
  },
}

function howOf({ result, eliminator, bowl_out, method, winner }: Outcome): string | null {
  if (result === 'no result') return 'no-result'
  if (eliminator || bowl_out) return 'shootout'
  if (winner && METHODS.has(method ?? '')) return 'dls'
  return winner && !method ? 'regulation' : null
}

const totalOf = (innings: readonly RecordedInnings[], team: string) =>
  innings.reduce((runs, each) => runs + (each.team === team ? each.total : 0), 0)

function inningsDifferences(
  { team, total, wickets, legalBalls, extras = {} }: RecordedInnings,
  read: ShownInnings | undefined,
  i: number,
  isNamed: (team: string, side: Side) => boolean,
): string[] {
  const what = `innings ${i + 1}`
  if (!read) return total + wickets + legalBalls > 0 ? [`${what}: not played`] : []
  const { total: _, ...counted } = read.extras
  const said = Object.fromEntries(Object.entries(counted).filter(([, n]) => n > 0))
  return [
    ...(isNamed(team, read.side) ? [] : [`${what}: recorded of ${team}, read of ${read.side}`]),
    ...differ(what, { total, wickets, legalBalls }, { total: read.runs, wickets: read.wickets, legalBalls: read.balls }),
    ...differ(`${what} extras`, sorted(extras), sorted(said)),
  ]
}
const sorted = (of: object) => Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1))

function marginDifferences({ by }: Outcome, { result }: Shown): string[] {
  if (!by || !result) return []
  const what = by.innings ? 'innings' : by.wickets === undefined ? 'runs' : 'wickets'
  const margin = by.innings ? by.runs : (by.wickets ?? by.runs)
  return differ('margin', { by: what, margin }, { by: result.by, margin: result.margin })
}
