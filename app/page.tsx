import type { Metadata } from 'next'
import { whoAsks } from '#app/account/who.ts'
import { Board } from '#components/board/board.tsx'
import { longDayText } from '#components/ui/time.ts'
import { app } from '#server/app.ts'

interface Props {
  searchParams: Promise<{ d?: string | string[] }>
}

const dayIn = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const day = dayIn((await searchParams).d)
  return {
    title: day && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? `Games on ${longDayText(day)}` : 'Games today',
  }
}

/** Today's games, or the nearest day's when today has none; another day's when the address names it. */
export default async function HomePage({ searchParams }: Props) {
  const date = dayIn((await searchParams).d)
  const [board, account] = await Promise.all([app().pages.board({ date }), whoAsks()])
  const isElsewhere = date === undefined && board.games.length === 0 && board.nearest !== null
  const data = isElsewhere ? await app().pages.board({ date: board.nearest ?? undefined }) : board
  return (
    <Board key={data.date} data={data} isElsewhere={isElsewhere} canRemoveDemo={account?.role === 'owner' || account?.role === 'admin'} />
  )
}
