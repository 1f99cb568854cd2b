import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, type Draft, emptyHead, type Head, workOn } from '#domain/append.ts'
import { view } from '#domain/fold.ts'
import type { LoggedPlay, PlayInput } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import type { Action, Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { asTyped, continueLedger, foldOverlay, headOf, type Overlay, openLedger, overlay, type Pending, standInName } from './optimist.ts'

const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))
const rulesOf = (sport: Sport) => (sport.packs.find(pack => pack.isDefault) ?? sport.packs[0])?.values

/** The server as far as plays go: the same `append`, references by id, one log. */
function openServer(sport: Sport, rules: unknown) {
  const log: LoggedPlay[] = []
  let head: Head = emptyHead(sport, rules)
  const seqOf = (ref: string | number | undefined) => log.find(play => play.id === ref || play.seq === ref)?.seq
  return {
    log,
    fold: () => head.fold,
    take({ play: input, at }: Pending): boolean {
      if (log.some(play => play.id === input.id)) return true
      const draft: Draft = { input, at, voids: seqOf(input.voids), replaces: seqOf(input.replaces), before: seqOf(input.before) }
      for (const field of ['voids', 'replaces', 'before'] as const)
        if (input[field] !== undefined && draft[field] === undefined) return false
      const work = workOn(head)
      const outcome = append(sport, rules, work, draft)
      if (!('play' in outcome)) return false
      head = work
      log.push(outcome.play)
      return true
    },
  }
}

type Deed = { action: number; side: 'home' | 'away'; does: 'act' | 'void' | 'replace' | 'before' | 'frame'; at: number }
const deed: fc.Arbitrary<Deed> = fc.record({
  action: fc.nat({ max: 40 }),
  side: fc.constantFrom('home', 'away'),
  does: fc.oneof(
    { weight: 10, arbitrary: fc.constant('act' as const) },
    { weight: 3, arbitrary: fc.constantFrom('void' as const, 'replace' as const, 'before' as const) },
    { weight: 2, arbitrary: fc.constant('frame' as const) },
  ),
  at: fc.nat({ max: 1000 }),
})

const FRAMES = ['periodStart', 'clockStart', 'clockStop', 'periodEnd'] as const

function pendingOf(sport: Sport, deeds: readonly Deed[], whose: string): Pending[] {
  const actions = sport.actions(rulesOf(sport))
  const made: Pending[] = []
  for (const [i, { action: n, side, does, at }] of deeds.entries()) {
    const id = `${whose}-${String(i).padStart(6, '0')}`
    const action = actions[n % actions.length] as Action
    const needsSide = sport.kinds[action.kind]?.side !== 'none'
    const act = { id, kind: action.kind, ...(needsSide ? { side } : {}), points: action.points, data: action.data } as PlayInput
    const target = made[at % Math.max(1, made.length)]?.play.id
    const play: PlayInput =
      does === 'frame'
        ? { id, kind: FRAMES[n % FRAMES.length] as string }
        : does === 'act' || target === undefined
          ? act
          : does === 'void'
            ? { id, kind: 'void', voids: target }
            : { ...act, [does === 'replace' ? 'replaces' : 'before']: target }
    made.push({ play, at: new Date(Date.UTC(2030, 0, 5, 18) + i * 7000).toISOString() })
  }
  return made
}

const seen = (sport: Sport, over: Overlay) => ({
  game: view(sport, rulesOf(sport), over.fold),
  plays: over.plays.map(play => play.id),
})
const isOnce = (over: Overlay) => new Set(over.plays.map(play => play.id)).size === over.plays.length

describe.each(sports.map(sport => [sport.name, sport] as const))('the optimistic log of %s', (_, sport) => {
  const rules = rulesOf(sport)

  it('shows the same game while its plays arrive one by one', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), deeds => {
        const empty = headOf(sport, rules, [])
        const pending = pendingOf(sport, deeds, 'mine')
        const first = overlay(sport, rules, empty, pending)
        const server = openServer(sport, rules)
        for (const [i, entry] of pending.entries()) {
          const isTaken = server.take(entry)
          expect(isTaken).toBe(!first.refused.has(entry.play.id))
          // The play's own answer may be late: then it is in the log and still pending.
          for (const rest of [pending.slice(i + 1), pending.slice(i)]) {
            const now = overlay(sport, rules, headOf(sport, rules, server.log), rest)
            expect(isOnce(now)).toBe(true)
            expect(seen(sport, now)).toEqual(seen(sport, first))
          }
        }
        expect(first.fold).toEqual(server.fold())
      }),
      { numRuns: 60 },
    )
  })

  it('never shows a play twice, and ends where the server does, with another scorer in between', () => {
    fc.assert(
      fc.property(
        fc.array(deed, { maxLength: 25 }),
        fc.array(deed, { maxLength: 25 }),
        fc.infiniteStream(fc.boolean()),
        (ours, theirs, turns) => {
          const mine = pendingOf(sport, ours, 'mine')
          const foreign = pendingOf(sport, theirs, 'them')
          const server = openServer(sport, rules)
          let waiting = [...mine]
          while (waiting.length > 0 || foreign.length > 0) {
            const isOurs = foreign.length === 0 || (waiting.length > 0 && turns.next().value)
            const entry = (isOurs ? waiting[0] : foreign.shift()) as Pending
            server.take(entry)
            expect(isOnce(overlay(sport, rules, headOf(sport, rules, server.log), waiting))).toBe(true)
            if (isOurs) waiting = waiting.slice(1)
          }
          const taken = mine.filter(({ play }) => server.log.some(({ id }) => id === play.id))
          const end = overlay(sport, rules, headOf(sport, rules, server.log), taken)
          expect(end.fold).toEqual(server.fold())
          expect(end.fold).toEqual(replay(sport, rules, server.log).fold)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('goes on from the log in hand as if it had read all of it anew', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), fc.array(deed, { maxLength: 6 }), (deeds, more) => {
        const server = openServer(sport, rules)
        let ledger = openLedger(sport, rules, [])
        for (const [i, entry] of pendingOf(sport, deeds, 'them').entries()) {
          server.take(entry)
          if (i % 3 === 0) ledger = continueLedger(sport, rules, ledger, [...server.log])
        }
        ledger = continueLedger(sport, rules, ledger, [...server.log])
        const whole = openLedger(sport, rules, server.log)
        expect(ledger.head).toEqual(whole.head)
        expect(ledger.folded).toEqual(whole.folded)
        const over = overlay(sport, rules, ledger.head, pendingOf(sport, more, 'mine'))
        expect(foldOverlay(sport, rules, ledger, over)).toEqual(replay(sport, rules, over.plays).plays)
      }),
      { numRuns: 60 },
    )
  })

  it('does not touch the head it is laid over', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), fc.array(deed, { maxLength: 10 }), (before, after) => {
        const server = openServer(sport, rules)
        for (const entry of pendingOf(sport, before, 'them')) server.take(entry)
        const head = headOf(sport, rules, server.log)
        const kept = JSON.stringify({ ...head, displaced: [...head.displaced], marks: [...head.marks] })
        overlay(sport, rules, head, pendingOf(sport, after, 'mine'))
        expect(JSON.stringify({ ...head, displaced: [...head.displaced], marks: [...head.marks] })).toBe(kept)
      }),
      { numRuns: 30 },
    )
  })
})

describe('an overlay', () => {
  const sport = sports.find(({ id }) => id === 'basketball') as Sport
  const rules = rulesOf(sport)
  const at = '2030-01-05T18:00:00.000Z'
  const head = headOf(sport, rules, [])

  it('says why a play does not fit, and leaves the rest as it is', () => {
    const over = overlay(sport, rules, head, [
      { play: { id: 'end-00001', kind: 'periodEnd' }, at },
      { play: { id: 'two-00001', kind: '2pt', side: 'home' }, at },
      { play: { id: 'void-0001', kind: 'void', voids: 'nothing-1' }, at },
    ])
    expect([...over.refused.keys()]).toEqual(['end-00001', 'void-0001'])
    expect(view(sport, rules, over.fold).score).toEqual({ home: 2, away: 0 })
    expect([...over.ahead]).toEqual(['two-00001'])
  })

  it('takes a typed name for the roster’s entry, or keeps it until there is one', () => {
    const roster = [{ id: 'p1', side: 'home' as const, name: 'Ito' }]
    const over = overlay(
      sport,
      rules,
      head,
      [
        { play: { id: 'two-00001', kind: '2pt', side: 'home', player: 'Ito' }, at },
        { play: { id: 'two-00002', kind: '2pt', side: 'away', player: 'Ito' }, at },
      ],
      roster,
    )
    const [first, second] = over.plays
    expect(first?.playerId).toBe('p1')
    expect(standInName(second?.playerId ?? '')).toBe('Ito')
    expect(standInName('p1')).toBeNull()
  })
})

describe('a name typed in the data of a play', () => {
  const sport = sports.find(({ id }) => id === 'basketball') as Sport
  const rules = rulesOf(sport)
  const play: PlayInput = { id: 'basket-01', kind: '2pt', side: 'home', player: 'Ito', data: { assist: { name: 'Vale' } } }
  const laid = (roster: { id: string; side: 'home' | 'away'; name: string }[]) =>
    overlay(sport, rules, emptyHead(sport, rules), [{ play, at: '2030-01-05T18:00:00.000Z' }], roster).plays.at(-1) as LoggedPlay

  it('stands for itself until the server has given it an id', () => {
    const logged = laid([])
    expect(standInName(String(logged.data?.assist))).toBe('Vale')
    expect(asTyped(sport, logged)).toMatchObject({ player: 'Ito', playerId: undefined, data: { assist: { name: 'Vale' } } })
  })

  it('is who has that name on the roster of their side', () => {
    const roster = [
      { id: 'vale-home', side: 'home' as const, name: 'Vale' },
      { id: 'vale-away', side: 'away' as const, name: 'Vale' },
    ]
    const logged = laid(roster)
    expect(logged.data).toEqual({ assist: 'vale-home' })
    expect(asTyped(sport, logged).data).toEqual({ assist: 'vale-home' })
  })
})
