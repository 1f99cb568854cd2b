import type { Kysely } from 'kysely'
import { ORGANISATION } from '../organisation.ts'
import type { Database } from '../storage/schema.ts'

const KEY = 'secrets.auth'

/** A cookie signed by one node has to be good at all of them: the secret of the node that was first is everybody's. */
export async function agreeOnSecret(db: Kysely<Database>, own: string): Promise<string> {
  await db
    .insertInto('settings')
    .values({ organisation_id: ORGANISATION, key: KEY, value: JSON.stringify(own) })
    .onConflict(conflict => conflict.columns(['organisation_id', 'key']).doNothing())
    .execute()
  const { value } = await db
    .selectFrom('settings')
    .select('value')
    .where('organisation_id', '=', ORGANISATION)
    .where('key', '=', KEY)
    .executeTakeFirstOrThrow()
  return JSON.parse(value) as string
}
