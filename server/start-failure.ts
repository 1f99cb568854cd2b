import type { Config } from './config.ts'
import { isStorageError } from './storage/error.ts'
import type { Failed } from './workers/messages.ts'
import { StartFailed } from './workers/parent.ts'

/** Bad settings, by the convention of sysexits. */
export const EX_CONFIG = 78
const EX_UNAVAILABLE = 69
const EX_NEWER = 3

/** A setting that shows to be bad only once it is used. */
export class BadSetting extends Error {}

/** How a start that failed ends, in the operator's words; null for what is a mistake of ours. */
export function startFailure(error: unknown, { port, host }: Pick<Config, 'port' | 'host'>): Failed | null {
  if (error instanceof StartFailed) return error.failed
  if (error instanceof BadSetting) return { exitCode: EX_CONFIG, lines: [error.message] }
  if (isStorageError(error)) {
    const exitCode =
      error.code === 'DATA_DIR' || error.code === 'LOCKED' ? EX_CONFIG : error.code === 'SCHEMA_NEWER' ? EX_NEWER : EX_UNAVAILABLE
    return { exitCode, lines: [error.message] }
  }
  const unavailable = (line: string): Failed => ({ exitCode: EX_UNAVAILABLE, lines: [line] })
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return unavailable(`PORT: ${port} is taken by another program`)
    case 'EACCES':
      return unavailable(`PORT: ${port} may not be opened by this user`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return unavailable(`HOST: ${host} is not an address of this machine`)
    default:
      return null
  }
}
