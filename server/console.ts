import { stripVTControlCharacters } from 'node:util'
import type { Log } from './log.ts'

const LEVELS = { error: 'error', warn: 'warn', log: 'info', info: 'info', debug: 'debug' } as const
/** Signs that the pages' framework puts before what it says. */
const SIGNS = /[⨯⚠✓○▲]/gu

/**
 * What the pages' framework says goes to the console, over as many lines as it likes and with whatever an error holds. Here it goes into
 * the log like everything else: one line, with its secrets hidden.
 */
export function consoleToLog(log: Pick<Log, 'error' | 'warn' | 'info' | 'debug'>): void {
  for (const [name, level] of Object.entries(LEVELS)) {
    console[name as keyof typeof LEVELS] = (...said: unknown[]) => {
      const err = said.find(part => part instanceof Error || (typeof part === 'object' && part !== null && 'stack' in part))
      const words = said
        .filter(part => typeof part === 'string')
        .map(part => stripVTControlCharacters(part).replace(SIGNS, '').trim())
        .filter(Boolean)
      log[level](err === undefined ? { from: 'pages' } : { from: 'pages', err }, words.join(' ') || 'a page failed')
    }
  }
}
