import type { IncomingMessage, ServerResponse } from 'node:http'

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/** What a route function takes at most is its own business; beyond this it is not even read here. */
const READ_MOST = 512 * 1024
const PLACE = /^\/api\/v1\/games\/([A-Za-z0-9_-]{1,64})(\/plays)?(\?.*)?$/

/**
 * Answers what is asked all the time, plays recorded and a game read, with the very functions of their routes, but past the pages'
 * framework: its way to a route costs several times what recording a play does.
 */
export function answerDirectly({ record, read }: { record: Route; read: Route }) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const [, gameId, isPlays] = PLACE.exec(request.url ?? '') ?? []
    if (gameId === undefined) return false
    const route = request.method === 'POST' && isPlays ? record : request.method === 'GET' && !isPlays ? read : null
    if (!route) return false
    let body: Uint8Array<ArrayBuffer> | undefined
    if (route === record) {
      const length = Number(request.headers['content-length'] ?? Number.NaN)
      if (!(length > 0 && length <= READ_MOST)) return false
      body = await readAll(request)
      if (!body) return true
    }
    const asked = new Request(`http://sideline${request.url}`, { method: request.method, headers: headersOf(request), body })
    const answer = await route(asked, { params: Promise.resolve({ gameId }) })
    if (response.destroyed) return true
    for (const [name, value] of answer.headers) response.setHeader(name, value)
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (answer.status !== 304) response.setHeader('content-length', bytes.length)
    response.writeHead(answer.status).end(bytes)
    return true
  }
}

/** Undefined when the sender went away in the middle. */
async function readAll(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return new Uint8Array(Buffer.concat(chunks))
  } catch {
    return undefined
  }
}

function headersOf({ headers }: IncomingMessage): Headers {
  const all = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') all.set(name, value)
    else if (value) for (const one of value) all.append(name, one)
  }
  return all
}
