import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NoRole } from '#components/scorer/no-role.tsx'
import { ScorerTable } from '#components/scorer/scorer-table.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/notice.tsx'
import { app } from '#server/app.ts'
import { signedIn } from '../guard.ts'

interface Props {
  params: Promise<{ gameId: string }>
}

export const metadata: Metadata = { title: 'The table', robots: { index: false } }

export default async function TablePage({ params }: Props) {
  const { gameId } = await params
  const account = await signedIn(`/score/${gameId}`)
  const found = await app().pages.game(account, gameId)
  if (!found.ok) {
    if (found.error.code !== 'GONE') notFound()
    return (
      <div className="page">
        <Empty title="This game was deleted">
          <ButtonLink href="/score">Other games</ButtonLink>
        </Empty>
      </div>
    )
  }
  const { game, plays, viewers, canScore, canModerate, parts } = found.page
  if (!canScore && !canModerate) return <NoRole needs="scorer" what={`Scoring ${game.home.name} against ${game.away.name}`} />
  return (
    <ScorerTable
      key={game.id}
      game={game}
      plays={plays}
      viewers={viewers}
      parts={parts}
      accountId={account.id}
      canManage={canModerate}
      renderedAt={Date.now()}
    />
  )
}
