import { randomUUID } from 'node:crypto'
import type { Guessing } from '../guessing.ts'
import type { Limit, LimitName, Limits } from '../limits.ts'
import type { Link } from '../nodes/link.ts'

const TAKEN = 'sideline:workers:taken'
const GUESSED = 'sideline:workers:guessed'

type Said = { name: LimitName; key: string; cost?: number } | { limit: Limit; key: string; cost?: number }
type Guess = { what: 'began' | 'failed' | 'succeeded'; account: string; address: string }

/** Tells the others, and hears what they tell; a link may hand back what was sent on it. */
function among<T extends object>(link: Link, channel: string, hear: (said: T) => void): (said: T) => void {
  const from = randomUUID()
  link.subscribe(channel)
  link.onMessage((_channel, text) => {
    const said = JSON.parse(text) as T & { from: string }
    if (said.from !== from) hear(said)
  })
  return said => link.publish(channel, JSON.stringify({ ...said, from }))
}

/**
 * The limits of all workers of a server: what one of them has given is taken at the others too, a moment later. Who sends through several
 * at the very same instant may get a little more than through one, never n times as much for long.
 */
export function shareLimits(own: Limits, link: Link): Limits {
  const tell = among<Said>(link, TAKEN, said => {
    if ('name' in said) own.take(said.name, said.key, said.cost)
    else own.takeUnder(said.limit, said.key, said.cost)
  })
  return {
    take(name, key, cost) {
      const taken = own.take(name, key, cost)
      // What a socket says is counted where it is; nobody else has it.
      if (taken.ok && name !== 'messages') tell({ name, key, cost })
      return taken
    },
    takeUnder(limit, key, cost) {
      const taken = own.takeUnder(limit, key, cost)
      // Each worker has its share of an address's sockets and handshakes.
      if (taken.ok && !key.startsWith('handshake ')) tell({ limit, key, cost })
      return taken
    },
    size: own.size,
  }
}

/** Guessing at one worker counts at all of them. */
export function shareGuessing(own: Guessing, link: Link): Guessing {
  const tell = among<Guess>(link, GUESSED, ({ what, account, address }) => own[what](account, address))
  const share = (what: Guess['what']) => (account: string, address: string) => {
    own[what](account, address)
    tell({ what, account, address })
  }
  return { waitMs: own.waitMs, began: share('began'), failed: share('failed'), succeeded: share('succeeded') }
}
