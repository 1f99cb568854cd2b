import type { Result } from '#domain/errors.ts'
import { ADDRESS_HEADER, plainAddress } from '../address.ts'
import type { Context } from '../context.ts'
import { ORGANISATION } from '../organisation.ts'
import { type AnyHeaders, readHeader } from '../origin.ts'
import type { Account } from '../policies.ts'
import type { Acts } from './act.ts'

export interface Overview {
  games: { live: number; today: number; all: number; demo: number }
  people: number
  tokens: number
  competitions: number
  /** How the asker's request looked from here: what tells a proxy that is set up wrong. */
  seen: {
    address: string
    host: string
    publicOrigin: string | null
    isSecure: boolean
    /** Something forwards requests and is not listed in TRUSTED_PROXIES. */
    isProxyUnlisted: boolean
  }
}

const HOURS = 3_600_000

export function createOverview({ look }: Acts, { storage, config, now }: Context) {
  const { db } = storage
  return (account: Account | null, headers: AnyHeaders): Promise<Result<{ overview: Overview }>> =>
    look(account, async () => {
      // The matches of a tie are its parts, not games of their own.
      const games = db
        .selectFrom('games')
        .where('organisation_id', '=', ORGANISATION)
        .where('deleted_at', 'is', null)
        .where('part_of', 'is', null)
      const count = games.select(eb => eb.fn.countAll<number>().as('n'))
      const [live, near, all, demo, people, tokens, competitions] = await storage.readBatch([
        count.where('status', 'in', ['live', 'break', 'suspended']).compile(),
        count
          .where('starts_at', '>=', now() - 12 * HOURS)
          .where('starts_at', '<', now() + 12 * HOURS)
          .compile(),
        count.compile(),
        count.where('demo', '=', 1).compile(),
        db
          .selectFrom('user')
          .select(eb => eb.fn.countAll<number>().as('n'))
          .compile(),
        db
          .selectFrom('tokens')
          .select(eb => eb.fn.countAll<number>().as('n'))
          .where('revoked_at', 'is', null)
          .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now())]))
          .compile(),
        db
          .selectFrom('competitions')
          .select(eb => eb.fn.countAll<number>().as('n'))
          .compile(),
      ])
      const figure = (rows: { n: number }[]) => Number(rows[0]?.n ?? 0)
      return {
        ok: true,
        overview: {
          games: { live: figure(live), today: figure(near), all: figure(all), demo: figure(demo) },
          people: figure(people),
          tokens: figure(tokens),
          competitions: figure(competitions),
          seen: {
            address: readHeader(headers, ADDRESS_HEADER) ?? '',
            host: readHeader(headers, 'host') ?? '',
            publicOrigin: config.publicOrigin,
            isSecure: config.isSecure,
            isProxyUnlisted: isProxyUnlisted(headers),
          },
        },
      }
    })
}

/** Without a proxy the framework writes the peer's own address there; with a listed one the client's address is among those forwarded. */
function isProxyUnlisted(headers: AnyHeaders): boolean {
  const forwarded = (readHeader(headers, 'x-forwarded-for') ?? '').split(',').map(text => plainAddress(text))
  return forwarded.some(address => address !== null) && !forwarded.includes(readHeader(headers, ADDRESS_HEADER) ?? '')
}
