import { describe, expect, test } from 'vitest'
import { displacedBy, newestForm } from './log.ts'
import { sport } from './sports/soccer.ts'
import { TestLog } from './test-log.ts'

const voids = (seq: number, target: number) => ({ seq, kind: 'void', voids: target })
const replaces = (seq: number, target: number) => ({ seq, kind: 'goal', replaces: target })
const standing = (corrections: Parameters<typeof displacedBy>[0], seqs: number[]) => {
  const displaced = displacedBy(corrections)
  return seqs.filter(seq => !displaced.has(seq))
}

describe('which plays count', () => {
  test('[L4] a void takes one play out and nothing else', () => {
    expect([...displacedBy([voids(3, 1)])]).toEqual([[1, { voidedBy: 3 }]])
  })

  test('[L4] a void of a void brings the play back, a third void takes it out again', () => {
    expect(standing([voids(2, 1), voids(3, 2)], [1])).toEqual([1])
    expect(standing([voids(2, 1), voids(3, 2), voids(4, 3)], [1])).toEqual([])
    expect(standing([voids(2, 1), voids(3, 2), voids(4, 3), voids(5, 4)], [1])).toEqual([1])
  })

  test('[L4] two voids of one play: taking one back leaves the other', () => {
    expect(standing([voids(2, 1), voids(3, 1), voids(4, 2)], [1])).toEqual([])
    expect(standing([voids(2, 1), voids(3, 1), voids(4, 2), voids(5, 3)], [1])).toEqual([1])
  })

  test('[L5] of all forms of a play only the newest counts', () => {
    expect(standing([replaces(2, 1), replaces(3, 2), replaces(4, 3)], [1, 2, 3, 4])).toEqual([4])
  })

  test('[L5] a void of a replacement brings the form before it back', () => {
    expect(standing([replaces(2, 1), voids(3, 2)], [1, 2])).toEqual([1])
    expect(standing([replaces(2, 1), replaces(3, 2), voids(4, 3)], [1, 2, 3])).toEqual([2])
    expect(standing([replaces(2, 1), replaces(3, 2), voids(4, 2), voids(5, 3)], [1, 2, 3])).toEqual([1])
  })

  test('[L5] a void of the form first sent leaves the newest', () => {
    expect(standing([replaces(2, 1), voids(3, 1)], [1, 2])).toEqual([2])
  })

  test('[L4] [L5] a replacement that was voided and brought back counts again', () => {
    expect(standing([replaces(2, 1), voids(3, 2), voids(4, 3)], [1, 2])).toEqual([2])
  })

  test('[L5] replacing a replaced play means its newest form that stands', () => {
    const corrections = [replaces(2, 1), replaces(3, 2)]
    expect(newestForm(1, corrections, displacedBy(corrections))).toBe(3)
    const taken = [...corrections, voids(4, 3)]
    expect(newestForm(1, taken, displacedBy(taken))).toBe(2)
    expect(newestForm(7, corrections, displacedBy(corrections))).toBe(7)
  })
})

describe('corrections in a game', () => {
  const started = () => {
    const log = new TestLog(sport)
    log.add({ kind: 'goal', side: 'home' }, { kind: 'goal', side: 'away' })
    return log
  }

  test('[L4] a goal voided, brought back, voided again', () => {
    const log = started()
    const undo = log.add({ kind: 'void', voids: 1 })
    expect(log.game().score).toEqual({ home: 0, away: 1 })
    const redo = log.add({ kind: 'void', voids: undo })
    expect(log.game().score).toEqual({ home: 1, away: 1 })
    log.add({ kind: 'void', voids: redo })
    expect(log.game().score).toEqual({ home: 0, away: 1 })
    expect(log.marks(1)).toEqual({ voidedBy: undo })
    expect(log.marks(undo)).toEqual({})
  })

  test('[L5] two senders who replace the same goal do not double it', () => {
    const log = started()
    log.add({ kind: 'ownGoal', side: 'home', replaces: 1 }, { kind: 'goal', side: 'away', replaces: 1 })
    expect(log.game().score).toEqual({ home: 0, away: 2 })
    expect(log.plays.at(-1)?.replaces).toBe(3)
  })

  test('[L5] a replacement takes the place of the play it replaces', () => {
    const log = started()
    log.add('periodEnd', { kind: 'goal', side: 'home' }, { kind: 'goal', side: 'away', replaces: 1 })
    expect(
      log.plays
        .map(({ seq, order }) => ({ seq, order }))
        .sort((a, b) => (a.order < b.order ? -1 : 1))
        .map(({ seq }) => seq),
    ).toEqual([1, 5, 2, 3, 4])
  })

  test('[L6] a play inserted before another is folded there', () => {
    const log = started()
    const second = log.add('periodEnd', 'periodStart')
    log.add({ kind: 'goal', side: 'home', before: second })
    expect(log.game().linescore.columns).toEqual([
      { label: '1H', home: 2, away: 1 },
      { label: '2H', home: 0, away: 0 },
    ])
  })

  test('[L7] what no longer fits after a correction is ignored with its reason, and counts again when it fits', () => {
    const log = new TestLog(sport)
    log.add('periodStart', 'periodEnd')
    const second = log.add('periodStart')
    const end = log.add({ kind: 'periodEnd', period: 2 })
    const undo = log.add({ kind: 'void', voids: second })
    expect(log.marks(end).ignored).toBe('No such period is under way.')
    expect(log.game().period?.number).toBe(1)
    log.add({ kind: 'void', voids: undo })
    expect(log.marks(end)).toEqual({})
    expect(log.game().period?.number).toBe(2)
  })
})
