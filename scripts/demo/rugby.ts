import { other, type Side } from '#domain/play.ts'
import type { Sheet, Told } from './clocked.ts'
import { type Ground, onField, run, say } from './ground.ts'
import { chosen, left } from './happenings.ts'

const MINUTE = 60_000
/** Kickers of a side, and what they make of kicks. */
const KICKER = 3
function convert(kind: 'conversion' | 'conversionMissed', { ground, side }: Told): void {
  run(ground, ground.random.seconds(55, 85))
  say(ground, { kind, side, player: kickerOf(ground, side) })
}
const kickerOf = (ground: Ground, side: Side) => onField(ground, side, KICKER, KICKER + 1)

export const RUGBY_UNION: Sheet = {
  every: [36, 74],
  field: 15,
  breaks: [12],
  beyond: 110,
  nothing: 8,
  happenings: {
    try: {
      weight: 7.2,
      isEarned: true,
      follow: told => convert(told.ground.random.chance(0.72) ? 'conversion' : 'conversionMissed', told),
    },
    dropGoal: { weight: 0.4, isEarned: true, by: [KICKER, KICKER + 1] },
    penalty: { weight: 23, of: 'other', follow: kickAtGoal(0.22, 0.76) },
    scrum: { weight: 13, by: null },
    lineout: { weight: 26, data: ({ random }) => (random.chance(0.14) ? { lost: true } : {}) },
    turnover: { weight: 11, of: 'other' },
    yellowCard: { weight: 1.5, of: 'other', off: 10, stops: [30, 60], ...chosen('offence', { repeated: 34, highTackle: 40, cynical: 26 }) },
    redCard: { weight: 0.07, of: 'other', off: 200, stops: [60, 100], data: () => ({ offence: 'dangerous' }) },
    substitution: {
      weight: 34,
      if: ({ pen, period, goneMs }, side) =>
        period === 2 && goneMs > 4 * MINUTE && (pen.game().detail.substitutions as Record<Side, number>)[side] < 8,
      who: ({ pen, cast }, side) => cast[side].players[15 + ((pen.game().detail.substitutions as Record<Side, number>)[side] ?? 0)],
    },
  },
}
/** A penalty near enough is kicked at goal. */
function kickAtGoal(often: number, made: number) {
  return ({ ground, side: by }: Told) => {
    const { random } = ground
    if (!random.chance(often)) return
    run(ground, random.seconds(45, 70))
    const side = other(by)
    say(ground, { kind: random.chance(made) ? 'penaltyGoal' : 'penaltyMissed', side, player: kickerOf(ground, side) })
  }
}

export const RUGBY_LEAGUE: Sheet = {
  every: [38, 76],
  inTurn: true,
  field: 13,
  breaks: [12],
  beyond: 25,
  nothing: 14,
  isDecided: true,
  happenings: {
    try: {
      weight: 8.4,
      isEarned: true,
      follow: told => convert(told.ground.random.chance(0.76) ? 'conversion' : 'conversionMissed', told),
    },
    // Seldom before the end of a level game.
    dropGoal: {
      weight: 8,
      isEarned: true,
      by: [KICKER, KICKER + 1],
      if: ({ pen, period, goneMs }) =>
        (period > 2 || (period === 2 && goneMs > 33 * MINUTE)) && Math.abs(pen.game().score.home - pen.game().score.away) < 2,
    },
    penalty: { weight: 11, of: 'other', follow: kickAtGoal(0.14, 0.85) },
    sixAgain: { weight: 8, by: null, keeps: true },
    error: { weight: 20 },
    lineBreak: { weight: 10, keeps: true },
    fortyTwenty: { weight: 0.6, keeps: true },
    interchange: { weight: 13, keeps: true, if: left('interchanges'), by: [13, 17] },
    sinBin: { weight: 0.5, of: 'other', off: 10, stops: [25, 45], ...chosen('offence', { professional: 50, foulPlay: 30, repeated: 20 }) },
  },
}
