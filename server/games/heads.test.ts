import { afterEach, expect, it } from 'vitest'
import { basket, MANAGER, type Running, startServer } from '#test/server/running.ts'
import { createHeads } from './heads.ts'

let server: Running
afterEach(() => server.stop())

it('a game that is forgotten while it is caught up with stays forgotten, and nobody is told what was read before', async () => {
  server = await startServer()
  const { storage, sports } = server.context
  const game = await server.createGame()
  let isHeld = false
  let release = () => {}
  const reads: (() => void)[] = []
  // The same storage, whose answers can be made to come late.
  const late = Object.create(storage, {
    readBatch: {
      async value(queries: never) {
        const answer = await storage.readBatch(queries)
        if (isHeld) {
          const freed = new Promise<void>(done => {
            release = done
          })
          for (const tell of reads.splice(0)) tell()
          await freed
        }
        return answer
      },
    },
  })
  const heads = createHeads(late, sports)
  expect(await heads.open(game.id)).toMatchObject({ game: { id: game.id } })
  await server.play(game.id, basket('2pt', 'home'))

  isHeld = true
  const isRead = new Promise<void>(done => reads.push(done))
  const told: unknown[] = []
  const advancing = heads.advance(game.id, advance => told.push(advance))
  await isRead
  expect(await server.app.games.remove(MANAGER, game.id)).toEqual({ ok: true })
  heads.forget(game.id)
  isHeld = false
  release()
  await advancing
  expect(told).toEqual([])
  expect(heads.peek(game.id)).toBeNull()
  expect(await heads.open(game.id)).toBeNull()
})
