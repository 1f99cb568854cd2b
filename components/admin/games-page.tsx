import Link from 'next/link'
import { StatusWord } from '#components/game/status-word.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Empty } from '#components/ui/notice.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import type { AdminGame, Stage } from './admin-data.ts'

interface GamesPageProps {
  stage: Stage
  page: number
  games: AdminGame[]
  counts: Record<Stage, number>
  hasMore: boolean
}

const STAGES: readonly [Stage, string, string][] = [
  ['live', 'Being played', 'Nothing is being played'],
  ['next', 'To come', 'Nothing is planned'],
  ['done', 'Over', 'Nothing is over yet'],
]

/** Every game there is, private ones too, by where it stands. */
export function GamesPage({ stage, page, games, counts, hasMore }: GamesPageProps) {
  const href = (to: Stage, number = 1) => `/admin/games?stage=${to}${number > 1 ? `&page=${number}` : ''}`
  return (
    <>
      <h1 className="sr-only">Games</h1>
      <div className="rule flex flex-wrap-reverse items-end justify-between gap-x-4">
        <TabLinks
          label="Games by where they stand"
          tabs={STAGES.map(([id, label]) => ({
            href: href(id),
            isCurrent: id === stage,
            label: (
              <>
                {label}
                {counts[id] > 0 ? <span className={cx('figures', id === 'live' && 'text-live')}>{counts[id]}</span> : null}
              </>
            ),
          }))}
        />
        <div className="mb-2 flex flex-wrap gap-2">
          <ButtonLink href="/admin/games/paste" prefetch={false}>
            Paste a fixture list
          </ButtonLink>
          <ButtonLink href="/score" prefetch={false}>
            Score or add a game
          </ButtonLink>
        </div>
      </div>
      {games.length === 0 ? <Empty title={STAGES.find(([id]) => id === stage)?.[2] ?? ''} /> : null}
      <ul>
        {games.map(game => (
          <GameItem key={game.id} game={game} />
        ))}
      </ul>
      {page > 1 || hasMore ? (
        <nav aria-label="Pages" className="mt-4 flex justify-between gap-2">
          {page > 1 ? <ButtonLink href={href(stage, page - 1)}>Back</ButtonLink> : <span />}
          {hasMore ? <ButtonLink href={href(stage, page + 1)}>More</ButtonLink> : null}
        </nav>
      ) : null}
    </>
  )
}

const HAS_SCORE: ReadonlySet<AdminGame['status']> = new Set(['live', 'break', 'suspended', 'final', 'forfeited', 'abandoned'])

function GameItem({ game }: { game: AdminGame }) {
  const marks = [
    game.visibility === 'public' ? null : game.visibility,
    game.chat ? null : 'chat off',
    game.official ? 'official' : null,
    game.demo ? 'demo' : null,
  ].filter(Boolean)
  const score = (side: 'home' | 'away') => (HAS_SCORE.has(game.status) ? game.score[side] : '–')
  return (
    <li className="relative flex min-h-19 items-center gap-x-4 border-b border-line py-2">
      <span className="w-16 shrink-0 sm:w-19">
        <StatusWord game={game} />
      </span>
      <Link
        href={`/admin/games/${game.id}`}
        prefetch={false}
        className="grid min-w-0 grow grid-cols-[minmax(0,1fr)_auto] gap-x-4 underline-offset-4 after:absolute after:inset-0 hover:underline"
      >
        <span className="truncate font-[560]">{game.home.name}</span>
        <span className="figures text-end text-lg">{score('home')}</span>
        <span className="truncate font-[560]">
          <span className="sr-only"> v </span>
          {game.away.name}
        </span>
        <span className="figures text-end text-lg">{score('away')}</span>
      </Link>
      <p className="w-32 shrink-0 text-end text-xs text-soft max-sm:hidden lg:w-64">
        <span className="block truncate">{game.competition?.name ?? 'No competition'}</span>
        {marks.join(', ')}
      </p>
    </li>
  )
}
