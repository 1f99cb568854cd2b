import { existsSync, readFileSync } from 'node:fs'
import { endianness } from 'node:os'

/** What the index of a log tells of it: sqlite.org/walformat.html, 2.1. */
interface Index {
  /** The last frame that was committed, and how many of the first are in the database file already. */
  last: number
  folded: number
  pageSize: number
  salts: string
}

const INDEX_HEAD = 48
const LOG_HEAD = 32
const FRAME_HEAD = 24

/**
 * How much of the write-ahead log a killed server left is gone: pages that were committed and can be read no more. The engine itself ends
 * the log in silence where it is torn, so this has to be asked before anything opens the database. The index beside the log, which is never
 * waited for, is written after the log is on the disk: it may know less than the log holds after a power cut, never more. Where the files
 * were brought from elsewhere without it, what stands behind the torn place tells.
 *
 * @returns null when nothing is missing, or nothing can be said
 */
export function tornFrom(database: string): { committed: number; readable: number } | null {
  if (!existsSync(`${database}-shm`)) return tornByItself(readOrNothing(`${database}-wal`))
  const index = readIndex(database)
  if (!index || index.last <= index.folded) return null
  const log = readOrNothing(`${database}-wal`)
  const isNewer = isHeadSound(log) && saltsOf(log) !== index.salts
  const { readable } = follow(log, index)
  if (isNewer || readable >= index.last) return null
  // Somebody who writes right now may have begun the log anew in between.
  return readIndex(database)?.salts === index.salts ? { committed: index.last, readable } : null
}

function tornByItself(log: Buffer): { committed: number; readable: number } | null {
  if (log.length === 0) return null
  if (!isHeadSound(log)) return { committed: Math.ceil(log.length / 4096), readable: 0 }
  const pageSize = log.readUInt32BE(8)
  const frames = (log.length - LOG_HEAD) / (FRAME_HEAD + pageSize)
  const last = Math.ceil(frames)
  const { readable, sound } = follow(log, { last, pageSize, salts: saltsOf(log) })
  for (let frame = last; frame > sound; frame--) {
    const start = LOG_HEAD + (frame - 1) * (FRAME_HEAD + pageSize)
    // A part of one, or one of this log: what is left of an older log has other salts.
    if (frame > frames || log.toString('hex', start + 8, start + 16) === saltsOf(log)) return { committed: frame, readable }
  }
  return null
}

function readIndex(database: string): Index | null {
  const bytes = readOrNothing(`${database}-shm`)
  const isWhole = bytes.length >= 2 * INDEX_HEAD + 4 && bytes.subarray(0, INDEX_HEAD).equals(bytes.subarray(INDEX_HEAD, 2 * INDEX_HEAD))
  // Written in the order of the machine, and twice: copies that differ were being written.
  if (!isWhole || bytes[12] !== 1 || endianness() !== 'LE') return null
  const size = bytes.readUInt16LE(14)
  return {
    last: bytes.readUInt32LE(16),
    folded: bytes.readUInt32LE(2 * INDEX_HEAD),
    pageSize: size === 1 ? 65_536 : size,
    salts: bytes.toString('hex', 32, 40),
  }
}

const saltsOf = (log: Buffer) => log.toString('hex', 16, 24)
const isBigEndian = (log: Buffer) => (log[3] ?? 0) % 2 === 1

function isHeadSound(log: Buffer): boolean {
  return log.length >= LOG_HEAD && isSummed(log, 24, checksum(log.subarray(0, 24), [0, 0], isBigEndian(log)))
}

/** How many frames are as they were written, each summed up with all before it, and up to which of them commits reach. */
function follow(log: Buffer, { last, pageSize, salts }: Pick<Index, 'last' | 'pageSize' | 'salts'>): { readable: number; sound: number } {
  if (!isHeadSound(log) || saltsOf(log) !== salts) return { readable: 0, sound: 0 }
  const isBig = isBigEndian(log)
  let sums: Sums = checksum(log.subarray(0, 24), [0, 0], isBig)
  let readable = 0
  for (let frame = 1; frame <= last; frame++) {
    const start = LOG_HEAD + (frame - 1) * (FRAME_HEAD + pageSize)
    const whole = log.subarray(start, start + FRAME_HEAD + pageSize)
    if (whole.length < FRAME_HEAD + pageSize || whole.toString('hex', 8, 16) !== salts) return { readable, sound: frame - 1 }
    sums = checksum(whole.subarray(FRAME_HEAD), checksum(whole.subarray(0, 8), sums, isBig), isBig)
    if (!isSummed(whole, 16, sums)) return { readable, sound: frame - 1 }
    if (whole.readUInt32BE(4) > 0) readable = frame
  }
  return { readable, sound: last }
}

type Sums = readonly [number, number]

function checksum(bytes: Buffer, [first, second]: Sums, isBig: boolean): Sums {
  let [one, two] = [first, second]
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + words.getUint32(at, !isBig) + two) >>> 0
    two = (two + words.getUint32(at + 4, !isBig) + one) >>> 0
  }
  return [one, two]
}

const isSummed = (bytes: Buffer, at: number, [one, two]: Sums) => bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === two

function readOrNothing(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
