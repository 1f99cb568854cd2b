import type { RosterEntry } from './game.ts'

type Named = Pick<RosterEntry, 'name'> & { number?: string | null }

const surname = (name: string) => name.split(' ').at(-1) ?? name

/** A player where there is little room; a number typed in front of the name stays with it. */
export function callPlayer({ number = null, name }: Named): { number: string | null; name: string } {
  const typed = /^#?(\d{1,3})[.:]?\s+(?=\S)/.exec(name)
  return { number: number ?? typed?.[1] ?? null, name: surname(name) }
}

/** The same among others, two of whom may have one surname: then the whole name. */
export function callAmong<T extends Named>(all: readonly T[], entry: T): { number: string | null; name: string } {
  const own = callPlayer(entry)
  const isShared = all.some(one => one !== entry && callPlayer(one).name === own.name && callPlayer(one).number === own.number)
  return isShared ? { ...own, name: entry.name } : own
}
