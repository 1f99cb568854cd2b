import type { Context } from './context.ts'
import type { Settings } from './settings.ts'

const DAY_MS = 86_400_000
const EVERY_MS = 3_600_000

/**
 * Forgets what was said in chats longer ago than the league keeps it, now and every hour.
 *
 * @returns a stop
 */
export function startForgettingChat(context: Pick<Context, 'storage' | 'now' | 'log'>, settings: Pick<Settings, 'read'>): () => void {
  const forget = () =>
    forgetChat(context, settings).catch(error => context.log.warn({ err: error }, 'old chat not forgotten; tried again in an hour'))
  const first = setTimeout(forget, 60_000)
  const timer = setInterval(forget, EVERY_MS)
  for (const waiting of [first, timer]) waiting.unref()
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}

/** Of each game the last line stays as a number without words, name or address, so that the next one counts on from it. */
export async function forgetChat({ storage, now }: Pick<Context, 'storage' | 'now'>, settings: Pick<Settings, 'read'>): Promise<void> {
  const { chatDays } = await settings.read()
  if (chatDays === 0) return
  const before = now() - chatDays * DAY_MS
  const { db } = storage
  const newest = db
    .selectFrom('chat_messages')
    .groupBy('game_id')
    .select(['game_id', eb => eb.fn.max('n').as('n')])
  await storage.write([
    {
      query: db
        .updateTable('chat_messages')
        .set({ text: '', name: '', account_id: null, ip_hash: '', removed_at: now() })
        .where('at', '<', before)
        .where('text', '!=', '')
        .where(eb => eb(eb.refTuple('game_id', 'n'), 'in', newest.$asTuple('game_id', 'n')))
        .compile(),
    },
    {
      query: db
        .deleteFrom('chat_messages')
        .where('at', '<', before)
        .where(eb => eb(eb.refTuple('game_id', 'n'), 'not in', newest.$asTuple('game_id', 'n')))
        .compile(),
    },
    { query: db.deleteFrom('chat_mutes').where('at', '<', before).compile() },
  ])
}
