import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { whoAsks } from '#app/account/who.ts'
import { GameSettings } from '#components/admin/game-settings.tsx'
import { app } from '#server/app.ts'
import { enter } from '../../enter.tsx'

interface Props {
  params: Promise<{ gameId: string }>
}

const read = cache(async (gameId: string) => app().games.get(await whoAsks(), gameId))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if (!app().admin.isAllowed(await whoAsks())) return {}
  const answer = await read((await params).gameId)
  return answer.ok ? { title: `${answer.game.home.shortName} v ${answer.game.away.shortName}` } : {}
}

export default async function Page({ params }: Props) {
  const { gameId } = await params
  const { account, refusal } = await enter(`/admin/games/${encodeURIComponent(gameId)}`)
  if (!account) return refusal
  const answer = await read(gameId)
  if (!answer.ok) notFound()
  return <GameSettings game={answer.game} isChatOn={await app().chat.isOn()} />
}
