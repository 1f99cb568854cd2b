import { expect, it } from 'vitest'
import { replay } from '#domain/replay.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { TestLog } from '#domain/test-log.ts'
import { layAxis } from './axis.ts'
import { leadSteps } from './lead.ts'

/** Basketball whose periods from the n-th on have no clock. */
function untimedFrom(first: number, lengthMs?: number): Sport {
  const { timed } = basketball
  if (!timed) throw new Error('Basketball has a clock.')
  return {
    ...basketball,
    timed: {
      ...timed,
      period(n, rules) {
        const period = timed.period(n, rules)
        return period && n >= first ? { ...period, clockless: true, lengthMs: lengthMs ?? period.lengthMs } : period
      },
    },
  }
}

function axisOf(log: TestLog) {
  const { plays } = replay(log.sport, log.rules, log.plays)
  const axis = layAxis(log.sport, log.rules, plays)
  return { ...axis, steps: leadSteps(plays, axis) }
}

it('spreads the plays of periods without a clock evenly', () => {
  for (const lengthMs of [undefined, 0]) {
    const log = new TestLog(untimedFrom(1, lengthMs))
    log.add({ kind: '2pt', side: 'home' }, { kind: '3pt', side: 'away' }, 'periodEnd', 'periodStart', { kind: 'ft', side: 'away' })
    const { stretches, steps } = axisOf(log)
    expect(stretches.map(({ label, from }) => [label, from])).toEqual([
      ['Q1', 0],
      ['Q2', 0.25],
      ['Q3', 0.5],
      ['Q4', 0.75],
    ])
    // Three plays in the first quarter, two in the second; the starts and ends move nothing.
    expect(steps).toEqual([
      { x: 0.0625, margin: 2, seq: 1 },
      { x: 0.125, margin: -1, seq: 2 },
      { x: expect.closeTo(0.25 + (0.25 * 2) / 3), margin: -2, seq: 5 },
    ])
  }
})

it('does not grow with edits, notes and words on the status', () => {
  const log = new TestLog(basketball)
  log.add({ kind: 'periodStart' }, { kind: '2pt', side: 'home', clockMs: 500_000 })
  const before = axisOf(log)
  log.add({ kind: 'edit', data: { venue: 'Mill Hall' }, clockMs: 300_000 }, { kind: 'note', data: { text: 'Rain' }, clockMs: 200_000 })
  expect(axisOf(log)).toEqual(before)
})

it('draws an overtime without a clock, and no shoot-out that leaves the score alone', () => {
  const overtime = new TestLog(untimedFrom(5, 0))
  for (let n = 1; n <= 4; n++) overtime.add({ kind: 'periodStart', period: n }, 'periodEnd')
  overtime.add({ kind: 'periodStart', period: 5 }, { kind: '2pt', side: 'away' })
  const played = axisOf(overtime)
  expect(played.stretches.map(({ label }) => label)).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'OT1'])
  expect(played.stretches.at(-1)).toMatchObject({ from: 0.8, to: 1 })
  expect(played.steps.map(({ margin }) => margin)).toEqual([-2])

  const kicks = new TestLog(soccer)
  for (let n = 1; n <= 2; n++) kicks.add({ kind: 'periodStart', period: n }, 'periodEnd')
  kicks.add({ kind: 'periodStart', period: 5 }, { kind: 'shootoutGoal', side: 'home' })
  expect(axisOf(kicks).stretches.map(({ label }) => label)).toEqual(['1H', '2H'])
})
