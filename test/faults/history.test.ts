import { describe, expect, it } from 'vitest'
import { type History, violations } from './history.ts'

const clean: History = {
  invocations: [
    { id: 'a', outcome: { ok: 1 } },
    { id: 'b', outcome: 'info' },
    { id: 'c', outcome: 'fail' },
    { id: 'd', outcome: { ok: 2 } },
  ],
  log: [
    { seq: 1, id: 'a' },
    { seq: 2, id: 'd' },
  ],
  watchers: [{ shown: [1, 2].map(seq => ({ epoch: 'e', seq, bySnapshot: false })), state: '2-0' }],
  truth: '2-0',
}

describe('the history checker', () => {
  it('finds nothing in a clean run', () => expect(violations(clean)).toEqual([]))

  const planted: [string, Partial<History>, RegExp][] = [
    ['a lost play', { log: [{ seq: 1, id: 'a' }] }, /lost: d/],
    [
      'a play at another seq than was answered',
      {
        log: [
          { seq: 1, id: 'd' },
          { seq: 2, id: 'a' },
        ],
      },
      /lost: a.*at 1/,
    ],
    ['a duplicated play', { log: [...clean.log, { seq: 3, id: 'a' }] }, /duplicated: a at 1, 3/],
    ['an unanswered play stored twice', { log: [...clean.log, { seq: 3, id: 'b' }, { seq: 4, id: 'b' }] }, /duplicated: b/],
    ['a refused play that was stored', { log: [...clean.log, { seq: 3, id: 'c' }] }, /refused but stored: c/],
    [
      'a hole',
      {
        log: [
          { seq: 1, id: 'a' },
          { seq: 3, id: 'd' },
        ],
      },
      /gap: 3/,
    ],
    [
      'a watcher that went back',
      { watchers: [{ shown: [2, 1].map(seq => ({ epoch: 'e', seq, bySnapshot: false })), state: '2-0' }] },
      /went back/,
    ],
    [
      'a watcher that skipped',
      { watchers: [{ shown: [1, 3].map(seq => ({ epoch: 'e', seq, bySnapshot: false })), state: '2-0' }] },
      /skipped/,
    ],
    ['a watcher that is silently stale', { watchers: [{ shown: [], state: '0-0' }] }, /ended on 0-0/],
  ]
  it.each(planted)('finds %s', (_, plant, what) => expect(violations({ ...clean, ...plant }).join('\n')).toMatch(what))
})
