import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Followed, type FollowInput, follow, hasWholeLog, MAX_HELD, openFollowed, watchFrom } from './follow.ts'
import type { Game } from './game.ts'
import type { Play } from './play.ts'
import { MAX_CATCH_UP, SNAPSHOT_PLAYS, type UpdateMessage, type WatchAnswer } from './protocol.ts'

const playAt = (epoch: string, seq: number): Play => ({
  seq,
  id: `${epoch}-play-${seq}`,
  kind: '2pt',
  order: String(seq).padStart(6, '0'),
  at: '2026-11-22T19:30:00.000Z',
  side: 'home',
  text: `Play ${seq}`,
})

/** The header after `seq` plays. Its score is its seq, so that a stale header shows. */
const gameAt = (epoch: string, seq: number): Game => ({
  id: 'g1',
  sport: 'basketball',
  organisation: { id: 'o', name: 'League' },
  competition: null,
  season: null,
  round: null,
  home: { id: 'h', name: 'Harbour Hawks', shortName: 'Hawks', abbr: 'HAW', color: null, kind: 'team' },
  away: { id: 'a', name: 'Mill Town Bears', shortName: 'Bears', abbr: 'BEA', color: null, kind: 'team' },
  venue: 'Harbour Hall',
  neutral: false,
  displayOrder: 'home-first',
  startsAt: null,
  timeZone: 'UTC',
  visibility: 'public',
  demo: false,
  rules: { pack: 'fiba', version: '1', values: {} },
  epoch,
  seq,
  updatedAt: '2026-11-22T19:30:00.000Z',
  chat: true,
  roster: [],
  status: 'live',
  statusReason: null,
  statusUntil: null,
  official: false,
  underReview: false,
  period: null,
  clock: null,
  score: { home: seq, away: 0 },
  linescore: { columns: [] },
  winner: null,
  detail: {},
})

class Server {
  epoch = 'e0'
  head: number
  private flips = 0

  constructor(head: number) {
    this.head = head
  }

  plays(after: number, to = this.head): Play[] {
    return Array.from({ length: Math.max(0, to - after) }, (_, i) => playAt(this.epoch, after + 1 + i))
  }
  game = () => gameAt(this.epoch, this.head)

  record(count: number): UpdateMessage {
    const from = this.head
    this.head += count
    return { gameId: 'g1', epoch: this.epoch, seq: this.head, plays: this.plays(from), game: this.game() }
  }
  resync = (): UpdateMessage => ({ gameId: 'g1', epoch: this.epoch, seq: this.head, plays: [], game: this.game(), resync: true })

  restore(head: number): void {
    this.flips += 1
    this.epoch = `e${this.flips}`
    this.head = head
  }

  watch(from: { epoch?: string; seq?: number }): WatchAnswer {
    const head = { epoch: this.epoch, seq: this.head, viewers: 1 }
    if (from.epoch === this.epoch && from.seq === this.head) return { ...head, mode: 'same' }
    const missing = this.head - (from.seq ?? -1)
    if (from.epoch === this.epoch && from.seq !== undefined && missing > 0 && missing <= MAX_CATCH_UP) {
      return { ...head, mode: 'plays', plays: this.plays(from.seq), game: this.game() }
    }
    return { ...head, mode: 'snapshot', game: this.game(), plays: this.plays(Math.max(0, this.head - SNAPSHOT_PLAYS)) }
  }
}

const opened = (server: Server) => openFollowed(server.game(), server.plays(0))
const update = (message: UpdateMessage): FollowInput => ({ type: 'update', message })
const ask = (state: Followed, server: Server): Followed => {
  const asked = watchFrom(state)
  return follow(state, { type: 'answer', asked, answer: server.watch(asked) })
}

/** What holds at every moment, whatever arrives. */
function expectSound(before: Followed, after: Followed): void {
  if (before.epoch === after.epoch) {
    expect(after.seq).toBeGreaterThanOrEqual(before.seq)
    expect(after.game.seq).toBeGreaterThanOrEqual(before.game.seq)
  }
  expect(after.game.epoch).toBe(after.epoch)
  expect(after.game.seq).toBeGreaterThanOrEqual(after.seq)
  expect(after.game.score.home).toBe(after.game.seq)
  expect(after.held.length).toBeLessThanOrEqual(MAX_HELD)
  const first = after.seq - after.plays.length + 1
  expect(after.plays).toEqual(after.plays.map((_, i) => playAt(after.epoch, first + i)))
}

function expectHealed(state: Followed, server: Server): void {
  let healed = state
  for (let i = 0; i < 4; i++) {
    const next = ask(healed, server)
    expectSound(healed, next)
    healed = next
  }
  expect(healed.needs).toBeNull()
  expect(healed.held).toEqual([])
  expect({ epoch: healed.epoch, seq: healed.seq }).toEqual({ epoch: server.epoch, seq: server.head })
  expect(healed.game).toEqual(server.game())
  const reach = healed.plays[0]?.seq ?? server.head + 1
  const whole = follow(healed, { type: 'earlier', epoch: server.epoch, plays: server.plays(0, reach - 1) })
  expect(hasWholeLog(whole)).toBe(true)
  expect(whole.plays).toEqual(server.plays(0))
}

type Action =
  | { do: 'record'; count: number }
  | { do: 'deliver' | 'repeat' | 'drop'; at: number }
  | { do: 'restore'; head: number }
  | { do: 'resync' | 'watch' | 'waited' }

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('record' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('deliver' as const, 'deliver' as const, 'repeat' as const, 'drop' as const),
      at: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), head: fc.nat(60) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('resync' as const, 'watch' as const, 'watch' as const, 'waited' as const) }) },
)

describe('following a game', () => {
  // Six hundred histories: a moment on a quiet machine, more beside a build.
  it('[C1] [C2] [C3] [C4] [C5] ends equal to the server whatever is lost, repeated, reordered or restored', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.nat(300), fc.array(action, { maxLength: 120 }), (head, actions) => {
        const server = new Server(head)
        let state = opened(server)
        const wire: FollowInput[] = []
        const take = (input: FollowInput) => {
          const next = follow(state, input)
          expectSound(state, next)
          state = next
        }
        for (const step of actions) {
          if (step.do === 'record') wire.push(update(server.record(step.count)))
          else if (step.do === 'resync') wire.push(update(server.resync()))
          else if (step.do === 'restore') server.restore(step.head)
          else if (step.do === 'waited') take({ type: 'waited' })
          else if (step.do === 'watch') {
            const asked = watchFrom(state)
            wire.push({ type: 'answer', asked, answer: server.watch(asked) })
          } else if ('at' in step) {
            const at = wire.length ? step.at % wire.length : -1
            const input = wire[at]
            if (input && step.do !== 'drop') take(input)
            if (step.do !== 'repeat') wire.splice(at, 1)
          }
        }
        expectHealed(state, server)
      }),
      { numRuns: 600 },
    )
  })

  it('[C5] drops what it already has', () => {
    const server = new Server(3)
    const state = opened(server)
    const message = server.record(1)
    const after = follow(state, update(message))
    expect(follow(after, update(message))).toBe(after)
  })

  it('[C5] takes only the new end of an overlapping update', () => {
    const server = new Server(3)
    const state = opened(server)
    const message = { ...server.record(2), plays: server.plays(1) }
    expect(follow(state, update(message)).plays).toEqual(server.plays(0))
  })

  it('[C4] repairs the header at once and asks for the plays once the hold time is over', () => {
    const server = new Server(3)
    const state = opened(server)
    server.record(1)
    const held = follow(state, update(server.record(1)))
    expect(held.game.score.home).toBe(5)
    expect(held.seq).toBe(3)
    expect(held.needs).toBeNull()
    const waited = follow(held, { type: 'waited' })
    expect(waited.needs).toBe('watch')
    expect(watchFrom(waited)).toEqual({ epoch: 'e0', seq: 3 })
    expect(ask(waited, server).plays).toEqual(server.plays(0))
  })

  it('[C4] closes a gap by itself when the updates were merely out of order', () => {
    const server = new Server(0)
    const state = opened(server)
    const [one, two, three] = [server.record(1), server.record(1), server.record(1)]
    const after = [three, two, one].reduce((held, message) => follow(held, update(message)), state)
    expect(after.plays).toEqual(server.plays(0))
    expect(follow(after, { type: 'waited' })).toBe(after)
  })

  it('[C4] asks at once when too much is held', () => {
    const server = new Server(0)
    const first = server.record(1)
    let state = opened(new Server(0))
    for (let i = 0; i <= MAX_HELD; i++) state = follow(state, update(server.record(1)))
    expect(state.needs).toBe('watch')
    expect(state.held).toHaveLength(MAX_HELD)
    expect(follow(state, update(first)).seq).toBe(MAX_HELD + 1)
  })

  it('[C3] watches without a seq when the epoch is another', () => {
    const server = new Server(9)
    const state = opened(server)
    server.restore(4)
    const lost = follow(state, update(server.record(1)))
    expect(lost.needs).toBe('watch')
    expect(watchFrom(lost)).toEqual({})
    expect(ask(lost, server)).toMatchObject({ epoch: 'e1', seq: 5, needs: null, isLost: false })
  })

  it('[C4] [C7] takes the header of a resync now and the plays by watching', () => {
    const server = new Server(2)
    const state = opened(server)
    server.record(3)
    const after = follow(state, update(server.resync()))
    expect(after.game.score.home).toBe(5)
    expect(after).toMatchObject({ seq: 2, needs: 'watch' })
    expect(ask(after, server)).toMatchObject({ seq: 5, needs: null })
  })

  it('keeps what the board cannot change by a play: names, venue and rules', () => {
    const server = new Server(0)
    const state = opened(server)
    const { home, away, venue, rules, ...rest } = gameAt('e0', 1)
    const after = follow(state, update({ ...server.record(1), game: rest }))
    expect(after.game).toMatchObject({ home, away, venue, rules, seq: 1 })
  })

  it('fills the start of the log from plays read later', () => {
    const server = new Server(120)
    const state = openFollowed(server.game(), server.plays(70))
    expect(hasWholeLog(state)).toBe(false)
    const wrong = follow(state, { type: 'earlier', epoch: 'other', plays: server.plays(0, 70) })
    expect(wrong).toBe(state)
    const whole = follow(state, { type: 'earlier', epoch: 'e0', plays: server.plays(0, 75) })
    expect(hasWholeLog(whole)).toBe(true)
    expect(whole.plays).toEqual(server.plays(0))
  })
})
