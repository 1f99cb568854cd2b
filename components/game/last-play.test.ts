import { describe, expect, it } from 'vitest'
import type { Play } from '#domain/play.ts'
import { lastPlayed, lastSign } from './last-play.ts'

const play = (seq: number, kind: string): Play => ({
  seq,
  id: `p${seq}`,
  kind,
  order: `a${seq}`,
  at: '2030-01-05T18:00:00.000Z',
  text: kind,
})

describe('the last play', () => {
  it('is one that happened in the game, not a change of its details, its status, a note or a void', () => {
    const plays = ['2pt', 'edit', 'status', 'note', 'void'].map((kind, i) => play(i + 1, kind))
    expect(lastPlayed(plays)?.seq).toBe(1)
    expect(lastPlayed([play(1, 'edit')])).toBeUndefined()
  })
  it('is told apart from a sign of the scorer, which a void or a note is and an edit is not', () => {
    expect(lastSign([play(1, '2pt'), play(2, 'void'), play(3, 'edit')])?.seq).toBe(2)
  })
})
