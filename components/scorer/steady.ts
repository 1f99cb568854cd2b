/** When something was done, kept so that its age can still be told after a sleep or a reload. */
export interface Stamp {
  /** The page it was done on. */
  page: string
  /** The steady clock of that page, ms. */
  steady: number
  /** The device's clock, ms since 1970. */
  wall: number
}

export interface Steady {
  stamp(): Stamp
  /** Milliseconds since, 0 to six hours: what a play may say of its age. */
  ago(stamp: Stamp): number
}

/** The longest age a play may have. */
export const MAX_AGO_MS = 21_600_000
/** The two clocks drift apart by less than this unless the device slept or its clock was set. */
const JUMP_MS = 2000

/**
 * A clock that neither stands still while the device sleeps (as `performance.now` does on phones) nor moves when somebody sets the time
 * back. A wall clock that leaps ahead of the monotonic one counts as sleep.
 */
export function createSteady(clocks: { mono(): number; wall(): number; page: string }): Steady {
  let slept = 0
  let gap = clocks.wall() - clocks.mono()

  function now(): number {
    const mono = clocks.mono()
    const drift = clocks.wall() - mono - gap
    if (Math.abs(drift) > JUMP_MS) {
      gap += drift
      slept += Math.max(0, drift)
    }
    return mono + slept
  }

  return {
    stamp: () => ({ page: clocks.page, steady: now(), wall: clocks.wall() }),
    ago(stamp) {
      // Another page's steady clock began elsewhere, so after a reload the device's clock is what there is. `performance.timeOrigin` would
      // be no better a bridge: it is read off that same clock when the browser's process starts, leaves out what the device slept, and
      // does not outlive the process. Wrong by as much as somebody set the clock in between, within what a play may say.
      const ms = stamp.page === clocks.page ? now() - stamp.steady : clocks.wall() - stamp.wall
      return Math.round(Math.min(MAX_AGO_MS, Math.max(0, ms)))
    },
  }
}
