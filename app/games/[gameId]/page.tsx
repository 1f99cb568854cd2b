import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { GamePage } from '#components/game/game-page.tsx'
import { titleOf } from '#components/game/page-title.ts'
import { sayGame, tellStory } from '#components/game/story.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { playedAs } from '#domain/tie.ts'
import { app } from '#server/app.ts'

type Props = { params: Promise<{ gameId: string }> }

/** Read once a request, for the page and its metadata alike. */
const read = cache(async (gameId: string) => {
  const asked = await app().identify(await headers())
  const account = asked.ok ? asked.account : null
  const answer = await app().pages.game(account, gameId)
  return answer.ok ? { ...answer.page, account } : notFound()
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { gameId } = await params
  const { game } = await read(gameId)
  const where = [game.competition?.name, game.round?.name, game.venue].filter(Boolean).join(', ')
  const description = `${game.home.name} against ${game.away.name}${where ? `, ${where}` : ''}: score, plays and the lead, live.`
  const title = titleOf(game)
  return {
    title: { absolute: title },
    description,
    alternates: { canonical: `/games/${gameId}` },
    openGraph: { title, description, type: 'website' },
    ...(game.visibility === 'public' ? {} : { robots: { index: false } }),
  }
}

export default async function Page({ params }: Props) {
  const { gameId } = await params
  const { account, ...page } = await read(gameId)
  const load = SPORTS[page.game.sport]
  if (!load) notFound()
  const { rules } = page.game
  const sport = playedAs((await load()).sport, rules.values)
  const drawn = { story: tellStory(sport, page.game, page.plays), sayings: sayGame(sport, page.game) }
  const chat = { isOpen: page.game.chat && (await app().chat.isOn()), accountName: account?.name ?? null }
  return <GamePage page={page} drawn={drawn} chat={chat} renderedAt={Date.now()} />
}
