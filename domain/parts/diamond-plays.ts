import type { Field, Fields } from '../fields.ts'
import type { Kind } from '../sport.ts'

export interface Moved {
  runs: number
  bases: number | null
}

/** What a kind of play means when its data says nothing else. */
export interface Turn {
  label: string
  outs?: number
  hit?: number
  errors?: number
  /** It ends a turn at bat, so that the count starts again. */
  atBat?: boolean
  /** Where the batter ends, as a bit of the bases. */
  batter?: number
  /** Nobody who was on base is left there, whoever it was. */
  clears?: boolean
  move(bases: number, outs: number): Moved
}

export const FIRST = 1
export const SECOND = 2
export const THIRD = 4
const LOADED = 7
/** Bases as a play names them, in the order of their bits. */
export const BASES = ['none', '1', '2', '12', '3', '13', '23', '123'] as const
/** Baseball5: first base in the first extra inning, first and second in the next, then all of them. */
export const GROWING = 'growing'
export const UNKNOWN = 'unknown'

export function count(bits: number): number {
  let n = 0
  for (let rest = bits; rest > 0; rest >>= 1) n += rest & 1
  return n
}
/** Everybody goes `by` bases on, the batter too on a hit. */
const advance = (by: number, hasBatter = true) => {
  return (bases: number): Moved => {
    const runners = ((bases << 1) | (hasBatter ? 1 : 0)) << by
    return { runs: count(runners >> 4), bases: (runners >> 1) & LOADED }
  }
}
const stay = (bases: number): Moved => ({ runs: 0, bases })
const lost = (): Moved => ({ runs: 0, bases: null })
/** Only runners who must make room move (OBR 5.06(b)(3)). */
const force = (bases: number): Moved => {
  const free = [FIRST, SECOND, THIRD].find(base => !(bases & base))
  return free ? { runs: 0, bases: bases | free } : { runs: 1, bases: LOADED }
}
/** A runner is out in the batter's place: the forced one, else the one furthest on. */
const swap = (bases: number): Moved => ({ runs: 0, bases: (bases & FIRST ? bases : bases & ~foremost(bases)) | FIRST })
const foremost = (bases: number) => [THIRD, SECOND, FIRST].find(base => bases & base) ?? 0
/** A fly scores the runner from third, a bunt moves the others; with two out there is nothing to sacrifice. */
export const sacrifice = (bases: number, outs: number): Moved => {
  if (outs >= 2) return stay(bases)
  return bases & THIRD ? { runs: 1, bases: bases & ~THIRD } : { runs: 0, bases: (bases << 1) & LOADED }
}
/** The foremost runner with a free base ahead; a steal of home has to say its run. */
const steal = (bases: number): Moved => {
  const from = [SECOND, FIRST].find(base => bases & base && !(bases & (base << 1)))
  return { runs: 0, bases: from ? (bases & ~from) | (from << 1) : bases }
}
const caught = (bases: number): Moved => ({ runs: 0, bases: count(bases) > 1 ? null : 0 })

export const TURNS: Readonly<Record<string, Turn>> = {
  single: { label: 'Single', hit: 1, atBat: true, batter: FIRST, move: advance(1) },
  double: { label: 'Double', hit: 1, atBat: true, batter: SECOND, move: advance(2) },
  triple: { label: 'Triple', hit: 1, atBat: true, batter: THIRD, clears: true, move: advance(3) },
  homeRun: { label: 'Home run', hit: 1, atBat: true, clears: true, move: advance(4) },
  hit: { label: 'Hit', hit: 1, atBat: true, move: lost },
  walk: { label: 'Walk', atBat: true, batter: FIRST, move: force },
  hitByPitch: { label: 'Hit by pitch', atBat: true, batter: FIRST, move: force },
  error: { label: 'Error', errors: 1, atBat: true, batter: FIRST, move: advance(1) },
  fieldersChoice: { label: 'Fielder’s choice', outs: 1, atBat: true, batter: FIRST, move: swap },
  out: { label: 'Out', outs: 1, atBat: true, move: stay },
  strikeout: { label: 'Strikeout', outs: 1, atBat: true, move: stay },
  sacrifice: { label: 'Sacrifice', outs: 1, atBat: true, move: sacrifice },
  stolenBase: { label: 'Stolen base', move: steal },
  caughtStealing: { label: 'Caught stealing', outs: 1, move: caught },
  wildPitch: { label: 'Wild pitch', move: advance(1, false) },
  passedBall: { label: 'Passed ball', move: advance(1, false) },
  balk: { label: 'Balk', move: advance(1, false) },
  other: { label: 'Other play', move: lost },
}

export const LONGEST_ORDER = 20
const POSITIONS = ['P', 'C', '1B', '2B', '3B', 'SS', 'LF', 'CF', 'RF', 'SF', 'DH', 'DP', 'EH'] as const
const bases = {
  type: 'choice',
  options: [...BASES, UNKNOWN],
  labels: {
    ...{ none: 'Nobody', 1: '1st', 2: '2nd', 12: '1st and 2nd', 3: '3rd', 13: '1st and 3rd', 23: '2nd and 3rd', 123: 'Loaded' },
    [UNKNOWN]: 'Unknown',
  },
  label: 'Runners on',
  optional: true,
} as const
const person = (label: string): Field => ({ type: 'player', of: 'other', label, optional: true })
const TURN_DATA: Fields = {
  outs: { type: 'int', min: 0, max: 3, label: 'Outs', optional: true },
  runs: { type: 'int', min: 0, max: 4, label: 'Runs', optional: true },
  hit: { type: 'int', min: 0, max: 1, label: 'Hit', optional: true },
  errors: { type: 'int', min: 0, max: 9, label: 'Errors', optional: true },
  bases,
  fielder: person('Fielder'),
  pitcher: person('Pitcher'),
  rbi: { type: 'int', min: 0, max: 4, label: 'Runs batted in', optional: true },
  earned: { type: 'int', min: 0, max: 4, label: 'Earned runs', optional: true },
}
/** How an out was made, how the third strike was taken: for the words alone. */
const HOW: Readonly<Record<string, Field>> = {
  out: {
    type: 'choice',
    options: ['ground', 'fly', 'line', 'pop', 'foul', 'tag', 'force'],
    labels: { ground: 'Ground ball', fly: 'Fly ball', line: 'Line drive', pop: 'Pop-up', foul: 'Foul fly', tag: 'Tagged', force: 'Forced' },
    label: 'How',
    optional: true,
  },
  strikeout: {
    type: 'choice',
    options: ['swinging', 'looking'],
    labels: { swinging: 'Swinging', looking: 'Looking' },
    label: 'How',
    optional: true,
  },
  sacrifice: { type: 'choice', options: ['fly', 'bunt'], labels: { fly: 'Fly', bunt: 'Bunt' }, label: 'How', optional: true },
  walk: { type: 'choice', options: ['intentional'], labels: { intentional: 'Intentional' }, label: 'How', optional: true },
  strike: {
    type: 'choice',
    options: ['called', 'swinging'],
    labels: { called: 'Called', swinging: 'Swinging' },
    label: 'How',
    optional: true,
  },
}
const pitch = (label: string, data?: Fields): Kind => ({ label, side: 'optional', player: true, scoring: true, ...(data ? { data } : {}) })
const turnData = (kind: string): Fields => ({
  ...(HOW[kind] ? { how: HOW[kind] } : {}),
  ...TURN_DATA,
  // Whoever hits one comes in.
  ...(kind === 'homeRun' ? { runs: { type: 'int', min: 1, max: 4, label: 'Runs', optional: true } } : {}),
})

export const kinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(Object.entries(TURNS).map(([kind, { label }]) => [kind, pitch(label, turnData(kind))])),
  ball: pitch('Ball'),
  strike: pitch('Strike', HOW.strike ? { how: HOW.strike } : undefined),
  foul: pitch('Foul'),
  run: { label: 'Runs', side: 'optional', player: true, scoring: true, points: { min: 1, max: 4 } },
  halfEnd: { label: 'End of the half', side: 'optional', scoring: true },
  adjust: {
    label: 'Correct the board',
    side: 'none',
    scoring: true,
    data: {
      inning: { type: 'int', min: 1, max: 99, label: 'Inning', optional: true, common: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      half: { type: 'choice', options: ['top', 'bottom'], label: 'Half', optional: true },
      outs: { type: 'int', min: 0, max: 3, label: 'Outs', optional: true },
      balls: { type: 'int', min: 0, max: 3, label: 'Balls', optional: true },
      strikes: { type: 'int', min: 0, max: 2, label: 'Strikes', optional: true },
      bases,
      score: { type: 'score', max: 199, label: 'Score', optional: true },
    },
  },
  pitchingChange: {
    label: 'Pitching change',
    side: 'optional',
    player: true,
    data: { text: { type: 'text', max: 120, label: 'Text', optional: true } },
  },
  lineup: {
    label: 'Batting order',
    side: 'optional',
    player: true,
    data: {
      slot: { type: 'int', min: 1, max: LONGEST_ORDER, label: 'Place in the order', optional: true, common: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      position: { type: 'choice', options: POSITIONS, label: 'Position', optional: true },
    },
  },
  runner: {
    label: 'New runner',
    side: 'optional',
    player: true,
    data: {
      base: { type: 'choice', options: ['1', '2', '3'], labels: { 1: 'First', 2: 'Second', 3: 'Third' }, label: 'Base', optional: true },
      courtesy: { type: 'flag', label: 'Courtesy runner', optional: true },
    },
  },
  timeLimit: {
    label: 'No new inning',
    side: 'none',
    data: { inning: { type: 'int', min: 1, max: 99, label: 'Last inning', optional: true } },
  },
}
