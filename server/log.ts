import { AsyncLocalStorage } from 'node:async_hooks'
import { type Logger, pino } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Logger

/** What a line of the log is about: a request, by the name that its answer bears. */
export type About = { requestId: string }
const about = new AsyncLocalStorage<About>()

/** Every line that is logged while this runs, and by what it sets going, says what it is about. */
export const within = <T>(what: About, run: () => T): T => about.run(what, run)

const HIDDEN = '[hidden]'
const SECRET_NAMES =
  /^(pass(word|phrase)?|currentpassword|newpassword|pwd|secret|auth|cookies?|set-cookie|authorization|proxy-authorization|token|setuptoken|accesstoken|refreshtoken|bearer|apikey|api-key|x-api-key|hash|text|body|ipaddress)$/
const SECRET_SHAPES: readonly [RegExp, string][] = [
  [/sl_[a-z]{3}_[\w-]{8,}/g, `sl_${HIDDEN}`],
  [/\bbearer\s+[^\s"',;]+/gi, `Bearer ${HIDDEN}`],
  [/((?:__Host-)?sideline)=[^\s;,"']+/g, `$1=${HIDDEN}`],
  [/\$scrypt\$[^\s"']+/g, HIDDEN],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*):[^\s/@"']+@/gi, `$1:${HIDDEN}@`],
]

const MAX_TEXT = 2000
const MAX_DEPTH = 6
const MAX_ENTRIES = 50

// Bidirectional overrides turn a line round in a terminal; JSON escapes line breaks, ANSI and other controls by itself, but not these.
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A text as it may stand in a log: secrets of a known shape hidden, unseen characters written out, long ones cut. */
export function cleanText(text: string): string {
  let clean = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text
  for (const [shape, instead] of SECRET_SHAPES) clean = clean.replace(shape, instead)
  return clean.replace(UNSEEN, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * A value as it may stand in a log. What bears the name of a secret is hidden wherever it stands, and so is what people wrote to each
 * other; bounded in depth and length, safe with cycles and with getters that throw.
 */
export function cleanValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' || typeof value === 'symbol' ? undefined : value
  if (depth >= MAX_DEPTH) return '[deeper]'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (value instanceof Headers) return cleanValue(Object.fromEntries(value), depth)
  if (value instanceof Error) return cleanError(value, depth)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map(entry => cleanValue(entry, depth + 1))
  const clean: Record<string, unknown> = Object.create(null)
  for (const key of Object.keys(value).slice(0, MAX_ENTRIES)) {
    clean[cleanText(key)] = SECRET_NAMES.test(key.toLowerCase()) ? HIDDEN : cleanValue(readSafely(value, key), depth + 1)
  }
  return clean
}

function readSafely(holder: object, key: string): unknown {
  try {
    return (holder as Record<string, unknown>)[key]
  } catch {
    return '[unreadable]'
  }
}

function cleanError(error: Error, depth: number): unknown {
  const code = (error as NodeJS.ErrnoException).code
  return {
    type: cleanText(error.name),
    message: cleanText(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    stack: cleanText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: cleanValue(error.cause, depth + 1) }),
  }
}

/** One JSON object a line. What is handed over may be anything: bindings, details and messages are cleaned before they are written. */
/** Pino's number for it. */
const ERROR = 50
let errors = 0
/** Lines of this process that were errors, since its start. */
export const errorsLogged = () => errors

export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const destination = write ? { write } : pino.destination({ fd: 1, sync: true })
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }), log: detail => ({ ...(cleanValue(detail) as object), ...about.getStore() }) },
      // Cleaned by `log` above already.
      serializers: { err: error => error },
      hooks: {
        logMethod(parts, method, severity) {
          if (severity >= ERROR) errors += 1
          const [first, ...rest]: unknown[] = parts
          const given = first instanceof Error ? [{ err: first }, ...(rest.length > 0 ? rest : [first.message])] : parts
          const clean = given.map((part, index) => (typeof part === 'string' || index > 0 ? cleanValue(part) : part))
          method.apply(this, clean as Parameters<typeof method>)
        },
      },
    },
    destination,
  )
  const { child } = log
  // Bindings take another way than details do; children inherit this from the root.
  log.child = function (this: Log, bindings: object, options?: object) {
    return child.call(this, { ...(cleanValue(bindings) as object) }, options)
  } as typeof child
  return log
}
