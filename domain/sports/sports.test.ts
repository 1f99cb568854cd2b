import fc from 'fast-check'
import { assert, describe, expect, test, vi } from 'vitest'
import { absorb, emptyHead } from '#domain/append.ts'
import type { Field, Fields } from '#domain/fields.ts'
import { currentPeriod, type Fold, hasEnded, isRefusal, openFold, step, view } from '#domain/fold.ts'
import { displacedBy, isCorrection } from '#domain/log.ts'
import { isBaseKind, type LoggedPlay, SIDES } from '#domain/play.ts'
import { byOrder, continueFold, replay } from '#domain/replay.ts'
import { BASE_KIND_SCHEMAS } from '#domain/schema.ts'
import type { Kind, Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { checkTotals, marksOf, numbersIn, outcomeOf, timeless, without } from '#domain/test-checks.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
console.info(`domain/sports/sports.test.ts: SEED=${seed}`)
fc.configureGlobal({ seed, numRuns: Number(process.env.RUNS ?? 12) })
// The limit bounds the search for a smaller counterexample; the runs take a second.
vi.setConfig({ testTimeout: 60_000 })
fc.installGlobalPlugin(fc.interruptAfterTimeLimit(30_000, { failOnInterrupt: true }))

const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))

// The half of the contract test that plays random logs; what a file declares is read in declared.test.ts.
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
    case 'player':
      return fc.integer({ min: 1, max: 15 }).map(n => `player-${n}`)
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

/** A tap on one of the console's keys. */
function tapOf(sport: Sport, rules: unknown): fc.Arbitrary<TestPlay> {
  return fc.tuple(fc.constantFrom(...sport.actions(rules)), side, fc.integer({ min: 0, max: 90 })).chain(([action, by, after]) =>
    dataOf(sport.kinds[action.kind]?.data).map(data => ({
      kind: action.kind,
      side: sport.kinds[action.kind]?.side === 'none' ? undefined : by,
      points: action.points,
      data: { ...data, ...action.data },
      after,
    })),
  )
}

function playOf(sport: Sport, rules: unknown): fc.Arbitrary<TestPlay> {
  const kinds = [...Object.entries(sport.kinds), ...Object.entries(BASE_KIND_SCHEMAS).filter(([kind]) => kind !== 'void')]
  const frame = fc.constantFrom('periodStart', 'periodEnd', 'clockStart', 'clockStop').map(kind => ({ kind }))
  return fc.oneof(
    { weight: 24, arbitrary: tapOf(sport, rules) },
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

/** What tells whether a play scored: the score, and the points in the columns. */
function pointsOf(sport: Sport, rules: unknown, state: unknown): string {
  const sums = SIDES.map(side => sport.columns(state, rules).reduce((sum, column) => sum + (column[side] ?? 0), 0))
  return JSON.stringify([sport.score(state, rules), sums])
}

function logged(play: TestPlay, i: number): LoggedPlay {
  const { after, ...rest } = play
  return { ...rest, seq: i + 1, id: `test-${i}`, order: `i${i}`, at: '2030-01-05T18:00:00.000Z' } as LoggedPlay
}

/** Whether JSON keeps it: no undefined, no NaN, nothing but plain objects and lists. */
function staysAsJson(value: unknown, what: string): void {
  expect(JSON.parse(JSON.stringify(value)), `${what} must be the same after JSON: no undefined, NaN, Map or Date in it`).toStrictEqual(
    value,
  )
}

/** States and plays are frozen here, so that changing one throws too. */
function attempt<T>(kind: string, deed: () => T): T {
  try {
    return deed()
  } catch (error) {
    assert.fail(`"${kind}" throws "${(error as Error).message}": change nothing that was given, refuse what cannot be`)
  }
}

/** Warnings of the kernel; a sport says its own. */
const KERNEL_WARNINGS = ['after-end', 'not-started', 'already-running', 'not-running']
const LONGEST_GAME = 5000

const MANY = 3000
const LARGEST_STATE = 8192
/** But for the periods themselves: a record by player is bounded, a list of plays is not. */
const LONGEST_LIST = 100

describe.each(sports.map(sport => [sport.name, sport] as const))('%s', (_name, sport) => {
  test('gives the same game however often and however it is folded', () => {
    fc.assert(
      fc.property(scenarioOf(sport), fc.nat(), (scenario, cut) => {
        const log = write(sport, scenario)
        const whole = replay(sport, log.rules, log.plays)
        expect(whole.fold, 'A log folded whole must give the game that its plays gave one by one').toEqual(log.head.fold)
        expect(marksOf(whole), 'A log folded whole must give the marks that its plays got one by one').toEqual(
          log.plays.map(({ seq }) => [seq, log.marks(seq)]),
        )
        const turned = replay(sport, log.rules, [...log.plays].reverse())
        expect(turned, 'A log must give the same game in any order of arrival').toEqual(whole)

        const ordered = [...log.plays].sort(byOrder)
        const displaced = displacedBy(log.plays.filter(isCorrection))
        const i = cut % (ordered.length + 1)
        const first = continueFold(sport, log.rules, openFold(sport, log.rules), ordered.slice(0, i), displaced)
        staysAsJson(first.fold.sport, 'The state')
        const kept = JSON.parse(JSON.stringify(first.fold)) as Fold
        expect(kept, 'A fold must be the same after JSON').toEqual(first.fold)
        const second = continueFold(sport, log.rules, kept, ordered.slice(i), displaced)
        expect(second.fold, 'A log folded on from a kept state must give the same game').toEqual(whole.fold)
        expect([...first.plays, ...second.plays], 'A log folded in two parts must tell the same of each play').toEqual(whole.plays)
      }),
    )
  })

  test('reads the same to who takes in the plays that another wrote', () => {
    fc.assert(
      fc.property(scenarioOf(sport, 60), fc.nat(), (scenario, cut) => {
        const log = write(sport, scenario)
        const follower = emptyHead(sport, log.rules)
        for (const play of log.plays) {
          assert(!('needs' in absorb(sport, log.rules, follower, play)), `Play ${play.seq} must follow on the one before it`)
          // A play that was taken in already, or comes before its turn, is asked for in its place.
          const early = log.plays[cut % Math.max(1, log.plays.length)] as typeof play
          if (early.seq !== follower.seq + 1) {
            expect(absorb(sport, log.rules, follower, early), 'A play out of turn must ask for the next one').toEqual({
              needs: follower.seq + 1,
            })
          }
        }
        expect(follower, 'A reader of the log must come to the game of its writer').toEqual(log.head)
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
        expect(read.fold, `Without play ${gone.seq} (${gone.kind}) and with it voided the game must be the same`).toEqual(expected.fold)
        expect(
          outcomeOf(read, [gone.seq, undo]),
          `Without play ${gone.seq} (${gone.kind}) and with it voided the marks must be the same`,
        ).toEqual(outcomeOf(expected))
      }),
    )
  })

  test('[L5] reads after a replacement like a void and an insertion', () => {
    fc.assert(
      fc.property(
        scenarioOf(sport).chain(scenario => fc.tuple(fc.constant(scenario), playOf(sport, sport.packs[scenario.pack]?.values))),
        fc.nat(),
        ([scenario, sent], pick) => {
          // Where the clock runs a replacement has the time of what it replaces, an insertion none: both say it here.
          const play = sport.timed ? { ...sent, clockMs: sent.clockMs ?? 60_000 } : sent
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
          const what = `A "${play.kind}" in place of play ${old.seq} (${old.kind}) and one inserted there`
          assert('refuse' in replaced === 'refuse' in inserted, `${what} must both be refused or both accepted`)
          if ('refuse' in replaced || 'refuse' in inserted) return
          const a = replay(sport, replacing.rules, replacing.plays)
          const b = replay(sport, inserting.rules, inserting.plays)
          // The two logs hold the new play at times a second apart: nothing but clock anchors may tell.
          const [seen, wanted] = [view(sport, replacing.rules, a.fold), view(sport, inserting.rules, b.fold)]
          expect(timeless(seen), `${what} must give the same game`).toEqual(timeless(wanted))
          expect(outcomeOf(a, [replaced.seq]), `${what} must leave the same marks`).toEqual(outcomeOf(b, [inserted.seq, undo]))
        },
      ),
    )
  })

  test('never changes a state, throws, or loses one to a refusal; only scoring kinds score', () => {
    fc.assert(
      fc.property(scenarioOf(sport), scenario => {
        const rules = deepFreeze(structuredClone(sport.packs[scenario.pack]?.values))
        let fold = deepFreeze(openFold(sport, rules))
        for (const [i, { play: sent }] of scenario.deeds.entries()) {
          const play = logged(sent, i)
          const before = JSON.stringify(fold)
          const points = pointsOf(sport, rules, fold.sport)
          const outcome = attempt(play.kind, () => step(sport, rules, fold, deepFreeze(play)))
          assert(JSON.stringify(fold) === before, `"${play.kind}" changes the state it was given: return a new one`)
          if (isRefusal(outcome)) {
            assert(outcome.refuse.trim() !== '', `"${play.kind}" is refused without a reason`)
            continue
          }
          fold = deepFreeze(outcome.state)
          if (isBaseKind(play.kind) || sport.kinds[play.kind]?.scoring) continue
          const isSame = pointsOf(sport, rules, fold.sport) === points
          assert(isSame, `"${play.kind}" changes the score or a column and is not marked scoring: true`)
        }
      }),
    )
  })

  test('has a sentence for each of its warnings', () => {
    const codes = new Set<string>()
    fc.assert(
      fc.property(scenarioOf(sport, 300), scenario => {
        const log = write(sport, scenario)
        for (const { seq } of log.plays) for (const code of log.marks(seq).warnings ?? []) codes.add(code)
      }),
    )
    const unsaid = [...codes].filter(code => !KERNEL_WARNINGS.includes(code) && !sport.warnings?.[code])
    assert(unsaid.length === 0, `warnings has no sentence for ${unsaid.join(', ')}`)
  })

  test('refuses a play without the side it needs, or lets it change nothing', () => {
    const needing = Object.entries(sport.kinds).filter(([, { side }]) => side === 'required')
    fc.assert(
      fc.property(scenarioOf(sport, 60), scenario => {
        const { rules, head } = write(sport, scenario)
        const context = { rules, period: Math.max(1, currentPeriod(sport, rules, head.fold)), late: false, clockMs: null, playedMs: null }
        for (const [kind] of needing) {
          const outcome = sport.reduce(head.fold.sport, logged({ kind }, 9999), context)
          const isHarmless = isRefusal(outcome) || JSON.stringify(outcome.state) === JSON.stringify(head.fold.sport)
          assert(isHarmless, `"${kind}" without a side changes the state: if (!side) return refuse('Say which side.', 'side')`)
          if (!isRefusal(outcome)) staysAsJson(outcome.state, `The state after "${kind}" without a side`)
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
            const play = { ...logged({ kind, ...sent }, 9999), order: 'zz', at: '2030-01-05T20:00:00.000Z' }
            expect(() => step(sport, log.rules, log.head.fold, play), `"${kind}" with ${JSON.stringify(sent)} must not throw`).not.toThrow()
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
        for (const [what, shown] of Object.entries({ ...game, winner: null })) {
          const odd = numbersIn(shown).filter(number => !(number >= 0))
          assert(odd.length === 0, `${what} holds ${odd.join(', ')}: no number that readers see is negative or NaN`)
        }
        expect(JSON.parse(JSON.stringify(game)), 'The game as read must be the same after JSON').toEqual(game)
        const isOver = game.status === 'final' || game.status === 'forfeited'
        assert(isOver === hasEnded(sport, log.rules, log.head.fold), `The game reads ${game.status}, its fold says otherwise`)
        assert(isOver || game.winner === null, `The game is ${game.status} and has a winner already`)
        expect(() => sport.glance?.(game), `glance must not throw when the game is ${game.status}`).not.toThrow()
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
          const what = `"${play.kind}" after the end, of period ${play.period ?? 'none'} in a game that ended in period ${period},`
          if (sport.endsItself) assert(isLate, `${what} must be refused`)
          else {
            const isWarned = log.marks(outcome.seq).warnings?.includes('after-end') ?? false
            assert(isWarned === !isLate, `${what} must${isLate ? ' not' : ''} be warned of as after-end`)
          }
          if (isLate || isBaseKind(play.kind)) continue
          const { status } = log.game()
          assert(status === 'final' || status === 'forfeited', `${what} must leave the game over; it reads ${status}`)
        }
      }),
    )
  })

  if (sport.endsItself) {
    const packs = sport.packs.map(pack => [`${pack.id} ${pack.version}`, pack.values] as const)
    test.each(packs)('ends by its own rules under %s', (name, rules) => {
      const frame = fc.constantFrom('periodStart', 'periodEnd').map(kind => ({ kind }))
      const any = fc.oneof({ weight: 30, arbitrary: tapOf(sport, rules) }, { weight: 1, arbitrary: frame })
      assert(!sport.end?.(sport.initial(rules), rules), `end() says under ${name} that a game is over before its first play`)
      let ended = 0
      for (let run = 0; run < 5; run++) {
        let fold = openFold(sport, rules)
        for (const [i, play] of fc.sample(any, { numRuns: LONGEST_GAME, seed: seed + run }).entries()) {
          const outcome = step(sport, rules, fold, logged(play, i))
          if (isRefusal(outcome)) continue
          fold = outcome.state
          const end = sport.end?.(fold.sport, rules)
          if (!end) continue
          ended += 1
          const winner = sport.winner(fold.sport, rules)
          assert(end.winner === winner, `end() names ${end.winner} as the winner, winner() names ${winner}`)
          break
        }
      }
      assert(ended > 0, `endsItself is true, and no game of ${LONGEST_GAME} taps on its keys came to an end() under ${name}`)
    })
  }

  test('keeps a state that does not grow with the game', () => {
    const scenarios = fc.sample(scenarioOf(sport, 400), { numRuns: 5, seed })
    for (const { pack, deeds } of scenarios) {
      const rules = sport.packs[pack]?.values
      let fold = openFold(sport, rules)
      let counted = 0
      for (let i = 0; i < 3 * MANY && counted < MANY; i++) {
        const play = logged((deeds[i % deeds.length] as Deed).play, i)
        const playerId = sport.kinds[play.kind]?.player ? `player-${i % 300}` : undefined
        const outcome = step(sport, rules, fold, { ...play, playerId })
        // What ends the game is left out, as if voided: a log may be corrected for as long as people like.
        if (isRefusal(outcome) || hasEnded(sport, rules, outcome.state)) continue
        fold = outcome.state
        counted += 1
      }
      const [path, entries] = longestIn(fold.sport)
      const advice = `after ${counted} plays: keep totals, a row a period, bounded counters; no list of plays`
      const most = Math.max(LONGEST_LIST, sport.columns(fold.sport, rules).length)
      assert(entries <= most, `state.${path} has ${entries} entries ${advice}`)
      const { length } = JSON.stringify(fold)
      assert(length < LARGEST_STATE, `The state takes ${length} bytes ${advice}`)
    }
  })
})

/** The longest list, text or record in a state, and how many entries it has. */
function longestIn(value: unknown, path = ''): [path: string, entries: number] {
  if (typeof value === 'string') return [path, value.length]
  if (typeof value !== 'object' || value === null) return [path, 0]
  const parts = Object.entries(value)
  const inside = parts.map(([key, part]) => longestIn(part, path ? `${path}.${key}` : key))
  return [[path, parts.length] as [string, number], ...inside].reduce((longest, one) => (one[1] > longest[1] ? one : longest))
}
