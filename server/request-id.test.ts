import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { createHttp, secureAll } from './http.ts'
import { createLog, within } from './log.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

interface Line {
  msg: string
  requestId?: string
  socket?: string
  event?: string
}

/** A server that says when it begins and ends with each request, and whose log can be read. */
async function start(trusted?: string) {
  const loaded = loadConfig({ TRUSTED_PROXIES: trusted })
  if (!loaded.ok) throw new Error(loaded.problems.join())
  const lines: Line[] = []
  const log = createLog('info', line => lines.push(JSON.parse(line) as Line))
  const http = createHttp(
    async (request, response) => {
      const path = request.url ?? ''
      log.info(`${path} begins`)
      await sleep(path === '/slow' ? 60 : 5)
      if (path === '/bug') throw new Error('a bug')
      log.child({ part: 'inner' }).info(`${path} ends`)
      response.end(request.headers['x-request-id'])
    },
    error => log.error({ err: error }, 'request failed'),
  )
  secureAll(http, loaded.config, false)
  await new Promise<void>(done => http.listen(0, '127.0.0.1', done))
  stops.push(() => http.close())
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const ask = (path: string, id?: string) => fetch(`${url}${path}`, { headers: id === undefined ? {} : { 'x-request-id': id } })
  return { ask, lines }
}

it('every answer is named, and so is every line that is logged for it, however many are answered at once', async () => {
  const { ask, lines } = await start()
  const answers = await Promise.all(['/slow', '/one', '/two'].map(path => ask(path)))
  const ids = answers.map(answer => answer.headers.get('x-request-id'))
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
  for (const [i, path] of ['/slow', '/one', '/two'].entries()) {
    expect(lines.filter(line => line.requestId === ids[i]).map(line => line.msg)).toEqual([`${path} begins`, `${path} ends`])
    expect(await answers[i]?.text()).toBe(ids[i])
  }
  expect(lines).toHaveLength(6)
})

it('a mistake of ours is found in the log by what its answer says', async () => {
  const { ask, lines } = await start()
  const answer = await ask('/bug')
  const id = answer.headers.get('x-request-id')
  expect([answer.status, await answer.json()]).toEqual([500, { error: expect.objectContaining({ code: 'INTERNAL', errorId: id }) }])
  expect(lines.at(-1)).toMatchObject({ msg: 'request failed', requestId: id, err: { message: 'a bug' } })
})

it('a name is taken from a listed proxy, and from nobody else', async () => {
  const proxied = await start('127.0.0.1')
  expect((await proxied.ask('/one', 'edge-7.42:a_B')).headers.get('x-request-id')).toBe('edge-7.42:a_B')
  expect(proxied.lines.map(line => line.requestId)).toEqual(['edge-7.42:a_B', 'edge-7.42:a_B'])
  for (const odd of ['', 'a b', '"}', 'x'.repeat(65), 'ä']) {
    const named = (await proxied.ask('/one', encodeURIComponent(odd) === odd ? odd : 'a b')).headers.get('x-request-id')
    expect(named, odd).toMatch(/^[0-9a-f-]{36}$/)
  }
  const open = await start()
  expect((await open.ask('/one', 'mine')).headers.get('x-request-id')).not.toBe('mine')
})

it('what is logged while a request is answered says so, and what is logged for nobody says nothing', async () => {
  const lines: Line[] = []
  const log = createLog('info', line => lines.push(JSON.parse(line) as Line))
  await within({ requestId: 'r1' }, async () => {
    await sleep(1)
    log.info({ gameId: 'g1' }, 'inside')
  })
  log.info('outside')
  expect(lines[0]).toMatchObject({ requestId: 'r1', gameId: 'g1' })
  expect(lines[1]).toEqual({ level: 'info', time: expect.any(String), msg: 'outside' })
})
