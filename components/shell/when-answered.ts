/** How long after each failure the server is asked again; then it is left to the reader. */
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000]

/**
 * Asks until there is a good answer, then calls once.
 *
 * @returns stops asking
 */
export function whenAnswered(ask: () => Promise<Pick<Response, 'ok' | 'redirected'>>, then: () => void): () => void {
  let isStopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(attempt: number): Promise<void> {
    // The network of a hotel answers everything, by leading elsewhere.
    const isAnswered = await ask().then(
      ({ ok, redirected }) => ok && !redirected,
      () => false,
    )
    if (isStopped) return
    const wait = WAITS_MS[attempt]
    if (isAnswered) then()
    else if (wait !== undefined) timer = setTimeout(() => void look(attempt + 1), wait)
  }

  void look(0)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
