import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { AnyRecord } from '#scripts/replay/adapters.ts'
import type { GameLine } from '#scripts/replay/play-game.ts'
import { type Server, startServer } from '../../e2e/server.ts'
import { inventedRecords, type RecordFile, toldBy } from './records.ts'
import { type Replayed, replay } from './replaying.ts'

const FILES = inventedRecords()
const PATHS = FILES.map(({ path }) => path)
const RECORDS = new Map(FILES.flatMap(({ games }) => games).map(record => [record.id, record]))

let server: Server
let scratch: string
/** All of them, played once. */
let first: Replayed
beforeAll(async () => {
  server = await startServer()
  scratch = mkdtempSync(join(tmpdir(), 'sideline-replay-'))
  first = await replay([...PATHS, ...at(), '--json'])
}, 300_000)
afterAll(async () => {
  await server?.dispose()
  rmSync(scratch, { recursive: true, force: true })
})

const at = (to = server) => ['--url', to.url, '--token', to.token]
/** The final as the record tells it, read without its adapter. */
function finalOf(record: AnyRecord): [number | undefined, number | undefined] {
  const { home, away, sets, gamesWon, homeMatches, awayMatches } = toldBy(record)
  const won = (side: 0 | 1) => sets?.filter(set => set[side] > set[(1 - side) as 0 | 1]).length
  if (gamesWon) return gamesWon
  return sets ? [won(0), won(1)] : [home ?? homeMatches, away ?? awayMatches]
}

async function read(lines: readonly GameLine[]): Promise<Map<string, Game>> {
  const games = new Map<string, Game>()
  for (const { id, gameId } of lines) games.set(id, (await server.api<{ game: Game }>(`/api/v1/games/${gameId}`)).body.game)
  return games
}

/** One file of records, changed. */
function write(name: string, file: RecordFile, change: (record: AnyRecord) => AnyRecord): string {
  const path = join(scratch, name)
  writeFileSync(path, JSON.stringify({ sport: file.sport, games: file.games.map(change) }))
  return path
}

describe('recorded games played into a running server', { timeout: 300_000 }, () => {
  it('end as they were recorded, and a second replay changes nothing', async () => {
    expect(first.lines.filter(line => !line.ok)).toEqual([])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.lines.map(({ id }) => id).sort()).toEqual([...RECORDS.keys()].sort())

    const games = await read(first.lines)
    for (const [id, record] of RECORDS) {
      const { score, winner } = games.get(id) as Game
      expect([score.home, score.away], id).toEqual(finalOf(record))
      const told = toldBy(record).winner
      if (told !== undefined) expect(winner, id).toBe(told === 'tie' ? 'draw' : told)
    }

    const second = await replay([...PATHS, ...at()])
    expect(second.code).toBe(0)
    expect(second.stderr).toContain(`${RECORDS.size} of ${RECORDS.size} games hold, 0 differ.`)
    const byId = (lines: readonly GameLine[]) => [...lines].sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(byId(second.lines)).toEqual(byId(first.lines))
    expect(await read(first.lines)).toEqual(games)
  })

  it('say of each what the result had to give', async () => {
    const { lines } = first
    const given = (id: string) => lines.find(line => line.id === id)?.given
    expect(given('bb-overtime')).toEqual([])
    expect(given('sc-kicks')).toEqual([])
    expect(given('sc-tally-alone')).toEqual(['shoot-out 5–4: no kicks recorded'])
    expect(given('tn-retired')).toEqual(['retired, away won'])
    expect(given('bs-called')).toEqual(['called before the rules ended it'])
    const line = lines.find(({ id }) => id === 'tn-retired') as GameLine
    const { plays } = (await server.api<{ plays: { kind: string; data?: object }[] }>(`/api/v1/games/${line.gameId}/plays`)).body
    expect(plays.filter(play => play.data && 'fromResult' in play.data).map(({ kind }) => kind)).toEqual(['gameEnd'])
  })

  it('give the same games without their results, what was given apart', async () => {
    const whole = await read(first.lines)
    const bare = FILES.map(file => write(`bare-${file.sport}.json`, file, ({ expected: _, ...record }) => record))
    const { code, lines } = await replay([...bare, ...at(), '--json'])
    expect([code, lines.length]).toEqual([0, RECORDS.size])
    expect(new Set(lines.map(({ why }) => why))).toEqual(new Set(['the record has no result to compare with']))
    expect(lines.flatMap(({ given }) => given)).toEqual([])
    for (const [id, game] of await read(lines)) {
      const { score, linescore } = whole.get(id) as Game
      // A walkover or a postponement is all that such a game has; the scores are those of the plays either way.
      expect(game.score, id).toEqual(score)
      const isBrokenOff = /retired|walkover|postponed|live|abandoned/.test(id)
      if (!isBrokenOff) expect(game.linescore, id).toEqual(linescore)
    }
  })

  it('are told apart when one differs, and the replay fails', async () => {
    const soccer = FILES.find(({ sport }) => sport === 'soccer') as RecordFile
    const path = write('wrong.json', soccer, record =>
      record.id === 'sc-everything' ? { ...record, expected: { ...toldBy(record), home: 4, winner: 'away' } } : record,
    )
    const { code, lines, stderr } = await replay([path, ...at(), '--only', 'sc-everything', '--only', 'sc-goalless'])
    expect(code).toBe(1)
    expect(lines.find(({ id }) => id === 'sc-goalless')?.ok).toBe(true)
    expect(lines.find(({ id }) => id === 'sc-everything')).toMatchObject({
      ok: false,
      diff: ['score: recorded {"home":4,"away":2}, read {"home":3,"away":2}', 'winner: recorded "away", read "home"'],
    })
    expect(stderr).toContain('1 of 2 games hold, 1 differ.')
  })

  it('are games of their own where the record has changed', async () => {
    const basketball = FILES.find(({ sport }) => sport === 'basketball') as RecordFile
    const only = ['--only', 'bb-regulation', '--json']
    const path = write('changed.json', basketball, record => ({ ...record, events: [] }))
    const [before, changed] = [await replay([basketball.path, ...at(), ...only]), await replay([path, ...at(), ...only])]
    expect(changed.code).toBe(1)
    expect(changed.lines[0]?.gameId).not.toBe(before.lines[0]?.gameId)
    expect((await replay([basketball.path, ...at(), ...only])).lines).toEqual(before.lines)
  })

  it('of a folder are those of its files, and a record that is none keeps no other from being replayed', async () => {
    const soccer = FILES.find(({ sport }) => sport === 'soccer') as RecordFile
    const basketball = FILES.find(({ sport }) => sport === 'basketball') as RecordFile
    const folder = join(scratch, 'folder')
    mkdirSync(folder)
    write('folder/one.json', soccer, record => (record.id === 'sc-goalless' ? { ...record, events: null } : record))
    write('folder/two.json', basketball, ({ expected: _, ...record }) => record)
    writeFileSync(join(folder, 'notes.txt'), 'no games')
    const { code, lines, stderr } = await replay([folder, ...at()])
    expect(code).toBe(1)
    expect(lines).toHaveLength(soccer.games.length + basketball.games.length)
    expect(lines.filter(({ ok }) => !ok)).toMatchObject([
      { id: 'sc-goalless', gameId: null, diff: [expect.stringContaining('the record cannot be read')] },
    ])
    const [held, bare] = [soccer.games.length - 1, basketball.games.length]
    expect(stderr).toContain(`one.json: ${held} of ${soccer.games.length} games hold, 1 differ.`)
    expect(stderr).toContain(`two.json: 0 of ${bare} games hold, 0 differ, ${bare} without a result to compare with.`)
    expect(stderr).toMatch(/one\.json, sc-goalless: the record cannot be read/)
    expect(stderr.trim().split('\n').at(-1)).toContain(`${held} of ${held + 1 + bare} games hold, 1 differ, ${bare} without a result`)
  })

  it('of a table make one competition, however often it is played', async () => {
    const path = join(scratch, 'tables.json')
    const table = {
      id: 'hollow-lane',
      competition: 'Hollow Lane League',
      rule: { win: 3, draw: 1, loss: 0, tieBreakers: ['points', 'goalDifference'] },
      deductions: { Bears: 1 },
      results: [
        ['2031-08-05', 'Hawks', 'Bears', 1, 2, [1, 0]],
        ['2031-08-12', 'Bears', 'Gulls', 0, 0],
        ['2031-08-19', 'Gulls', 'Hawks', null, null],
      ],
      expectedTable: [
        { pos: 1, team: 'Bears', p: 2, w: 1, d: 1, l: 0, gf: 2, ga: 1, pts: 3, deduction: 1 },
        { pos: 2, team: 'Gulls', p: 1, w: 0, d: 1, l: 0, gf: 0, ga: 0, pts: 1 },
        { pos: 3, team: 'Hawks', p: 1, w: 0, d: 0, l: 1, gf: 1, ga: 2, pts: 0 },
      ],
    }
    const play = (change: object = {}) => {
      writeFileSync(path, JSON.stringify({ sport: 'standings', games: [{ ...table, ...change }] }))
      return replay([path, ...at(), '--json'])
    }
    const [first, second] = [await play(), await play()]
    expect(first).toMatchObject({ code: 0, lines: [{ id: 'hollow-lane', ok: true, gameId: null, games: 3 }] })
    expect(second.lines).toEqual(first.lines)
    const [leaders, ...others] = table.expectedTable
    const wrong = await play({ expectedTable: [{ ...leaders, pts: 4 }, ...others] })
    expect(wrong).toMatchObject({ code: 1, lines: [{ ok: false, diff: ['Bears, points: recorded 4, read 3'] }] })
  })

  it('come in real time, faster if asked', async () => {
    const basketball = FILES.find(({ sport }) => sport === 'basketball') as RecordFile
    // Forty minutes and three pauses in a little over two seconds.
    const path = write('paced.json', basketball, record => ({ ...record, home: 'Paced Herons' }))
    const began = performance.now()
    const { code, lines } = await replay([path, ...at(), '--only', 'bb-regulation', '--speed', '1200'])
    expect({ code, ok: lines[0]?.ok }).toEqual({ code: 0, ok: true })
    expect(performance.now() - began).toBeGreaterThan(2000)
  })

  it('are all there when the server is killed in the middle', { timeout: 240_000 }, async () => {
    const other = await startServer()
    try {
      let restarted: Promise<void> | null = null
      const { code, lines } = await replay([...PATHS, ...at(other), '--json'], {}, () => {
        restarted ??= other.restart({ signal: 'SIGKILL' })
      })
      await restarted
      expect(lines.filter(line => !line.ok)).toEqual([])
      expect([code, lines.length]).toEqual([0, RECORDS.size])
    } finally {
      await other.dispose()
    }
  })
})

describe('a replay that cannot be', () => {
  const path = PATHS[0] ?? ''
  it('says in one line what is missing', async () => {
    expect(await replay([path, '--url', server.url])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^A token is needed.*sideline -- token create.*\n$/),
    })
    expect((await replay([])).stderr).toContain('Usage:')
    expect(await replay([join(scratch, 'none.json'), ...at()])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read'),
    })
    expect(await replay([path, ...at(), '--only', 'nobody'])).toMatchObject({
      code: 2,
      stderr: 'No game of these files has the id nobody.\n',
    })
    expect(await replay([path, ...at(), '--speed', 'fast'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--speed') })
    const curling = join(scratch, 'curling.json')
    writeFileSync(curling, JSON.stringify({ sport: 'curling', games: [] }))
    expect(await replay([curling, ...at()])).toMatchObject({ code: 2, stderr: expect.stringContaining('is of curling') })
    const none = join(scratch, 'no-games.json')
    writeFileSync(none, JSON.stringify({ sport: 'soccer', games: [] }))
    expect(await replay([none, ...at()])).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no game in') })
  })

  it('says in one line that nobody answers, or that the token is not good', async () => {
    const nowhere = await replay([path, '--url', 'http://127.0.0.1:9', '--token', 'x'])
    expect(nowhere).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^no Sideline answers at .*\n$/) })
    const stranger = await replay([path, '--url', server.url, '--token', 'nobody'])
    expect(stranger).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^The token is unknown.*\n$/) })
  })
})
