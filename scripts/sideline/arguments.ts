/** What a command takes. A flag's value is described by its word in the help; null: it takes none. */
export interface Shape {
  /** Words behind the command, in order. */
  words?: readonly string[]
  /** One more word that may be left out. */
  mayAdd?: string
  flags?: Readonly<Record<string, string | null>>
}

export interface Arguments {
  words: string[]
  /** Every value of a flag, in order. */
  all(flag: string): string[]
  one(flag: string): string | undefined
  has(flag: string): boolean
}

/** A mistake in how the tool was called: told with the help's address, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** `--flag value`, `--flag=value`, words in any order; `--` ends the flags. */
export function parseArguments(given: readonly string[], { words: wanted = [], mayAdd, flags: known = {} }: Shape): Arguments {
  const words: string[] = []
  const flags = new Map<string, string[]>()
  let isLiteral = false
  for (let i = 0; i < given.length; i++) {
    const word = given[i] ?? ''
    if (isLiteral || !word.startsWith('--')) {
      words.push(word)
      continue
    }
    if (word === '--') {
      isLiteral = true
      continue
    }
    const [name = '', inline] = splitOnce(word.slice(2))
    const takes = Object.hasOwn(known, name) ? known[name] : undefined
    if (takes === undefined) throw new UsageError(`unknown option --${name}`)
    if (takes === null && inline !== undefined) throw new UsageError(`--${name} takes no value`)
    const value = takes === null ? '' : (inline ?? given[++i])
    if (value === undefined || (takes !== null && inline === undefined && value.startsWith('--'))) {
      throw new UsageError(`--${name} needs ${takes}`)
    }
    flags.set(name, [...(flags.get(name) ?? []), value])
  }
  if (words.length < wanted.length) throw new UsageError(`${wanted[words.length]} is missing`)
  const most = wanted.length + (mayAdd ? 1 : 0)
  if (words.length > most) throw new UsageError(`"${words[most]}" is one word too many`)
  const all = (flag: string) => flags.get(flag) ?? []
  return {
    words,
    all,
    has: flag => flags.has(flag),
    one(flag) {
      const values = all(flag)
      if (values.length > 1) throw new UsageError(`--${flag} is given twice`)
      return values[0]
    },
  }
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** The values of a flag that may be repeated or hold a comma list. */
export function listOf(values: readonly string[]): string[] | undefined {
  const list = values.flatMap(value => value.split(',')).map(value => value.trim())
  return list.length === 0 ? undefined : list.filter(Boolean)
}
