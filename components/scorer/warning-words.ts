import type { PlayMarks } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'

/** What the kernel had to say about a play that was counted all the same: a sentence for whoever keeps the score. */
const WORDS: Readonly<Record<string, string>> = {
  'after-end': 'Counted after the end; the game stays over.',
  'not-started': 'Ended before it had begun: a bare result.',
  'already-running': 'The clock was running already.',
  'not-running': 'The clock was standing already.',
}

/** The sentences of a play's warnings, the sport's own before those of every sport; codes that neither knows are passed over. */
export const warningsOf = ({ warnings: own = {} }: Pick<Sport, 'warnings'>, { warnings = [] }: Pick<PlayMarks, 'warnings'>): string[] =>
  warnings.flatMap(code => [own, WORDS].find(words => Object.hasOwn(words, code))?.[code] ?? [])
