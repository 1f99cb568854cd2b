/** Where a server is killed while it takes a play, in the order in which it comes there. */
export type Step = 'before the commit' | 'during the commit' | 'after the commit' | 'after the update' | 'after the answer'

/** The play at which it ends. */
export const LAST = 'the-last-play'
