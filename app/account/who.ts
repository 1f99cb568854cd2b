import { headers } from 'next/headers'
import { cache } from 'react'
import { type Account, app } from '#server/app.ts'

/** Who asks for this page; asked once a request, however many parts of the page want to know. */
export const whoAsks = cache(async (): Promise<Account | null> => {
  const identified = await app().identify(await headers())
  return identified.ok ? identified.account : null
})
