/** Fewer and smaller of everything: to see that it runs, not to compare. */
export const IS_QUICK = process.env.QUICK === '1'
const ROUNDS = Number(process.env.ROUNDS ?? (IS_QUICK ? 2 : 5))
/** Runs that need servers of their own take long: three of them, unless said otherwise. */
export const LONG_ROUNDS = Number(process.env.ROUNDS ?? (IS_QUICK ? 1 : 3))

export const setting = (name: string, usual: number, quick = usual) => Number(process.env[name] ?? (IS_QUICK ? quick : usual))

export const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
export const median = (values: readonly number[]) => percentile(values, 0.5)
export const sleep = (ms: number) => new Promise<void>(done => setTimeout(done, ms))

type Figures = Record<string, number>
type Medians<K extends string> = Record<K, Figures>

/** A, B, A, B …: whatever else the machine does meanwhile, it does it to all of them. Answers the median of each figure of each. */
export async function alternate<K extends string>(runs: Record<K, () => Promise<Figures>>, rounds = ROUNDS): Promise<Medians<K>> {
  const names = Object.keys(runs) as K[]
  const seen = new Map<K, Figures[]>(names.map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const figures = await runs[name]()
      seen.get(name)?.push(figures)
      if (process.env.VERBOSE) console.error(name, figures)
    }
  }
  const medianOf = (name: K): Figures => {
    const all = seen.get(name) as Figures[]
    return Object.fromEntries(Object.keys(all[0] as Figures).map(key => [key, median(all.map(figures => figures[key] ?? Number.NaN))]))
  }
  return Object.fromEntries(names.map(name => [name, medianOf(name)])) as Medians<K>
}

/** Noise between two runs of the same thing. */
const NOISE = 0.1
export interface Goal {
  most?: number
  least?: number
}

function judge(value: number, { most, least }: Goal): string {
  if (most !== undefined) return value <= most ? 'holds' : value <= most * (1 + NOISE) ? 'within noise' : 'MISSED'
  if (least !== undefined) return value >= least ? 'holds' : value >= least * (1 - NOISE) ? 'within noise' : 'MISSED'
  return ''
}

export function report(what: string, value: number, goal: Goal, detail: string): void {
  const shown = Math.abs(value) >= 100 ? Math.round(value).toString() : value.toFixed(2)
  const wanted = goal.most !== undefined ? `≤ ${goal.most}` : goal.least !== undefined ? `≥ ${goal.least}` : ''
  console.log(`${what.padEnd(66)} ${shown.padStart(8)}  ${wanted.padEnd(8)} ${judge(value, goal).padEnd(12)} ${detail}`)
}
export const remark = (text: string) => console.log(`  ${text}`)
