import { openFold } from '#domain/fold.ts'
import { displacedBy, isCorrection } from '#domain/log.ts'
import { byOrder, continueFold } from '#domain/replay.ts'
import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { Scoring } from '#domain/test-scoring.ts'
import { IS_QUICK, median, report } from './measure.ts'

const PLAYS = 1_000
const ROUNDS = IS_QUICK ? 5 : 25

/** Logs that hold so many plays together: one long game under a clock, several where the rules end a game sooner. */
function logsOf(sport: Sport): Scoring[] {
  const each = sport.timed ? Math.ceil(PLAYS / sport.timed.regulation(sport.packs[0]?.values)) : null
  const played: Scoring[] = []
  for (let seed = 1, left = PLAYS; left > 0; seed++) {
    const scoring = new Scoring(sport, seed, each === null ? undefined : [each, each])
    scoring.play()
    played.push(scoring)
    left -= scoring.log.plays.length
  }
  return played
}

/** What folding so many plays takes, in ms, and what the last tenth of them takes ÷ the first. */
function measure(sport: Sport): { whole: number; growth: number } {
  const games = logsOf(sport).map(({ log }) => ({
    rules: log.rules,
    plays: [...log.plays].sort(byOrder),
    displaced: displacedBy(log.plays.filter(isCorrection)),
  }))
  const wholes: number[] = []
  const firsts: number[] = []
  const lasts: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    let [left, whole, first, last] = [PLAYS, 0, 0, 0]
    for (const { rules, plays, displaced } of games) {
      const some = plays.slice(0, left)
      left -= some.length
      const tenth = Math.ceil(some.length / 10)
      let fold = openFold(sport, rules)
      for (let from = 0; from < some.length; from += tenth) {
        const start = performance.now()
        ;({ fold } = continueFold(sport, rules, fold, some.slice(from, from + tenth), displaced))
        const took = performance.now() - start
        whole += took
        if (from === 0) first += took
        if (from + tenth >= some.length) last += took * (tenth / (some.length - from))
      }
    }
    wholes.push(whole)
    firsts.push(first)
    lasts.push(last)
  }
  return { whole: median(wholes), growth: median(lasts) / median(firsts) }
}

/** What the pure fold costs, sport by sport. */
export async function fold(): Promise<void> {
  for (const load of Object.values(SPORTS)) {
    const { sport } = await load()
    const { whole, growth } = measure(sport)
    report(`${sport.name}: ${PLAYS} plays folded, ms`, whole, { most: 20 }, `the last tenth ÷ the first ${growth.toFixed(2)}`)
  }
}
