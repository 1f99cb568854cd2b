import type { Result } from '#domain/errors.ts'
import type { UpdateMessage } from '#domain/protocol.ts'
import type { Account, Accounts } from './accounts.ts'
import type { Context } from './context.ts'
import { guarded, presentUpdate } from './games/present.ts'
import type { Reader } from './games/read.ts'
import { canRead } from './policies.ts'
import { isMeant } from './revocations.ts'
import { catchUp, openFor } from './watch.ts'

const HEARTBEAT_MS = 15_000
/** A reader this far behind is let go; it comes back with its last id. */
const MOST_WAITING = 256 * 1024

type Snapshot = Extract<ReturnType<typeof catchUp>, { mode: 'snapshot' }>

export type Stream = (
  account: Account | null,
  gameId: string,
  lastEventId: string | null,
  gone: AbortSignal,
) => Promise<Result<{ body: ReadableStream<Uint8Array> }>>

/** Server-Sent Events of one game: a snapshot, or what a returning reader missed, then every update as the sockets get it; another epoch begins with a snapshot again. */
export function createStream(context: Context, reader: Reader, accounts: Pick<Accounts, 'onRevoked'>): Stream {
  const encoder = new TextEncoder()
  const open = new Set<() => void>()

  return async (account, gameId, lastEventId, gone) => {
    const [, epoch, seq] = /^(.{1,64}):(\d{1,9})$/.exec(lastEventId ?? '') ?? []
    const place = seq === undefined ? {} : { epoch, seq: Number(seq) }
    const found = await openFor({ context, reader }, account, gameId, place)
    if (!found.ok) return found
    let stop = () => {}
    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const write = (text: string) => {
            if ((controller.desiredSize ?? 0) < -MOST_WAITING) return stop()
            controller.enqueue(encoder.encode(text))
          }
          const send = (event: string, epoch: string, seq: number, data: unknown) =>
            write(`event: ${event}\nid: ${epoch}:${seq}\ndata: ${JSON.stringify(data)}\n\n`)
          const update = (message: UpdateMessage) => send('update', message.epoch, message.seq, message)

          let told = found.open.meta.epoch
          const snapshot = ({ epoch, seq, game, plays }: Snapshot) => {
            told = epoch
            send('snapshot', epoch, seq, { gameId, epoch, seq, game, plays })
          }

          const unsubscribe = context.bus.subscribe('played', ({ game, plays, seated = [] }) => {
            if (game.id !== gameId) return
            if (!canRead(account, guarded(game))) return stop()
            const open = game.epoch === told ? null : context.heads.peek(gameId)
            const anew = open?.meta.epoch === game.epoch ? catchUp(open, account, undefined, undefined) : null
            if (anew?.mode === 'snapshot') return snapshot(anew)
            update({
              gameId,
              epoch: game.epoch,
              seq: game.seq,
              plays: plays ?? [],
              game: presentUpdate(game),
              ...(seated.length > 0 ? { roster: [...seated] } : {}),
              ...(plays ? {} : { resync: true }),
            })
          })
          const unsubscribeRemoved = context.bus.subscribe('removed', removed => {
            if (removed.gameId === gameId) stop()
          })
          const uncut = context.bus.subscribe('cutOff', ({ isCut }) => {
            if (isCut) stop()
          })
          const unrevoke = accounts.onRevoked(revoked => {
            if (isMeant(account, revoked)) stop()
          })
          const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
          stop = () => {
            if (!open.delete(stop)) return
            clearInterval(heartbeat)
            context.watching.leave(gameId)
            unsubscribe()
            unsubscribeRemoved()
            uncut()
            unrevoke()
            gone.removeEventListener('abort', stop)
            try {
              controller.close()
            } catch {
              // The reader has closed it already.
            }
          }
          open.add(stop)
          context.watching.enter(gameId)
          gone.addEventListener('abort', stop)
          // Gone while the game was being opened: nobody would ever say so again.
          if (gone.aborted) return stop()

          const caughtUp = catchUp(found.open, account, place.epoch, place.seq)
          write('retry: 2000\n\n')
          if (caughtUp.mode === 'snapshot') snapshot(caughtUp)
          else if (caughtUp.mode === 'plays') {
            const { mode: _mode, ...missed } = caughtUp
            update({ gameId, ...missed })
          }
        },
        cancel: () => stop(),
      },
      { highWaterMark: 0, size: chunk => chunk.byteLength },
    )
    return { ok: true, body }
  }
}
