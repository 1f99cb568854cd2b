import type { ReactNode } from 'react'
import { SCROLLABLE } from '#components/game/scrollable.ts'

/** Keeps a name of the other direction from turning the sentence around it. */
export const isolate = (name: string) => (/[\u0590-\u08ff]/.test(name) ? `\u2068${name}\u2069` : name)

/** A figure under a chart, and what it is. */
export function Fact({ figure, words }: { figure: ReactNode; words: string }) {
  return (
    <div className="flex flex-row-reverse items-baseline justify-end gap-1.5">
      <dt>{words}</dt>
      <dd className="figures text-md text-ink">{figure}</dd>
    </div>
  )
}

/** What a chart shows, for those who would rather read it. */
export function AsTable({ head, children }: { head: readonly string[]; children: ReactNode }) {
  return (
    <details className="pt-1 text-sm">
      <summary className="inline-flex min-h-11 items-center text-xs text-soft hover:text-ink">View as table</summary>
      <section className="max-h-80 overflow-auto" aria-label="Chart as a table" {...SCROLLABLE}>
        <table className="w-full">
          <thead>
            <tr className="text-start text-xs text-soft">
              {head.map(word => (
                <th key={word} scope="col" className="sticky top-0 border-b border-line bg-paper py-1.5 pe-4 text-start font-semibold">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </section>
    </details>
  )
}

export function Row({ cells: [first, second, third] }: { cells: readonly [string, string, string] }) {
  return (
    <tr>
      <td className={CELL}>{first}</td>
      <td className={CELL}>{second}</td>
      <td className={CELL}>{third}</td>
    </tr>
  )
}
const CELL = 'border-b border-line py-1.5 pe-4'
