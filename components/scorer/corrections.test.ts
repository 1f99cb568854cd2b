import { describe, expect, it } from 'vitest'
import { openFold, view } from '#domain/fold.ts'
import { displacedBy, isCorrection } from '#domain/log.ts'
import type { LoggedPlay } from '#domain/play.ts'
import { byOrder, continueFold } from '#domain/replay.ts'
import { sport } from '#domain/sports/basketball.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { bringsBack, clockTarget, newestForm, redoTarget, undoTarget, voidsOf } from './corrections.ts'

const rules = sport.packs[0]?.values
const ME = '-aaaaaaaaaaaa'

/** A log whose ids tell who sent what. */
function table() {
  const log = new TestLog(sport, rules)
  const others = new Set<number>()
  const add = (...plays: (TestPlay | string)[]) => log.add(...plays)
  const rows = () => {
    const plays = [...log.plays].sort(byOrder)
    const corrections = plays.filter(isCorrection).sort((a, b) => a.seq - b.seq)
    const named = plays.map((play): LoggedPlay => ({ ...play, id: `${play.id}${others.has(play.seq) ? '-bbbbbbbbbbbb' : ME}` }))
    return continueFold(sport, rules, openFold(sport, rules), named, displacedBy(corrections)).plays.map(row => ({
      ...row,
      isMine: row.play.id.endsWith(ME),
    }))
  }
  const voidAll = (ids: readonly string[]) => {
    for (const id of ids) add({ kind: 'void', voids: log.plays.find(play => id.startsWith(play.id))?.seq as number })
  }
  const score = () => view(sport, rules, log.head.fold).score
  return { log, add, rows, voidAll, score, others }
}
const two = (side: 'home' | 'away'): TestPlay => ({ kind: '2pt', side })

describe('the form of a play that stands', () => {
  it('is the last that replaced it, and none once that is taken back', () => {
    const { add, rows, voidAll } = table()
    add(two('home'))
    const first = rows()[0]?.play.id as string
    expect(newestForm(rows(), first)?.play.seq).toBe(1)
    add({ kind: '3pt', side: 'home', replaces: 1 })
    add({ kind: 'ft', side: 'home', replaces: 2 })
    expect(newestForm(rows(), first)?.play.kind).toBe('ft')
    voidAll(voidsOf(rows(), undoTarget(rows()) as never))
    expect(newestForm(rows(), first)).toBeNull()
    expect(newestForm(rows(), 'nobody')).toBeNull()
  })
})

describe('undo', () => {
  it('takes back the newest play that stands, then the one before it', () => {
    const { add, rows, voidAll, score } = table()
    add(two('home'), two('away'))
    voidAll(voidsOf(rows(), undoTarget(rows()) as never))
    expect(score()).toEqual({ home: 2, away: 0 })
    expect(undoTarget(rows())?.play.seq).toBe(1)
    voidAll(voidsOf(rows(), undoTarget(rows()) as never))
    expect(score()).toEqual({ home: 0, away: 0 })
    expect(undoTarget(rows())).toBeNull()
  })

  it('leaves another device’s plays alone as long as there are own ones', () => {
    const { add, rows, others } = table()
    add(two('home'))
    others.add(add(two('away')))
    expect(undoTarget(rows())?.play.seq).toBe(1)
  })

  it('takes back whoever’s play it is where this device has made none: a hand-over', () => {
    const { add, rows, others } = table()
    others.add(add(two('home')))
    others.add(add(two('away')))
    expect(undoTarget(rows())?.play.seq).toBe(2)
  })

  it('of a replaced play takes all forms back, else the first would count again', () => {
    const { add, rows, voidAll, score } = table()
    add({ kind: '3pt', side: 'home' })
    add({ kind: '2pt', side: 'home', replaces: 1 })
    expect(score()).toEqual({ home: 2, away: 0 })
    const target = undoTarget(rows())
    expect(target?.play.seq).toBe(2)
    voidAll(voidsOf(rows(), target as never))
    expect(score()).toEqual({ home: 0, away: 0 })
  })

  it('takes the start of a period and of its clock back in one', () => {
    const { log, add, rows, voidAll } = table()
    add('periodStart', { kind: 'clockStart', after: 0 })
    const target = undoTarget(rows())
    expect(target?.play.kind).toBe('periodStart')
    voidAll(voidsOf(rows(), target as never))
    expect(view(sport, rules, log.head.fold)).toMatchObject({ status: 'scheduled', period: null, clock: null })
  })

  it('passes over what was done to the clock, which has its own way back', () => {
    const { add, rows, voidAll, log } = table()
    add('periodStart', { kind: 'clockStart', after: 5 }, two('home'), 'clockStop')
    expect(undoTarget(rows())?.play.kind).toBe('2pt')
    const stop = clockTarget(rows())
    expect(stop?.play.kind).toBe('clockStop')
    voidAll(voidsOf(rows(), stop as never))
    expect(view(sport, rules, log.head.fold).clock?.running).toBe(true)
    expect(clockTarget(rows())).toBeNull()
  })

  it('crosses the end of a period', () => {
    const { log, add, rows, voidAll } = table()
    add('periodStart', { kind: 'clockStart', after: 5 }, two('home'), 'periodEnd')
    voidAll(voidsOf(rows(), undoTarget(rows()) as never))
    expect(view(sport, rules, log.head.fold)).toMatchObject({ status: 'live', period: { number: 1 } })
  })
})

describe('bringing back', () => {
  it('is offered until something else is done', () => {
    const { add, rows, voidAll, score } = table()
    add(two('home'), { kind: '3pt', side: 'away' })
    expect(redoTarget(rows())).toBeNull()
    voidAll(voidsOf(rows(), undoTarget(rows()) as never))
    const target = redoTarget(rows())
    expect(target?.play.seq).toBe(2)
    voidAll(bringsBack(rows(), target as never))
    expect(score()).toEqual({ home: 2, away: 3 })
    expect(redoTarget(rows())).toBeNull()
  })

  it('brings back the newest form of a replaced play', () => {
    const { add, rows, voidAll, score } = table()
    add({ kind: '3pt', side: 'home' })
    add({ kind: '2pt', side: 'home', replaces: 1 })
    voidAll(voidsOf(rows(), undoTarget(rows()) as never))
    voidAll(bringsBack(rows(), redoTarget(rows()) as never))
    expect(score()).toEqual({ home: 2, away: 0 })
  })

  it('undoes every void of a play that two scorers took back', () => {
    const { add, rows, voidAll, score } = table()
    add(two('home'))
    add({ kind: 'void', voids: 1 }, { kind: 'void', voids: 1 })
    expect(score()).toEqual({ home: 0, away: 0 })
    voidAll(bringsBack(rows(), rows()[0] as never))
    expect(score()).toEqual({ home: 2, away: 0 })
  })
})
