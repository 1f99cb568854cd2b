import { Channel } from './channel.ts'
import { openStorage, type Storage } from './storage.ts'

/** A storage that writes through another one's connection, as from another process. */
export async function openRelayed(owner: Storage, file: string) {
  const relay = (owner as Required<Storage>).relay()
  const writer: Channel = new Channel({
    // As a channel between processes does it: copied, and later.
    post: envelope => void relay.answer(structuredClone(envelope)).then(reply => setImmediate(() => writer.settle(structuredClone(reply)))),
    leave: async () => writer.end('the storage is closed'),
  })
  const storage = await openStorage({ file, writer, transactionIdleMs: 1_000 })
  return {
    storage,
    /** The process is gone. */
    cut() {
      relay.end()
      writer.end('gone')
    },
  }
}
