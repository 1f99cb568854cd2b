/** The little of the browser's crypto that plain http offers too: `randomUUID` is for secure contexts alone. */
export type RandomBytes = (length: number) => Uint8Array

export const randomBytes: RandomBytes = length => crypto.getRandomValues(new Uint8Array(length))

const hex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** What tells this device's plays of one game from everybody else's. A name for one game only, since play ids are public. */
export const newSender = (random: RandomBytes = randomBytes) => hex(random(6))

/** `…-<sender>`: the node of the id, as UUIDs have had one from the start. */
export const isFrom = (playId: string, sender: string) => playId.endsWith(`-${sender}`)

/**
 * UUIDs of version 7 that sort by time within this device, a counter deciding within one millisecond.
 *
 * @param sender twelve hex digits, the last group of every id
 */
export function createPlayIds(sender: string, wall: () => number = Date.now, random: RandomBytes = randomBytes): () => string {
  let last = 0
  let counter = 0
  return () => {
    const now = Math.max(wall(), last)
    const [high = 0, low = 0, first = 0, second = 0] = random(4)
    counter = now === last ? counter + 1 : ((high << 8) | low) & 0x7ff
    last = counter > 0xfff ? now + 1 : now
    if (counter > 0xfff) counter = 0
    const time = last.toString(16).padStart(12, '0')
    const variant = (0x8000 | (((first << 8) | second) & 0x3fff)).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}-${sender}`
  }
}
