import { afterAll, beforeAll, expect, it } from 'vitest'
import { MANAGER, type Running, startServer } from '#test/server/running.ts'
import { forgetChat } from './chat-retention.ts'

const DAY_MS = 86_400_000
let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('S32 what was said in a chat is forgotten after as many days as the league says, thirty unless it says otherwise', async () => {
  const { app, context } = server
  const game = await server.createGame()
  const another = await server.createGame()
  const say = async (gameId: string, id: string, daysAgo: number) => {
    const answer = await app.chat.send(
      { account: MANAGER, address: '192.0.2.1', socketId: null },
      { gameId, id, text: `said ${daysAgo} days ago` },
    )
    if (!answer.ok) throw new Error(answer.error.message)
    await context.storage.db
      .updateTable('chat_messages')
      .set({ at: Date.now() - daysAgo * DAY_MS })
      .where('game_id', '=', gameId)
      .where('id', '=', id)
      .execute()
    return answer.message.n
  }
  await say(game.id, 'message-1', 45)
  await say(game.id, 'message-2', 29)
  await say(another.id, 'message-1', 400)
  await say(another.id, 'message-2', 31)
  const rows = () =>
    context.storage.db.selectFrom('chat_messages').select(['game_id', 'n', 'text', 'name', 'ip_hash', 'account_id']).orderBy('n').execute()
  const kept = async (id: string) => (await rows()).filter(row => row.game_id === id)

  await app.settings.change(MANAGER, { chatDays: 0 })
  await forgetChat(context, app.settings)
  expect(await rows()).toHaveLength(4)

  expect(await app.settings.change(MANAGER, { chatDays: 30 })).toMatchObject({ ok: true, settings: { chat: 'on', chatDays: 30 } })
  await forgetChat(context, app.settings)
  expect((await kept(game.id)).map(row => row.text)).toEqual(['said 29 days ago'])
  // Of the other nothing is left but how far its numbers had come.
  expect(await kept(another.id)).toEqual([{ game_id: another.id, n: 2, text: '', name: '', ip_hash: '', account_id: null }])
  expect(await app.chat.history(null, another.id, undefined, 50)).toEqual({ ok: true, messages: [] })
  expect(await say(another.id, 'message-3', 0)).toBe(3)
  expect(await app.settings.change(MANAGER, { chatDays: -1 })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_PAYLOAD', path: 'chatDays' },
  })
  expect(await app.settings.change(MANAGER, {})).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } })
  expect(await app.settings.read()).toMatchObject({ chat: 'on', chatDays: 30 })
})
