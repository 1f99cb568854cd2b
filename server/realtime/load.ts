export interface LoadOptions {
  /** This server is busy when it does things so much later than it meant to, on average over its last dozen looks … */
  busyMs: number
  /** … and no longer when it has kept well below that for so long. */
  calmMs: number
  everyMs: number
}
export const LOAD: LoadOptions = { busyMs: 1_000, calmMs: 5_000, everyMs: 100 }

/** The newest look counts for so much of the average: one long stop is no load. */
const WEIGHT = 0.1

/**
 * How much more there is to do than can be done: as late as a timer comes, everybody else waits.
 *
 * @param onChange told when this server becomes busy, and when that is over
 */
export function watchLoad(onChange: (isBusy: boolean) => void, given: Partial<LoadOptions> = {}) {
  const { busyMs, calmMs, everyMs } = { ...LOAD, ...given }
  let isBusy = false
  let late = 0
  let calmSince = performance.now()
  let due = calmSince + everyMs
  let timer = setTimeout(look, everyMs)
  timer.unref()

  function look(): void {
    const now = performance.now()
    late += (Math.max(0, now - due) - late) * WEIGHT
    if (late > busyMs / 4) calmSince = now
    if (isBusy ? now - calmSince > calmMs : late > busyMs) {
      isBusy = !isBusy
      onChange(isBusy)
    }
    due = now + everyMs
    timer = setTimeout(look, everyMs)
    timer.unref()
  }

  return { isBusy: () => isBusy, lateMs: () => late, close: () => clearTimeout(timer) }
}
