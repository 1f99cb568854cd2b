import { describe, expect, it } from 'vitest'
import type { GameView } from '#components/live/game-store.ts'
import { view } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { Play, PlayInput } from '#domain/play.ts'
import { sport } from '#domain/sports/basketball.ts'
import { TestLog } from '#domain/test-log.ts'
import { createDesk } from './desk.ts'
import { createOutbox, type OutboxStore, type Outgoing } from './outbox.ts'
import { createPlayIds } from './play-id.ts'
import type { Posted } from './post-plays.ts'
import { createSteady } from './steady.ts'

const rules = sport.packs[0]?.values as Record<string, unknown>
const SENDER = 'aaaaaaaaaaaa'
const side = (name: string) => ({ id: name, name, shortName: name, abbr: name.slice(0, 3), color: null, kind: 'team' as const })

/** A table whose server answers when the test says so. */
function table(keepLog?: (view: GameView) => Promise<void>) {
  const log = new TestLog(sport, rules)
  const ids = new Map<number, string>()
  const listeners = new Set<() => void>()
  const roster: Game['roster'] = []
  const told = (): Play[] => log.plays.map(play => ({ ...play, id: ids.get(play.seq) ?? play.id, text: `play ${play.seq}` }))
  const game = () =>
    ({
      id: 'g1',
      sport: 'basketball',
      home: side('Hawks'),
      away: side('Bears'),
      rules: { pack: 'fiba', version: '1', values: rules },
      epoch: 'e1',
      seq: log.plays.length,
      roster,
      ...view(sport, rules, log.head.fold),
    }) as unknown as Game
  let shown: GameView = {
    game: game(),
    plays: told(),
    hasWholeLog: true,
    viewers: 0,
    isGone: false,
    isPaused: false,
    waiting: 0,
    change: null,
  }
  const sent: { plays: PlayInput[]; answer(posted: Posted): void }[] = []
  let kept: Outgoing[] = []
  const memory: OutboxStore = {
    read: async () => kept,
    update: async change => {
      kept = change(kept)
    },
    hold: () => {},
    watch: () => () => {},
  }
  let mono = 0
  const steady = createSteady({ mono: () => mono, wall: () => 1_795_000_000_000 + mono, page: 'p' })
  const outbox = createOutbox({
    store: memory,
    steady,
    turn: async work => {
      await work()
      return true
    },
    post: plays => new Promise(answer => sent.push({ plays: [...plays], answer })),
  })
  const desk = createDesk({
    sport,
    outbox,
    steady,
    sender: SENDER,
    keepLog,
    nextId: createPlayIds(SENDER, () => 1_795_000_000_000),
    now: () => Date.UTC(2030, 0, 5, 18) + mono,
    store: {
      getView: () => shown,
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  })
  /** The server takes a play in, and its update reaches the page. */
  const arrive = (play: Pick<PlayInput, 'id' | 'kind' | 'side'> & { voids?: number; replaces?: number }) => {
    const { id, ...rest } = play
    ids.set(log.add(rest), id)
    shown = { ...shown, game: game(), plays: told() }
    for (const listener of listeners) listener()
  }
  const fail = () => sent.at(-1)?.answer({ is: 'later', why: 'offline' })
  const stop = outbox.open()
  const unsubscribe = desk.subscribe(() => {})
  return {
    desk,
    outbox,
    sent,
    arrive,
    fail,
    pass(ms: number) {
      mono += ms
    },
    close() {
      unsubscribe()
      stop()
    },
  }
}
const settled = () => new Promise(resolve => setTimeout(resolve, 5))
const two = (side: 'home' | 'away') => ({ kind: '2pt', side })

describe('the table', () => {
  it('counts a tap at once, and only once when its update comes', async () => {
    const { desk, arrive, sent, close } = table()
    const acted = desk.act([two('home')])
    expect(desk.getState().game.score).toEqual({ home: 2, away: 0 })
    expect(desk.getState()).toMatchObject({ waiting: 1, savedSeq: 0 })
    await settled()
    expect(sent).toHaveLength(1)
    arrive({ id: acted.ok ? (acted.ids[0] as string) : '', ...two('home') })
    expect(desk.getState().game.score).toEqual({ home: 2, away: 0 })
    expect(desk.getState().rows.map(row => [row.text, row.isMine, row.isAhead])).toEqual([['play 1', true, false]])
    expect(desk.getState()).toMatchObject({ waiting: 0, savedSeq: 1 })
    close()
  })

  it('lets a play go from the outbox only once the log that has it is written down', async () => {
    const writes: { plays: number; done(): void }[] = []
    const { desk, outbox, arrive, close } = table(({ plays }) => new Promise(done => writes.push({ plays: plays.length, done })))
    const acted = desk.act([two('home')])
    await settled()
    arrive({ id: acted.ok ? (acted.ids[0] as string) : '', ...two('home') })
    expect(writes.map(({ plays }) => plays)).toEqual([0, 1])
    expect(desk.getState().game.score).toEqual({ home: 2, away: 0 })
    expect(outbox.getState().plays).toHaveLength(1)
    for (const { done } of writes) done()
    await settled()
    expect(outbox.getState().plays).toHaveLength(0)
    expect(desk.getState().game.score).toEqual({ home: 2, away: 0 })
    close()
  })

  it('writes down the names typed at this table, which no update carries', () => {
    const kept: GameView[] = []
    const { desk, close } = table(async view => void kept.push(view))
    desk.learnRoster([{ id: 'p1', side: 'home', name: 'Ito', number: null }])
    expect(kept.at(-1)?.game.roster).toMatchObject([{ id: 'p1', name: 'Ito' }])
    close()
  })

  it('calls a period by its name also where the play names none', () => {
    const { desk, arrive, close } = table()
    const others = (n: number) => `feed-play-${n}-bbbbbbbbbbbb`
    for (const [i, kind] of ['periodStart', 'periodEnd', 'periodStart'].entries()) arrive({ id: others(i), kind })
    arrive({ id: others(3), ...two('home') })
    desk.act([{ kind: 'periodEnd' }])
    expect(desk.getState().rows.map(row => row.text)).toEqual([
      '1st quarter begins',
      '1st quarter ends',
      '2nd quarter begins',
      'play 4',
      '2nd quarter ends',
    ])
    close()
  })

  it('shows another device’s plays beside its own, and when they came', async () => {
    const { desk, arrive, close } = table()
    expect(desk.getState().othersAt).toBeNull()
    desk.act([two('home')])
    arrive({ id: 'somebody-else-bbbbbbbbbbbb', ...two('away') })
    expect(desk.getState().game.score).toEqual({ home: 2, away: 2 })
    expect(desk.getState().othersAt).not.toBeNull()
    close()
  })

  it('says why a play cannot be, and sends nothing', async () => {
    const { desk, sent, close } = table()
    expect(desk.act([{ kind: 'periodEnd' }])).toEqual({ ok: false, why: 'No such period is under way.' })
    await settled()
    expect(sent).toHaveLength(0)
    close()
  })

  it('tells what a correction would do before it is made', async () => {
    const { desk, arrive, close } = table()
    arrive({ id: 'first-play-bbbbbbbbbbbb', ...two('home') })
    expect(desk.preview([{ kind: 'void', voids: 'first-play-bbbbbbbbbbbb' }])?.score).toEqual({ home: 0, away: 0 })
    expect(desk.getState().game.score).toEqual({ home: 2, away: 0 })
    expect(desk.preview([{ kind: 'periodEnd', period: 3 }])).toBeNull()
    close()
  })

  it('adds a player to a play that was never sent in place, and to one that was as its newer form', async () => {
    const { desk, outbox, sent, fail, close } = table()
    desk.act([two('home')])
    await settled()
    // The first is on its way; the second waits behind it and nobody can have it.
    const second = desk.act([two('away')])
    const id = second.ok ? (second.ids[0] as string) : ''
    expect(desk.addTo(id, { player: 'Ito' })).toEqual({ ok: true, ids: [id] })
    expect(outbox.getState().plays).toHaveLength(2)

    fail()
    await settled()
    const later = desk.addTo(id, { data: { type: 'x' } })
    expect(later.ok && later.ids[0]).not.toBe(id)
    expect(outbox.getState().plays.at(-1)?.play).toMatchObject({ kind: '2pt', side: 'away', player: 'Ito', replaces: id })
    expect(desk.getState().game.score).toEqual({ home: 2, away: 2 })
    expect(sent.length).toBeGreaterThan(1)
    close()
  })

  it('counts a play once whose newer form is added to before anybody has it', async () => {
    const { desk, outbox, sent, close } = table()
    const first = desk.act([two('home')])
    await settled()
    expect(sent).toHaveLength(1)
    // The play is on its way. What is said of it makes a newer form, and what is said next goes into that one.
    const id = first.ok ? (first.ids[0] as string) : ''
    const named = desk.addTo(id, { player: 'Ito' })
    const newer = named.ok ? (named.ids[0] as string) : ''
    expect(newer).not.toBe(id)
    expect(desk.addTo(newer, { data: { type: 'x' } })).toEqual({ ok: true, ids: [newer] })
    expect(outbox.getState().plays.at(-1)?.play).toEqual({ ...two('home'), id: newer, player: 'Ito', data: { type: 'x' }, replaces: id })
    expect(desk.getState().game.score).toEqual({ home: 2, away: 0 })
    close()
  })

  it('says everybody’s name at once, also of those who are only named in the data, and sends the names', async () => {
    const { desk, sent, close } = table()
    const acted = desk.act([{ kind: '2pt', side: 'home', player: 'Ito', data: { assist: { name: 'Vale' } } }])
    expect(acted.ok).toBe(true)
    expect(desk.getState().rows.at(-1)?.text).toMatch(/Ito.*Vale/)
    await settled()
    expect(sent.at(-1)?.plays.at(-1)).toMatchObject({ player: 'Ito', data: { assist: { name: 'Vale' } } })
    const id = (acted as { ids: string[] }).ids[0] as string
    const later = desk.addTo(id, { data: { assist: { name: 'Brandt' } } })
    expect(later).toMatchObject({ ok: true })
    expect(desk.getState().rows.findLast(row => row.play.kind === '2pt')?.text).toMatch(/Ito.*Brandt/)
    close()
  })

  it('sends each play with its age', async () => {
    const { desk, outbox, sent, pass, fail, close } = table()
    desk.act([two('home')])
    await settled()
    fail()
    pass(60_000)
    outbox.nudge()
    await settled()
    expect(sent.at(-1)?.plays[0]?.agoMs).toBe(60_000)
    close()
  })

  it('keeps a refused play out of the game and in sight', async () => {
    const { desk, sent, close } = table()
    desk.act([two('home')])
    await settled()
    sent[0]?.answer({ is: 'refused', error: { code: 'FORBIDDEN', message: 'The result is official.' } })
    await settled()
    expect(desk.getState().game.score).toEqual({ home: 0, away: 0 })
    expect(desk.getState().review).toMatchObject([{ play: { kind: '2pt' }, refused: { message: 'The result is official.' } }])
    close()
  })

  it('draws the same first picture as the server, which knows no device', () => {
    const { desk, arrive, close } = table()
    arrive({ id: `mine-play-${SENDER}`, ...two('home') })
    expect(desk.getState().rows[0]?.isMine).toBe(true)
    expect(desk.getFirstState().rows[0]?.isMine).toBe(false)
    close()
  })
})
