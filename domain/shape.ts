import { failure, type SidelineError } from './errors.ts'

const MAX_DEPTH = 8

/**
 * What is wrong with the bare shape of something a client sent, before any schema looks at it: nested deeper than eight, or a key that a
 * careless copy would turn into a prototype. Looks no further than it takes to refuse.
 */
export function shapeProblem(sent: unknown, depth = 0): SidelineError | null {
  if (depth > MAX_DEPTH) return failure('INVALID_PAYLOAD', 'Nested too deep.').error
  if (sent === null || typeof sent !== 'object') return null
  if (Object.hasOwn(sent, '__proto__')) return failure('INVALID_PAYLOAD', 'No such field.', { path: '__proto__' }).error
  for (const entry of Object.values(sent)) {
    const problem = shapeProblem(entry, depth + 1)
    if (problem) return problem
  }
  return null
}
