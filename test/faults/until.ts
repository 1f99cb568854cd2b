import { setTimeout as sleep } from 'node:timers/promises'

/** Nothing takes so long, however slow the machine: what has not happened by then does not happen. */
const PATIENCE_MS = 45_000

/** Waits until it is so, and answers how long that took. */
export async function until(isSo: () => boolean | Promise<boolean>, ms = PATIENCE_MS): Promise<number> {
  const since = performance.now()
  while (!(await isSo())) {
    if (performance.now() - since > ms) throw new Error(`not within ${ms} ms: ${isSo}`)
    await sleep(10)
  }
  return performance.now() - since
}
