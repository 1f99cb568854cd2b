import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { type KnownSide, NewGame, type OpenTie } from '#components/scorer/new-game.tsx'
import { NoRole } from '#components/scorer/no-role.tsx'
import type { Game } from '#domain/game.ts'
import { isTie, type TieRules } from '#domain/tie.ts'
import { app } from '#server/app.ts'
import { canCreate, isScorer, signedIn } from '../guard.ts'

export const metadata: Metadata = { title: 'New game', robots: { index: false } }

/** Names of the newest games are offered while typing. */
const RECENT = 500

interface Props {
  searchParams: Promise<{ tie?: string | string[] }>
}

/** For a tie of several matches, one of its matches. */
export default async function NewGamePage({ searchParams }: Props) {
  const { tie: tieId } = await searchParams
  const account = await signedIn(typeof tieId === 'string' ? `/score/new?tie=${encodeURIComponent(tieId)}` : '/score/new')
  if (!isScorer(account)) return <NoRole needs="scorer" what="Creating games" />
  const found = typeof tieId === 'string' ? await app().pages.game(account, tieId) : null
  if (found && (!found.ok || !isTie(found.page.game.rules.values))) notFound()
  if (found?.ok && !found.page.canScore && !found.page.canModerate) return <NoRole needs="scorer" what="Adding matches to this tie" />
  if (!found && !canCreate(account)) return <NoRole needs="competition" what="Creating games" />
  const tie = found?.ok ? openTie(found.page.game) : undefined
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
  return (
    <NewGame
      sports={sports}
      competitions={competitions}
      known={[...known.values()]}
      mustChoose={account.grants !== null}
      tie={tie}
      key={tie?.id}
    />
  )
}

const openTie = ({ id, sport, home, away, competition, startsAt, parts, rules }: Game): OpenTie => ({
  ...{ id, sport, home: home.name, away: away.name, competitionId: competition?.id ?? null, startsAt, matches: parts?.length ?? 0 },
  planned: (rules.values as unknown as TieRules).tieOf,
})
