import { expect } from 'vitest'
import { ERROR_STATUS, type ErrorCode, type SidelineError } from '#domain/errors.ts'
import type { Answer } from '#e2e/server.ts'

const ERROR_FIELDS = new Set(['code', 'message', 'path', 'index', 'retryable', 'retryAfterMs', 'errorId'])

/** An error of the closed list, in its shape and with its status, that gives nothing of the server's inside away. */
export function expectError(answer: Answer<unknown>, code: ErrorCode, more: Partial<SidelineError> = {}): void {
  const whole = JSON.stringify(answer.body)
  const said = whole.slice(0, 300)
  expect(answer.headers.get('content-type'), said).toContain('application/json')
  const { error } = answer.body as { error: SidelineError }
  expect(error, said).toMatchObject({ code, message: expect.stringMatching(/\S/), ...more })
  expect(answer.status, said).toBe(ERROR_STATUS[code])
  expect(
    Object.keys(error).filter(field => !ERROR_FIELDS.has(field)),
    said,
  ).toEqual([])
  expectNoInsides(whole)
}

/** No stack, no file of the server, no query. */
export function expectNoInsides(text: string): void {
  expect(text).not.toMatch(/\bat \S+ \(|node_modules|\.(ts|js|mjs):\d+|\bSQLITE|\bselect .+ from\b/i)
}
