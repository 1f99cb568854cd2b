import type { TieBreaker } from '#domain/tie-breakers.ts'

/** How sides level on points are told apart, as leagues usually do; the first is whatever the sport's tables do. */
export const ORDERS: readonly { label: string; rules?: readonly TieBreaker[] }[] = [
  { label: 'As usual in this sport' },
  { label: 'Difference, scored, their meetings', rules: ['difference', 'for', 'head-to-head'] },
  { label: 'Their meetings, difference, scored', rules: ['head-to-head', 'difference', 'for'] },
  { label: 'Wins, difference, scored', rules: ['wins', 'difference', 'for'] },
  { label: 'Percentage of games won, not points', rules: ['percentage', 'head-to-head-percentage'] },
]

/** The place of an order in that list; -1 for one of a league's own. */
export function orderOf(rules: readonly TieBreaker[], usual: readonly TieBreaker[]): number {
  const isSame = (other: readonly TieBreaker[]) => other.join() === rules.join()
  return isSame(usual) ? 0 : ORDERS.findIndex(order => order.rules && isSame(order.rules))
}

const WORDS: Readonly<Record<string, string>> = {
  overtimeWin: 'Win in overtime',
  overtimeLoss: 'Loss in overtime',
  shootoutWin: 'Win in a shoot-out',
  shootoutLoss: 'Loss in a shoot-out',
  forfeitWin: 'Win by forfeit',
  forfeitLoss: 'Loss by forfeit',
  noResult: 'No result',
  tries: 'Bonus for tries',
  narrowLoss: 'Bonus for a narrow loss',
}

/** `sevensWin`, where nobody has given it a name, is a `Sevens win`. */
export function outcomeWords(outcome: string): string {
  const words = outcome.replace(/[A-Z]|\d+/g, part => ` ${part.toLowerCase()}`)
  return WORDS[outcome] ?? words.charAt(0).toUpperCase() + words.slice(1)
}
