import { gzipSync } from 'node:zlib'
import type { Server } from '#e2e/server.ts'
import { report } from './measure.ts'
import { liveGame, startProduct } from './product.ts'

/** Of the page of a game, in kilobytes. */
export const FIRST_LOAD_BUDGET = 190

/** What the scripts weigh, packed, that the HTML of a page names: all that is loaded before anybody touches anything. In bytes. */
export async function firstLoad(server: Pick<Server, 'url'>, path: string): Promise<{ bytes: number; scripts: number }> {
  const html = await (await fetch(`${server.url}${path}`)).text()
  const named = new Set<string>()
  for (const [tag, source] of html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)) {
    // For browsers without modules; all others leave it out.
    if (source && !/\snomodule\b/i.test(tag)) named.add(source)
  }
  let bytes = 0
  for (const source of named) {
    const script = await fetch(new URL(source, server.url))
    if (!script.ok) throw new Error(`${source} was answered ${script.status}.`)
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length
  }
  return { bytes, scripts: named.size }
}

export async function firstLoadFigure(): Promise<void> {
  const server = await startProduct()
  const game = await liveGame(server)
  const { bytes, scripts } = await firstLoad(server, `/games/${game.id}`)
  report('first-load JS of the game page, KB gzip', bytes / 1_000, { most: FIRST_LOAD_BUDGET }, `${scripts} scripts`)
  await server.dispose()
}
