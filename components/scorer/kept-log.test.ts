import { describe, expect, it } from 'vitest'
import type { GameView } from '#components/live/game-store.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { createLogKeeper, type KeptLog, newerOf } from './kept-log.ts'

const NOON = Date.parse('2026-11-22T12:00:00.000Z')
const log = (epoch: string, from: number, to: number) => ({
  game: { id: 'g1', epoch, seq: to } as Game,
  plays: Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i }) as Play),
})
const page = (epoch: string, from: number, to: number, renderedAt = NOON) => ({ ...log(epoch, from, to), renderedAt })
const kept = (epoch: string, to: number, at = NOON): KeptLog => ({ ...log(epoch, 1, to), at })

describe('what a table is opened with', () => {
  it('is the page where the device knows nothing', () => {
    const drawn = page('e1', 1, 3)
    expect(newerOf(drawn, null)).toBe(drawn)
  })

  it('is the longer log of one epoch, whatever the clocks say', () => {
    const drawn = page('e1', 1, 3, NOON + 60_000)
    const more = kept('e1', 5)
    expect(newerOf(drawn, more)).toBe(more)
    expect(newerOf(drawn, kept('e1', 2, NOON + 120_000))).toBe(drawn)
  })

  it('is the whole log where the page brought only its end', () => {
    const whole = kept('e1', 600)
    expect(newerOf(page('e1', 101, 600), whole)).toBe(whole)
  })

  it('is the later one of two epochs, whose seqs cannot be compared', () => {
    const drawn = page('e2', 1, 3, NOON)
    expect(newerOf(drawn, kept('e1', 9, NOON - 1))).toBe(drawn)
    const later = kept('e3', 1, NOON + 1)
    expect(newerOf(drawn, later)).toBe(later)
  })
})

describe('writing down', () => {
  const viewOf = (to: number, rest: Partial<GameView> = {}) =>
    ({ ...log('e1', 1, to), isGone: false, hasWholeLog: true, ...rest }) as GameView

  function keeper() {
    const writes: number[] = []
    const answers: (() => void)[] = []
    const removed: string[] = []
    const keep = createLogKeeper(
      {
        write: ({ plays }) => {
          writes.push(plays.length)
          return new Promise(done => answers.push(done))
        },
        remove: async id => void removed.push(id),
      },
      () => NOON,
    )
    return { keep, writes, answers, removed }
  }
  const settle = () => new Promise(done => setTimeout(done))

  it('goes one at a time, and of what comes meanwhile only the last is written', async () => {
    const { keep, writes, answers } = keeper()
    void keep(viewOf(1))
    void keep(viewOf(2))
    const last = keep(viewOf(3))
    expect(writes).toEqual([1])
    answers[0]?.()
    await settle()
    expect(writes).toEqual([1, 3])
    let isDone = false
    void last.then(() => {
      isDone = true
    })
    await settle()
    expect(isDone).toBe(false)
    answers[1]?.()
    await settle()
    expect(isDone).toBe(true)
  })

  it('writes nothing when only the number of viewers has changed', async () => {
    const { keep, writes, answers } = keeper()
    const first = viewOf(2)
    void keep(first)
    answers[0]?.()
    await settle()
    await keep({ ...first, viewers: 9 })
    expect(writes).toEqual([2])
  })

  it('removes a game that was deleted', async () => {
    const { keep, removed } = keeper()
    await keep(viewOf(2, { isGone: true }))
    expect(removed).toEqual(['g1'])
  })

  it('goes on where nothing can be kept', async () => {
    const failing = createLogKeeper(
      {
        write: async () => {
          throw new Error('full')
        },
        remove: async () => {},
      },
      () => NOON,
    )
    await expect(failing(viewOf(1))).resolves.toBeUndefined()
  })
})
