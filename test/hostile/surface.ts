import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE']
const EXPORTED = /^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE)\b/gm
/** The addresses of accounts stand in one table, behind one route. */
const OF_ACCOUNTS = /'(GET|POST) ([\w/-]+)'/g

/** Every `METHOD /api/…` there is, found in the folders of the routes: `POST /api/v1/games/{gameId}/plays`. */
export function allRoutes(): string[] {
  const files = readdirSync(`${ROOT}app/api`, { recursive: true, encoding: 'utf8' }).filter(file => /(^|\/)route\.ts$/.test(file))
  const found = files.flatMap(file => {
    const path = `/api/${file.replace(/\/?route\.ts$/, '')}`
    const methods = [...read(`app/api/${file}`).matchAll(EXPORTED)].map(([, method = '']) => method)
    if (path === '/api/auth/[...all]') {
      const named = [...read('server/sign-in-requests.ts').matchAll(OF_ACCOUNTS)]
      return named.map(([, method, rest]) => `${method} /api/auth/${rest}`)
    }
    return methods.map(method => `${method} ${path.replaceAll(/\[\[?(?:\.\.\.)?(\w+)\]\]?/g, '{$1}')}`)
  })
  return [...new Set(found)].sort()
}

export const isWrite = (route: string) => WRITES.includes(route.split(' ')[0] ?? '')

/** Every event a client's socket may send, as the gateway registers them. */
export function allEvents(): string[] {
  return [...read('server/realtime/gateway.ts').matchAll(/^\s*on\(\s*'([\w:]+)'/gm)].map(([, event = '']) => event).sort()
}

/** Every event that the protocol names. */
export function describedEvents(): string[] {
  const [, described = ''] = /interface ClientToServerEvents \{([\s\S]*?)\n\}/.exec(read('domain/protocol.ts')) ?? []
  return [...described.matchAll(/^\s+'?([\w:]+)'?: \($/gm), ...described.matchAll(/^\s+'?([\w:]+)'?: \(\w/gm)]
    .map(([, event = '']) => event)
    .sort()
}
