import { createHash, randomBytes } from 'node:crypto'
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from './context.ts'
import type { Reader } from './games/read.ts'

/** Names a render for keeping; its value is known to this process alone. */
const FOR_KEEPING = 'x-sideline-keep'
const KEPT_MOST = 500
/** Days change, and so do words such as "tomorrow". */
const KEPT_MS = 5 * 60_000
/** A page that changes all the time is drawn a share of the time, so that plays are recorded in the rest of it. */
const REST_PER_RENDER = 3
const RENDER_TIMEOUT_MS = 10_000
const GAME_PAGE = /^\/games\/([A-Za-z0-9_-]{1,64})$/

interface Kept {
  version: string
  at: number
  status: number
  html: Buffer
  /** Sources of its inline scripts, `'sha256-…'`. */
  hashes: string
  packed: Map<Packing, Promise<Buffer>>
}
type Packing = 'br' | 'gzip'

interface Options {
  context: Context
  reader: Reader
  /** What stands at the head of every page. */
  siteName(): Promise<string | null>
  /** Where this process answers. */
  address(): { host: string; port: number }
  sessionCookie: string
}

/**
 * Draws the page of a game once for everybody who comes without a sign-in: again only when the game or something around it has changed. A
 * kept page holds nothing of whoever asks for it: it is asked for here without cookies. Its inline scripts are allowed by their hashes,
 * since one nonce for many readers would be none.
 */
export function keepPages({ context, reader, siteName, address, sessionCookie }: Options) {
  const secret = randomBytes(32).toString('hex')
  const kept = new Map<string, Kept>()
  const drawing = new Map<string, Promise<Kept | null>>()
  const restsUntil = new Map<string, number>()
  let around = 0
  let renders = 0

  for (const topic of ['announcement', 'created', 'removed'] as const) {
    context.bus.subscribe(topic, () => {
      around += 1
    })
  }

  // Another epoch may have other names: what was drawn before is shown to nobody, whatever happens.
  context.bus.subscribe('played', ({ game: { id, epoch }, plays }) => {
    const path = `/games/${id}`
    if (plays === null && kept.get(path)?.version.startsWith(`${epoch} `) === false) kept.delete(path)
  })

  const isForKeeping = (request: IncomingMessage) => request.headers[FOR_KEEPING] === secret

  /** What the page of this address is drawn from, as far as everybody may read it; null for pages that are not kept. */
  async function versionOf(path: string): Promise<string | null> {
    const gameId = GAME_PAGE.exec(path)?.[1]
    if (gameId === undefined) return null
    const found = await reader.open(null, gameId)
    if (!found.ok) return null
    const { epoch, seq, updatedAt } = found.open.game
    return `${epoch} ${seq} ${updatedAt} ${around} ${await siteName()}`
  }

  async function keep(path: string): Promise<Kept | null> {
    for (;;) {
      const version = await versionOf(path)
      if (version === null) return null
      const page = kept.get(path)
      if (page?.version === version && context.now() - page.at < KEPT_MS) return page
      const pending = drawing.get(path)
      // Begun before this reader came: what it draws may be older than what this reader has to see.
      if (pending) await pending
      else {
        const drawn = draw(path, version).finally(() => drawing.delete(path))
        drawing.set(path, drawn)
        return (await drawn) ?? (page?.version === version ? page : null)
      }
    }
  }

  async function draw(path: string, version: string): Promise<Kept | null> {
    const rest = (restsUntil.get(path) ?? 0) - performance.now()
    if (rest > 0) await new Promise(done => setTimeout(done, rest))
    const started = performance.now()
    renders += 1
    const answer = await render(path)
    const ended = performance.now()
    restsUntil.delete(path)
    restsUntil.set(path, ended + (ended - started) * REST_PER_RENDER)
    if (restsUntil.size > KEPT_MOST) restsUntil.delete(restsUntil.keys().next().value as string)
    if (!answer) return null
    const page: Kept = { version, at: context.now(), ...answer, packed: new Map() }
    kept.delete(path)
    kept.set(path, page)
    if (kept.size > KEPT_MOST) kept.delete(kept.keys().next().value as string)
    return page
  }

  /** Asked over this server's own door, so that a kept page is drawn as every other. */
  function render(path: string): Promise<Pick<Kept, 'status' | 'html' | 'hashes'> | null> {
    return new Promise(done => {
      const asked = ask(
        { ...address(), path, headers: { [FOR_KEEPING]: secret, accept: 'text/html', 'accept-encoding': 'identity' }, agent: false },
        response => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', () => done(null))
          response.on('end', () => {
            const nonce = /'nonce-([^']+)'/.exec(String(response.headers['content-security-policy'] ?? ''))?.[1]
            if (response.statusCode !== 200 || !nonce) return done(null)
            const html = Buffer.concat(parts).toString('utf8').replaceAll(` nonce="${nonce}"`, '').replaceAll(nonce, '')
            done({ status: 200, html: Buffer.from(html), hashes: hashesOf(html) })
          })
        },
      )
      asked.setTimeout(RENDER_TIMEOUT_MS, () => asked.destroy())
      asked.on('error', () => done(null))
      asked.end()
    })
  }

  function isAnonymous({ headers }: IncomingMessage): boolean {
    return headers.authorization === undefined && !headers.cookie?.includes(`${sessionCookie}=`)
  }

  return {
    /** How many pages were drawn for keeping. */
    renders: () => renders,
    /** Answers with a kept page where there can be one; false leaves the request to the pages themselves. */
    async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      const { method, url = '', headers } = request
      if ((method !== 'GET' && method !== 'HEAD') || isForKeeping(request) || !isAnonymous(request)) return false
      // What the pages' own router asks for is no document.
      if (headers.rsc !== undefined || headers['next-router-prefetch'] !== undefined || !GAME_PAGE.test(url)) return false
      const page = await keep(url).catch(error => {
        context.log.warn({ err: error }, 'page not kept')
        // With the database out of reach, the last page there was is better than none: it says itself how old it is.
        return kept.get(url) ?? null
      })
      if (response.destroyed) return true
      if (!page) return false
      const packing = packingFor(String(headers['accept-encoding'] ?? ''))
      const body = packing ? await packed(page, packing) : page.html
      response.setHeader('Content-Security-Policy', withHashes(String(response.getHeader('content-security-policy')), page.hashes))
      response.writeHead(page.status, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': body.length,
        'cache-control': 'no-cache, must-revalidate',
        // The one thing of a document that says when it was sent and that the page itself can read.
        'last-modified': new Date(context.now()).toUTCString(),
        vary: 'Cookie, Accept-Encoding, RSC',
        ...(packing ? { 'content-encoding': packing } : {}),
      })
      response.end(method === 'HEAD' ? undefined : body)
      return true
    },
  }
}
export type KeptPages = ReturnType<typeof keepPages>

/** A script without `src`: what a browser hashes is what stands between the tags. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

function hashesOf(html: string): string {
  const hashes = new Set<string>()
  for (const [, script = ''] of html.matchAll(INLINE_SCRIPT)) {
    if (script) hashes.add(`'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`)
  }
  return [...hashes].join(' ')
}

const withHashes = (policy: string, hashes: string) => policy.replace(/'nonce-[^']+'/, hashes)

function packingFor(accepted: string): Packing | null {
  const offers = accepted.split(',').map(offer => offer.trim())
  const takes = (name: string) => offers.some(offer => offer === name || (offer.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(offer)))
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
/** Packed once, for the first who takes it so. */
function packed(page: Kept, packing: Packing): Promise<Buffer> {
  const known = page.packed.get(packing)
  if (known) return known
  const made =
    packing === 'br'
      ? brotli(page.html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: page.html.length } })
      : zip(page.html, { level: 5 })
  page.packed.set(packing, made)
  return made
}
