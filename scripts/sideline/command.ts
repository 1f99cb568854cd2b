import type { SidelineError } from '#domain/errors.ts'
import type { Arguments, Shape } from './arguments.ts'
import { Refusal } from './premises.ts'

/** How this tool is called from the checkout. */
export const CALL = 'npm run --silent sideline --'

/** What a command says: `json` to machines; `lines` to people, on standard output; `notes` beside it, on standard error. */
export interface Said {
  json: unknown
  lines: readonly string[]
  notes?: readonly string[]
  /** Exit code, 0 unless the command found something wrong. */
  code?: number
}

export interface Command extends Shape {
  /** One line of the help. */
  help: string
  run(given: Arguments): Promise<Said>
}

/** The operator is told in the words of the use-case, with the field that is meant. */
export function refuse(error: SidelineError): never {
  throw new Refusal(error.path ? `${error.message} (${error.path})` : error.message)
}

/** Who acts, in the audit. */
export const OPERATOR = 'operator'

/** Columns as wide as their widest cell. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

export function sizeOf(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`
}
