import type { Metadata } from 'next'
import { GameList } from '#components/scorer/game-list.tsx'
import { NoRole } from '#components/scorer/no-role.tsx'
import type { Game } from '#domain/game.ts'
import { type Account, app } from '#server/app.ts'
import { canCreate, isScorer, signedIn } from './guard.ts'

export const metadata: Metadata = { title: 'Score games', robots: { index: false } }

const DAY_MS = 86_400_000

/** The games this account may score: those under way first, then those to come, then what was just played. */
export default async function ScorePage() {
  const account = await signedIn('/score')
  if (!isScorer(account)) return <NoRole needs="scorer" what="Scoring games" />
  const zone = app().config.timeZone
  const dayOf = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)
  const now = Date.now()
  const [live, scheduled, today, yesterday] = await Promise.all([
    gamesOf(account, { status: ['live', 'suspended'] }),
    gamesOf(account, { status: ['scheduled'] }),
    gamesOf(account, { date: dayOf(now) }),
    gamesOf(account, { date: dayOf(now - DAY_MS) }),
  ])
  const isOver = ({ status }: Game) => status === 'final' || status === 'forfeited'
  return (
    <GameList
      live={live}
      scheduled={scheduled.filter(({ startsAt }) => startsAt === null || Date.parse(startsAt) > now - DAY_MS)}
      over={[...today, ...yesterday].filter(isOver)}
      canCreate={canCreate(account)}
    />
  )
}

async function gamesOf(account: Account, query: { status?: string[]; date?: string }): Promise<Game[]> {
  const listed = await app().games.list(account, { ...query, limit: 200 })
  return listed.ok ? listed.games.filter(game => mayScore(account, game)) : []
}

function mayScore({ grants }: Account, game: Game): boolean {
  return (
    grants === null || grants.games.includes(game.id) || (game.competition !== null && grants.competitions.includes(game.competition.id))
  )
}
