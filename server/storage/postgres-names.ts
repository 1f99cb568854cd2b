const NAMED_MAX = 300
const SEEN_MAX = 2_000
const USES_BEFORE_NAMED = 3
const TEXT_MAX = 5_000

export interface Names {
  nameOf(text: string): string | undefined
}

/**
 * Names for the statements that come again and again, which each connection then prepares once: planning a list of games costs more than
 * reading it. Lists of ids make ever new statements; those stay nameless, and both ends forget them.
 */
export function statementNames(): Names {
  const named = new Map<string, string>()
  const seen = new Map<string, number>()
  return {
    nameOf(text) {
      const known = named.get(text)
      if (known !== undefined || named.size >= NAMED_MAX || text.length > TEXT_MAX || !/^(select|insert|update|delete)/i.test(text))
        return known
      const uses = (seen.get(text) ?? 0) + 1
      seen.delete(text)
      if (uses < USES_BEFORE_NAMED) {
        seen.set(text, uses)
        const oldest = seen.size > SEEN_MAX ? seen.keys().next().value : undefined
        if (oldest !== undefined) seen.delete(oldest)
        return undefined
      }
      const name = `s${named.size + 1}`
      named.set(text, name)
      return name
    },
  }
}
