import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { absorb, emptyHead } from '#domain/append.ts'
import type { Field, Fields } from '#domain/fields.ts'
import { type Fold, hasEnded, isRefusal, openFold, step, view } from '#domain/fold.ts'
import type { GameState } from '#domain/game.ts'
import { displacedBy, isCorrection } from '#domain/log.ts'
import { BASE_KINDS, isBaseKind, type LoggedPlay, type PlayInput, type PlayMarks } from '#domain/play.ts'
import { byOrder, continueFold, type Replayed, replay } from '#domain/replay.ts'
import { BASE_KIND_SCHEMAS, checkPlay, fieldSchema, kindOf } from '#domain/schema.ts'
import type { Kind, Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
console.info(`domain/sports/sports.test.ts: SEED=${seed}`)
fc.configureGlobal({ seed, numRuns: Number(process.env.RUNS ?? 40) })
// The limit bounds the search for a smaller counterexample; the runs take a second.
vi.setConfig({ testTimeout: 60_000 })
fc.installGlobalPlugin(fc.interruptAfterTimeLimit(30_000, { failOnInterrupt: true }))

const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))

// What people send: mostly the console's own keys, now and then any kind with any data its schema allows, in any period.

function anyValue(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'int':
      return fc.integer({ min: field.min, max: Math.min(field.max, field.min + 20) })
    case 'text':
      return fc.constantFrom('', 'Rain', 'O’Shea', 'ñ 漢字', 'x'.repeat(field.max))
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...field.options)
    case 'side':
      return fc.constantFrom('home', 'away')
    case 'time':
      return fc.constantFrom('2030-01-05T18:00:00.000Z', null)
    case 'score':
      return fc.record({ home: fc.integer({ min: 0, max: field.max }), away: fc.integer({ min: 0, max: field.max }) })
  }
}

function dataOf(fields: Fields = {}): fc.Arbitrary<Record<string, unknown>> {
  const required = Object.keys(fields).filter(key => !fields[key]?.optional)
  const values = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, anyValue(field)]))
  return fc.record(values, { requiredKeys: required }) as fc.Arbitrary<Record<string, unknown>>
}

const side = fc.constantFrom('home' as const, 'away' as const)
const maybe = <T>(value: fc.Arbitrary<T>, weight = 3) =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

function anyOf(kind: string, described: Kind): fc.Arbitrary<TestPlay> {
  return fc.record({
    kind: fc.constant(kind),
    side: described.side === 'none' ? fc.constant(undefined) : described.side === 'required' ? side : maybe(side),
    period: maybe(fc.integer({ min: 1, max: 12 }), 6),
    clockMs: kind === 'clockSet' ? fc.integer({ min: 0, max: 3_000_000 }) : maybe(fc.integer({ min: 0, max: 3_000_000 })),
    playerId: described.player ? maybe(fc.integer({ min: 1, max: 15 }).map(n => `player-${n}`)) : fc.constant(undefined),
    points: described.points ? fc.integer(described.points) : fc.constant(undefined),
    data: dataOf(described.data),
    after: fc.integer({ min: 0, max: 90 }),
  })
}

function playOf(sport: Sport, rules: unknown): fc.Arbitrary<TestPlay> {
  const actions = fc.tuple(fc.constantFrom(...sport.actions(rules)), side, fc.integer({ min: 0, max: 90 })).chain(([action, by, after]) =>
    dataOf(sport.kinds[action.kind]?.data).map(data => ({
      kind: action.kind,
      side: sport.kinds[action.kind]?.side === 'none' ? undefined : by,
      points: action.points,
      data: { ...data, ...action.data },
      after,
    })),
  )
  const kinds = [...Object.entries(sport.kinds), ...Object.entries(BASE_KIND_SCHEMAS).filter(([kind]) => kind !== 'void')]
  const frame = fc.constantFrom('periodStart', 'periodEnd', 'clockStart', 'clockStop').map(kind => ({ kind }))
  return fc.oneof(
    { weight: 24, arbitrary: actions },
    { weight: sport.timed ? 3 : 1, arbitrary: frame },
    { weight: 3, arbitrary: fc.constantFrom(...kinds).chain(([kind, described]) => anyOf(kind, described)) },
  )
}

type Deed = { play: TestPlay; correct: 'no' | 'void' | 'replace' | 'insert'; at: number }

const deedOf = (sport: Sport, rules: unknown): fc.Arbitrary<Deed> =>
  fc.record({
    play: playOf(sport, rules),
    correct: fc.oneof(
      { weight: 12, arbitrary: fc.constant('no' as const) },
      { weight: 1, arbitrary: fc.constantFrom('void' as const, 'replace' as const, 'insert' as const) },
    ),
    at: fc.nat(),
  })

interface Scenario {
  pack: number
  deeds: Deed[]
}
const scenarioOf = (sport: Sport, maxLength = 160): fc.Arbitrary<Scenario> =>
  fc.integer({ min: 0, max: sport.packs.length - 1 }).chain(pack =>
    fc.record({
      pack: fc.constant(pack),
      deeds: fc.array(deedOf(sport, sport.packs[pack]?.values), { minLength: 1, maxLength, size: 'max' }),
    }),
  )

function correction({ play, correct, at }: Deed, length: number): TestPlay {
  if (correct === 'no' || length === 0) return play
  const target = (at % length) + 1
  if (correct === 'void') return { kind: 'void', voids: target }
  return correct === 'replace' ? { ...play, replaces: target } : { ...play, before: target }
}

/** Sends a scenario's plays one after the other; refused ones leave no trace. */
function write(sport: Sport, { pack, deeds }: Scenario): TestLog {
  const log = new TestLog(sport, sport.packs[pack]?.values)
  for (const deed of deeds) log.try(correction(deed, log.plays.length))
  return log
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

type Marked = [seq: number, marks: PlayMarks]
const marksOf = ({ plays }: Replayed): Marked[] => plays.map(({ play, marks }): Marked => [play.seq, marks]).sort(([a], [b]) => a - b)

/** Marks of the plays but those named. Which of several corrections took a play out is no part of what the game is; that it is out is. */
function outcomeOf(replayed: Replayed, except: readonly number[] = []): Marked[] {
  return marksOf(replayed)
    .filter(([seq]) => !except.includes(seq))
    .map(([seq, { voidedBy, replacedBy, ...marks }]): Marked => [seq, { ...marks, ...((voidedBy ?? replacedBy) ? { voidedBy: 0 } : {}) }])
}

/** The log as if a play had never been sent: what replaced it replaces what it replaced, what voided it voids nothing. */
function without(log: readonly LoggedPlay[], gone: LoggedPlay): LoggedPlay[] {
  return log
    .filter(play => play !== gone)
    .map(play => (play.replaces === gone.seq && gone.replaces !== undefined ? { ...play, replaces: gone.replaces } : play))
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

/** Where columns hold points their sum is the score; where they are sets the score counts those that were won, in order. */
function checkTotals(sport: Sport, game: GameState): void {
  const { columns } = game.linescore
  if (game.status === 'forfeited' || !game.period) return
  if (sport.labels.period !== 'Set') {
    for (const of of ['home', 'away'] as const) expect(columns.reduce((sum, column) => sum + (column[of] ?? 0), 0)).toBe(game.score[of])
    return
  }
  const won = game.score.home + game.score.away
  expect(columns.length - won).toBeGreaterThanOrEqual(0)
  expect(columns.length - won).toBeLessThanOrEqual(1)
  const sets = columns.slice(0, won)
  expect(sets.filter(({ home, away }) => (home ?? 0) > (away ?? 0))).toHaveLength(game.score.home)
  expect(sets.filter(({ home, away }) => (away ?? 0) > (home ?? 0))).toHaveLength(game.score.away)
}

describe.each(sports.map(sport => [sport.name, sport] as const))('%s', (_name, sport) => {
  const packs = sport.packs.map(pack => [`${pack.id} ${pack.version}`, pack] as const)

  test('has rule packs of its own fields, dated and sourced, one of them the default', () => {
    expect(sport.packs.some(pack => pack.isDefault)).toBe(true)
    expect(new Set(sport.packs.map(({ id, version }) => `${id} ${version}`)).size).toBe(sport.packs.length)
    for (const { values, from, source } of sport.packs) {
      expect(from).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(source).not.toBe('')
      expect(Object.keys(values as object).sort()).toEqual(Object.keys(sport.ruleFields).sort())
      for (const [key, field] of Object.entries<Field>(sport.ruleFields)) {
        const checked = fieldSchema(field).safeParse((values as Record<string, unknown>)[key])
        expect(checked.success, `${key}: ${checked.error?.message}`).toBe(true)
      }
    }
  })

  test('names no kind like one that every sport has', () => {
    for (const kind of Object.keys(sport.kinds)) expect(BASE_KINDS).not.toContain(kind)
  })

  test.each(packs)('has actions with a label, a kind, a valid play and keys of their own under %s', (_id, { values }) => {
    const actions = sport.actions(values)
    const ids = actions.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const keys: string[] = []
    for (const action of actions) {
      const kind = kindOf(sport, action.kind)
      expect(action.label).not.toBe('')
      expect(kind, action.kind).toBeDefined()
      for (const by of kind?.side === 'none' ? [undefined] : (['home', 'away'] as const)) {
        const play: PlayInput = { id: 'test-00001', kind: action.kind, side: by, points: action.points, data: action.data }
        const checked = checkPlay(sport, play)
        expect(checked.ok, `${action.id}: ${checked.ok ? '' : checked.error.message}`).toBe(true)
      }
      for (const asked of action.ask ?? []) expect(Object.keys(kind?.data ?? {})).toContain(asked)
      for (const other of action.insteadOf ?? []) expect(ids).toContain(other)
      // One letter may serve both sides where the play needs none said (whoever bats, nobody).
      keys.push(...(kind?.side === 'required' ? [action.key.home, action.key.away] : new Set([action.key.home, action.key.away])))
    }
    for (const key of keys) expect(key).toMatch(/^[a-z0-9,.;]$/)
    expect(new Set(keys).size, keys.join(' ')).toBe(keys.length)
  })

  test('says every kind of play in a sentence without gaps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(sport.kinds)).chain(([kind, described]) => anyOf(kind, described)),
        sent => {
          const { after, ...play } = { ...sent, seq: 1, id: 'test-00001', order: 'i1', at: '2030-01-05T18:00:00.000Z' }
          const rules = sport.packs[0]?.values as Record<string, unknown>
          for (const player of [null, 'Ada Lind']) {
            const told = sayPlay(sport, play as LoggedPlay, { side: play.side ? 'Rovers' : null, player, rules })
            expect(told).not.toBe('')
            expect(told).not.toMatch(/[{}]|undefined|null|NaN|\[object/)
          }
        },
      ),
    )
  })

  test('gives the same game however often and however it is folded', () => {
    fc.assert(
      fc.property(scenarioOf(sport), fc.nat(), (scenario, cut) => {
        const log = write(sport, scenario)
        const whole = replay(sport, log.rules, log.plays)
        expect(whole.fold).toEqual(log.head.fold)
        expect(marksOf(whole)).toEqual(log.plays.map(({ seq }) => [seq, log.marks(seq)]))
        expect(replay(sport, log.rules, [...log.plays].reverse())).toEqual(whole)

        const ordered = [...log.plays].sort(byOrder)
        const displaced = displacedBy(log.plays.filter(isCorrection))
        const i = cut % (ordered.length + 1)
        const first = continueFold(sport, log.rules, openFold(sport, log.rules), ordered.slice(0, i), displaced)
        const kept = JSON.parse(JSON.stringify(first.fold)) as Fold
        expect(kept).toEqual(first.fold)
        const second = continueFold(sport, log.rules, kept, ordered.slice(i), displaced)
        expect(second.fold).toEqual(whole.fold)
        expect([...first.plays, ...second.plays]).toEqual(whole.plays)
      }),
    )
  })

  test('reads the same to who takes in the plays that another wrote', () => {
    fc.assert(
      fc.property(scenarioOf(sport, 60), fc.nat(), (scenario, cut) => {
        const log = write(sport, scenario)
        const follower = emptyHead(sport, log.rules)
        for (const play of log.plays) {
          expect('needs' in absorb(sport, log.rules, follower, play)).toBe(false)
          // A play that was taken in already, or comes before its turn, is asked for in its place.
          const early = log.plays[cut % Math.max(1, log.plays.length)] as typeof play
          if (early.seq !== follower.seq + 1) expect(absorb(sport, log.rules, follower, early)).toEqual({ needs: follower.seq + 1 })
        }
        expect(follower).toEqual(log.head)
      }),
    )
  })

  test('[L4] reads after a void like a log without the play', () => {
    fc.assert(
      fc.property(scenarioOf(sport), fc.nat(), (scenario, pick) => {
        const log = write(sport, scenario)
        const gone = log.plays[pick % Math.max(1, log.plays.length)]
        if (!gone) return
        const expected = replay(sport, log.rules, without(log.plays, gone))
        const undo = log.add({ kind: 'void', voids: gone.seq })
        const read = replay(sport, log.rules, log.plays)
        expect(read.fold).toEqual(expected.fold)
        expect(outcomeOf(read, [gone.seq, undo])).toEqual(outcomeOf(expected))
      }),
    )
  })

  test('[L5] reads after a replacement like a void and an insertion', () => {
    fc.assert(
      fc.property(
        scenarioOf(sport).chain(scenario => fc.tuple(fc.constant(scenario), playOf(sport, sport.packs[scenario.pack]?.values))),
        fc.nat(),
        ([scenario, play], pick) => {
          const replacing = write(sport, scenario)
          const inserting = write(sport, scenario)
          const standing = replacing.plays.filter(({ seq, kind }) => kind !== 'void' && !replacing.head.displaced.has(seq))
          const old = standing[pick % Math.max(1, standing.length)]
          // A replacement of a replacement brings no older form back, a void of it does: only firsts compare.
          if (!old || old.replaces !== undefined) return
          const replaced = replacing.try({ ...play, replaces: old.seq })
          const undo = inserting.add({ kind: 'void', voids: old.seq })
          const next = [...inserting.plays].sort(byOrder).find(({ order, seq }) => order > old.order && seq !== undo)
          const inserted = inserting.try(next ? { ...play, before: next.seq } : { ...play, before: undo })
          expect('refuse' in replaced).toBe('refuse' in inserted)
          if ('refuse' in replaced || 'refuse' in inserted) return
          const a = replay(sport, replacing.rules, replacing.plays)
          const b = replay(sport, inserting.rules, inserting.plays)
          // The two logs hold the new play at times a second apart: nothing but clock anchors may tell.
          expect(timeless(view(sport, replacing.rules, a.fold))).toEqual(timeless(view(sport, inserting.rules, b.fold)))
          expect(outcomeOf(a, [replaced.seq])).toEqual(outcomeOf(b, [inserted.seq, undo]))
        },
      ),
    )
  })

  test('never changes a state, throws, or loses one to a refusal', () => {
    fc.assert(
      fc.property(scenarioOf(sport), scenario => {
        const rules = deepFreeze(structuredClone(sport.packs[scenario.pack]?.values))
        let fold = deepFreeze(openFold(sport, rules))
        for (const [i, { play: sent }] of scenario.deeds.entries()) {
          const { after, ...rest } = sent
          const play = { ...rest, seq: i + 1, id: `test-${i}`, order: `i${i}`, at: '2030-01-05T18:00:00.000Z' } as LoggedPlay
          const before = JSON.stringify(fold)
          const outcome = step(sport, rules, fold, deepFreeze(play))
          expect(JSON.stringify(fold)).toBe(before)
          if (isRefusal(outcome)) expect(outcome.refuse).not.toBe('')
          else fold = deepFreeze(outcome.state)
        }
      }),
    )
  })

  test('answers a play that no schema would let through with a state or a refusal', () => {
    const junk = fc.oneof(fc.constant(undefined), fc.constantFrom(-1, 99, 0.5, '', 'x', null, true, [], {}))
    fc.assert(
      fc.property(
        scenarioOf(sport, 60),
        fc.constantFrom(...Object.entries(sport.kinds)),
        fc.func(junk),
        (scenario, [kind, described], pick) => {
          const log = write(sport, scenario)
          const data = Object.fromEntries(Object.keys(described.data ?? {}).map(key => [key, pick(key)]))
          for (const sent of [{}, { side: 'home' as const }, { side: 'home' as const, data }]) {
            const play: LoggedPlay = { seq: 9999, id: 'test-99999', kind, order: 'zz', at: '2030-01-05T20:00:00.000Z', ...sent }
            expect(() => step(sport, log.rules, log.head.fold, play)).not.toThrow()
          }
        },
      ),
    )
  })

  test('shows totals that agree with the linescore, and nothing negative', () => {
    fc.assert(
      fc.property(scenarioOf(sport, 300), scenario => {
        const log = write(sport, scenario)
        const game = log.game()
        checkTotals(sport, game)
        for (const number of numbersIn([game.score, game.linescore, game.detail, game.period, game.clock])) {
          expect(number).toBeGreaterThanOrEqual(0)
        }
        expect(JSON.parse(JSON.stringify(game))).toEqual(game)
        expect((game.status === 'final' || game.status === 'forfeited') === hasEnded(sport, log.rules, log.head.fold)).toBe(true)
        if (game.status !== 'final' && game.status !== 'forfeited') expect(game.winner).toBeNull()
        expect(() => sport.glance?.(game)).not.toThrow()
      }),
    )
  })

  test('[P3] takes after the end only what corrects or names an earlier period', () => {
    fc.assert(
      fc.property(scenarioOf(sport, 300), scenario => {
        const log = write(sport, scenario)
        if (!hasEnded(sport, log.rules, log.head.fold)) log.add('gameEnd')
        for (const { play } of scenario.deeds.slice(0, 40)) {
          const before = log.game()
          if (before.status !== 'final' && before.status !== 'forfeited') return
          const period = before.period?.number ?? 0
          const outcome = log.try(play)
          if ('refuse' in outcome || ['status', 'edit', 'note'].includes(play.kind)) continue
          const isLate = play.period !== undefined && play.period < period
          if (sport.endsItself) expect(isLate, JSON.stringify(play)).toBe(true)
          else expect(log.marks(outcome.seq).warnings?.includes('after-end') ?? false).toBe(!isLate)
          if (isLate || isBaseKind(play.kind)) continue
          expect(['final', 'forfeited']).toContain(log.game().status)
        }
      }),
    )
  })

  test('keeps a state that does not grow with the game', () => {
    fc.assert(
      fc.property(scenarioOf(sport, 1000), scenario => {
        const log = new TestLog(sport, sport.packs[scenario.pack]?.values)
        const { rules } = log
        let fold = openFold(sport, rules)
        const plays = scenario.deeds.map(({ play }) => play).filter(({ kind }) => kind !== 'gameEnd')
        for (let i = 0; i < 1000; i++) {
          const { after, ...play } = plays[i % Math.max(1, plays.length)] ?? { kind: 'note' }
          const logged = { ...play, seq: i + 1, id: `test-${i}`, order: `i${i}`, at: '2030-01-05T18:00:00.000Z' } as LoggedPlay
          const outcome = step(sport, rules, fold, logged)
          if (!isRefusal(outcome)) fold = outcome.state
        }
        expect(JSON.stringify(fold).length).toBeLessThan(8192)
      }),
      { numRuns: 10 },
    )
  })
})

function timeless(game: GameState): unknown {
  return { ...game, clock: game.clock && { running: game.clock.running } }
}
