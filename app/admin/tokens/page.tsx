import type { Metadata } from 'next'
import { TokensPage } from '#components/admin/tokens-page.tsx'
import { app } from '#server/app.ts'
import { enter } from '../enter.tsx'
import { grantable } from '../grantable.ts'

export const metadata: Metadata = { title: 'Tokens' }

export default async function Page() {
  const { account, refusal } = await enter('/admin/tokens')
  if (!account) return refusal
  const answer = await app().admin.tokens.list(account)
  if (!answer.ok) throw new Error(answer.error.message)
  const granted = answer.tokens.flatMap(token => token.games ?? [])
  const choices = await grantable(account, granted)
  return <TokensPage tokens={answer.tokens} choices={choices} />
}
