import type { App } from './create-app.ts'

export interface Demo {
  stop(): void
}
export async function startDemo(_app: App, _address: string): Promise<Demo | null> {
  return null
}
