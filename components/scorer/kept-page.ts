import { useSyncExternalStore } from 'react'

/** Whether this document came from the service worker and not from the server: everything in it may be old. */
export const isKeptPage = () => typeof document !== 'undefined' && 'kept' in document.documentElement.dataset

const still = () => () => {}
/** The same for what is drawn; false until the page has come alive, as the server drew it. */
export const useKeptPage = () => useSyncExternalStore(still, isKeptPage, () => false)

/** Only secure contexts have a worker; without one nothing can be opened offline, and nothing is kept for it. */
const workers = () => (typeof navigator === 'undefined' ? undefined : (navigator.serviceWorker as ServiceWorkerContainer | undefined))
export const canKeepPages = () => workers() !== undefined

/** Paths of the tables that the worker keeps. */
export async function keptPaths(): Promise<ReadonlySet<string>> {
  if (typeof caches === 'undefined' || !(await caches.has(TABLES))) return new Set()
  const kept = await (await caches.open(TABLES)).keys()
  return new Set(kept.map(({ url }) => new URL(url).pathname))
}
/** The worker's name for them. */
const TABLES = 'sideline-tables-1'

const SETTLED_MS = 3000

/**
 * Has the worker keep this page for when there is no network. It forgets everything when somebody signs in or out, and says so;
 * `onForgotten` is told, and whoever is still the one signed in is kept again.
 *
 * @returns stops listening
 */
export function keepThisPage(accountId: string, onForgotten: (isForgotten: boolean) => void): () => void {
  const worker = workers()
  if (!worker) return () => {}
  let timer: ReturnType<typeof setTimeout> | undefined
  const onMessage = ({ data }: MessageEvent<{ type?: unknown } | null>) => {
    if (data?.type !== 'tables-forgotten') return
    onForgotten(true)
    clearTimeout(timer)
    timer = setTimeout(async () => {
      if ((await whoAmI()) !== accountId) return
      onForgotten(false)
      void ask(worker, accountId)
    }, SETTLED_MS)
  }
  worker.addEventListener('message', onMessage)
  worker.startMessages()
  if (!isKeptPage()) void ask(worker, accountId)
  return () => {
    clearTimeout(timer)
    worker.removeEventListener('message', onMessage)
  }
}

async function ask(worker: ServiceWorkerContainer, account: string): Promise<void> {
  const path = window.location.pathname
  const { active } = await worker.ready
  active?.postMessage({ type: 'keep-table', path, account, files: loadedFiles() })
}

/** What this page has loaded of the build, its sport's own part included, which the document does not name. */
function loadedFiles(): string[] {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')].filter(({ noModule }) => !noModule).map(({ src }) => src)
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(({ href }) => href)
  const read = performance.getEntriesByType('resource').map(({ name }) => name)
  const paths = [...scripts, ...sheets, ...read]
    .map(address => new URL(address, window.location.href))
    .filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith('/_next/static/'))
    .map(({ pathname }) => pathname)
  return [...new Set(paths)]
}

async function whoAmI(): Promise<string | null | undefined> {
  try {
    const response = await fetch('/api/auth/get-session', { cache: 'no-store', signal: AbortSignal.timeout(10_000) })
    const { account } = (await response.json()) as { account: { id: string } | null }
    return account?.id ?? null
  } catch {
    return undefined
  }
}
