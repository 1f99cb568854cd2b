import { describe, expect, it } from 'vitest'
import type { Clock, GameRow, PeriodView } from '#domain/game.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { minuteText, type StatusLabels, statusSentence, statusWords } from './status-words.ts'

const now = Date.parse('2026-11-22T17:30:00.000Z')
const reader = { timeZone: 'UTC', hour12: false }
type Told = Pick<GameRow, 'startsAt' | 'status' | 'statusReason' | 'period' | 'clock' | 'brief'>
const game = (change: Partial<Told>): Told => ({
  startsAt: '2026-11-22T19:30:00.000Z',
  status: 'scheduled',
  statusReason: null,
  period: null,
  clock: null,
  ...change,
})
const words = (change: Partial<Told>, labels: StatusLabels = {}) => {
  const { main, second } = statusWords(game(change), now, reader, labels)
  return `${main} | ${second}`
}
const clock = (valueMs: number, change: Partial<Clock> = {}): Clock => ({
  running: true,
  direction: 'down',
  valueMs,
  asOf: '2026-11-22T17:29:50.000Z',
  ...change,
})
const quarter = { number: 4, kind: 'quarter', label: 'Q4' }
const half = (number: number) => ({ number, kind: 'half', label: `${number}H`, endMs: number * 45 * 60_000 })

describe('status in words', () => {
  it('reads the running clock off its anchor', () => {
    expect(words({ status: 'live', period: quarter, clock: clock(137_000) })).toBe('Q4 2:07 | live')
    expect(words({ status: 'live', period: quarter, clock: clock(62_300) })).toBe('Q4 52.3 | live')
    expect(words({ status: 'live', period: quarter, clock: clock(137_000, { running: false }) })).toBe('Q4 2:17 | clock stopped')
  })
  it('counts minutes begun in soccer, and stoppage time apart', () => {
    const up = (minutes: number) => clock(minutes * 60_000, { direction: 'up', running: false })
    expect(words({ status: 'live', period: half(2), clock: up(66.4) }, soccer.labels)).toBe('67′ | clock stopped')
    const minute = (period: PeriodView, valueMs: number) => minuteText(period, valueMs, soccer.labels)
    expect(minute(half(1), 0)).toBe('1′')
    expect(minute(half(1), 45 * 60_000)).toBe('45+1′')
    expect(minute(half(1), 46.5 * 60_000)).toBe('45+2′')
    expect(minute({ ...half(1), endMs: 30 * 60_000 }, 31 * 60_000)).toBe('30+2′')
  })
  it('tells minutes and seconds where the clock counts down, or the sport wants them', () => {
    const { endMs: _, ...countdown } = half(1)
    expect(minuteText(countdown, 31 * 60_000, soccer.labels)).toBeNull()
    expect(words({ status: 'live', period: countdown, clock: clock(30 * 60_000, { running: false }) }, soccer.labels)).toBe(
      '1H 30:00 | clock stopped',
    )
    expect(minuteText(half(1), 31 * 60_000, {})).toBeNull()
  })
  it('says what comes and when', () => {
    expect(words({})).toBe('19:30 | in 2 h')
    expect(words({ startsAt: '2026-11-22T19:24:30.000Z' })).toBe('19:24 | in 1 h 55\u00a0min')
    expect(words({ statusReason: 'bus late' })).toBe('19:30 | bus late')
    expect(words({ startsAt: '2026-11-22T17:20:00.000Z' })).toBe('17:20 | due')
    expect(words({ startsAt: '2026-11-23T19:30:00.000Z' })).toBe('19:30 | tomorrow')
    expect(words({ startsAt: '2026-11-29T19:30:00.000Z' })).toBe('19:30 | Sun 29 Nov')
    expect(words({ startsAt: null })).toBe('TBA | no time yet')
  })
  it('says how a game ended', () => {
    expect(words({ status: 'final', statusReason: 'regulation', startsAt: '2026-11-22T14:00:00.000Z' })).toBe('Final | 14:00')
    expect(words({ status: 'final', statusReason: 'overtime' })).toBe('Final | overtime')
    expect(words({ status: 'forfeited', statusReason: 'walkover' })).toBe('W.O. | walkover')
    expect(words({ status: 'forfeited', statusReason: 'forfeit' })).toBe('Forfeit | ')
    expect(words({ status: 'forfeited', statusReason: 'disqualified' })).toBe('Forfeit | disqualified')
    expect(words({ status: 'postponed', statusReason: 'frozen pitch' })).toBe('Ppd | frozen pitch')
    expect(words({ status: 'break', period: half(1) })).toBe('Half-time | live')
    expect(words({ status: 'break', period: { ...quarter, number: 1, label: 'Q1' } })).toBe('End Q1 | live')
  })
  it('writes an ending as boards of the sport do', () => {
    const extra = { number: 11, kind: 'extra-inning', label: 'Bot 11' }
    expect(words({ status: 'final', statusReason: 'overtime', period: extra }, baseball.labels)).toBe('Final/11 | extra innings')
    expect(words({ status: 'final', statusReason: 'mercy', period: { ...extra, number: 5 } }, baseball.labels)).toBe('Final/5 | mercy rule')
    expect(words({ status: 'final', statusReason: 'overtime' }, soccer.labels)).toBe('Final | AET')
    expect(words({ status: 'final', statusReason: 'shootout' }, soccer.labels)).toBe('Final | pens')
    expect(words({ status: 'final', statusReason: 'shootout', brief: 'pens 4–3' }, soccer.labels)).toBe('Final | pens 4–3')
    expect(words({ status: 'final', statusReason: 'retired' }, soccer.labels)).toBe('Final | retired')
  })
  it('has a sentence for every status', () => {
    expect(statusSentence(game({ status: 'live', period: quarter, clock: clock(1) }), now, reader)).toBe('live, Q4')
    const stopped = clock(1, { running: false })
    expect(statusSentence(game({ status: 'live', period: quarter, clock: stopped }), now, reader)).toBe('live, Q4, clock stopped')
    expect(statusSentence(game({ status: 'suspended', statusReason: 'rain' }), now, reader)).toBe('halted, rain')
    expect(statusSentence(game({}), now, reader)).toBe('starts 19:30, in 2 h')
    expect(statusSentence(game({ status: 'final', statusReason: 'shootout' }), now, reader)).toBe('final, shoot-out')
    expect(statusSentence(game({ status: 'final', statusReason: 'regulation' }), now, reader)).toBe('final')
    expect(statusSentence(game({ status: 'final', statusReason: 'overtime' }), now, reader, baseball.labels)).toBe('final, extra innings')
  })
})
