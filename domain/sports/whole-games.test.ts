import { assert, describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import { view } from '#domain/fold.ts'
import { isBaseKind } from '#domain/play.ts'
import { byOrder, replay } from '#domain/replay.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { checkTotals, numbersIn, outcomeOf, timeless, without } from '#domain/test-checks.ts'
import type { TestPlay } from '#domain/test-log.ts'
import { Scoring } from '#domain/test-scoring.ts'

// Games of every sport as they are scored: from the first play to the end by the console's own keys, a fifth of the plays corrections.
// Each game has a seed of its own, so that one that fails is played again alone: SEED=… GAMES=1.

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
/** Periods long enough for anything to happen in, and no longer: the games are many. */
const TAPS: [number, number] = [4, 17]
const GAMES = Number(process.env.GAMES ?? 500)
console.info(`domain/sports/whole-games.test.ts: SEED=${SEED}`)

type Rules = Readonly<Record<string, unknown>>

const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))

/** Almost always the same to the letter; only where it is not does it have to be looked at. */
function same(read: unknown, wanted: unknown, what: string): void {
  if (JSON.stringify(read) !== JSON.stringify(wanted)) expect(read, what).toEqual(wanted)
}

function checkWhole({ log, sport }: Scoring): void {
  const whole = replay(sport, log.rules, log.plays)
  same(whole.fold, log.head.fold, 'the log folded whole, and its plays one by one')
  const game = log.game()
  checkTotals(sport, game)
  const odd = numbersIn({ ...game, winner: null }).filter(number => !(number >= 0))
  assert(odd.length === 0, `readers see ${odd.join(', ')}`)
}

/** What is drawn of it beside the score: the box score holds figures, what is due and what is asked at the start are keys, facts have words. */
function checkShown({ log, sport }: Scoring): void {
  const { detail } = log.game()
  const keys = new Set(sport.actions(log.rules as never).map(({ id }) => id))
  const called = [...(sport.due?.(detail) ?? []), ...[sport.opening?.(detail)?.action ?? []].flat()]
  for (const id of called) assert(keys.has(id.replace(/^(home|away):/, '')), `"${id}" is due or asked for, and no action`)
  for (const { play, counts, marks } of replay(sport, log.rules, log.plays).plays) {
    if (!counts || isBaseKind(play.kind)) continue
    const { clauses = [] } = sport.describe(play, { side: null, player: null, rules: log.rules as Rules, facts: marks.facts })
    for (const clause of clauses) assert(sport.words[clause] !== undefined, `a "${play.kind}" ends in "${clause}", which is in no words`)
  }
  for (const { title, rows, total } of boxScore(sport, log.rules, log.plays))
    for (const [key, value] of [...rows.map(row => row.cells), total ?? {}].flatMap(cells => Object.entries(cells)))
      assert(typeof value !== 'number' || Number.isFinite(value), `${title} of the box score, ${key}: ${value}`)
}

function checkVoid({ log, sport, dice }: Scoring): void {
  const gone = dice.of(log.plays)
  const expected = replay(sport, log.rules, without(log.plays, gone))
  const undo = log.add({ kind: 'void', voids: gone.seq })
  const read = replay(sport, log.rules, log.plays)
  same(read.fold, expected.fold, `play ${gone.seq} (${gone.kind}) voided, and a log without it`)
  same(outcomeOf(read, [gone.seq, undo]), outcomeOf(expected), `marks with play ${gone.seq} (${gone.kind}) voided`)
}

function checkReplace({ sport, dice, log }: Scoring): void {
  const inserting = log.fork()
  const standing = log.plays.filter(({ seq, kind, replaces }) => kind !== 'void' && replaces === undefined && !log.head.displaced.has(seq))
  const [old, model] = [dice.of(standing), dice.of(standing)]
  if (!old || !model) return
  const { kind, side, points, playerId, data } = model
  // Where the clock runs a replacement has the time of what it replaces, an insertion none: both say it here.
  const play: TestPlay = { kind, side, points, playerId, data, ...(sport.timed ? { clockMs: 60_000 } : {}) }
  const replaced = log.try({ ...play, replaces: old.seq })
  const undo = inserting.add({ kind: 'void', voids: old.seq })
  const next = [...inserting.plays].sort(byOrder).find(({ order, seq }) => order > old.order && seq !== undo)
  const inserted = inserting.try({ ...play, before: next?.seq ?? undo })
  const what = `a "${kind}" in place of play ${old.seq} (${old.kind}), and one inserted there`
  assert('refuse' in replaced === 'refuse' in inserted, `${what}: one is refused`)
  if ('refuse' in replaced) return
  const [seen, wanted] = [log, inserting].map(({ rules, head }) => timeless(view(sport, rules, head.fold)))
  same(seen, wanted, what)
}

describe.each(sports.map(sport => [sport.name, sport] as const))('%s', (_name, sport) => {
  test(`${GAMES} games hold, corrections and all`, { timeout: 120_000 }, () => {
    const sum = { plays: 0, corrections: 0, byRules: 0 }
    for (let i = 0; i < GAMES; i++) {
      const seed = SEED + i
      try {
        const scoring = new Scoring(sport, seed, TAPS)
        scoring.play()
        sum.plays += scoring.log.plays.length
        sum.corrections += scoring.corrections
        sum.byRules += sport.end?.(scoring.log.head.fold.sport as never, scoring.log.rules as never) ? 1 : 0
        checkWhole(scoring)
        if (i % 5 === 0) checkShown(scoring)
        if (i % 2 === 0) checkVoid(scoring)
        else checkReplace(scoring)
      } catch (error) {
        throw new Error(`${sport.name}, SEED=${seed} GAMES=1: ${(error as Error).message}`, { cause: error })
      }
    }
    console.info(`${sport.name}: ${sum.plays} plays, ${sum.corrections} of them corrections; ${sum.byRules} games ended by the rules`)
    assert(sum.corrections > sum.plays / 10, 'too few corrections were taken to prove anything')
    if (sport.endsItself && GAMES >= 100) assert(sum.byRules > GAMES / 10, `only ${sum.byRules} games came to their own end`)
  })
})
