'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { request, sayError } from '#components/account/request.ts'
import { sportName } from '#components/board/board-data.ts'
import { StatusWord } from '#components/game/status-word.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import type { Game, Visibility } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { ConfirmTyped } from './confirm-typed.tsx'
import { GameDetails } from './game-details.tsx'
import { SideDetails } from './side-details.tsx'

type Choice = { chat?: boolean; visibility?: Visibility }

/** What only an admin changes of a game: when and where it is, who sees it, whether fans talk beside it, and whether it is there at all. */
export function GameSettings({ game, isChatOn }: { game: Game; isChatOn: boolean }) {
  const router = useRouter()
  const [said, setSaid] = useState<{ text: string; isError: boolean } | null>(null)
  const [chosen, setChosen] = useState<{ seq: number; data: Choice } | null>(null)
  // What was chosen shows at once; the game, read anew, says it from then on.
  const shown = chosen?.seq === game.seq ? { ...game, ...chosen.data } : game
  const url = `/api/v1/games/${encodeURIComponent(game.id)}`

  /** Whatever a reader can see change in a game is a play of its log. */
  async function edit(data: Choice, words: string) {
    setChosen({ seq: game.seq, data: { ...(chosen?.seq === game.seq ? chosen.data : {}), ...data } })
    const answer = await request('POST', `${url}/plays`, { id: crypto.getRandomValues(new Uint32Array(4)).join('-'), kind: 'edit', data })
    if (!answer.ok) setChosen(null)
    setSaid(answer.ok ? { text: words, isError: false } : { text: sayError(answer.error), isError: true })
    router.refresh()
  }
  const remove = async () => {
    const answer = await request('DELETE', url)
    if (!answer.ok) return sayError(answer.error)
    router.replace('/admin/games')
    router.refresh()
    return null
  }

  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="flex min-w-0 grow items-center gap-5">
          <StatusWord game={game} className="w-20 shrink-0" />
          <div className="min-w-0">
            <h1 className="heading grid grid-cols-[minmax(0,auto)_auto] justify-start gap-x-5 text-lg">
              <SideLine game={game} side="home" />
              <span className="sr-only"> against </span>
              <SideLine game={game} side="away" />
            </h1>
            <p className="mt-1 text-sm text-soft">
              {[sportName(game.sport), game.competition?.name, game.venue].filter(Boolean).join(', ')}
            </p>
          </div>
        </div>
        <p className="flex flex-wrap gap-2">
          <ButtonLink href={`/games/${game.id}`} prefetch={false}>
            Fans’ page
          </ButtonLink>
          <ButtonLink href={`/score/${game.id}`} prefetch={false} look="ink">
            Score it
          </ButtonLink>
        </p>
      </div>
      <div role="status" className="mt-5 empty:hidden">
        {said ? <Notice tone={said.isError ? 'warn' : 'info'}>{said.text}</Notice> : null}
      </div>
      <div className="mt-8 grid items-start gap-x-16 gap-y-10 lg:grid-cols-2">
        <Section title="This game">
          <Line title="Chat" says={isChatOn ? 'Fans with a name may talk beside it.' : 'Off on the whole site.'}>
            <Segmented
              label="Chat"
              name="chat"
              value={shown.chat ? 'on' : 'off'}
              options={[
                { value: 'on', label: 'On' },
                { value: 'off', label: 'Off' },
              ]}
              onChange={chat =>
                edit({ chat: chat === 'on' }, chat === 'on' ? 'Fans may talk beside this game.' : 'The chat of this game is off.')
              }
            />
          </Line>
          <Line title="Who sees it" says={SEEN_BY[shown.visibility]}>
            <Segmented
              label="Who sees it"
              name="visibility"
              value={shown.visibility}
              options={[
                { value: 'public', label: 'Public' },
                { value: 'unlisted', label: 'By link' },
                { value: 'private', label: 'Private (scorers only)' },
              ]}
              onChange={visibility => edit({ visibility }, `Changed. ${SEEN_BY[visibility]}`)}
            />
          </Line>
        </Section>
        <Section title="When and where" className="lg:row-span-3">
          <GameDetails game={game} say={text => setSaid({ text, isError: false })} />
        </Section>
        <Section title="Sides" aside="in all of their games">
          {(['home', 'away'] as const).map(side => (
            <SideDetails key={game[side].id} side={game[side]} say={text => setSaid({ text, isError: false })} />
          ))}
        </Section>
        <Section title="Delete">
          <div className="flex flex-wrap items-center justify-between gap-4 py-4">
            <p className="max-w-prose text-sm text-soft">
              It leaves every board and table, and its address says that it is gone. A game that is postponed, called off or forfeited
              stays: “Score it”, then ··· has those.
            </p>
            <ConfirmTyped action="Delete the game" title="Delete this game" word="delete" onConfirm={remove}>
              <p>
                <strong className="font-semibold">
                  {game.home.name} v {game.away.name}
                </strong>{' '}
                goes with {game.seq === 1 ? 'its one play' : game.seq > 0 ? `its ${game.seq} plays` : 'all that is known of it'} and its
                chat. There is no way back but a backup.
              </p>
            </ConfirmTyped>
          </div>
        </Section>
      </div>
    </>
  )
}

const SEEN_BY: Readonly<Record<Visibility, string>> = {
  public: 'Everybody sees it, on boards too.',
  unlisted: 'Whoever has its address sees it; no board lists it.',
  private: 'Only those who may score it see it.',
}

function SideLine({ game, side }: { game: Game; side: Side }) {
  return (
    <>
      <span>{game[side].name} </span>
      <span className="figures text-end text-row leading-6">{game.status === 'scheduled' ? '–' : game.score[side]}</span>
    </>
  )
}

function Line({ title, says, children }: { title: string; says: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3">
      <p className="min-w-0 grow basis-40 text-sm text-soft">
        <strong className="block text-md font-[560] text-ink">{title}</strong>
        {says}
      </p>
      {children}
    </div>
  )
}
