// Settings from a .env beside package.json; what the environment already holds wins.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError, ROOT } from './steps.mjs'

export function loadEnvironmentFile(file = join(ROOT, '.env')) {
  if (!existsSync(file)) return
  try {
    process.loadEnvFile(file)
  } catch (error) {
    throw new PlainError(`Cannot read ${file}: ${error.message}`, 78)
  }
}
