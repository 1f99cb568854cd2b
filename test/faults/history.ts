/** What a scorer saw of one play: acknowledged at a seq, refused, or never answered. */
export interface Invocation {
  id: string
  outcome: { ok: number } | 'fail' | 'info'
}
/** What a page showed, one entry per change. A jump by snapshot is allowed and marked. */
export interface Shown {
  epoch: string
  seq: number
  bySnapshot: boolean
}
export interface History {
  invocations: readonly Invocation[]
  /** The log as the database has it at the end. */
  log: readonly { seq: number; id: string }[]
  watchers: readonly { shown: readonly Shown[]; state: string }[]
  /** The fold of the log at the end, in the watchers' form. */
  truth: string
}

/** Judges a run: lost, duplicated, reordered, silently stale. An empty list is a clean one. */
export function violations({ invocations, log, watchers, truth }: History): string[] {
  const found: string[] = []
  const seqs = new Map<string, number[]>()
  for (const { id, seq } of log) seqs.set(id, [...(seqs.get(id) ?? []), seq])
  for (const { id, outcome } of invocations) {
    const at = seqs.get(id) ?? []
    if (at.length > 1) found.push(`duplicated: ${id} at ${at.join(', ')}`)
    if (typeof outcome === 'object' && !at.includes(outcome.ok)) found.push(`lost: ${id} was acknowledged at ${outcome.ok}`)
    if (outcome === 'fail' && at.length > 0) found.push(`refused but stored: ${id}`)
  }
  log.forEach(({ seq }, i) => {
    if (seq !== i + 1) found.push(`gap: ${seq} stands at place ${i + 1}`)
  })
  watchers.forEach(({ shown, state }, watcher) => {
    for (const [i, { epoch, seq, bySnapshot }] of shown.entries()) {
      const before = shown[i - 1]
      if (!before || before.epoch !== epoch) continue
      if (seq < before.seq) found.push(`watcher ${watcher} went back from ${before.seq} to ${seq}`)
      if (seq > before.seq + 1 && !bySnapshot) found.push(`watcher ${watcher} skipped from ${before.seq} to ${seq}`)
    }
    if (state !== truth) found.push(`watcher ${watcher} ended on ${state}, not ${truth}`)
  })
  return found
}
