'use client'
import { useRouter } from 'next/navigation'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request, sayError } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field, Select, TextInput } from '#components/ui/field.tsx'
import type { Ref } from '#domain/game.ts'
import type { StandingsRules } from '#domain/standings.ts'

type Deduction = StandingsRules['deductions'][number]

interface DeductionsProps {
  competitionId: string
  deductions: readonly Deduction[]
  teams: Ref[]
  say: (words: string) => void
}

/** Points that the league has taken from a team: who, how many, why; and taken back. */
export function Deductions({ competitionId, deductions, teams, say }: DeductionsProps) {
  const router = useRouter()
  const save = (next: readonly Deduction[]) =>
    request('PATCH', `/api/v1/competitions/${encodeURIComponent(competitionId)}`, { standings: { deductions: next } })
  const done = (words: string) => {
    say(words)
    announce(words)
    router.refresh()
  }
  const form = useForm<object>(
    fields => {
      const reason = String(fields.get('reason') ?? '').trim()
      const points = Number(fields.get('points'))
      return save([...deductions, { team: String(fields.get('team')), points, ...(reason ? { reason } : {}) }])
    },
    (_, shown) => {
      shown.reset()
      done('Taken off. The table says so.')
    },
  )
  const takeBack = async (gone: Deduction) => {
    const answer = await save(deductions.filter(one => one !== gone))
    if (answer.ok) done('Given back.')
    else say(sayError(answer.error))
  }
  // A team stands there by its name until it is called otherwise, then by its id.
  const nameOf = (team: string) => teams.find(({ id, name }) => id === team || name === team)?.name ?? team

  return (
    <>
      {deductions.length > 0 ? (
        <ul>
          {[...deductions.entries()].map(([i, deduction]) => (
            <li
              key={`${i} ${deduction.team} ${deduction.points}`}
              className="flex min-h-14 items-center justify-between gap-4 border-b border-line py-2"
            >
              <p className="min-w-0">
                <span className="font-[560] break-words">{nameOf(deduction.team)}</span>
                <span className="block text-sm text-soft">
                  {[`${deduction.points} ${deduction.points === 1 ? 'point' : 'points'}`, deduction.reason, deduction.date]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </p>
              <Button className="shrink-0" onClick={() => void takeBack(deduction)}>
                Give back<span className="sr-only"> to {nameOf(deduction.team)}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="border-b border-line py-4 text-sm text-soft">Nobody has lost any.</p>
      )}
      {teams.length > 0 ? (
        <form {...form.form} className="grid gap-4 pt-4 sm:grid-cols-[minmax(0,1fr)_6rem]" aria-label="Take points off">
          <Field label="Team" error={form.errorOf('team')}>
            {control => (
              <Select {...control} name="team">
                {teams.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Points" error={form.errorOf('points')}>
            {control => <TextInput {...control} name="points" type="number" min={1} max={999} required className="figures" />}
          </Field>
          <TextField
            label="Why"
            name="reason"
            hint="Stands under the table, for everybody to read."
            autoComplete="off"
            maxLength={120}
            className="sm:col-span-2"
            error={form.errorOf('reason')}
          />
          <Submit form={form} busy="Saving" look="line" className="sm:col-span-2">
            Take points off
          </Submit>
        </form>
      ) : (
        <p className="py-4 text-sm text-soft">Teams are there with their first game.</p>
      )}
    </>
  )
}
