import type { Selectable } from 'kysely'
import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import type { ChatMessage } from '#domain/protocol.ts'
import { firstIssue, text } from '#domain/schema.ts'
import type { Account } from './accounts.ts'
import { householdOf } from './address.ts'
import { writeAudit } from './audit.ts'
import { speaksForTheLeague, withoutTowers } from './chat-words.ts'
import type { Context } from './context.ts'
import { commitFailure, writeOnOthers } from './games/commit.ts'
import { guarded } from './games/present.ts'
import { type Reader, whyMissing } from './games/read.ts'
import { createTurns } from './games/turns.ts'
import { idText } from './id-text.ts'
import { canModerate } from './policies.ts'
import type { ChatMessageTable } from './storage/schema.ts'

export const MAX_CHAT_LENGTH = 300
const TRIES = 5
/** Lines of one game that may wait to be written: beyond it a writer is asked to come again instead of being kept waiting. */
const MOST_WAITING = 100

const sendInput = z.strictObject({
  gameId: idText,
  id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  text: text(MAX_CHAT_LENGTH).transform(withoutTowers).pipe(z.string().min(1)),
  name: text(40).transform(withoutTowers).optional(),
})

const muteInput = z.strictObject({ muted: z.boolean() })

/** Who writes: an account, or a guest known by address alone. */
export interface ChatSender {
  account: Account | null
  address: string
  /** Whoever must not get their own message back over the wire. */
  socketId: string | null
}

export interface Chat {
  send(sender: ChatSender, input: unknown): Promise<Result<{ message: ChatMessage }>>
  history(account: Account | null, gameId: string, before: number | undefined, limit: number): Promise<Result<{ messages: ChatMessage[] }>>
  remove(account: Account | null, gameId: string, id: string): Promise<Result<object>>
  /** Whoever wrote this message writes no more in the chat of its game, from whatever socket and under whatever name; or does again. */
  mute(account: Account | null, gameId: string, id: string, input: unknown): Promise<Result<{ muted: boolean }>>
  isOn(): Promise<boolean>
}

export function createChat(context: Context, reader: Reader): Chat {
  const { db } = context.storage
  const turns = createTurns()
  const waiting = new Map<string, number>()

  /** One at a time in each game, so that n counts without holes. */
  async function inTurn<T>(gameId: string, act: () => Promise<T>): Promise<T> {
    waiting.set(gameId, (waiting.get(gameId) ?? 0) + 1)
    try {
      return await turns.take(gameId, act)
    } finally {
      const left = (waiting.get(gameId) ?? 1) - 1
      if (left > 0) waiting.set(gameId, left)
      else waiting.delete(gameId)
    }
  }

  const isOn = async () => {
    const setting = await db.selectFrom('settings').where('key', '=', 'chat').select('value').executeTakeFirst()
    return setting?.value !== 'off'
  }

  const pseudonymOf = (gameId: string, address: string) => context.pseudonym(`${gameId} ${householdOf(address)}`)
  const isMuted = async (gameId: string, writer: string) =>
    (await db.selectFrom('chat_mutes').where('game_id', '=', gameId).where('writer', '=', writer).select('at').executeTakeFirst()) !==
    undefined

  /** The game of a message, for who may moderate its chat. */
  async function moderated(account: Account | null, gameId: string): Promise<Result<{ moderator: Account }>> {
    const found = await reader.open(account, gameId)
    if (!found.ok) return found
    if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
    return canModerate(account, guarded(found.open.game))
      ? { ok: true, moderator: account }
      : failure('FORBIDDEN', 'This account may not moderate this chat.')
  }

  async function write(
    sender: ChatSender,
    input: z.infer<typeof sendInput>,
    name: string,
    attempt = 1,
  ): Promise<Result<{ message: ChatMessage }>> {
    const { gameId, id } = input
    const known = await db.selectFrom('chat_messages').where('game_id', '=', gameId).where('id', '=', id).selectAll().executeTakeFirst()
    if (known) {
      return known.text === input.text
        ? { ok: true, message: present(known) }
        : failure('IDEMPOTENCY_MISMATCH', 'This id was sent before with other content.', { path: 'id' })
    }
    const newest = await db
      .selectFrom('chat_messages')
      .where('game_id', '=', gameId)
      .select(eb => eb.fn.max('n').as('n'))
      .executeTakeFirst()
    const row: Selectable<ChatMessageTable> = {
      game_id: gameId,
      n: (newest?.n ?? 0) + 1,
      id,
      account_id: sender.account?.id ?? null,
      name,
      guest: sender.account ? 0 : 1,
      text: input.text,
      at: context.now(),
      removed_at: null,
      ip_hash: pseudonymOf(gameId, sender.address),
    }
    const written = await writeOnOthers(context.storage, [{ query: db.insertInto('chat_messages').values(row).compile() }])
    // Another node took the same number, or the same message came to two of them.
    if (!written.ok && written.reason === 'unique' && attempt < TRIES) return write(sender, input, name, attempt + 1)
    if (!written.ok) return written.reason === 'gone' ? whyMissing(context, sender.account, gameId) : commitFailure(written.reason)
    const message = present(row)
    context.bus.publish('chat', { gameId, message, from: sender.socketId })
    return { ok: true, message }
  }

  return {
    isOn,

    async send(sender, raw) {
      const parsed = sendInput.safeParse(raw)
      if (!parsed.success) return firstIssue(parsed.error)
      const input = parsed.data
      const found = await reader.open(sender.account, input.gameId)
      if (!found.ok) return found
      if (!found.open.game.chat || !(await isOn())) return failure('FORBIDDEN', 'The chat of this game is closed.')
      const name = sender.account?.name || input.name
      if (!name) return failure('INVALID_PAYLOAD', 'Choose a name first.', { path: 'name' })
      if (!sender.account && speaksForTheLeague(name)) return failure('INVALID_PAYLOAD', 'That name is taken.', { path: 'name' })
      const taken = context.limits.take('chat', sender.account?.id ?? householdOf(sender.address))
      if (!taken.ok) return failure('RATE_LIMITED', 'A little slower.', { retryAfterMs: taken.retryAfterMs })
      const writer = writerOf({ account_id: sender.account?.id ?? null, ip_hash: pseudonymOf(input.gameId, sender.address) })
      if (await isMuted(input.gameId, writer))
        return failure('FORBIDDEN', 'You can read this chat, but no longer write in it.', { path: 'gameId' })
      // Nothing is waited for between this and the place in the queue, so that the bound holds.
      if ((waiting.get(input.gameId) ?? 0) >= MOST_WAITING)
        return failure('RATE_LIMITED', 'Too many are writing at once.', { retryAfterMs: 2_000 })
      return inTurn(input.gameId, () => write(sender, input, name))
    },

    async history(account, gameId, before, limit) {
      const found = await reader.open(account, gameId)
      if (!found.ok) return found
      let query = db
        .selectFrom('chat_messages')
        .where('game_id', '=', gameId)
        .where('removed_at', 'is', null)
        .selectAll()
        .orderBy('n', 'desc')
        .limit(limit)
      if (before !== undefined) query = query.where('n', '<', before)
      const rows = await query.execute()
      const moderates = canModerate(account, guarded(found.open.game))
      const muted = moderates ? await db.selectFrom('chat_mutes').where('game_id', '=', gameId).select('writer').execute() : []
      const writers = new Set(muted.map(({ writer }) => writer))
      return {
        ok: true,
        messages: rows.reverse().map(row => (writers.has(writerOf(row)) ? { ...present(row), muted: true } : present(row))),
      }
    },

    async remove(account, gameId, id) {
      const allowed = await moderated(account, gameId)
      if (!allowed.ok) return allowed
      const written = await context.storage.write([
        {
          query: db
            .updateTable('chat_messages')
            .set({ removed_at: context.now(), text: '' })
            .where('game_id', '=', gameId)
            .where('id', '=', id)
            .where('removed_at', 'is', null)
            .compile(),
          expect: 1,
        },
      ])
      if (!written.ok) return written.reason === 'guard' ? failure('NOT_FOUND', 'No such message.') : commitFailure(written.reason)
      context.bus.publish('chatRemoved', { gameId, id })
      await writeAudit(db, { at: context.now(), actor: allowed.moderator.id, action: 'chat.remove', target: id, detail: { gameId } })
      return { ok: true }
    },

    async mute(account, gameId, id, raw) {
      const allowed = await moderated(account, gameId)
      if (!allowed.ok) return allowed
      const parsed = muteInput.safeParse(raw)
      if (!parsed.success) return firstIssue(parsed.error)
      const row = await db
        .selectFrom('chat_messages')
        .where('game_id', '=', gameId)
        .where('id', '=', id)
        .select(['account_id', 'ip_hash'])
        .executeTakeFirst()
      const [{ muted }, by] = [parsed.data, allowed.moderator.id]
      if (!row) return failure('NOT_FOUND', 'No such message.')
      const writer = writerOf(row)
      const written = await writeOnOthers(context.storage, [
        {
          query: muted
            ? db
                .insertInto('chat_mutes')
                .values({ game_id: gameId, writer, at: context.now(), by })
                .onConflict(conflict => conflict.doNothing())
                .compile()
            : db.deleteFrom('chat_mutes').where('game_id', '=', gameId).where('writer', '=', writer).compile(),
        },
      ])
      if (!written.ok) return written.reason === 'gone' ? whyMissing(context, account, gameId) : commitFailure(written.reason)
      await writeAudit(db, { at: context.now(), actor: by, action: muted ? 'chat.mute' : 'chat.unmute', target: id, detail: { gameId } })
      return { ok: true, muted }
    },
  }
}

/** What tells the writers of a game's chat apart, whatever they call themselves. */
const writerOf = ({ account_id, ip_hash }: Pick<Selectable<ChatMessageTable>, 'account_id' | 'ip_hash'>) => account_id ?? `guest ${ip_hash}`

function present(row: Selectable<ChatMessageTable>): ChatMessage {
  return { id: row.id, n: row.n, name: row.name, guest: row.guest === 1, text: row.text, at: new Date(row.at).toISOString() }
}
