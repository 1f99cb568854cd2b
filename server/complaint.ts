import type { Log } from './log.ts'

/** Something done again and again that fails for a while, as with the database gone: one line when that begins and one when it is over. */
export function createComplaint(log: Pick<Log, 'warn' | 'info'>, begins: string, isOver: string) {
  let isFailing = false
  return {
    failed(error: unknown): void {
      if (!isFailing) log.warn({ err: error }, begins)
      isFailing = true
    },
    worked(): void {
      if (isFailing) log.info(isOver)
      isFailing = false
    },
  }
}
