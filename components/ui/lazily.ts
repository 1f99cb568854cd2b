import { type ComponentType, lazy } from 'react'

const RETRY_MS = 5000

/** A script that comes after the page works, asked for until it has come. */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise(done => setTimeout(done, RETRY_MS))
    }
  }
}

/** A component whose script comes after the page works. Until it has come, however long that takes, what the server drew stands as it is. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await patiently(load) }))
}
