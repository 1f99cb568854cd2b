import { failure, type SidelineError } from './errors.ts'

const MAX_DEPTH = 8

/**
 * What is wrong with the bare shape of something a client sent, before any schema looks at it: nested deeper than eight, or a key that a
 * careless copy would turn into a prototype. Looks no further than it takes to refuse.
 */
export function shapeProblem(sent: unknown): SidelineError | null {
  let level: unknown[] = [sent]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return failure('INVALID_PAYLOAD', 'Nested too deep.').error
    const objects = level.filter(entry => entry !== null && typeof entry === 'object')
    if (objects.some(entry => Object.hasOwn(entry, '__proto__'))) {
      return failure('INVALID_PAYLOAD', 'No such field.', { path: '__proto__' }).error
    }
    level = objects.flatMap(entry => Object.values(entry))
  }
  return null
}
