const KEY = 'sideline-server-ahead'
/** Not worth writing down: less than a reader notices on a clock. */
const SAME_MS = 250

/**
 * How far the server's clock was ahead of this device's when it was last measured, ms; 0 where nobody knows. A page that comes out of a
 * cache has no other way to the server's time: the moment it was drawn is long past. Wrong only if the device's clock was set since.
 */
export function serverAhead(): number {
  try {
    const kept = Number(localStorage.getItem(KEY))
    return Number.isFinite(kept) ? kept : 0
  } catch {
    return 0
  }
}

export function rememberServerAhead(ms: number): void {
  if (Math.abs(serverAhead() - ms) < SAME_MS) return
  try {
    localStorage.setItem(KEY, String(Math.round(ms)))
  } catch {
    // A private window forgets; the device's own clock is the next best.
  }
}
