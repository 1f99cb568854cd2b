import type { Metadata } from 'next'
import { FixturesPage } from '#components/admin/fixtures-page.tsx'
import { app } from '#server/app.ts'
import { enter } from '../../enter.tsx'

export const metadata: Metadata = { title: 'Fixtures' }

interface Props {
  searchParams: Promise<{ competition?: string | string[] }>
}

/** Many games at once, from a list. */
export default async function Page({ searchParams }: Props) {
  const { account, refusal } = await enter('/admin/games/paste')
  if (!account) return refusal
  const [{ competition }, answer] = await Promise.all([searchParams, app().admin.games.competitions(account)])
  if (!answer.ok) throw new Error(answer.error.message)
  const competitions = answer.competitions.filter(({ isDemo }) => !isDemo).map(({ id, name, sport }) => ({ id, name, sport }))
  return (
    <FixturesPage competitions={competitions} chosen={competitions.find(({ id }) => id === competition)?.id ?? competitions[0]?.id ?? ''} />
  )
}
