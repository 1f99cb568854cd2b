import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { MAX_CATCH_UP, SNAPSHOT_PLAYS, type UpdateMessage, type WatchAnswer } from '#domain/protocol.ts'
import { type Connection, createConnection } from './connection.ts'
import { FakeWire } from './fake-wire.ts'
import { createGameStore, type GameStore } from './game-store.ts'

/** A server of one game, as its clients know it: over the wire and over HTTP. */
class Server {
  epoch = 'e0'
  plays: Play[] = []
  isGone = false
  /** Another score than the points of the plays. */
  score: (() => Game['score']) | null = null
  isDown = false
  reads: string[] = []

  constructor(points: number[]) {
    for (const worth of points) this.record(worth)
  }

  get head(): number {
    return this.plays.length
  }

  game(seq = this.head): Game {
    const counts = this.plays.slice(0, seq)
    const voided = new Set(counts.map(play => play.voids))
    const home = counts.filter(play => !voided.has(play.seq)).reduce((sum, play) => sum + (play.points ?? 0), 0)
    const team = (id: string) => ({ id, name: id, shortName: id, abbr: id, color: null, kind: 'team' as const })
    return {
      ...{ id: 'g1', sport: 'basketball', organisation: { id: 'o', name: 'o' }, competition: null, season: null, round: null },
      ...{ home: team('Hawks'), away: team('Bears'), venue: null, neutral: false, displayOrder: 'home-first', startsAt: null },
      ...{ timeZone: 'UTC', visibility: 'public', demo: false, rules: { pack: 'fiba', version: '1', values: {} } },
      ...{ epoch: this.epoch, seq, updatedAt: '', chat: true, roster: [], status: 'live', statusReason: null, statusUntil: null },
      ...{ official: false, underReview: false, period: null, clock: null, linescore: { columns: [] }, winner: null, detail: {} },
      score: this.score?.() ?? { home, away: 0 },
    }
  }

  record(points: number, more: Partial<Play> = {}): UpdateMessage {
    const seq = this.head + 1
    const at = '2026-11-22T19:30:00.000Z'
    const play: Play = { seq, id: `play-${seq}`, kind: '2pt', order: String(seq).padStart(5, '0'), at, points, text: 'Two', ...more }
    this.plays = [...this.plays, play]
    return { gameId: 'g1', epoch: this.epoch, seq, plays: [play], game: this.game() }
  }

  watch({ epoch, seq }: { epoch?: string; seq?: number }): { ok: true } & WatchAnswer {
    const head = { ok: true as const, epoch: this.epoch, seq: this.head, viewers: 7 }
    if (epoch === this.epoch && seq === this.head) return { ...head, mode: 'same' }
    if (epoch === this.epoch && seq !== undefined && seq < this.head && this.head - seq <= MAX_CATCH_UP)
      return { ...head, mode: 'plays', plays: this.plays.slice(seq), game: this.game() }
    return { ...head, mode: 'snapshot', plays: this.plays.slice(-SNAPSHOT_PLAYS), game: this.game() }
  }

  fetch = async (input: unknown, init?: { headers?: Record<string, string> }): Promise<Response> => {
    const url = new URL(String(input), 'http://sideline.test')
    this.reads.push(url.pathname + url.search)
    if (this.isDown) throw new TypeError('network')
    if (this.isGone) return Response.json({ error: { code: 'GONE' } }, { status: 410 })
    if (url.pathname.endsWith('/plays')) {
      const after = Number(url.searchParams.get('after'))
      const limit = Number(url.searchParams.get('limit'))
      return Response.json({ plays: this.plays.slice(after, after + limit), epoch: this.epoch, seq: this.head })
    }
    const tag = `"${this.epoch}-${this.head}"`
    if (init?.headers?.['If-None-Match'] === tag) return new Response(null, { status: 304 })
    return Response.json({ game: this.game() }, { headers: { ETag: tag } })
  }
}

let server: Server
let wire: FakeWire
let live: Connection
let store: GameStore
let stop: () => void

const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000)
const score = () => store.getView().game.score.home
function follow(plays = server.plays): void {
  store = createGameStore({ game: server.game(), plays, viewers: 1, fetch: server.fetch as typeof fetch })
  stop = store.follow(live)
}
const watches = () => wire.asked.concat().filter(asked => asked.event === 'game:watch')

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T19:30:00.000Z') })
  server = new Server([2, 3, 2])
  wire = new FakeWire()
  wire.reply = (event, request) => {
    if (event === 'time:sync') return { ok: true, now: Date.now() }
    if (event === 'game:unwatch') return { ok: true }
    if (event !== 'game:watch') return undefined
    return server.isGone ? { ok: false, error: { code: 'GONE', message: '' } } : server.watch(request as { epoch?: string; seq?: number })
  }
  live = createConnection({ wire, guess: Date.now() })
})
afterEach(() => {
  stop()
  live.close()
  vi.useRealTimers()
})

describe('a followed game', () => {
  it('shows the page’s own snapshot before any connection', () => {
    follow()
    expect(store.getView()).toMatchObject({ game: { score: { home: 7 } }, viewers: 1, isGone: false, hasWholeLog: true })
  })

  it('resumes from the page: the first watch carries its seq', async () => {
    follow()
    const asked: unknown[] = []
    const answer = wire.reply
    wire.reply = (event, request) => {
      if (event === 'game:watch') asked.push(request)
      return answer(event, request)
    }
    wire.connect()
    await seconds(0)
    expect(asked).toEqual([{ gameId: 'g1', epoch: 'e0', seq: 3 }])
    expect(store.getView().viewers).toBe(7)
  })

  it('catches up with what happened while the page was on its way', async () => {
    follow()
    server.record(3)
    wire.connect()
    await seconds(0)
    expect(score()).toBe(10)
    expect(store.getView().change).toMatchObject({ home: 3, kind: 'catch-up' })
  })

  it('applies a play as it comes and says what it changed', async () => {
    follow()
    wire.connect()
    await seconds(1)
    wire.tell('game:update', server.record(3))
    expect(score()).toBe(10)
    expect(store.getView().change).toEqual({ seq: 4, home: 3, away: 0, kind: 'score' })
  })

  it('calls nothing corrected that nobody had seen: points taken back before they arrived', async () => {
    follow()
    wire.connect()
    await seconds(1)
    const side = 'home' as const
    server.record(2, { side })
    server.record(3, { side: 'away', points: 0 })
    const last = server.record(0, { kind: 'void', voids: 5 })
    wire.tell('game:update', { ...last, plays: server.plays.slice(3) })
    expect(store.getView().change).toEqual({ seq: 6, home: 2, away: 0, kind: 'score' })
  })

  it('calls new points points beside a correction of the other side’s', async () => {
    server.plays = server.plays.map(play => (play.seq === 2 ? { ...play, side: 'away' } : play))
    server.score = () => ({ home: server.head >= 4 ? 9 : 7, away: server.head >= 5 ? 0 : 3 })
    follow()
    wire.connect()
    await seconds(1)
    server.record(2, { side: 'home' })
    const last = server.record(0, { kind: 'void', voids: 2 })
    wire.tell('game:update', { ...last, plays: server.plays.slice(3) })
    expect(store.getView().change).toEqual({ seq: 5, home: 2, away: -3, kind: 'correction', rose: 'home' })
  })

  it('calls a void a correction', async () => {
    follow()
    wire.connect()
    await seconds(1)
    wire.tell('game:update', server.record(0, { kind: 'void', voids: 2 }))
    expect(score()).toBe(4)
    expect(store.getView().change).toMatchObject({ home: -3, kind: 'correction' })
  })

  it('calls a replacement a correction even when the score rises', async () => {
    follow()
    wire.connect()
    await seconds(1)
    wire.tell('game:update', server.record(3, { replaces: 1 }))
    expect(store.getView().change?.kind).toBe('correction')
  })

  it('ignores updates of other games', async () => {
    follow()
    wire.connect()
    await seconds(1)
    wire.tell('game:update', { ...server.record(3), gameId: 'g2' })
    expect(score()).toBe(7)
  })

  it('repairs the header over a gap at once and fills the plays 300 ms later', async () => {
    follow()
    wire.connect()
    await seconds(1)
    server.record(2)
    wire.tell('game:update', server.record(2))
    expect(score()).toBe(11)
    expect(store.getView().plays).toHaveLength(3)
    await seconds(0.4)
    expect(store.getView().plays).toEqual(server.plays)
  })

  it('starts over when the server has another epoch, older plays included', async () => {
    follow()
    wire.connect()
    await seconds(1)
    server.epoch = 'e1'
    for (let i = 0; i < 80; i++) server.record(1)
    wire.tell('game:update', server.record(1))
    await seconds(1)
    expect(store.getView().plays).toEqual(server.plays)
    expect(store.getView().game.epoch).toBe('e1')
    expect(store.getView().hasWholeLog).toBe(true)
  })

  it('reads the start of a long log over HTTP', async () => {
    server = new Server(Array.from({ length: 1300 }, () => 1))
    follow(server.plays.slice(-100))
    expect(store.getView().hasWholeLog).toBe(false)
    await seconds(1)
    expect(store.getView().plays).toHaveLength(1300)
    expect(server.reads).toHaveLength(3)
  })

  it('takes a resync and watches for the plays', async () => {
    follow()
    wire.connect()
    await seconds(1)
    server.record(2)
    server.record(2)
    const { game, seq, epoch } = { ...server.watch({}), game: server.game() }
    wire.tell('game:update', { gameId: 'g1', epoch, seq, plays: [], game, resync: true })
    expect(score()).toBe(11)
    await seconds(0.1)
    expect(store.getView().plays).toEqual(server.plays)
  })

  it('finds a lost last play by watching again', async () => {
    follow()
    wire.connect()
    await seconds(1)
    server.record(3)
    for (let i = 0; i < 4; i++) {
      wire.proof()
      await seconds(10)
    }
    expect(score()).toBe(10)
  })

  it('converges after a break', async () => {
    follow()
    wire.connect()
    await seconds(1)
    wire.drop()
    server.record(2)
    server.record(3)
    await seconds(5)
    wire.connect()
    await seconds(1)
    expect(store.getView().plays).toEqual(server.plays)
    expect(score()).toBe(12)
  })

  it('asks at once why, when it is put out of the game’s room', async () => {
    follow()
    wire.connect()
    await seconds(1)
    wire.tell('game:gone', { gameId: 'another' })
    wire.tell('game:gone', { gameId: 'g1' })
    await seconds(0)
    expect(store.getView().isGone).toBe(false)
    server.isGone = true
    wire.tell('game:gone', { gameId: 'g1' })
    await seconds(0)
    expect(store.getView().isGone).toBe(true)
  })

  it('says when the game is gone', async () => {
    follow()
    server.isGone = true
    wire.connect()
    await seconds(1)
    expect(store.getView().isGone).toBe(true)
  })

  it('counts viewers', async () => {
    follow()
    wire.connect()
    await seconds(1)
    wire.tell('game:viewers', { gameId: 'g1', count: 212 })
    wire.tell('game:viewers', { gameId: 'g2', count: 1 })
    expect(store.getView().viewers).toBe(212)
  })

  it('holds still while paused, counts what waits, and is up to date when it goes on', async () => {
    follow()
    wire.connect()
    await seconds(1)
    store.pause()
    wire.tell('game:update', server.record(3))
    wire.tell('game:update', server.record(3))
    expect(store.getView()).toMatchObject({ isPaused: true, waiting: 2, game: { score: { home: 7 } } })
    store.resume()
    expect(store.getView()).toMatchObject({ isPaused: false, waiting: 0, change: null, game: { score: { home: 13 } } })
  })

  it('reads again what an edit changes and an update does not carry', async () => {
    follow()
    wire.connect()
    await seconds(1)
    const game = server.game.bind(server)
    server.game = seq => ({ ...game(seq), venue: 'Court 2' })
    const { venue, home, away, ...update } = server.game()
    wire.tell('game:update', { ...server.record(0, { kind: 'edit', data: { venue: 'Court 2' } }), game: { ...update, seq: 4 } })
    expect(venue).toBe('Court 2')
    await seconds(1)
    expect(store.getView().game.venue).toBe('Court 2')
  })

  it('keeps up by conditional reads where no socket connects', async () => {
    follow()
    for (let i = 0; i < 4; i++) wire.fail()
    await seconds(2)
    expect(live.getState().link).toBe('polling')
    server.record(3)
    await seconds(15)
    expect(score()).toBe(10)
    expect(store.getView().plays).toEqual(server.plays)
    const reads = server.reads.length
    await seconds(15)
    expect(server.reads.slice(reads)).toEqual(['/api/v1/games/g1'])
  })

  it('takes a new epoch from a conditional read', async () => {
    follow()
    server.epoch = 'e1'
    server.plays = []
    server.record(1)
    for (let i = 0; i < 4; i++) wire.fail()
    await seconds(2)
    expect(store.getView().game).toMatchObject({ epoch: 'e1', score: { home: 1 } })
  })

  it('does not call a server that fails an answer', async () => {
    follow()
    server.isDown = true
    await seconds(12)
    expect(live.getState().link).toBe('reconnecting')
    expect(store.getView().isGone).toBe(false)
  })

  it('asks again later when it is told to wait', async () => {
    follow()
    const answer = wire.reply
    let refused = 0
    wire.reply = (event, request) => {
      if (event !== 'game:watch' || refused > 0) return answer(event, request)
      refused += 1
      return { ok: false, error: { code: 'RATE_LIMITED', message: '', retryAfterMs: 2000 } }
    }
    server.record(3)
    wire.connect()
    await seconds(1)
    expect(score()).toBe(7)
    await seconds(2)
    expect(score()).toBe(10)
  })

  it('does not take a name that comes along with a score for a correction', async () => {
    follow()
    wire.connect()
    await seconds(1)
    const first = server.record(3)
    const named = server.record(0, { points: undefined, kind: '2pt', playerId: 'p1', replaces: 4 })
    // The server of this test counts no replacements: the name says the three points of its play again.
    wire.tell('game:update', { ...named, plays: [...first.plays, { ...(named.plays[0] as Play), points: 3 }] })
    expect(store.getView().change).toEqual({ seq: 5, home: 3, away: 0, kind: 'score' })
  })

  it('watches again when it is left and followed again at once', async () => {
    wire.connect()
    follow()
    stop()
    stop = store.follow(live)
    await seconds(1)
    // The room was never left: that would race with the second watch.
    expect(wire.log.filter(event => event.startsWith('game:'))).toEqual(['game:watch', 'game:watch'])
    wire.tell('game:update', server.record(3))
    expect(score()).toBe(10)
  })

  it('stays for whoever still follows, and leaves once however often it is told to', async () => {
    wire.connect()
    follow()
    const second = store.follow(live)
    stop()
    stop()
    await seconds(1)
    wire.tell('game:update', server.record(3))
    expect(score()).toBe(10)
    expect(wire.log).not.toContain('game:unwatch')
    second()
    await seconds(1)
    expect(wire.log.filter(event => event === 'game:unwatch')).toHaveLength(1)
  })

  it('does not leave the room of a store that took over', async () => {
    wire.connect()
    follow()
    await seconds(1)
    stop()
    const { game, plays } = store.getView()
    const successor = createGameStore({ game, plays, viewers: 0, fetch: server.fetch as typeof fetch })
    stop = successor.follow(live)
    await seconds(1)
    expect(wire.log).not.toContain('game:unwatch')
    wire.tell('game:update', server.record(3))
    expect(successor.getView().game.score.home).toBe(10)
  })

  it('leaves no timer and no question behind', async () => {
    follow()
    wire.connect()
    await seconds(1)
    stop()
    const before = store.getView()
    wire.tell('game:update', server.record(3))
    await seconds(60)
    expect(store.getView()).toBe(before)
    expect(watches()).toHaveLength(0)
  })
})
