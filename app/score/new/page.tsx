import type { Metadata } from 'next'
import { type KnownSide, NewGame } from '#components/scorer/new-game.tsx'
import { NoRole } from '#components/scorer/no-role.tsx'
import { app } from '#server/app.ts'
import { isScorer, signedIn } from '../guard.ts'

export const metadata: Metadata = { title: 'New game', robots: { index: false } }

/** Names of the newest games are offered while typing. */
const RECENT = 500

export default async function NewGamePage() {
  const account = await signedIn('/score/new')
  if (!isScorer(account)) return <NoRole needs="scorer" what="Creating games" />
  const [all, listed] = await Promise.all([app().competitions.list(), app().games.list(account, { limit: RECENT })])
  const sports = (app().describeSports() as { id: string; name: string }[]).map(({ id, name }) => ({ id, name }))
  const competitions = all.filter(({ id }) => account.grants === null || account.grants.competitions.includes(id))
  const known = new Map<string, KnownSide>()
  for (const game of listed.ok ? listed.games : []) {
    for (const { name } of [game.home, game.away]) {
      const side = { name, sport: game.sport, competitionId: game.competition?.id ?? null }
      known.set(JSON.stringify(side), side)
    }
  }
  return <NewGame sports={sports} competitions={competitions} known={[...known.values()]} mustChoose={account.grants !== null} />
}
