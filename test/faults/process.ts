import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Server } from '#e2e/server.ts'

export const pidOf = ({ dataDir }: Pick<Server, 'dataDir'>) => Number(readFileSync(join(dataDir, 'server.pid'), 'utf8'))

export const signal = (server: Pick<Server, 'dataDir'>, name: NodeJS.Signals) => void process.kill(pidOf(server), name)

/** Open files and sockets of a process. */
export const descriptorsOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length

/** A figure of `/metrics`. */
export async function figureOf({ url }: Pick<Server, 'url'>, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
}

/** Of times in ms: the one that so many of a hundred are not above. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? 0
}
