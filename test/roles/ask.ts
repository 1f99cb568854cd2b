import type { Asker } from './roles.ts'

export interface Answer {
  code: string
  body: unknown
}

/** A limit by account is waited for: what is limited here is who, not how often. */
export async function askAt(url: string, asker: Pick<Asker, 'headers'>, method: string, path: string, body?: unknown): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const stop = new AbortController()
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...asker.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: stop.signal,
    })
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      // A stream has no end; who may open it has been told by now.
      stop.abort()
      return { code: 'ok', body: null }
    }
    const text = await response.text()
    if (response.ok) return { code: 'ok', body: text ? JSON.parse(text) : null }
    const parsed = text
      ? (JSON.parse(text) as { error: { code: string; retryAfterMs?: number } })
      : { error: { code: `HTTP ${response.status}` } }
    if (parsed.error.code !== 'RATE_LIMITED' || tries > 20) return { code: parsed.error.code, body: parsed }
    await new Promise(done => setTimeout(done, (parsed.error as { retryAfterMs: number }).retryAfterMs))
  }
}

export interface Try {
  /** What somebody without the right tries; nothing of it may be kept. */
  refused(asker: Asker): Promise<Answer>
  /** What somebody with the right does, on something made for it; by itself the same. */
  granted?(asker: Asker): Promise<Answer>
  /** Nobody who does it is in another's way. */
  isTogether?: boolean
}
