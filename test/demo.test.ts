import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { DEMO_COMPETITIONS } from '#server/demo-orders.ts'
import { type Server, startServer } from '../e2e/server.ts'

const PATIENCE_MS = 180_000
const SPORTS = [...new Set(DEMO_COMPETITIONS.map(({ sport }) => sport))]
/** Those with many games: days before and after, and what is rare. */
const GREAT = ['basketball', 'soccer', 'tennis', 'baseball']
const OF_PERSONS = new Set(['tennis', 'badminton', 'table_tennis', 'beach_volleyball', 'padel', 'pickleball'])
const PLAYING = new Set(['live', 'break', 'suspended'])

let server: Server
beforeAll(async () => {
  server = await startServer({ env: { DEMO: '1' } })
})
afterAll(() => server?.dispose())

const games = async () => (await server.api<{ games: Game[] }>('/api/v1/games?limit=500')).body.games
const playing = (list: readonly Game[]) => list.filter(({ status }) => PLAYING.has(status))
/** The same games, as they are now. */
const of = (some: readonly Game[], all: readonly Game[]) => all.filter(({ id }) => some.some(game => game.id === id))
const seqs = (list: readonly Game[]) => list.reduce((sum, { seq }) => sum + seq, 0)

/** Looks until it is so. */
async function until(what: string, isSo: (list: Game[]) => boolean, patienceMs = PATIENCE_MS): Promise<Game[]> {
  const began = performance.now()
  for (;;) {
    const list = await games()
    if (isSo(list)) return list
    if (performance.now() - began > patienceMs) throw new Error(`Not so after ${patienceMs} ms: ${what}. ${server.output()}`)
    // Each look is a list of some hundred games, of a server that has all of them to play.
    await sleep(1_000)
  }
}

describe('the demo on an empty database', { timeout: 3 * PATIENCE_MS }, () => {
  it('has games of every sport being played within a minute', async () => {
    const isOn = (all: Game[], sport: string) => playing(all).some(game => game.sport === sport)
    // Now and then the only match of a sport is just over, for some minutes at most.
    const list = await until('something of everything', all => SPORTS.filter(sport => isOn(all, sport)).length >= SPORTS.length - 2)
    expect(playing(list).length).toBeLessThanOrEqual(40)
  })

  it('has some over, some to come and one put off', async () => {
    const has = (list: Game[], isWanted: (game: Game) => boolean) =>
      GREAT.every(sport => list.some(game => game.sport === sport && isWanted(game)))
    const list = await until(
      'a whole board',
      all =>
        has(all, game => game.status === 'final') &&
        has(all, game => game.status === 'scheduled') &&
        has(all, game => game.status === 'final' && Date.parse(game.startsAt ?? '') < Date.now() - 24 * 3_600_000) &&
        all.some(({ statusReason }) => statusReason === 'overtime') &&
        all.some(({ statusReason }) => statusReason === 'shootout'),
    )
    const whole = SPORTS.filter(sport =>
      ['final', 'scheduled'].every(status => list.some(game => game.sport === sport && game.status === status)),
    )
    expect(whole.length).toBeGreaterThanOrEqual(SPORTS.length / 2)
    expect(list.some(({ status, statusReason }) => status === 'postponed' && statusReason === 'frozen pitch')).toBe(true)
    expect(list.every(({ demo, competition }) => demo && DEMO_COMPETITIONS.some(({ name }) => name === competition?.name))).toBe(true)
    expect(list.filter(({ sport }) => !OF_PERSONS.has(sport)).every(({ home, away }) => home.color && away.color)).toBe(true)
  })

  it('keeps moving', async () => {
    const before = playing(await games())
    await until('some plays more', all => seqs(of(before, all)) >= seqs(before) + 3)
  })

  it('is played with a token that is good for the demo alone', async () => {
    const { tokens } = JSON.parse(await server.sideline('token', 'list', '--json')) as {
      tokens: { name: string; competitions: string[] | null; scopes: string[] }[]
    }
    const [token] = tokens.filter(({ name }) => name.startsWith('Demo'))
    expect(token?.competitions).toHaveLength(DEMO_COMPETITIONS.length)
    expect(token?.scopes.sort()).toEqual(['manage', 'score'])
  })

  it('leaves a game to whoever else scores it', async () => {
    const game = playing(await games()).find(({ sport }) => sport === 'baseball' || sport === 'basketball') as Game
    await server.play(game.id, { kind: 'note', data: { text: 'Ours now' } })
    const before = playing(await games())
    const { seq } = before.find(({ id }) => id === game.id) as Game
    const after = await until('plays in other games', all => seqs(of(before, all)) >= seqs(before) + 5)
    expect(after.find(({ id }) => id === game.id)?.seq).toBe(seq)
  })

  it('goes on with the same games after a restart, each play once', async () => {
    const before = await games()
    await server.restart({ signal: 'SIGKILL' })
    const after = await until('moving again', all => seqs(of(playing(before), all)) >= seqs(playing(before)) + 3)
    const ids = new Set(after.map(({ id }) => id))
    expect(before.filter(({ id }) => !ids.has(id))).toEqual([])
    const starts = after.map(({ home, away, startsAt }) => `${home.name} ${away.name} ${startsAt}`)
    expect(new Set(starts).size).toBe(starts.length)
    for (const game of playing(after)) {
      const { plays } = (await server.api<{ plays: Play[] }>(`/api/v1/games/${game.id}/plays`)).body
      expect(new Set(plays.map(({ id }) => id)).size).toBe(plays.length)
    }
  })

  it('is gone with one command, at once and for good, and whatever is not of it stays', async () => {
    const own = await server.createGame()
    const said = JSON.parse(await server.sideline('demo', 'remove', '--json')) as { games: number }
    expect(said.games).toBeGreaterThan(30)
    const { tokens } = JSON.parse(await server.sideline('token', 'list', '--json')) as { tokens: { name: string }[] }
    expect(tokens.filter(({ name }) => name.startsWith('Demo'))).toEqual([])
    const left = await until('nothing of the demo', all => all.every(({ demo }) => !demo))
    expect(left.map(({ id }) => id)).toEqual([own.id])
    await server.restart()
    await sleep(3_000)
    expect((await games()).map(({ id }) => id)).toEqual([own.id])
    expect(server.output()).not.toMatch(/the demo (ended|did not start)/)
  })
})
