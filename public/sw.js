// Keeps three things: a page that says there is no network, the tables a scorer has opened, and the built files, whose names change with
// their content. Flight data, the API and the sockets are never kept: yesterday's answer to today's question is worse than none. A kept
// page carries `data-kept` on its root, so that it can tell itself from one the server has just drawn.
const PAGES = 'sideline-pages-1'
const TABLES = 'sideline-tables-1'
const FILES = 'sideline-files-1'
/** Where tables keep their logs: they go with the pages. */
const LOGS = { database: 'sideline-tables', store: 'logs' }
const OFFLINE = '/offline'
const MOST_FILES = 250
const MOST_TABLES = 12
const MOST_CHARACTERS = 3_000_000
const DAY_MS = 86_400_000
const TABLE_MS = 7 * DAY_MS
/** A page kept so lately is not fetched again only to be kept. */
const FRESH_MS = 60_000
/** With a kept table at hand, a network that says nothing for so long is no network. */
const PATIENCE_MS = 6000

const SIGN = /^\/api\/auth\/sign-(in|out|up)\b/
const WHO = '/api/auth/get-session'

self.addEventListener('install', event => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  const own = [PAGES, TABLES, FILES]
  event.waitUntil(
    caches
      .keys()
      .then(names => Promise.all(names.filter(name => !own.includes(name)).map(name => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method === 'POST' && SIGN.test(url.pathname)) event.respondWith(passSign(event))
  else if (request.method !== 'GET') return
  else if (url.pathname === WHO) event.respondWith(passWho(event))
  else if (url.pathname.startsWith('/_next/static/')) event.respondWith(fileFromCache(event))
  else if (request.mode === 'navigate' && !isFlight(request, url)) event.respondWith(page(event, tablePath(url.pathname)))
})

self.addEventListener('message', event => {
  const { type, path, account, files } = event.data || {}
  if (type === 'claim') event.waitUntil(self.clients.claim())
  if (type === 'keep-table' && tablePath(path)) event.waitUntil(keepOpened(path, account, files).catch(() => {}))
})

function isFlight(request, url) {
  return url.searchParams.has('_rsc') || request.headers.has('rsc') || (request.headers.get('accept') || '').includes('text/x-component')
}

const tablePath = path => (/^\/score\/[^/]+$/.test(path) && path !== '/score/new' ? path : null)

/** The network first; where it fails, the kept table or the page that says so. */
async function page(event, path) {
  const kept = path ? await keptTable(path) : undefined
  try {
    const response = await (kept ? inTime(fetch(event.request), PATIENCE_MS) : fetch(event.request))
    // A proxy that finds nobody behind it speaks for the network, not for the server.
    if (kept && response.status >= 502 && response.status <= 504) return kept
    event.waitUntil(refreshOfflinePage())
    if (path) event.waitUntil(keepAnswered(path, response.clone()).catch(() => {}))
    return response
  } catch (error) {
    const instead = kept || (await caches.match(OFFLINE, { cacheName: PAGES, ignoreVary: true }))
    if (instead) return instead
    throw error
  }
}

function inTime(work, ms) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error('No answer in time.')), ms)
    work.then(done, fail).finally(() => clearTimeout(timer))
  })
}

// ---- Tables: each belongs to an account, and goes when another one comes or this one leaves.

/** Rises when everything is forgotten: what was asked for before is not kept any more. */
let round = 0
let turn = Promise.resolve()
/** One change of the kept tables at a time. */
function inTurn(work) {
  const done = turn.then(work)
  turn = done.catch(() => {})
  return done
}

const accountIn = html => (html.match(/ data-account="([^"]+)"/) || [])[1] || null
const keptAt = response => Number(response.headers.get('x-kept-at'))
const keptFor = response => response.headers.get('x-kept-for')
const filesFor = response => (response.headers.get('x-kept-files') || '').split(' ').filter(Boolean)

async function keptTable(path) {
  const cache = await caches.open(TABLES)
  const kept = await cache.match(path)
  return kept && Date.now() - keptAt(kept) < TABLE_MS ? kept : undefined
}

/** A table was opened anew: what the server drew is what is kept, and where it drew no table, nothing is. */
async function keepAnswered(path, response) {
  const asked = round
  // The one place a table sends anybody to is the sign-in.
  if (response.type === 'opaqueredirect' || response.redirected) return forgetTables()
  if (response.status >= 400 && response.status < 500) return dropTable(path)
  if (response.ok) await keepTable(path, await response.text(), response.headers, [], asked)
}

/** A table that is open names the files it has loaded; one that was reached without a navigation is fetched as one would. */
async function keepOpened(path, account, files) {
  const asked = round
  const kept = await keptTable(path)
  if (kept && keptFor(kept) === account && Date.now() - keptAt(kept) < FRESH_MS) {
    return keepTable(path, await kept.text(), kept.headers, files, asked)
  }
  const response = await fetch(path, { cache: 'no-store', credentials: 'same-origin' })
  if (response.redirected || !response.ok) return
  await keepTable(path, await response.text(), response.headers, files, asked)
}

/** Page and files, or neither: half a table would be worse than the page that says there is no network. */
async function keepTable(path, html, headers, loaded, asked) {
  const account = accountIn(html)
  if (!account || html.length > MOST_CHARACTERS) return dropTable(path)
  const files = await keepFiles(html, loaded)
  await inTurn(async () => {
    if (asked !== round) return
    const cache = await caches.open(TABLES)
    const kept = new Headers(headers)
    for (const name of ['content-encoding', 'content-length', 'vary']) kept.delete(name)
    kept.set('x-kept-at', String(Date.now()))
    kept.set('x-kept-for', account)
    kept.set('x-kept-files', files.join(' '))
    await cache.put(path, new Response(marked(html), { headers: kept }))
    await dropOthers(cache, account)
  })
  await tidyFiles()
}

async function dropOthers(cache, account) {
  const tables = await Promise.all((await cache.keys()).map(async key => ({ key, kept: await cache.match(key) })))
  const own = tables.filter(({ kept }) => kept && keptFor(kept) === account).sort((a, b) => keptAt(b.kept) - keptAt(a.kept))
  const staying = new Set(own.slice(0, MOST_TABLES).map(({ key }) => key))
  await Promise.all(tables.filter(({ key }) => !staying.has(key)).map(({ key }) => cache.delete(key)))
}

const dropTable = path => inTurn(async () => (await caches.open(TABLES)).delete(path))

/** Signing in or out ends what was kept for whoever was there before: at once, and again for what came in meanwhile. */
async function passSign(event) {
  await forgetTables()
  try {
    return await fetch(event.request)
  } finally {
    await forgetTables()
  }
}

/** The server says who is signed in: nobody else's tables stay. */
async function passWho(event) {
  const response = await fetch(event.request)
  if (response.ok) event.waitUntil(compareAccount(response.clone()).catch(() => {}))
  return response
}

async function compareAccount(response) {
  const { account } = await response.json()
  const cache = await caches.open(TABLES)
  const [first] = await cache.keys()
  const kept = first && (await cache.match(first))
  if (kept && keptFor(kept) !== (account && account.id)) await forgetTables()
}

async function forgetTables() {
  round += 1
  await inTurn(() => Promise.all([caches.delete(TABLES), forgetLogs()]))
  for (const client of await self.clients.matchAll()) client.postMessage({ type: 'tables-forgotten' })
}

function forgetLogs() {
  return new Promise(done => {
    const opening = indexedDB.open(LOGS.database)
    opening.onupgradeneeded = () => opening.transaction.abort()
    opening.onerror = () => done()
    opening.onsuccess = () => {
      const database = opening.result
      const close = () => {
        database.close()
        done()
      }
      const change = database.transaction(LOGS.store, 'readwrite')
      change.oncomplete = close
      change.onabort = close
      change.objectStore(LOGS.store).clear()
    }
  })
}

// ---- Built files: an old build's go once no kept page names them and there is no room for them any more.

async function fileFromCache(event) {
  const cache = await caches.open(FILES)
  const kept = await cache.match(event.request, { ignoreVary: true })
  if (kept) return kept
  const response = await fetch(event.request)
  if (response.ok) event.waitUntil(cache.put(event.request, response.clone()).then(tidyFiles))
  return response
}

/** The files a page needs, all of them kept: those it loads itself, those it has loaded since, and as many as can be had of those it names. */
async function keepFiles(html, loaded) {
  const cache = await caches.open(FILES)
  const named = [...html.matchAll(/\/_next\/static\/[^"'\\\s)<>]+/g)].map(match => match[0])
  const needed = new Set([...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(match => match[1]).concat(loaded))
  const had = await Promise.all(
    [...new Set([...needed, ...named])].map(async file => {
      if (await cache.match(file, { ignoreVary: true })) return file
      return cache.add(file).then(
        () => file,
        error => {
          if (needed.has(file)) throw error
          return null
        },
      )
    }),
  )
  return had.filter(file => file !== null)
}

async function tidyFiles() {
  const cache = await caches.open(FILES)
  const keys = await cache.keys()
  if (keys.length <= MOST_FILES) return
  const pages = await Promise.all([TABLES, PAGES].map(async name => (await caches.open(name)).matchAll()))
  const named = new Set(pages.flat().flatMap(filesFor))
  const spare = keys.filter(({ url }) => !named.has(new URL(url).pathname))
  await Promise.all(spare.slice(0, keys.length - MOST_FILES).map(key => cache.delete(key)))
}

// ---- The page that says there is no network.

/** It names built files, so it is renewed while there is a network. */
async function refreshOfflinePage() {
  const kept = await caches.match(OFFLINE, { cacheName: PAGES })
  if (!kept || !(Date.now() - keptAt(kept) < DAY_MS)) await keepOfflinePage().catch(() => {})
}

async function keepOfflinePage() {
  const response = await fetch(OFFLINE, { cache: 'no-store', credentials: 'omit' })
  if (!response.ok) return
  const html = await response.text()
  const files = await keepFiles(html, [])
  const kept = new Headers(response.headers)
  for (const name of ['content-encoding', 'content-length', 'vary']) kept.delete(name)
  kept.set('x-kept-at', String(Date.now()))
  kept.set('x-kept-files', files.join(' '))
  await (await caches.open(PAGES)).put(OFFLINE, new Response(marked(html), { headers: kept }))
}

const marked = html => html.replace(/<html(?: data-kept)?(?=[ >])/, '<html data-kept')
