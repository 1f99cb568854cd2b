import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoxTable } from '#domain/box.ts'
import { ERROR_STATUS } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import { BASE_KINDS, type Play } from '#domain/play.ts'
import type { ChatMessage } from '#domain/protocol.ts'
import { SPORTS } from '#domain/sports/index.ts'
import type { StandingsRow } from '#domain/standings.ts'
import { type Answer, type Recorded, type Server, startServer } from '#e2e/server.ts'
import { expectError } from './built.ts'

let server: Server
/** A token that may score and nothing else. */
let scoring = ''
beforeAll(async () => {
  server = await startServer()
  const made = await server.sideline('token', 'create', '--name', 'table', '--scope', 'score', '--json')
  scoring = (JSON.parse(made) as { token: string }).token
})
afterAll(() => server?.dispose())

type One = { game: Game }
type Many = { games: Game[]; cursor: string | null }
const read = <T = unknown>(path: string, headers?: Record<string, string>) => server.api<T>(path, undefined, { token: null, headers })
const send = <T = unknown>(path: string, body: unknown, token: string | null = server.token) => server.api<T>(path, body, { token })
const remove = (path: string, token: string | null = server.token) => server.api(path, undefined, { method: 'DELETE', token })

let made = 0
/** Teams of its own, unless the test gives some. */
const newGame = (more: object = {}) => {
  made += 1
  return { sport: 'basketball', home: { name: `Home ${made}` }, away: { name: `Away ${made}` }, startsAt: null, ...more }
}
async function competition(sport = 'basketball', standings?: object): Promise<string> {
  made += 1
  const answer = await send<{ competition: { id: string } }>('/api/v1/competitions', { name: `League ${made}`, sport, standings })
  expect(answer.status).toBe(201)
  return answer.body.competition.id
}
let ids = 0
const play = (kind: string, more: object = {}) => {
  ids += 1
  return { id: `http-${String(ids).padStart(6, '0')}`, kind, ...more }
}

describe('GET /sports', () => {
  it('tells of every sport its kinds with their schemas, actions, periods and rule packs', async () => {
    const { status, body } = await read<{ sports: Record<string, unknown>[] }>('/api/v1/sports')
    expect(status).toBe(200)
    expect(body.sports.map(sport => sport.id).sort()).toEqual(Object.keys(SPORTS).sort())
    for (const sport of body.sports) {
      const kinds = sport.kinds as { kind: string; label: string; data: { type: string } }[]
      expect(kinds.map(kind => kind.kind)).toEqual(expect.arrayContaining([...BASE_KINDS]))
      expect(kinds.length).toBeGreaterThan(BASE_KINDS.length)
      for (const kind of kinds)
        expect(kind).toMatchObject({ label: expect.any(String), data: { type: 'object', additionalProperties: false } })
      const packs = sport.packs as { actions: unknown[]; periods: unknown; from: string }[]
      for (const pack of packs) {
        expect(pack.actions.length).toBeGreaterThan(0)
        expect(pack.from).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        expect(pack).toHaveProperty('periods')
      }
    }
  })
})

describe('competitions', () => {
  it('are created once, by who manages', async () => {
    const wanted = { name: 'Harbour League', sport: 'basketball' }
    const first = await send('/api/v1/competitions', wanted)
    expect(first).toMatchObject({ status: 201, body: { competition: { id: expect.any(String), ...wanted } } })
    expect(await send('/api/v1/competitions', wanted)).toMatchObject({ status: 200, body: first.body as object })
    expectError(await send('/api/v1/competitions', { ...wanted, sport: 'soccer' }), 'CONFLICT', { path: 'name' })
    expectError(await send('/api/v1/competitions', { ...wanted, sport: 'quidditch' }), 'INVALID_PAYLOAD', { path: 'sport' })
    expectError(await send('/api/v1/competitions', { ...wanted, title: 'x' }), 'INVALID_PAYLOAD', { path: 'title' })
    expectError(await send('/api/v1/competitions', { sport: 'soccer' }), 'INVALID_PAYLOAD', { path: 'name' })
    expectError(await send('/api/v1/competitions', wanted, null), 'UNAUTHENTICATED')
    expectError(await send('/api/v1/competitions', wanted, 'sl_pat_wrong'), 'AUTH_INVALID')
    expectError(await send('/api/v1/competitions', wanted, scoring), 'FORBIDDEN')
  })

  it('have a table that says what put each row above the next', async () => {
    const competitionId = await competition('soccer', {
      points: { win: 3, draw: 1, loss: 0 },
      tieBreakers: ['difference', 'head-to-head'],
      deductions: [{ team: 'Gulls', points: 2, reason: 'Late kick-off' }],
    })
    // Hawks and Bears level on points: the difference tells. Bears and Foxes level on that too: their own game does.
    const results: [string, string, number, number][] = [
      ['Hawks', 'Gulls', 4, 0],
      ['Bears', 'Foxes', 2, 1],
      ['Foxes', 'Gulls', 2, 1],
      ['Gulls', 'Bears', 1, 0],
    ]
    for (const [home, away, goals, conceded] of results) {
      const game = await server.createGame({ ...newGame({ sport: 'soccer', competitionId }), home: { name: home }, away: { name: away } })
      const goal = (side: string) => () => play('goal', { side })
      await server.play(game.id, [
        ...Array.from({ length: goals }, goal('home')),
        ...Array.from({ length: conceded }, goal('away')),
        play('gameEnd'),
      ])
    }
    // Still under way: it counts for nobody.
    const underWay = await server.createGame({
      ...newGame({ sport: 'soccer', competitionId }),
      home: { name: 'Owls' },
      away: { name: 'Hawks' },
    })
    await server.play(underWay.id, play('goal', { side: 'home' }))

    const path = `/api/v1/competitions/${competitionId}/standings`
    const { status, body } = await read<{ rows: StandingsRow[] }>(path)
    expect(status).toBe(200)
    expect(body.rows.map(row => [row.position, row.team.name, row.played, row.points, row.for - row.against, row.decidedBy])).toEqual([
      [1, 'Hawks', 1, 3, 4, 'difference'],
      [2, 'Bears', 2, 3, 0, 'head-to-head'],
      [3, 'Foxes', 2, 3, 0, 'points'],
      [4, 'Gulls', 3, 1, -4, 'points'],
      [5, 'Owls', 0, 0, 0, null],
    ])
    expect(body.rows[3]).toMatchObject({ won: 1, drawn: 0, lost: 2, deduction: 2 })
    expectError(await read('/api/v1/competitions/none/standings'), 'NOT_FOUND')
  })
})

describe('POST /games', () => {
  it('answers 201 with the game as read', async () => {
    const competitionId = await competition()
    const startsAt = '2031-02-03T19:30:00+01:00'
    const answer = await send<One>('/api/v1/games', newGame({ startsAt, competitionId, venue: 'Old Hall', visibility: 'unlisted' }))
    expect(answer.status).toBe(201)
    const { game } = answer.body
    expect(Object.keys(game).sort()).toEqual(
      [
        ...[
          'id',
          'sport',
          'organisation',
          'competition',
          'season',
          'round',
          'home',
          'away',
          'venue',
          'neutral',
          'displayOrder',
          'startsAt',
        ],
        ...['timeZone', 'visibility', 'demo', 'rules', 'status', 'statusReason', 'statusUntil', 'official', 'underReview', 'epoch', 'seq'],
        ...['period', 'clock', 'score', 'linescore', 'winner', 'detail', 'updatedAt', 'chat', 'roster'],
      ].sort(),
    )
    expect(game).toMatchObject({
      sport: 'basketball',
      competition: { id: competitionId },
      venue: 'Old Hall',
      visibility: 'unlisted',
      startsAt: '2031-02-03T18:30:00.000Z',
      timeZone: 'UTC',
      status: 'scheduled',
      seq: 0,
      period: null,
      clock: null,
      score: { home: 0, away: 0 },
      linescore: { columns: [] },
      winner: null,
      updatedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
    })
    expect(await read<One>(`/api/v1/games/${game.id}`)).toMatchObject({ status: 200, body: { game } })
  })

  it('answers 200 with the first game for an externalId known already', async () => {
    const wanted = newGame({ externalId: 'feed/2031/7' })
    const first = await send<One>('/api/v1/games', wanted)
    expect(first.status).toBe(201)
    const again = await send<One>('/api/v1/games', { ...newGame(), externalId: 'feed/2031/7' })
    expect([again.status, again.body.game]).toEqual([200, first.body.game])
    const both = await Promise.all([1, 2, 3].map(() => send<One>('/api/v1/games', newGame({ externalId: 'feed/2031/8' }))))
    expect(both.map(answer => answer.status).sort()).toEqual([200, 200, 201])
    expect(new Set(both.map(answer => answer.body.game.id)).size).toBe(1)
    expectError(await send('/api/v1/games', newGame({ externalId: '' })), 'INVALID_PAYLOAD', { path: 'externalId' })
  })

  it('takes a side by name, by id and by its members; a name matches within the competition', async () => {
    const [league, cup] = [await competition(), await competition()]
    const create = async (more: object) => (await send<One>('/api/v1/games', newGame(more))).body.game
    const first = await create({ competitionId: league, home: { name: 'Harbour Hawks', color: '#0a0b0c', abbr: 'HHK' } })
    expect(first.home).toMatchObject({ name: 'Harbour Hawks', color: '#0a0b0c', abbr: 'HHK', kind: 'team' })
    const again = await create({ competitionId: league, away: { name: '  Harbour  Hawks ' } })
    expect(again.away.id).toBe(first.home.id)
    expect((await create({ competitionId: cup, home: { name: 'Harbour Hawks' } })).home.id).not.toBe(first.home.id)
    expect((await create({ home: { name: 'Harbour Hawks' } })).home.id).not.toBe(first.home.id)
    expect((await create({ competitionId: league, home: { id: first.home.id } })).home).toEqual(first.home)

    const pair = { members: [{ name: 'Ida Lind' }, { name: 'Mia Okafor' }] }
    const tennis = await create({ sport: 'tennis', home: { members: [{ name: 'Ada Cole' }] }, away: pair })
    expect(tennis.home).toMatchObject({ kind: 'person', name: 'Ada Cole', members: [{ id: expect.any(String), name: 'Ada Cole' }] })
    expect(tennis.away).toMatchObject({
      kind: 'pair',
      name: 'Ida Lind / Mia Okafor',
      members: [{ name: 'Ida Lind' }, { name: 'Mia Okafor' }],
    })
    expect((await create({ sport: 'tennis', home: pair })).home).toEqual(tennis.away)

    expectError(await send('/api/v1/games', newGame({ home: { id: 'nobody' } })), 'NOT_FOUND', { path: 'home.id' })
    const odd: [unknown, string][] = [
      [{}, 'home.name'],
      [{ name: '' }, 'home.name'],
      [{ name: 'x'.repeat(81) }, 'home.name'],
      [{ name: 'Hawks', color: 'red' }, 'home.color'],
      [{ name: 'Hawks', id: first.home.id }, 'home.name'],
      [{ name: 'Hawks', founded: 1901 }, 'home.founded'],
      [{ id: '' }, 'home.id'],
      [{ id: 7 }, 'home.id'],
      [{ members: [] }, 'home.members'],
      [{ members: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] }, 'home.members'],
      [{ members: [{ name: 'A' }, { nick: 'B' }] }, 'home.members.1.name'],
      ['Hawks', 'home'],
      [['Hawks'], 'home'],
      [null, 'home'],
    ]
    for (const [home, path] of odd) expectError(await send('/api/v1/games', newGame({ home })), 'INVALID_PAYLOAD', { path })
    expectError(await send('/api/v1/games', newGame({ home: { id: first.home.id }, away: { id: first.home.id } })), 'INVALID_PAYLOAD', {
      path: 'away',
    })
  })

  it('plays by the pack in force on its date, or the one asked for, with single rules over it', async () => {
    const rulesOf = async (more: object) => (await send<One>('/api/v1/games', newGame({ sport: 'soccer', ...more }))).body.game.rules
    const on = (date: string) => rulesOf({ startsAt: `${date}T15:00:00.000Z` })
    expect(await on('2022-06-30')).toMatchObject({ pack: 'ifab', version: '1995-96' })
    expect(await on('2022-07-01')).toMatchObject({ pack: 'ifab', version: '2022-23' })
    expect(await on('1850-01-01')).toMatchObject({ pack: 'ifab', version: '1897' })
    // The day is the one where the game is played, however its start was written.
    const at = async (startsAt: string, timeZone?: string) => (await rulesOf({ startsAt, timeZone })).version
    expect(await at('2022-07-01T00:30:00+02:00')).toBe('1995-96')
    expect(await at('2022-07-01T00:30:00+02:00', 'Europe/Berlin')).toBe('2022-23')
    expect(await at('2022-06-30T23:30:00-03:00')).toBe('2022-23')
    expect(await at('2022-06-30T23:30:00-03:00', 'America/Sao_Paulo')).toBe('1995-96')
    expect(await at('2022-06-30T22:30:00Z', 'Europe/Berlin')).toBe('2022-23')
    expect(await at('0850-01-01T00:00:00Z')).toBe('1897')
    expect(await rulesOf({})).toMatchObject({ pack: 'ifab', version: '2024-25', values: { halfMinutes: 45 } })
    expect(await rulesOf({ rules: { pack: 'youth' } })).toMatchObject({ pack: 'youth', values: { halfMinutes: 30 } })
    expect(await rulesOf({ rules: { pack: 'youth', values: { halfMinutes: 25 } } })).toMatchObject({
      pack: 'youth',
      values: { halfMinutes: 25 },
    })
    expect(await rulesOf({ rules: { version: '1970' } })).toMatchObject({ pack: 'ifab', version: '1970' })

    const refuse = async (rules: object, path: string) =>
      expectError(await send('/api/v1/games', newGame({ sport: 'soccer', rules })), 'INVALID_PAYLOAD', { path })
    await refuse({ pack: 'nosuch' }, 'rules.pack')
    await refuse({ pack: 'ifab', version: '1066' }, 'rules.version')
    await refuse({ values: { offside: false } }, 'rules.values.offside')
    await refuse({ values: { halfMinutes: 0 } }, 'rules.values.halfMinutes')
    await refuse({ values: { halfMinutes: '45' } }, 'rules.values.halfMinutes')
    await refuse({ values: { constructor: 1 } }, 'rules.values.constructor')
  })

  it('refuses what does not fit, by field', async () => {
    const competitionId = await competition('soccer')
    expectError(await send('/api/v1/games', newGame({ competitionId })), 'INVALID_PAYLOAD', { path: 'sport' })
    expectError(await send('/api/v1/games', newGame({ competitionId: 'none' })), 'NOT_FOUND', { path: 'competitionId' })
    for (const startsAt of [
      ...['tomorrow', '2031-02-30T10:00:00Z', '2031-02-03', 5, '2031-02-03T10:00:00', ''],
      // Moments that four digits of a year cannot name in UTC.
      ...['9999-12-31T23:59:59-14:00', '0000-06-01T00:00:00Z', '0001-01-01T00:00:00+14:00'],
    ])
      expectError(await send('/api/v1/games', newGame({ startsAt })), 'INVALID_PAYLOAD', { path: 'startsAt' })
    expectError(await send('/api/v1/games', newGame({ timeZone: 'Mars/Olympus' })), 'INVALID_PAYLOAD', { path: 'timeZone' })
    expectError(await send('/api/v1/games', newGame({ visibility: 'secret' })), 'INVALID_PAYLOAD', { path: 'visibility' })
    expectError(await send('/api/v1/games', newGame(), null), 'UNAUTHENTICATED')
    expectError(await send('/api/v1/games', newGame(), scoring), 'FORBIDDEN')
  })
})

describe('GET /games', () => {
  const list = (query: string, headers?: Record<string, string>) => read<Many>(`/api/v1/games?${query}`, headers)
  const ids = (answer: Answer<Many>) => answer.body.games.map(game => game.id)

  it('lists a day of a zone, be it 23, 24 or 25 hours long', async () => {
    const competitionId = await competition()
    const at = new Map<string, string>()
    const starts = [
      ...['2031-03-29T23:59:59.999Z', '2031-03-30T00:00:00.000Z', '2031-03-30T22:59:59.999Z', '2031-03-30T23:00:00.000Z'],
      ...['2031-10-25T22:59:59.999Z', '2031-10-25T23:00:00.000Z', '2031-10-26T23:59:59.999Z', '2031-10-27T00:00:00.000Z'],
    ]
    for (const startsAt of starts) at.set((await server.createGame(newGame({ competitionId, startsAt }))).id, startsAt)
    const day = async (date: string, tz?: string) =>
      ids(await list(`competition=${competitionId}&date=${date}${tz ? `&tz=${encodeURIComponent(tz)}` : ''}`)).map(id => at.get(id))
    // Clocks go forward, and back, in the night before.
    expect(await day('2031-03-30', 'Europe/Lisbon')).toEqual(['2031-03-30T00:00:00.000Z', '2031-03-30T22:59:59.999Z'])
    expect(await day('2031-03-31', 'Europe/Lisbon')).toEqual(['2031-03-30T23:00:00.000Z'])
    expect(await day('2031-10-26', 'Europe/Lisbon')).toEqual(['2031-10-25T23:00:00.000Z', '2031-10-26T23:59:59.999Z'])
    expect(await day('2031-10-26')).toEqual(['2031-10-26T23:59:59.999Z'])
    expect(await day('2031-03-30')).toEqual(starts.slice(1, 4))
    expect(await day('2031-03-30', 'Asia/Kolkata')).toEqual([starts[0], starts[1]])
    for (const date of ['2031-02-30', '2031-13-01', '31-1-1', 'today', '', '9999-12-31', '0000-01-01'])
      expectError(await list(`date=${date}`), 'INVALID_PAYLOAD', { path: 'date' })
    for (const tz of ['Nowhere', '', '%00']) expectError(await list(`date=2031-03-30&tz=${tz}`), 'INVALID_PAYLOAD', { path: 'tz' })
  })

  it('filters by status, where live includes break, by sport, team and competition', async () => {
    const competitionId = await competition()
    const game = async (...plays: object[]) => {
      const { id, home } = await server.createGame(newGame({ competitionId }))
      if (plays.length > 0) await server.play(id, plays as never)
      return { id, home: home.id }
    }
    const scheduled = await game()
    const live = await game(play('periodStart'))
    const inBreak = await game(play('periodStart'), play('periodEnd'))
    const suspended = await game(play('periodStart'), play('status', { data: { status: 'suspended', reason: 'Light' } }))
    const final = await game(play('2pt', { side: 'home' }), play('gameEnd'))
    const forfeited = await game(play('gameEnd', { data: { how: 'forfeit', winner: 'away' } }))
    const by = async (query: string) => new Set(ids(await list(`competition=${competitionId}&${query}`)))
    const set = (...games: { id: string }[]) => new Set(games.map(({ id }) => id))
    expect(await by('status=live')).toEqual(set(live, inBreak))
    expect(await by('status=break')).toEqual(set(inBreak))
    expect(await by('status=scheduled,final')).toEqual(set(scheduled, final))
    expect(await by('status=suspended,live,forfeited')).toEqual(set(suspended, live, inBreak, forfeited))
    expect(await by('')).toEqual(set(scheduled, live, inBreak, suspended, final, forfeited))
    expect(await by(`team=${live.home}`)).toEqual(set(live))
    expect(await by('sport=soccer')).toEqual(set())
    expect(await by('sport=basketball&status=final')).toEqual(set(final))
    expect(ids(await list('competition=none'))).toEqual([])
    for (const status of ['', 'live,', 'LIVE', 'playing'])
      expectError(await list(`status=${status}`), 'INVALID_PAYLOAD', { path: 'status' })
    for (const filter of ['competition', 'sport', 'team']) expectError(await list(`${filter}=`), 'INVALID_PAYLOAD', { path: filter })
    expectError(await list('limit=1&limit=2'), 'INVALID_PAYLOAD', { path: 'limit' })
    expectError(await list('sport=soccer&date=2031-02-03&date=2031-02-04'), 'INVALID_PAYLOAD', { path: 'date' })
  })

  it('pages by start, then id, through equal and unknown starts, and ends with null', async () => {
    const competitionId = await competition()
    const starts = ['2031-05-01T10:00:00Z', '2031-05-01T12:00:00Z', '2031-05-01T10:00:00Z', null, '2031-05-01T10:00:00Z', null, null]
    const games = await Promise.all(starts.map(startsAt => server.createGame(newGame({ competitionId, startsAt }))))
    const key = (game: Game) => `${game.startsAt ?? '9'} ${game.id}`
    const sorted = games.sort((a, b) => (key(a) < key(b) ? -1 : 1)).map(game => game.id)
    expect(ids(await list(`competition=${competitionId}`))).toEqual(sorted)
    for (const limit of [1, 2, 3, 7, 8, 500]) {
      const seen: string[] = []
      let cursor: string | null = ''
      let pages = 0
      while (cursor !== null) {
        const page: Answer<Many> = await list(
          `competition=${competitionId}&limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        )
        expect(page.status).toBe(200)
        seen.push(...ids(page))
        cursor = page.body.cursor
        pages += 1
      }
      expect(seen).toEqual(sorted)
      expect(pages).toBe(Math.ceil(sorted.length / limit))
    }
    for (const limit of ['0', '501', '-1', '1.5', 'x', '', '1e2', '٣'])
      expectError(await list(`limit=${limit}`), 'INVALID_PAYLOAD', { path: 'limit' })
    for (const cursor of ['x', 'bnVsbA', '%00', '']) expectError(await list(`cursor=${cursor}`), 'INVALID_PAYLOAD', { path: 'cursor' })
  })

  it('shows neither unlisted nor private games to the public', async () => {
    const competitionId = await competition()
    const [open, unlisted, hidden] = await Promise.all(
      ['public', 'unlisted', 'private'].map(visibility => server.createGame(newGame({ competitionId, visibility }))),
    )
    expect(ids(await list(`competition=${competitionId}`))).toEqual([open?.id])
    expect((await read(`/api/v1/games/${unlisted?.id}`)).status).toBe(200)
    expectError(await read(`/api/v1/games/${hidden?.id}`), 'UNKNOWN_GAME')
    expect((await server.api(`/api/v1/games/${hidden?.id}`)).status).toBe(200)
  })
})

describe('reading a game', () => {
  it('has a strong ETag that changes with any byte', async () => {
    const game = await server.createGame(newGame())
    const path = `/api/v1/games/${game.id}`
    const first = await read(path)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{16,}"$/)
    expect((await read(path)).headers.get('etag')).toBe(etag)
    for (const given of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
      const answer = await read(path, { 'if-none-match': given })
      expect([answer.status, answer.body, answer.headers.get('etag')]).toEqual([304, '', etag])
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    }
    expect((await read(path, { 'if-none-match': '"another"' })).status).toBe(200)
    const tags = new Set([etag])
    for (const change of [
      play('note', { data: { text: 'Doors open' } }),
      play('edit', { data: { venue: 'Old Hall' } }),
      play('2pt', { side: 'home' }),
    ]) {
      await server.play(game.id, change)
      const answer = await read(path, { 'if-none-match': etag })
      expect(answer.status).toBe(200)
      tags.add(answer.headers.get('etag') ?? '')
    }
    expect(tags.size).toBe(4)
    const list = `/api/v1/games/${game.id}/plays`
    const plays = (await read(list)).headers.get('etag') ?? ''
    expect((await read(list, { 'if-none-match': plays })).status).toBe(304)
  })

  it('as of any play equals what it was then, corrections and all', async () => {
    const game = await server.createGame(newGame())
    const three = play('3pt', { side: 'home' })
    const steps = [
      play('periodStart'),
      three,
      play('2pt', { side: 'away' }),
      play('periodEnd'),
      play('2pt', { side: 'home', replaces: three.id }),
      play('2pt', { side: 'away', before: 3, period: 1 }),
      play('periodStart'),
      play('void', { voids: 5 }),
      play('ft', { side: 'away' }),
      play('void', { voids: 4 }),
      play('void', { voids: 10 }),
      play('edit', { data: { venue: 'Old Hall' } }),
      play('gameEnd'),
      play('void', { voids: 13 }),
    ]
    const then: Game[] = [game]
    for (const step of steps) then.push((await server.play(game.id, step)).game)
    for (const [seq, was] of then.entries()) {
      const { body } = await read<One>(`/api/v1/games/${game.id}?seq=${seq}`)
      const { updatedAt: _now, ...state } = body.game
      const { updatedAt: _then, ...expected } = was
      expect(state, `as of ${seq}`).toEqual(expected)
    }
    expect((await read<One>(`/api/v1/games/${game.id}?seq=0`)).body.game.updatedAt).toBe(game.updatedAt)
    expectError(await read(`/api/v1/games/${game.id}?seq=${steps.length + 1}`), 'NOT_FOUND', { path: 'seq' })
    for (const seq of ['-1', 'x', '1.5', ''])
      expectError(await read(`/api/v1/games/${game.id}?seq=${seq}`), 'INVALID_PAYLOAD', { path: 'seq' })
    expectError(await read('/api/v1/games/none'), 'UNKNOWN_GAME')
  })

  it('as of a play has nobody on its roster whom only a later one names', async () => {
    const pair = { members: [{ name: 'Ida Lind' }, { name: 'Mia Okafor' }] }
    const game = await server.createGame(newGame({ home: pair }))
    const by = (player: string, side = 'away') => play('2pt', { side, player })
    const steps = [by('Zoe'), by('Ann'), by('Zoe'), by('Mia Okafor', 'home'), play('void', { voids: 2 }), [by('Eve'), by('Bea')]]
    const then = [game]
    for (const step of steps) {
      const { game: now, seq } = await server.play(game.id, step)
      then[seq] = now
    }
    for (const [seq, was] of then.entries()) {
      if (was) expect((await read<One>(`/api/v1/games/${game.id}?seq=${seq}`)).body.game.roster, `as of ${seq}`).toEqual(was.roster)
    }
    const names = (seq: number) => then[seq]?.roster.map(({ name }) => name)
    expect([names(0), names(1), names(4), names(7)]).toEqual([
      [],
      ['Zoe'],
      ['Ann', 'Mia Okafor', 'Zoe'],
      ['Ann', 'Bea', 'Eve', 'Mia Okafor', 'Zoe'],
    ])
    // The same order wherever the game is read, and after a restart.
    const listed = await server.api<Many>(`/api/v1/games?team=${game.home.id}`)
    expect(listed.body.games.find(({ id }) => id === game.id)?.roster).toEqual(then.at(-1)?.roster)
  })

  it('gives the box score, with an ETag like every read', async () => {
    const game = await server.createGame(newGame())
    const path = `/api/v1/games/${game.id}/box`
    expect((await read(path)).body).toEqual({ epoch: game.epoch, seq: 0, tables: expect.any(Array) })
    await server.play(game.id, play('2pt', { side: 'home', player: 'Osei', data: { assist: { name: 'Ito' } } }))
    const first = await read<{ seq: number; tables: BoxTable[] }>(path)
    expect(first.body.seq).toBe(1)
    const { roster } = (await read<One>(`/api/v1/games/${game.id}`)).body.game
    const people = first.body.tables.flatMap(({ rows }) => rows.flatMap(({ playerId }) => playerId ?? []))
    expect(new Set(people)).toEqual(new Set(roster.map(({ id }) => id)))
    const etag = first.headers.get('etag') ?? ''
    expect((await read(path, { 'if-none-match': etag })).status).toBe(304)
    await server.play(game.id, play('2pt', { side: 'away' }))
    expect((await read(path, { 'if-none-match': etag })).status).toBe(200)
    expectError(await read('/api/v1/games/none/box'), 'UNKNOWN_GAME')
  })

  it('gives the log from any play on', async () => {
    const game = await server.createGame(newGame())
    await server.play(
      game.id,
      Array.from({ length: 12 }, () => play('2pt', { side: 'home' })),
    )
    type Log = { plays: Play[]; epoch: string; seq: number }
    const log = (query: string) => read<Log>(`/api/v1/games/${game.id}/plays${query}`)
    const seqs = (answer: Answer<Log>) => answer.body.plays.map(entry => entry.seq)
    const all = await log('')
    expect(all).toMatchObject({ status: 200, body: { epoch: game.epoch, seq: 12 } })
    expect(seqs(all)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(all.body.plays[0]).toEqual({
      seq: 1,
      id: expect.any(String),
      kind: '2pt',
      side: 'home',
      order: expect.any(String),
      at: expect.stringMatching(/Z$/),
      text: expect.any(String),
    })
    expect(seqs(await log('?after=9'))).toEqual([10, 11, 12])
    expect(seqs(await log('?after=2&limit=3'))).toEqual([3, 4, 5])
    expect(await log('?after=12')).toMatchObject({ status: 200, body: { plays: [], seq: 12 } })
    for (const query of ['after=-1', 'after=x', 'limit=0', 'limit=1001']) {
      expectError(await log(`?${query}`), 'INVALID_PAYLOAD', { path: query.split('=')[0] })
    }
  })
})

describe('POST /games/:id/plays', () => {
  const record = <T = Recorded>(gameId: string, body: unknown, token: string | null = server.token) =>
    send<T>(`/api/v1/games/${gameId}/plays`, body, token)

  it('answers 201 for what is new and 200 for what is known', async () => {
    const game = await server.createGame(newGame())
    const three = play('3pt', { side: 'home' })
    const first = await record(game.id, three)
    expect(first).toMatchObject({
      status: 201,
      body: { seq: 1, epoch: game.epoch, game: { score: { home: 3, away: 0 } }, plays: [{ seq: 1, id: three.id, by: expect.any(String) }] },
    })
    expect(Object.keys(first.body).sort()).toEqual(['epoch', 'game', 'plays', 'seq'])
    const more = [play('2pt', { side: 'away' }), three]
    expect(await record(game.id, more)).toMatchObject({ status: 201, body: { seq: 2, plays: [{ seq: 2 }, { seq: 1 }] } })
    expect(await record(game.id, more)).toMatchObject({ status: 200, body: { seq: 2, game: { score: { home: 3, away: 2 } } } })
    expect(await record(game.id, { ...three, expectedSeq: 9, agoMs: 5, epoch: 'other' })).toMatchObject({ status: 200, body: { seq: 1 } })
  })

  it('answers 409 with the game as it stands', async () => {
    const game = await server.createGame(newGame())
    const three = play('3pt', { side: 'home' })
    await server.play(game.id, three)
    const now = { game: { id: game.id, seq: 1, score: { home: 3, away: 0 } } }
    for (const expectedSeq of [0, 2]) {
      const answer = await record(game.id, play('2pt', { side: 'home', expectedSeq }))
      expectError(answer, 'CONFLICT')
      expect(answer.body).toMatchObject(now)
    }
    expectError(await record(game.id, play('2pt', { side: 'home', epoch: 'another' })), 'CONFLICT')
    const other = await record(game.id, { ...three, kind: '2pt' })
    expectError(other, 'IDEMPOTENCY_MISMATCH', { path: 'id' })
    expect(other.body).toMatchObject(now)
    expectError(await record(game.id, [play('ft', { side: 'home' }), { ...three, side: 'away' }]), 'IDEMPOTENCY_MISMATCH', { index: 1 })
    // Read on the first of an array only.
    const [first, second] = [play('ft', { side: 'home', expectedSeq: 1 }), play('ft', { side: 'home', expectedSeq: 77 })]
    expect((await record(game.id, [first, second])).status).toBe(201)
  })

  it('names the field, and the play of an array', async () => {
    const game = await server.createGame(newGame())
    const refuse = async (body: unknown, more: object) => expectError(await record(game.id, body), 'INVALID_PAYLOAD', more)
    await refuse({ kind: '2pt', side: 'home' }, { path: 'id' })
    for (const id of ['short', 'has spaces', 'ünïcode-id', 'x'.repeat(65), 12345678])
      await refuse({ id, kind: '2pt', side: 'home' }, { path: 'id' })
    await refuse(play('4pt', { side: 'home' }), { path: 'kind' })
    await refuse(play('2pt'), { path: 'side' })
    await refuse(play('2pt', { side: 'both' }), { path: 'side' })
    await refuse(play('2pt', { side: 'home', points: 2 }), { path: 'points' })
    await refuse(play('2pt', { side: 'home', period: 3 }), { path: 'period' })
    await refuse(play('2pt', { side: 'home', worth: 2 }), { path: 'worth' })
    await refuse(play('void'), { path: 'voids' })
    await refuse(play('void', { voids: 99 }), { path: 'voids' })
    await refuse(play('2pt', { side: 'home', before: 'no-such-play' }), { path: 'before' })
    await refuse(play('note', { data: { text: 'x', words: 'x' } }), { path: 'data.words' })
    await refuse([play('2pt', { side: 'home' }), play('2pt')], { path: 'side', index: 1 })
    await refuse([play('2pt', { side: 'home' }), play('2pt', { side: 'home' }), 'play'], { index: 2 })
    await refuse([], {})
    let deep: unknown = 1
    for (let i = 0; i < 8; i++) deep = { deep }
    await refuse([play('2pt', { side: 'home' }), play('note', { data: deep })], { index: 1 })
    const evil = JSON.parse('{"__proto__":{"isAdmin":true}}') as object
    await refuse([play('2pt', { side: 'home' }), { ...play('note'), data: evil }], { path: '__proto__', index: 1 })
    const one = await record(game.id, play('note', { data: deep }))
    expectError(one as Answer<unknown>, 'INVALID_PAYLOAD')
    expect(one.body).not.toHaveProperty('error.index')
    const twice = play('2pt', { side: 'home' })
    await refuse([twice, twice], { path: 'id', index: 1 })
    await refuse(
      Array.from({ length: 501 }, () => play('ft', { side: 'home' })),
      {},
    )
    for (const body of ['play', 7, true, null]) await refuse(body, {})
    expect(
      (
        await record(
          game.id,
          Array.from({ length: 500 }, () => play('ft', { side: 'home' })),
        )
      ).status,
    ).toBe(201)
    expect((await read<One>(`/api/v1/games/${game.id}`)).body.game).toMatchObject({ seq: 500, score: { home: 500, away: 0 } })
  })

  it('asks who it is, and what they may', async () => {
    const game = await server.createGame(newGame())
    const two = () => play('2pt', { side: 'home' })
    expectError(await record(game.id, two(), null), 'UNAUTHENTICATED')
    expectError(await record(game.id, two(), 'sl_pat_wrong'), 'AUTH_INVALID')
    expectError(await record('none', two()), 'UNKNOWN_GAME')
    const elsewhere = JSON.parse(await server.sideline('token', 'create', '--name', 'manager', '--scope', 'manage', '--json')) as {
      token: string
    }
    expectError(await record(game.id, two(), elsewhere.token), 'FORBIDDEN')
    expect((await record(game.id, two(), scoring)).status).toBe(201)
  })

  it('takes a play after the end where the clock ended the game, with a warning, and refuses it elsewhere', async () => {
    const clocked = await server.createGame(newGame())
    await server.play(clocked.id, [play('2pt', { side: 'home' }), play('gameEnd')])
    expect(await record(clocked.id, play('2pt', { side: 'away' }))).toMatchObject({
      status: 201,
      body: { plays: [{ warnings: ['after-end'] }] },
    })
    const tennis = await server.createGame(newGame({ sport: 'tennis' }))
    await server.play(
      tennis.id,
      Array.from({ length: 48 }, () => play('point', { side: 'home' })),
    )
    const over = await record(tennis.id, play('point', { side: 'away' }))
    expectError(over, 'INVALID_PAYLOAD')
  })
})

describe('DELETE /games/:id', () => {
  it('[R1] is for who manages, and leaves 410 to everybody', async () => {
    const game = await server.createGame(newGame())
    const path = `/api/v1/games/${game.id}`
    expectError(await remove(path, null), 'UNAUTHENTICATED')
    expectError(await remove(path, scoring), 'FORBIDDEN')
    expect(await remove(path)).toMatchObject({ status: 200, body: { ok: true } })
    for (const gone of [path, `${path}?seq=0`, `${path}/plays`, `${path}/chat`, `${path}/stream`]) expectError(await read(gone), 'GONE')
    expectError(await send(`${path}/plays`, play('2pt', { side: 'home' })), 'GONE')
    expectError(await remove(path), 'GONE')
    expectError(await remove('/api/v1/games/none'), 'UNKNOWN_GAME')
    const listed = await server.api<Many>('/api/v1/games?limit=500')
    expect(listed.body.games.map(other => other.id)).not.toContain(game.id)
  })
})

describe('chat', () => {
  it('is read by pages, oldest first, and moderated', async () => {
    const game = await server.createGame(newGame())
    const socket = io(server.url, { transports: ['websocket'], forceNew: true })
    for (let i = 1; i <= 4; i++)
      expect(
        await socket.emitWithAck('chat:send', { gameId: game.id, id: `message-${i}`, text: `Number ${i}`, name: 'Lena' }),
      ).toMatchObject({ ok: true })
    socket.disconnect()
    const path = `/api/v1/games/${game.id}/chat`
    const history = async (query = '') => (await read<{ messages: ChatMessage[] }>(`${path}${query}`)).body.messages
    const all = await history()
    expect(all).toMatchObject([1, 2, 3, 4].map(n => ({ id: `message-${n}`, n, name: 'Lena', guest: true, text: `Number ${n}` })))
    expect(Object.keys(all[0] ?? {}).sort()).toEqual(['at', 'guest', 'id', 'n', 'name', 'text'])
    expect((await history('?limit=2')).map(message => message.n)).toEqual([3, 4])
    expect((await history('?before=3&limit=1')).map(message => message.n)).toEqual([2])
    expect(await history('?before=1')).toEqual([])
    for (const query of ['limit=0', 'limit=201', 'before=0', 'before=x'])
      expectError(await read(`${path}?${query}`), 'INVALID_PAYLOAD', { path: query.split('=')[0] })

    expectError(await remove(`${path}/message-2`, null), 'UNAUTHENTICATED')
    expectError(await remove(`${path}/message-2`, scoring), 'FORBIDDEN')
    expect(await remove(`${path}/message-2`)).toMatchObject({ status: 200, body: { ok: true } })
    expectError(await remove(`${path}/message-2`), 'NOT_FOUND')
    expect((await history()).map(message => message.n)).toEqual([1, 3, 4])
    expectError(await read('/api/v1/games/none/chat'), 'UNKNOWN_GAME')
  })
})

describe('announcements', () => {
  it('are made by who manages, hold until their time, and can be taken back', async () => {
    const path = '/api/v1/announcements'
    const until = new Date(Date.now() + 60_000).toISOString()
    expectError(await send(path, { text: 'No play today' }, null), 'UNAUTHENTICATED')
    expectError(await send(path, { text: 'No play today' }, scoring), 'FORBIDDEN')
    expectError(await send(path, { text: '' }), 'INVALID_PAYLOAD', { path: 'text' })
    expectError(await send(path, { text: 'x', until: 'later' }), 'INVALID_PAYLOAD', { path: 'until' })
    const answer = await send<{ announcement: { id: string } }>(path, { text: 'No play today', until })
    expect(answer).toMatchObject({ status: 201, body: { announcement: { text: 'No play today', until } } })
    await send(path, { text: 'Over already', until: '2001-01-01T00:00:00Z' })
    const current = async () => (await read<{ announcements: { text: string }[] }>(path)).body.announcements.map(entry => entry.text)
    expect(await current()).toEqual(['No play today'])
    expect((await remove(`${path}/${answer.body.announcement.id}`)).status).toBe(200)
    expect(await current()).toEqual([])
    expectError(await remove(`${path}/${answer.body.announcement.id}`), 'NOT_FOUND')
  })
})

describe('every public read', () => {
  it('may be asked by any page and is asked again each time; headers alone and preflights are answered', async () => {
    const competitionId = await competition()
    const game = await server.createGame(newGame({ competitionId }))
    const paths = [
      '/api/v1/sports',
      '/api/v1/competitions',
      `/api/v1/competitions/${competitionId}/standings`,
      '/api/v1/games',
      `/api/v1/games/${game.id}`,
      `/api/v1/games/${game.id}/plays`,
      `/api/v1/games/${game.id}/chat`,
      '/api/v1/announcements',
      '/api/openapi.json',
    ]
    const told = (headers: Headers) =>
      ['access-control-allow-origin', 'cache-control', 'etag', 'content-type'].map(name => headers.get(name))
    for (const path of paths) {
      const answer = await read(path, { origin: 'https://elsewhere.example' })
      expect(answer.status, path).toBe(200)
      expect(told(answer.headers), path).toEqual(['*', 'no-cache', expect.stringMatching(/^"/), 'application/json; charset=utf-8'])
      const head = await server.api(path, undefined, { method: 'HEAD', token: null })
      expect([head.status, head.body], path).toEqual([200, ''])
      expect(told(head.headers), path).toEqual(told(answer.headers))
      const preflight = await server.api(path, undefined, {
        method: 'OPTIONS',
        token: null,
        headers: { 'access-control-request-method': 'GET' },
      })
      expect(preflight.status, path).toBe(204)
      expect(preflight.headers.get('access-control-allow-origin'), path).toBe('*')
      expect(preflight.headers.get('access-control-allow-methods'), path).not.toMatch(/POST|DELETE|PATCH/)
    }
    const missing = await read('/api/v1/games/none', { origin: 'https://elsewhere.example' })
    expect(missing.headers.get('access-control-allow-origin')).toBe('*')
    // What a sign-in gave is nobody else's, and kept by no cache.
    const written = await send('/api/v1/competitions', { name: 'Harbour League', sport: 'basketball' })
    expect([written.headers.get('access-control-allow-origin'), written.headers.get('cache-control')]).toEqual([null, 'no-store'])
  })
})

describe('an address that is not there', () => {
  it('answers with an error a program can read', async () => {
    for (const path of [
      '/api/v1/none',
      '/api/none',
      '/api',
      '/api/v2/games',
      '/api/v1/games/x/none',
      '/api/v1/games/x/chat/y/z',
      '/api/v1',
    ]) {
      expectError(await read(path), 'NOT_FOUND')
      expectError(await send(path, { some: 'thing' }), 'NOT_FOUND')
      expectError(await remove(path), 'NOT_FOUND')
    }
  })
})

describe('a method that an address does not have', () => {
  it('is 405 with the methods it has, and an error a program can read', async () => {
    const { body } = await read<{ paths: Record<string, object> }>('/api/openapi.json')
    const addresses = Object.entries(body.paths).map(([path, operations]): [string, string[]] => [
      `/api/v1${path.replaceAll(/\{\w+\}/g, 'some-id')}`,
      Object.keys(operations).map(method => method.toUpperCase()),
    ])
    addresses.push(['/api/openapi.json', ['GET']], ['/api/auth/sign-in/email', ['GET', 'POST']])
    expect(addresses.length).toBeGreaterThan(20)
    for (const [path, methods] of addresses) {
      const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ')
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
        if (allowed.split(', ').includes(method)) continue
        const answer = await server.api(path, undefined, { method })
        expect([answer.status, answer.headers.get('allow')], `${method} ${path}`).toEqual([405, allowed])
        const error = { code: 'NOT_FOUND', message: `This address has no ${method}.` }
        expect(answer.body, `${method} ${path}`).toEqual(method === 'HEAD' ? '' : { error })
      }
    }
    expectError(await server.api('/api/v1/none', undefined, { method: 'PROPFIND' }), 'NOT_FOUND')
    expectError(await server.api('/api/v1/games%2fnone', undefined, { method: 'PUT' }), 'NOT_FOUND')
  })
})

describe('GET /api/openapi.json', () => {
  const ROUTES = fileURLToPath(new URL('../../app/api/v1/', import.meta.url))
  const METHODS = /^export const (GET|POST|PUT|PATCH|DELETE)\b/gm

  it('describes every route there is and no other, and every error code', async () => {
    type Document = { openapi: string; paths: Record<string, object>; components: { schemas: Record<string, unknown> } }
    const { body } = await read<Document>('/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const there = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('route.ts'))
      .flatMap(file => {
        const path = `/${file.replace(/\/route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}')}`
        return [...readFileSync(`${ROUTES}${file}`, 'utf8').matchAll(METHODS)].map(([, method]) => `${method} ${path}`)
      })
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(described.sort()).toEqual(there.sort())
    expect(body.components.schemas.Error).toMatchObject({
      properties: { error: { properties: { code: { enum: Object.keys(ERROR_STATUS) } } } },
    })
    // Every reference leads somewhere, and every placeholder of a path is described.
    const whole = JSON.stringify(body)
    for (const [, name = ''] of whole.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(body.components.schemas, name).toHaveProperty(name)
    for (const [path, methods] of Object.entries(body.paths)) {
      for (const method of Object.values(methods) as { parameters?: { name: string; in: string }[] }[]) {
        const named = (method.parameters ?? []).filter(parameter => parameter.in === 'path').map(parameter => parameter.name)
        expect(named.sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort())
      }
    }
  })
})
