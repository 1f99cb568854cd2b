/** What the rules had to say about a play that was counted all the same: a sentence for whoever keeps the score. */
const WORDS: Readonly<Record<string, string>> = {
  'after-end': 'Counted after the end; the game stays over.',
  'not-started': 'Ended before it had begun: a bare result.',
  'already-running': 'The clock was running already.',
  'not-running': 'The clock was standing already.',
  'player-fouled-out': 'This player has fouled out.',
  'player-must-leave': 'The last foul allowed: this player has to leave.',
  'no-timeouts-left': 'This side had no time-out left.',
  'second-yellow': 'The second yellow card: it takes a red one too.',
  'player-sent-off': 'This player has been sent off.',
  'no-substitutions-left': 'This side had no substitution left.',
  'shootout-settled': 'The shoot-out was settled already.',
  'half-over': 'That half inning was over.',
  'half-short': 'The half inning before it had fewer than three outs.',
  'past-winning-run': 'More runs than it took to win.',
  'set-over': 'That set was over.',
}

/** The sentences of a play's warnings; codes that nobody here knows are passed over. */
export const warningsOf = ({ warnings = [] }: { warnings?: readonly string[] }) =>
  warnings.flatMap(code => (Object.hasOwn(WORDS, code) ? [WORDS[code] as string] : []))
