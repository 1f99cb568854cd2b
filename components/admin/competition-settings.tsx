'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request, sayError } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { sportName } from '#components/board/board-data.ts'
import { announce } from '#components/shell/announcer.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Ref } from '#domain/game.ts'
import type { StandingsRules } from '#domain/standings.ts'
import { count } from './admin-data.ts'
import { ConfirmTyped } from './confirm-typed.tsx'
import { Deductions } from './deductions.tsx'
import { OrderField, PointsFields } from './table-fields.tsx'
import { ORDERS, orderOf } from './table-points.ts'

interface CompetitionSettingsProps {
  competition: Ref & { sport: string; standings: StandingsRules }
  /** What its table is made by where nothing was said. */
  usual: StandingsRules
  teams: Ref[]
  games: number
  played: number
}

/** What only an admin changes of a competition: its name, how its table counts, who loses points, and whether it is there at all. */
export function CompetitionSettings({ competition, usual, teams, games, played }: CompetitionSettingsProps) {
  const [said, setSaid] = useState('')
  const { id, name, sport, standings } = competition
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <h1 className="heading text-lg break-words">{name}</h1>
          <p className="mt-1 text-sm text-soft">{[sportName(sport), games > 0 ? count(games, 'game') : 'no games yet'].join(', ')}</p>
        </div>
        <ButtonLink href={`/competitions/${id}`} prefetch={false}>
          Fans’ page
        </ButtonLink>
      </div>
      <div role="status" className="mt-5 empty:hidden">
        {said ? <Notice tone="info">{said}</Notice> : null}
      </div>
      <div className="mt-8 grid items-start gap-x-16 gap-y-10 lg:grid-cols-2">
        <Section title="Name and table" className="lg:row-span-2">
          <NameAndTable competition={competition} usual={usual} say={setSaid} />
        </Section>
        <Section title="Points deducted">
          <Deductions competitionId={id} deductions={standings.deductions} teams={teams} say={setSaid} />
        </Section>
        <Section title="Delete">
          <Delete competition={competition} games={games} played={played} />
        </Section>
      </div>
    </>
  )
}

type NameAndTableProps = Pick<CompetitionSettingsProps, 'competition' | 'usual'> & { say: (words: string) => void }

function NameAndTable({ competition: { id, name, standings }, usual, say }: NameAndTableProps) {
  const router = useRouter()
  const order = orderOf(standings.tieBreakers, usual.tieBreakers)
  const form = useForm<object>(
    fields => {
      const points = Object.fromEntries(Object.keys(standings.points).map(outcome => [outcome, Number(fields.get(outcome))]))
      const chosen = Number(fields.get('order'))
      const isCountedAnew = Object.entries(points).some(([outcome, worth]) => standings.points[outcome] !== worth)
      return request('PATCH', `/api/v1/competitions/${encodeURIComponent(id)}`, {
        name: fields.get('name'),
        standings: {
          ...(isCountedAnew ? { points } : {}),
          ...(chosen === order ? {} : { tieBreakers: ORDERS[chosen]?.rules ?? null }),
        },
      })
    },
    () => {
      say('Saved. The table counts like this from now on.')
      announce('Saved.')
      router.refresh()
    },
  )
  return (
    <form {...form.form} className="grid gap-5 pt-4">
      <TextField
        key={name}
        label="Name"
        name="name"
        defaultValue={name}
        autoComplete="off"
        maxLength={80}
        required
        error={form.errorOf('name')}
      />
      <PointsFields points={standings.points} errorOf={form.errorOf} />
      <OrderField chosen={order} own={order < 0 ? `As it is: ${standings.tieBreakers.join(', ')}` : undefined} />
      <Submit form={form} busy="Saving" look="line">
        Save
      </Submit>
    </form>
  )
}

function Delete({ competition: { id, name }, games, played }: Pick<CompetitionSettingsProps, 'competition' | 'games' | 'played'>) {
  const router = useRouter()
  const remove = async () => {
    const answer = await request('DELETE', `/api/v1/competitions/${encodeURIComponent(id)}`)
    if (!answer.ok) return sayError(answer.error)
    announce(`${name} is deleted.`)
    router.replace('/admin/competitions')
    router.refresh()
    return null
  }
  if (played > 0)
    return (
      <p className="max-w-prose py-4 text-sm text-soft">
        {count(played, 'game')} of it {played === 1 ? 'has' : 'have'} been played. As long as {played === 1 ? 'that is' : 'those are'}{' '}
        there, so is the competition.
      </p>
    )
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 py-4">
      <p className="max-w-prose text-sm text-soft">
        {games > 0
          ? `It goes with its ${count(games, 'game')} to come; none has been played.`
          : 'It has no games. Nothing else goes with it.'}
      </p>
      <ConfirmTyped action="Delete the competition" title="Delete this competition" word="delete" onConfirm={remove}>
        <p>
          <strong className="font-semibold">{name}</strong> goes
          {games > 0 ? ` with its ${count(games, 'game')} to come` : ''}, and so do limits of people and tokens to it. There is no way back
          but a backup.
        </p>
      </ConfirmTyped>
    </div>
  )
}
