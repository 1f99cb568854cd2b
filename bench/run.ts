import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { isBuildCurrent } from '../scripts/setup/product.mjs'
import { comeback } from './comeback.ts'
import { crowd } from './crowd.ts'
import { firstLoadFigure } from './first-load.ts'
import { flood } from './flood.ts'
import { fold } from './fold.ts'
import { growth } from './growth.ts'
import { homeBoard } from './home-board.ts'
import { keptPage } from './kept-page.ts'
import { IS_QUICK } from './measure.ts'
import { playToFan } from './play-to-fan.ts'
import { isCompiled } from './swarm.ts'

/** What Sideline costs and how fast it is, each figure against a peer in the same run. `npm run bench -- NAME…` runs some. */
const FIGURES: Record<string, () => Promise<void>> = {
  flood,
  crowd,
  'play-to-fan': playToFan,
  'home-board': homeBoard,
  'kept-page': keptPage,
  growth,
  comeback,
  'first-load': firstLoadFigure,
  fold,
}

const load = () =>
  loadavg()
    .map(value => value.toFixed(1))
    .join(' ')
const revision = () => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !(name in FIGURES))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(FIGURES).join(', ')}.`)
  process.exit(64)
}
if (!isBuildCurrent()) execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
console.log(
  `Sideline ${revision()}, Node ${process.version}, load ${load()}, ${isCompiled() ? 'C' : 'JavaScript'} load client${IS_QUICK ? ', quick: figures are rough' : ''}`,
)
const started = performance.now()
for (const [name, run] of Object.entries(FIGURES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name} (load ${load()})`)
  await run()
}
console.log(`\n${Math.round((performance.now() - started) / 1000)} s, load ${load()}`)
process.exit(0)
