/** Does something with each of a list, so many at once. */
export async function each<T>(list: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> {
  const rest = list.values()
  const lane = async () => {
    for (const one of rest) await act(one)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, lane))
}
