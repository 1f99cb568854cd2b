import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StandingsRow } from '#domain/standings.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

let made = 0
const create = (standings: unknown, sport = 'basketball') => {
  made += 1
  return server.app.competitions.create(MANAGER, { name: `League ${made}`, sport, standings })
}
async function competition(standings: unknown, sport?: string): Promise<string> {
  const answer = await create(standings, sport)
  if (!answer.ok) throw new Error(`${answer.error.path}: ${answer.error.message}`)
  return answer.competition.id
}
async function rowsOf(id: string): Promise<StandingsRow[]> {
  const answer = await server.app.pages.competition(id)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.page.rows
}
async function play(competitionId: string, home: string, away: string, winner: 'home' | 'away', more: object = {}): Promise<void> {
  const game = await server.createGame('basketball', { competitionId, home: { name: home }, away: { name: away }, ...more })
  made += 1
  await server.play(game.id, basket('2pt', winner), { id: `end-of-game-${made}`, kind: 'gameEnd' })
}

describe('what a competition says of its table', () => {
  it.each<[string, unknown]>([
    ['standings.tieBreakers.1', { tieBreakers: ['points', 'luck'] }],
    ['standings.tieBreakers.0', { tieBreakers: ['headToHeadLuck'] }],
    ['standings.points.victory', { points: { victory: 3 } }],
    ['standings.points.constructor', { points: { constructor: 3 } }],
    ['standings.points.win', { points: { win: 'three' } }],
    ['standings.deductions.0.points', { deductions: [{ team: 'Hawks', points: -1 }] }],
    ['standings.deductions.0.date', { deductions: [{ team: 'Hawks', points: 1, date: 'May' }] }],
    ['standings.deductions.0.points', { deductions: { Hawks: -1 } }],
    ['standings.deductions', { deductions: 'Hawks' }],
    ['standings.headToHead', { headToHead: 'twice' }],
    ['standings.decisions.0.by', { decisions: [{ by: 'duel', teams: ['A', 'B'] }] }],
    ['standings.fairplay', { fairplay: [] }],
  ])('%s is refused where it is odd', async (path, standings) => {
    expect(await create(standings)).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD', path } })
  })

  it('[G1] may name an outcome that its sport has', async () => {
    const points = { win: 3, draw: 1, loss: 0, overtimeWin: 2, overtimeLoss: 1, forfeitLoss: -1 }
    expect(await create({ points })).toMatchObject({ ok: true })
    expect(await create({ points: { win: 2, loss: 0, noResult: 1 } }, 'cricket')).toMatchObject({ ok: true })
  })
})

it('[G2] left out, it is as the tables of the sport usually are', async () => {
  const id = await competition(undefined)
  await play(id, 'Hawks', 'Bears', 'home')
  expect((await rowsOf(id)).map(row => [row.team.name, row.points, row.decidedBy])).toEqual([
    ['Hawks', 2, 'points'],
    ['Bears', 1, null],
  ])
})

it('[G3] rules by their published names decide under their own, deductions say why and when', async () => {
  const id = await competition({
    points: { win: 1, loss: 0 },
    tieBreakers: ['points', 'headToHeadPoints', 'goalDifference'],
    deductions: [{ team: 'Bears', points: 1, reason: 'Ineligible player', date: '2031-03-01' }],
  })
  await play(id, 'Hawks', 'Bears', 'away')
  await play(id, 'Bears', 'Gulls', 'home')
  await play(id, 'Gulls', 'Hawks', 'home')
  const [first, second] = await rowsOf(id)
  expect(first).toMatchObject({ team: { name: 'Bears' }, points: 1, deduction: 1, decidedBy: 'head-to-head-points' })
  expect(first?.deductions).toEqual([{ team: 'Bears', points: 1, reason: 'Ineligible player', date: '2031-03-01' }])
  expect(first?.headToHead).toMatchObject({ played: 1, won: 1, points: 1 })
  expect(second).toMatchObject({ team: { name: 'Gulls' }, outcomes: { win: 1, loss: 1 }, percentage: 0.5 })
})

it('[G3] points taken away may be said by team alone', async () => {
  const id = await competition({ points: { win: 2, loss: 0 }, deductions: { Hawks: 3 } })
  await play(id, 'Hawks', 'Bears', 'home')
  expect((await rowsOf(id)).map(row => [row.team.name, row.points, row.deduction])).toEqual([
    ['Bears', 0, 0],
    ['Hawks', -1, 3],
  ])
})

it('[G4] ties count by their own winner, and their matches do not', async () => {
  const id = await competition({ points: { win: 2, draw: 1, loss: 0 } })
  const tie = await server.createGame('basketball', {
    competitionId: id,
    home: { name: 'Hawks' },
    away: { name: 'Bears' },
    rules: { pack: 'tie', values: { tieOf: 2, playOn: true } },
  })
  const match = (winner: 'home' | 'away') => play(id, 'Ada Lind', 'Bo Ek', winner, { competitionId: undefined, partOf: tie.id })
  await match('home')
  expect((await rowsOf(id)).map(row => row.played)).toEqual([0, 0])
  await match('away')
  expect((await rowsOf(id)).map(row => [row.team.name, row.points, row.drawn, row.for])).toEqual([
    ['Bears', 1, 1, 1],
    ['Hawks', 1, 1, 1],
  ])
})
