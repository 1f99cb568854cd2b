'use client'
import Link from 'next/link'
import { useDeferredValue } from 'react'
import { GameChart } from '#components/charts/game-chart.tsx'
import { ChatPanel } from '#components/chat/chat-panel.tsx'
import { useFreshness } from '#components/live/freshness.ts'
import { useGame } from '#components/live/use-game.ts'
import { useLink } from '#components/shell/use-link.ts'
import { cx } from '#components/ui/cx.ts'
import { Empty } from '#components/ui/notice.tsx'
import { PageZone, RenderedAt } from '#components/ui/use-time.ts'
import type { Game, GameRow } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { BoxSection } from './box-section.tsx'
import { FactsBar } from './facts-bar.tsx'
import { GameActions } from './game-actions.tsx'
import { GameHeader } from './game-header.tsx'
import { Linescore } from './linescore.tsx'
import { titleOf } from './page-title.ts'
import { PlayByPlay } from './play-by-play.tsx'
import { hasBegun, sidesStyle } from './sides.ts'
import type { Sayings, Story } from './story.ts'
import { TieOf, TieSection } from './tie-section.tsx'
import { useAnnouncements } from './use-announcements.ts'
import { usePageTitle } from './use-page-title.ts'
import { useStory } from './use-story.ts'

export interface GamePageProps {
  page: { game: Game; plays: Play[]; viewers: number; canScore: boolean; canModerate: boolean; parts?: GameRow[]; tie?: GameRow }
  /** The same game folded by the server, for the first paint. */
  drawn: { story: Story; sayings: Sayings }
  chat: { isOpen: boolean; accountName: string | null }
  renderedAt: number
}

/** One game, live: drawn whole by the server, then followed by the browser from the seq it was drawn with. */
export function GamePage(props: GamePageProps) {
  const { game } = props.page
  return (
    <RenderedAt value={props.renderedAt}>
      <PageZone value={game.timeZone}>
        <Following key={`${game.id}:${game.epoch}`} {...props} />
      </PageZone>
    </RenderedAt>
  )
}

function Following({ page, drawn, chat }: GamePageProps) {
  const { view, store } = useGame(page)
  const { link } = useLink()
  const freshness = useFreshness()
  const later = useDeferredValue(view)
  const { story, sayings } = useStory(view, later, drawn)
  useAnnouncements(view, sayings, story.hasSets)
  usePageTitle(view.game)
  const { game } = view
  return (
    <div
      data-connection={link}
      data-status={game.status}
      data-seq={game.seq}
      className={cx('sides page pb-16', freshness === 'stale' && 'stale')}
      style={sidesStyle(game)}
    >
      {view.isGone ? (
        <Gone game={game} />
      ) : (
        <>
          <div className="flex min-h-12 items-center justify-between gap-4">
            <Trail game={game} tie={page.tie} />
            <GameActions game={game} canScore={page.canScore} title={titleOf(game)} />
          </div>
          <GameHeader view={view} sayings={sayings} story={story} />
          <FactsBar view={view} store={store} pace={story.chart?.kind === 'timeline' ? 'timeline' : 'lead'} />
          <TieSection game={game} rows={page.parts} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-9 pt-7 lg:grid-cols-[minmax(0,1.8fr)_minmax(0,1fr)] lg:grid-rows-[auto_auto_1fr]">
            {hasBegun(game) && (game.linescore.columns.length > 0 || story.chart?.steps.length) ? (
              <div className="flex flex-col gap-9">
                {/* A tie goes match by match: its columns say all that a chart could. */}
                {game.parts ? null : <GameChart game={later.game} plays={later.plays} story={story} />}
                <Linescore game={game} story={story} others={sayings.totals} />
                <BoxSection game={later.game} tables={story.box} />
              </div>
            ) : null}
            <div className="lg:col-start-2 lg:row-span-3 lg:row-start-1">
              <PlayByPlay game={later.game} plays={later.plays} story={story} />
            </div>
            <ChatPanel gameId={game.id} isOpen={chat.isOpen && game.chat} accountName={chat.accountName} canModerate={page.canModerate} />
          </div>
        </>
      )}
    </div>
  )
}

function Trail({ game: { competition, round }, tie }: { game: Game; tie?: GameRow }) {
  return (
    <p className="min-w-0 truncate text-sm text-soft">
      {competition ? (
        <Link href={`/competitions/${competition.id}`} prefetch={false} className="underline-offset-4 hover:text-ink hover:underline">
          {competition.name}
        </Link>
      ) : null}
      {competition && round ? ' / ' : null}
      {round?.name}
      {tie && (competition || round) ? ' / ' : null}
      {tie ? <TieOf tie={tie} /> : null}
    </p>
  )
}

function Gone({ game }: { game: Game }) {
  return (
    <Empty title={`${game.home.name} against ${game.away.name} is no longer here`}>
      <p>
        The game was deleted while you were watching, or is not open to you any more.{' '}
        <Link href="/" className="underline underline-offset-4">
          See today’s games
        </Link>
      </p>
    </Empty>
  )
}
