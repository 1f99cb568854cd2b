import { other, type PlayData, type Side } from '#domain/play.ts'
import type { Sheet, Told } from './clocked.ts'
import { type Ground, leftMs, onField, run, say, stopClock } from './ground.ts'
import { chosen, left, setUp, timeout } from './happenings.ts'
import { RUGBY_LEAGUE, RUGBY_UNION } from './rugby.ts'

// What happens in the sports under a clock, and how often: numbers of an ordinary game between sides that are much alike.

const MINUTE = 60_000
/** Goalkeepers stand last in a squad. */
const KEEPER = [15, 16] as const

const HANDBALL: Sheet = {
  every: [18, 42],
  inTurn: true,
  field: 13,
  breaks: [10],
  nothing: 4,
  happenings: {
    goal: {
      weight: 41,
      isEarned: true,
      data: (ground, side, player) => ({
        ...setUp(0.45, 13)(ground, side, player),
        from: ground.random.weighed({ sixMetres: 24, nineMetres: 28, wing: 16, breakthrough: 16, fastBreak: 15, emptyGoal: 1 }),
      }),
    },
    sevenMetreGoal: { weight: 6, isEarned: true },
    sevenMetreMissed: { weight: 2, data: ({ random }) => (random.chance(0.7) ? { saved: true } : {}) },
    save: { weight: 16, of: 'other', by: KEEPER },
    missed: { weight: 10, data: ({ random }) => (random.chance(0.35) ? { blocked: true } : {}) },
    turnover: { weight: 12 },
    steal: { weight: 5, of: 'other' },
    suspension: {
      weight: 6,
      of: 'other',
      keeps: true,
      stops: [12, 22],
      off: 2,
      follow: ({ ground, side, player, times }) => {
        if (times < 3) return
        say(ground, { kind: 'redCard', side, player })
        ground.off.set(`${side} ${player}`, Number.POSITIVE_INFINITY)
      },
    },
    yellowCard: {
      weight: 4,
      of: 'other',
      keeps: true,
      if: ({ pen, period }, side) => period === 1 && (pen.game().detail.cards as Record<Side, { yellow: number }>)[side].yellow < 3,
    },
    // Of the three only one may be taken in the last five minutes.
    timeout: { ...timeout(2.5, 60), if: (ground, side) => left('timeouts')(ground, side) && ground.goneMs < 25 * MINUTE },
  },
}

const FIELD_HOCKEY: Sheet = {
  every: [38, 80],
  field: 15,
  breaks: [2, 10, 2],
  nothing: 14,
  isDecided: true,
  shots: { chance: 0.42, series: 'shootoutAttempts', of: isScored => ({ kind: isScored ? 'shootoutGoal' : 'shootoutMiss' }) },
  happenings: {
    goal: { weight: 4, isEarned: true, stops: [25, 45], data: setUp(0.45, 15) },
    strokeGoal: { weight: 0.6, isEarned: true, stops: [25, 40] },
    circleEntry: { weight: 30 },
    shot: { weight: 23, ...chosen('result', { saved: 45, wide: 40, blocked: 15 }) },
    corner: { weight: 15, isEarned: true, by: null, follow: playCorner },
    greenCard: { weight: 2.6, of: 'other', off: 2, stops: [10, 18] },
    yellowCard: { weight: 1, of: 'other', off: 5, stops: [15, 25], data: () => ({ minutes: 5 }) },
    referral: { weight: 0.5, by: null, stops: [50, 90], if: hasReferral, ...chosen('result', { won: 40, lost: 60 }) },
  },
}
function hasReferral({ pen }: Ground, side: Side): boolean {
  return ((pen.game().detail.referrals as Record<Side, number> | null)?.[side] ?? 0) > 0
}
/** The clock stands while both sides take their places. */
function playCorner({ ground, side }: Told): void {
  const { random } = ground
  stopClock(ground, random.seconds(32, 42))
  run(ground, random.seconds(5, 9))
  const player = onField(ground, side, 0, 6)
  if (random.chance(0.2)) say(ground, { kind: 'cornerGoal', side, player, data: setUp(0.4, 10)(ground, side, player) })
  else if (random.chance(0.8))
    say(ground, { kind: 'shot', side, player, data: { result: random.weighed({ saved: 50, wide: 20, blocked: 30 }) } })
}

const WATER_POLO: Sheet = {
  every: [16, 30],
  inTurn: true,
  field: 12,
  breaks: [2, 5, 2],
  nothing: 16,
  isDecided: true,
  shots: { chance: 0.74, series: 'shootoutThrows', of: isScored => ({ kind: isScored ? 'shootoutGoal' : 'shootoutMiss' }) },
  opens: ground => {
    const side: Side = ground.random.pick(['home', 'away'])
    say(ground, { kind: 'sprint', side, player: onField(ground, side, 0, 6) })
  },
  happenings: {
    goal: { weight: 13, isEarned: true, stops: [18, 30], data: setUp(0.5, 12) },
    counterGoal: { weight: 3, isEarned: true, stops: [18, 30], data: setUp(0.4, 12) },
    exclusion: { weight: 20, of: 'other', off: 0.3, follow: playExtra, stops: [15, 25] },
    penaltyFoul: { weight: 3.5, of: 'other', follow: throwPenalty },
    save: { weight: 15, of: 'other', by: [15, 16] },
    missed: { weight: 15, data: ({ random }) => (random.chance(0.4) ? { blocked: true } : {}) },
    turnover: { weight: 12 },
    steal: { weight: 9, of: 'other' },
    timeout: timeout(2, 60),
  },
}
function outWithThree({ ground, side, player }: Told): void {
  const someone = `${side} ${player}`
  const fouls = (ground.counts.get(`exclusion ${someone}`) ?? 0) + (ground.counts.get(`penaltyFoul ${someone}`) ?? 0)
  if (fouls >= 3) ground.off.set(someone, Number.POSITIVE_INFINITY)
}
function playExtra(told: Told): void {
  const { ground, side: by } = told
  const { random } = ground
  outWithThree(told)
  const side = other(by)
  run(ground, random.seconds(8, 16))
  const player = onField(ground, side, 0, 12)
  if (random.chance(0.42)) say(ground, { kind: 'extraGoal', side, player, data: setUp(0.7, 12)(ground, side, player) })
  else if (random.chance(0.5)) say(ground, { kind: 'save', side: by, player: onField(ground, by, ...KEEPER) })
  else say(ground, { kind: 'missed', side, player })
}
function throwPenalty(told: Told): void {
  const { ground, side: by } = told
  const { random } = ground
  outWithThree(told)
  const side = other(by)
  const player = onField(ground, side, 0, 4)
  stopClock(ground, random.seconds(22, 36), () => {
    if (random.chance(0.76)) say(ground, { kind: 'penaltyGoal', side, player })
    else say(ground, { kind: 'penaltyMissed', side, player, data: { saved: true } })
  })
}

const MINORS = {
  tripping: 22,
  hooking: 16,
  holding: 14,
  highSticking: 10,
  interference: 12,
  slashing: 10,
  roughing: 8,
  crossChecking: 5,
  delay: 3,
}
const ICE_HOCKEY: Sheet = {
  every: [24, 54],
  field: 15,
  breaks: [15, 15, 2],
  nothing: 8,
  isDecided: true,
  shots: {
    chance: 0.34,
    series: 'shootoutRounds',
    swaps: true,
    of: isScored => ({ kind: 'shootoutAttempt', data: { result: isScored ? 'goal' : 'save' } }),
  },
  before: pullGoalie,
  happenings: {
    goal: { weight: 6.2, isEarned: true, stops: [40, 60], data: withAssists },
    shot: { weight: 52 },
    faceoff: { weight: 24, stops: [22, 40] },
    penalty: {
      weight: 7.4,
      of: 'other',
      off: 2,
      stops: [28, 45],
      data: ({ random }) => ({ type: random.chance(0.05) ? 'doubleMinor' : 'minor', offence: random.weighed(MINORS) }),
    },
    timeout: { ...timeout(0.4, 30), if: ground => ground.period === 3 },
  },
}
function withAssists(ground: Ground, side: Side, scorer: string): PlayData {
  const one = setUp(0.88, 15)(ground, side, scorer)
  const name = onField(ground, side, 0, 15)
  const isAnother = one.assist && name !== scorer && name !== (one.assist as { name: string }).name
  return isAnother && ground.random.chance(0.75) ? { ...one, assist2: { name } } : one
}
/** A goal or two behind with hardly any time left, a side plays without its goalkeeper. */
function pullGoalie(ground: Ground): void {
  const { pen, period, random } = ground
  const { score, detail } = pen.game()
  const behind: Side = score.home < score.away ? 'home' : 'away'
  const by = Math.abs(score.home - score.away)
  const goalieOut = detail.goalieOut as Record<Side, boolean>
  const out = (['home', 'away'] as const).find(side => goalieOut[side])
  if (out && (by === 0 || by > 2)) say(ground, { kind: 'goalieIn', side: out })
  else if (!out && period === 3 && by > 0 && by < 3 && leftMs(ground) < 1.9 * MINUTE && random.chance(0.8))
    say(ground, { kind: 'goalieOut', side: behind })
}

const LACROSSE: Sheet = {
  every: [24, 58],
  inTurn: true,
  field: 15,
  breaks: [2, 10, 2],
  nothing: 4,
  isDecided: true,
  opens: ground => faceOff(ground, ground.random.pick(['home', 'away'])),
  happenings: {
    goal: {
      weight: 26,
      isEarned: true,
      data: setUp(0.55, 15),
      stops: [18, 30],
      follow: ({ ground }) => ground.counts.set('faceoff due', 1),
    },
    shot: { weight: 40, ...chosen('result', { saved: 48, wide: 40, blocked: 12 }) },
    groundBall: { weight: 10, of: 'other' },
    turnover: { weight: 17 },
    penalty: {
      weight: 6,
      of: 'other',
      keeps: true,
      off: 0.5,
      stops: [15, 28],
      data: ({ random }) => ({ type: random.weighed({ technical: 62, personal: 38 }) }),
    },
    timeout: timeout(2, 60),
  },
  before: ground => {
    if (ground.counts.get('faceoff due')) faceOff(ground, ground.random.pick(['home', 'away']))
  },
}
function faceOff(ground: Ground, side: Side): void {
  ground.counts.delete('faceoff due')
  say(ground, { kind: 'faceoff', side, player: onField(ground, side, 3, 5) })
}

const KORFBALL: Sheet = {
  every: [20, 46],
  inTurn: true,
  field: 8,
  breaks: [10],
  nothing: 44,
  isDecided: true,
  happenings: {
    point: { weight: 38, isEarned: true, points: 1 },
    foul: { weight: 13, of: 'other' },
    timeout: { ...timeout(1.2, 60), if: ({ pen }, side) => (pen.game().detail.timeouts as Record<Side, number>)[side] < 2 },
    substitution: {
      weight: 2.4,
      keeps: true,
      if: ({ period }) => period === 2,
      by: [8, 12],
    },
    card: { weight: 0.4, of: 'other', data: () => ({ colour: 'yellow' }) },
  },
}

export const SHEETS = {
  handball: HANDBALL,
  field_hockey: FIELD_HOCKEY,
  water_polo: WATER_POLO,
  ice_hockey: ICE_HOCKEY,
  lacrosse: LACROSSE,
  rugby_union: RUGBY_UNION,
  rugby_league: RUGBY_LEAGUE,
  generic: KORFBALL,
} as const
