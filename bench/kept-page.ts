import type { Server } from '#e2e/server.ts'
import { alternate, remark, report, setting, sleep } from './measure.ts'
import { benchPlay, liveGame, metric, post, startProduct } from './product.ts'
import { Wire } from './wire.ts'

const RUN_MS = setting('PAGE_MS', 3_000, 1_500)
const READERS = 16
const RENDERS = 'sideline_page_renders_total'

async function requests(server: Server, path: string) {
  const end = performance.now() + RUN_MS
  let count = 0
  let bytes = 0
  await Promise.all(
    Array.from({ length: READERS }, async () => {
      const wire = new Wire(server.port)
      while (performance.now() < end) {
        const reply = await wire.get(path, { accept: 'text/html', 'accept-encoding': 'gzip' })
        if (reply.status !== 200) throw new Error(`The page was answered ${reply.status}.`)
        count += 1
        bytes = reply.bytes
      }
      wire.close()
    }),
  )
  return { perSecond: count / (RUN_MS / 1_000), bytes }
}

/** The page of a live game, kept and drawn for each request: a query makes it one that is not kept. */
export async function keptPage(): Promise<void> {
  const server = await startProduct()
  const game = await liveGame(server)
  const path = `/games/${game.id}`
  for (const warm of [path, `${path}?drawn`]) await requests(server, warm)
  const of = await alternate({ kept: () => requests(server, path), drawn: () => requests(server, `${path}?drawn`) })
  const [kept, drawn] = [of.kept.perSecond as number, of.drawn.perSecond as number]
  const detail = `${kept.toFixed(0)}/s ÷ ${drawn.toFixed(0)}/s, ${of.kept.bytes} B ÷ ${of.drawn.bytes} B packed`
  report('page of a live game: requests/s kept ÷ drawn each time', kept / drawn, { least: 10 }, detail)

  const before = await metric(server, RENDERS)
  let changes = 0
  let isOver = false
  const scorer = new Wire(server.port)
  const scoring = (async () => {
    while (!isOver) {
      await post(scorer, server, game.id, benchPlay())
      changes += 1
      await sleep(500)
    }
  })()
  const busy = await requests(server, path)
  isOver = true
  await scoring
  scorer.close()
  const renders = (await metric(server, RENDERS)) - before
  report(
    'renders a change of the game',
    renders / changes,
    { most: 1 },
    `${renders} for ${changes} plays, ${busy.perSecond.toFixed(0)} requests/s meanwhile`,
  )
  const policy = (await fetch(`${server.url}${path}`)).headers.get('content-security-policy') ?? ''
  if (!/script-src[^;]*'sha256-/.test(policy)) remark('The kept page has no hashes in its Content-Security-Policy.')
  await server.dispose()
}
