import Link from 'next/link'
import { sportName } from '#components/board/board-data.ts'
import { Empty } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Ref } from '#domain/game.ts'
import { AddGame } from './add-game.tsx'
import { count } from './admin-data.ts'
import { NewCompetition } from './new-competition.tsx'

interface CompetitionsPageProps {
  competitions: (Ref & { sport: string; games: number; isDemo: boolean })[]
  sports: string[]
}

export function CompetitionsPage({ competitions, sports }: CompetitionsPageProps) {
  return (
    <div className="grid items-start gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Competitions</h1>
      <Section title="Competitions">
        {competitions.length > 0 ? (
          <ul>
            {competitions.map(({ id, name, sport, games, isDemo }) => (
              <li key={id} className="flex min-h-16 items-center justify-between gap-4 border-b border-line py-2">
                <div className="min-w-0">
                  <Link href={`/admin/competitions/${id}`} prefetch={false} className="font-[560] underline-offset-4 hover:underline">
                    {name}
                  </Link>
                  <p className="text-sm text-soft">
                    {sportName(sport)}
                    {isDemo ? ', demo' : null}
                  </p>
                </div>
                <div className="flex shrink-0 flex-col items-end text-sm">
                  {games === 0 ? <span className="text-soft">no games yet</span> : count(games, 'game')}
                  <AddGame id={id} name={name} sport={sport} isFirst={games === 0} />
                  {isDemo ? null : (
                    <Link
                      href={`/admin/games/paste?competition=${id}`}
                      prefetch={false}
                      className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4"
                    >
                      Paste fixtures
                      <span className="sr-only">: {name}</span>
                    </Link>
                  )}
                </div>
              </li>
            ))}
          </ul>
        ) : (
          <Empty title="No competitions yet">Games may also be played outside of any.</Empty>
        )}
      </Section>
      <Section title="Add a competition">
        <div className="mt-5">
          <NewCompetition sports={sports} />
        </div>
      </Section>
    </div>
  )
}
