import { type ComponentType, lazy } from 'react'

const RETRY_MS = 5000

/** A component whose script comes after the page works. Until it has come, however long that takes, what the server drew stands as it is. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    for (;;) {
      try {
        return { default: await load() }
      } catch {
        await new Promise(done => setTimeout(done, RETRY_MS))
      }
    }
  })
}
