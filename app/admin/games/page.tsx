import type { Metadata } from 'next'
import { GamesPage } from '#components/admin/games-page.tsx'
import { app } from '#server/app.ts'
import { enter } from '../enter.tsx'

export const metadata: Metadata = { title: 'Games' }

interface Props {
  searchParams: Promise<{ stage?: string | string[]; page?: string | string[] }>
}

const STAGES = ['live', 'next', 'done'] as const

export default async function Page({ searchParams }: Props) {
  const { account, refusal } = await enter('/admin/games')
  if (!account) return refusal
  const asked = await searchParams
  const page = /^[1-9]\d{0,3}$/.test(String(asked.page)) ? Number(asked.page) : 1
  const list = (stage: (typeof STAGES)[number]) => app().admin.games.list(account, { stage, page })
  // Without a choice, whatever there is: what is being played before what comes before what was.
  let answer = await list(STAGES.find(stage => stage === asked.stage) ?? 'live')
  let stage = STAGES.find(one => one === asked.stage) ?? 'live'
  if (answer.ok && asked.stage === undefined) {
    const { counts } = answer
    stage = STAGES.find(one => counts[one] > 0) ?? 'live'
    if (stage !== 'live') answer = await list(stage)
  }
  if (!answer.ok) throw new Error(answer.error.message)
  return <GamesPage stage={stage} page={page} games={answer.games} counts={answer.counts} hasMore={answer.hasMore} />
}
