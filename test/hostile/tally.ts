/** What became of everything that was sent under one name. */
interface Row {
  sent: number
  ok: number
  /** Refused before a handler saw it, by code. */
  refused: Map<string, number>
  /** Answered by the handler's own errors, by code. */
  reached: Map<string, number>
  /** Sent without asking for an answer, or cut off with its connection. */
  silent: number
}

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, count) => all + count, 0)
const said = (counts: ReadonlyMap<string, number>) =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ')

/** Counts by answers alone: what was not answered reached nobody, as far as can be seen. */
export function createTally(names: readonly string[]) {
  const rows = new Map<string, Row>()
  const row = (name: string): Row => {
    const known = rows.get(name) ?? { sent: 0, ok: 0, refused: new Map(), reached: new Map(), silent: 0 }
    rows.set(name, known)
    return known
  }
  for (const name of names) row(name)
  const count = (counts: Map<string, number>, code: string) => counts.set(code, (counts.get(code) ?? 0) + 1)

  return {
    sent(name: string) {
      row(name).sent += 1
    },
    ok(name: string) {
      row(name).ok += 1
    },
    refused(name: string, code: string) {
      count(row(name).refused, code)
    },
    reached(name: string, code: string) {
      count(row(name).reached, code)
    },
    silent(name: string) {
      row(name).silent += 1
    },
    rows: () => new Map([...rows].map(([name, { sent, ok, reached }]) => [name, { sent, ok, reached: ok + sum(reached) }])),
    total() {
      const all = [...rows.values()]
      return {
        sent: all.reduce((total, { sent }) => total + sent, 0),
        reached: all.reduce((total, { ok, reached }) => total + ok + sum(reached), 0),
      }
    },
    /** How often a code was answered, wherever. */
    answers(code: string): number {
      return [...rows.values()].reduce((total, { refused, reached }) => total + (refused.get(code) ?? 0) + (reached.get(code) ?? 0), 0)
    },
    print(title: string): string {
      const lines = [...rows].map(([name, { sent, ok, refused, reached, silent }]) => [
        name,
        String(sent),
        String(ok + sum(reached)),
        String(ok),
        String(silent),
        [said(refused) && `refused: ${said(refused)}`, said(reached) && `own: ${said(reached)}`].filter(Boolean).join('; '),
      ])
      const table = [[title, 'sent', 'reached', 'ok', 'no answer', 'by code'], ...lines]
      const widths = [0, 1, 2, 3, 4].map(column => Math.max(...table.map(line => line[column]?.length ?? 0)))
      return table
        .map(line =>
          line.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : i < 5 ? cell.padStart(widths[i] ?? 0) : cell)).join('  '),
        )
        .join('\n')
    },
  }
}
export type Tally = ReturnType<typeof createTally>
