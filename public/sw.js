// Keeps two things: a page that says there is no network, and the built files, whose names change with their content.
// Flight data, the API and the sockets are never kept: yesterday's answer to today's question is worse than none.
const PAGES = 'sideline-pages-1'
const FILES = 'sideline-files-1'
const OFFLINE = '/offline'
const MOST_FILES = 250

self.addEventListener('install', event => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  event.waitUntil(
    caches
      .keys()
      .then(names => Promise.all(names.filter(name => name !== PAGES && name !== FILES).map(name => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/_next/static/')) event.respondWith(fileFromCache(request))
  else if (request.mode === 'navigate' && !isFlight(request, url)) event.respondWith(pageOrOffline(event))
})

function isFlight(request, url) {
  return url.searchParams.has('_rsc') || request.headers.has('rsc') || (request.headers.get('accept') || '').includes('text/x-component')
}

async function fileFromCache(request) {
  const cache = await caches.open(FILES)
  const kept = await cache.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) {
    await cache.put(request, response.clone())
    const keys = await cache.keys()
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_FILES)).map(key => cache.delete(key)))
  }
  return response
}

async function pageOrOffline(event) {
  try {
    const response = await fetch(event.request)
    event.waitUntil(refreshOfflinePage())
    return response
  } catch (error) {
    const kept = await caches.match(OFFLINE)
    if (kept) return kept
    throw error
  }
}

const DAY_MS = 86_400_000
/** The offline page names built files, so it is renewed while there is a network. */
async function refreshOfflinePage() {
  const kept = await caches.match(OFFLINE)
  const age = kept ? Date.now() - Date.parse(kept.headers.get('date') || '') : Number.NaN
  if (!(age < DAY_MS)) await keepOfflinePage().catch(() => {})
}

async function keepOfflinePage() {
  const response = await fetch(OFFLINE, { cache: 'no-store', credentials: 'omit' })
  if (!response.ok) return
  const html = await response.clone().text()
  const files = [...new Set([...html.matchAll(/\/_next\/static\/[^"'\\\s)]+/g)].map(match => match[0]))]
  const cache = await caches.open(FILES)
  await Promise.all(files.map(file => cache.match(file).then(kept => kept || cache.add(file).catch(() => {}))))
  await (await caches.open(PAGES)).put(OFFLINE, response)
}
