import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERROR_STATUS, type ErrorCode } from '#domain/errors.ts'
import type { Play } from '#domain/play.ts'
import { allEvents, allRoutes } from '#test/hostile/surface.ts'
import type { Answer, Try } from './ask.ts'
import { tryOf } from './elsewhere.ts'
import { expected, needAt, sees, seesWho } from './expected.ts'
import { type League, makeLeague, named, take } from './league.ts'
import { ATTEMPTS, FIRST, makeGame, PLACES, type Place } from './places.ts'
import { ELSEWHERE, EVENTS, ON_GAMES, PLAYS, RECORD, type Rule } from './policy.ts'
import { type Asker, ROLES } from './roles.ts'

let league: League
let cells = 0
const began = performance.now()
const seconds = () => ((performance.now() - began) / 1000).toFixed(1)

beforeAll(async () => {
  league = await makeLeague()
  process.stdout.write(`set up after ${seconds()} s\n`)
}, 300_000)
afterAll(async () => {
  process.stdout.write(`${ROLES.length} roles, ${cells} tries in ${seconds()} s\n`)
  for (const { socket } of sockets) socket?.disconnect()
  league?.ledger.close()
  await league?.server.dispose()
})

/** Who is somebody to the server: a refusal of nobody leaves no line. */
const KNOWN: ReadonlySet<string> = new Set(['session', 'token'])

/** One line of the table for everybody: those who may not, all together and without a trace, then one by one those who may. */
async function tryAll(
  what: string,
  rule: Rule,
  place: Place | null,
  who: readonly Asker[],
  { refused, granted = refused, isTogether = false }: Try,
) {
  const { ledger } = league
  const wrong: string[] = []
  const where = place ? ` on ${place.name}` : ''
  // Headers alone carry no words, only their status.
  const told = (hope: string) => (what.startsWith('HEAD ') && hope !== 'ok' ? `HTTP ${ERROR_STATUS[hope as ErrorCode]}` : hope)
  const hopes = who.flatMap(asker => {
    const hope = expected(asker, what, rule, place)
    return hope === null ? [] : [{ asker, hope: told(hope) }]
  })
  cells += hopes.length
  const note = (asker: Asker, hope: string, { code, body }: Answer) => {
    if (code !== hope)
      wrong.push(`${what}${where}: ${asker.name} was told ${code} instead of ${hope}: ${JSON.stringify(body).slice(0, 300)}`)
  }

  const [before, auditBefore] = [ledger.state(), ledger.audit().length]
  const turnedAway = hopes.filter(({ hope }) => hope !== 'ok')
  await Promise.all(turnedAway.map(async ({ asker, hope }) => note(asker, hope, await refused(asker))))
  if (ledger.state() !== before) wrong.push(`${what}${where}: something was changed by those who may not`)
  const lines = ledger.audit().slice(auditBefore)
  const isRead = /^(GET|HEAD) /.test(what)
  // A socket changes nothing but the chat, which is closed for all alike.
  const isAudited = !isRead && !(what in EVENTS)
  const missed = turnedAway.filter(({ asker, hope }) => isAudited && hope === 'FORBIDDEN' && KNOWN.has(asker.login))
  const written = lines.map(({ actor, action, detail }) => `${actor} ${action} ${JSON.parse(detail ?? '{}').request?.split(' ')[0]}`)
  const method = /^[A-Z]+(?= )/.exec(what)?.[0] ?? 'POST'
  expect(written.sort(), what).toEqual(missed.map(({ asker }) => `${asker.id} request.refused ${method}`).sort())

  const letIn = hopes.filter(({ hope }) => hope === 'ok')
  const done = async ({ asker, hope }: (typeof letIn)[number]) => note(asker, hope, await granted(asker))
  if (isRead || isTogether) await Promise.all(letIn.map(done))
  else for (const one of letIn) await done(one)
  if (isRead && ledger.state() !== before) wrong.push(`${what}${where}: something was changed by reading`)
  if (rule.audited) {
    const made = ledger.audit().slice(auditBefore + lines.length)
    for (const { asker } of letIn)
      expect(
        made.some(line => line.actor === asker.id && line.action === rule.audited),
        `${what} by ${asker.name} is in the audit`,
      ).toBe(true)
  }
  expect(wrong).toEqual([])
}

describe('S3 every role × action × ownership', () => {
  it('names every route, every event and every kind of play there is', () => {
    const routes = [RECORD, ...Object.keys(ON_GAMES), ...Object.keys(ELSEWHERE)].map(what => what.split(' · ')[0] ?? '')
    expect([...new Set(routes)].sort()).toEqual(allRoutes())
    expect(Object.keys(EVENTS).sort()).toEqual(allEvents())
    expect(Object.keys(ATTEMPTS)).toEqual(Object.keys(PLAYS))
    // The table says both: what somebody may, and what they may not.
    for (const [what, rule] of Object.entries({ ...PLAYS, ...ON_GAMES }))
      expect([what, PLACES.some(place => needAt(rule, place.standing) !== undefined)]).toEqual([what, true])
  })

  it.each(Object.entries(PLAYS))('recording %s', async (what, rule) => {
    const { server, games, askers, ask } = league
    const attempt = ATTEMPTS[what]
    if (!attempt) throw new Error('no such play')
    for (const place of PLACES) {
      const gameId = named(games, place)
      const path = `/api/v1/games/${gameId}/plays`
      await tryAll(what, rule, place, askers, {
        isTogether: attempt.undo === undefined,
        refused: asker => ask(asker, 'POST', path, attempt.play(FIRST)),
        async granted(asker) {
          const voided = `void-me-${cells}-${asker.headers['x-forwarded-for']?.split('.').at(-1)}`
          const isNeeded = JSON.stringify(attempt.play('needed')).includes('"needed"')
          if (isNeeded) await server.play(gameId, { id: voided, kind: 'note', data: { text: 'To be taken out' } })
          const answer = await ask(asker, 'POST', path, attempt.play(voided))
          const recorded = (answer.body as { plays?: Play[] }).plays?.at(-1)
          const undo = recorded && attempt.undo?.(recorded.id, place.standing)
          if (undo) await server.play(gameId, undo as never)
          return answer
        },
      })
    }
  })

  it.each(Object.entries(ON_GAMES))('%s', async (what, rule) => {
    const { games, spareGames, spareMessages, askers, ask } = league
    const [method = '', address = ''] = what.split(' ')
    const body = method !== 'PATCH' ? undefined : address.includes('chat') ? { muted: false } : { home: { name: 'Others' } }
    const of = (gameId: string, messageId = '') => address.replace('{gameId}', gameId).replace('{messageId}', messageId)
    for (const place of PLACES) {
      const gameId = named(games, place)
      const messages = named(spareMessages, place)
      const kept = messages[0]
      await tryAll(what, rule, place, askers, {
        refused: asker => ask(asker, method, of(gameId, kept), body),
        async granted(asker) {
          if (what === 'DELETE /api/v1/games/{gameId}') return ask(asker, method, of(take(spareGames.get(place))))
          if (method === 'PATCH') return ask(asker, method, of(gameId, messages.at(-1)), body)
          if (address.includes('{messageId}')) return ask(asker, method, of(gameId, take(messages)))
          const answer = await ask(asker, method, of(gameId))
          if (what.endsWith('/plays')) {
            const { plays } = answer.body as { plays: Play[] }
            const known = plays.filter(play => play.by !== undefined).length
            expect([asker.name, place.name, known]).toEqual([asker.name, place.name, seesWho(asker, place) ? plays.length : 0])
          }
          return answer
        },
      })
    }
  })
})

interface Line {
  asker: Asker
  socket: Socket | null
}
const sockets: Line[] = []

describe('S3 every role × event of a socket', () => {
  it('a token that is no good does not come in', async () => {
    const { server, askers } = league
    for (const asker of askers) {
      const socket = io(server.url, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth: asker.token ? { token: asker.token } : {},
        extraHeaders: asker.token ? { 'x-forwarded-for': asker.headers['x-forwarded-for'] ?? '' } : asker.headers,
      })
      const told = await new Promise<string>(done => {
        socket.on('connect', () => done('ok'))
        socket.on('connect_error', error => done((error as { data?: { code: string } }).data?.code ?? error.message))
      })
      expect([asker.name, told]).toEqual([asker.name, asker.login === 'refused' ? 'AUTH_INVALID' : 'ok'])
      sockets.push({ asker, socket: told === 'ok' ? socket : null })
    }
  })

  it.each(Object.entries(EVENTS))('%s', async (event, rule) => {
    const { server, ledger, games, competition } = league
    const closed = await makeGame(server, PLACES[0] as Place, competition)
    await server.play(closed.id, { kind: 'edit', data: { chat: false } })
    const [before, chatBefore] = [ledger.state(), ledger.count('chat_messages')]
    const told: string[] = []
    const hoped: string[] = []
    let n = 0
    const ask = async (line: Line, payload: object, hope: string, where = '') => {
      if (!line.socket) return null
      cells += 1
      n += 1
      const answer = (await line.socket.timeout(20_000).emitWithAck(event, payload)) as {
        ok: boolean
        error?: { code: string }
        plays?: Play[]
      }
      told.push(`${line.asker.name} ${where} ${answer.ok ? 'ok' : answer.error?.code}`)
      hoped.push(`${line.asker.name} ${where} ${hope}`)
      return answer
    }
    for (const line of sockets) {
      const { asker } = line
      if (event === 'lobby:watch' || event === 'lobby:unwatch')
        for (const payload of [{}, { competitionId: competition }]) await ask(line, payload, 'ok')
      else if (event === 'time:sync') await ask(line, {}, 'ok')
      else {
        for (const place of PLACES) {
          // A writer may write five times at once: the games that are over are chatted about like those under way.
          if (event === 'chat:send' && place.standing !== 'live') continue
          const chat = event === 'chat:send' ? { id: `chat-${event.length}-${n}-aaaa`, text: 'Seen', name: asker.chatName } : {}
          const hasName = asker.login === 'session' || asker.login === 'token' || asker.chatName !== undefined
          const hope =
            event === 'game:unwatch'
              ? 'ok'
              : !sees(asker, place)
                ? 'UNKNOWN_GAME'
                : rule.need === 'a name' && !hasName
                  ? 'INVALID_PAYLOAD'
                  : 'ok'
          const answer = await ask(line, { gameId: named(games, place), ...chat }, hope, place.name)
          if (answer?.plays) {
            const known = answer.plays.filter(play => play.by !== undefined).length
            expect([asker.name, place.name, known]).toEqual([asker.name, place.name, seesWho(asker, place) ? answer.plays.length : 0])
          }
        }
        // Closed is closed, for who manages too.
        if (event === 'chat:send')
          await ask(
            line,
            { gameId: closed.id, id: `chat-closed-${n}`, text: 'Seen', name: asker.chatName ?? 'Lena' },
            'FORBIDDEN',
            'a closed chat',
          )
      }
    }
    expect(told).toEqual(hoped)
    if (event === 'chat:send') expect(ledger.count('chat_messages') - chatBefore).toBe(told.filter(line => line.endsWith(' ok')).length)
    else expect(ledger.state()).toBe(before)
  })
})

describe('S3 every role × what is not of one game', () => {
  it.each(Object.entries(ELSEWHERE))('%s', async (what, rule) => {
    const [route = '', on = ''] = what.split(' · ')
    const [method = '', address = ''] = route.split(' ')
    const isOneself = on === 'oneself'
    const who = isOneself ? league.askers.filter(asker => asker.login === 'session') : league.askers
    await tryAll(what, rule, null, who, tryOf(league, method, address, on))
  })
})
