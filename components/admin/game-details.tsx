'use client'
import { useRouter } from 'next/navigation'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Checkbox, Field, Select, TextInput } from '#components/ui/field.tsx'
import { ABSENT, momentOf } from '#components/ui/local-moment.ts'
import { useReader } from '#components/ui/use-time.ts'
import type { Game } from '#domain/game.ts'
import { changesOf, type Details, momentInput } from './details.ts'

/** When and where a game is played: edits are plays of its log, so that every page follows. */
export function GameDetails({ game, say }: { game: Game; say: (words: string) => void }) {
  const router = useRouter()
  const { timeZone } = useReader()
  const form = useForm<object>(
    async fields => {
      const given: Details = {
        startsAt: String(fields.get('startsAt') ?? ''),
        venue: String(fields.get('venue') ?? '').trim(),
        neutral: fields.get('neutral') === 'yes',
        displayOrder: fields.get('displayOrder') === 'away-first' ? 'away-first' : 'home-first',
      }
      if (given.startsAt !== '' && !momentOf(given.startsAt)) return { ok: false as const, error: ABSENT }
      const data = changesOf(game, given, momentInput(game.startsAt, timeZone))
      if (data === null) return { ok: true as const }
      const id = crypto.getRandomValues(new Uint32Array(4)).join('-')
      return request('POST', `/api/v1/games/${encodeURIComponent(game.id)}/plays`, { id, kind: 'edit', data })
    },
    () => {
      say('The details are saved.')
      announce('The details are saved.')
      router.refresh()
    },
  )
  return (
    <form {...form.form} className="grid gap-5 pt-4">
      <Field label="Starts" hint={`In your time zone, ${timeZone.replaceAll('_', ' ')}`} error={form.errorOf('startsAt')}>
        {control => (
          <TextInput
            {...control}
            key={`${timeZone} ${game.startsAt}`}
            name="startsAt"
            type="datetime-local"
            defaultValue={momentInput(game.startsAt, timeZone)}
          />
        )}
      </Field>
      <TextField
        label="Venue"
        name="venue"
        maxLength={120}
        autoComplete="off"
        key={game.venue}
        defaultValue={game.venue ?? ''}
        error={form.errorOf('venue')}
      />
      <Checkbox name="neutral" value="yes" label="Neutral ground" defaultChecked={game.neutral} />
      <Field label="Named first">
        {control => (
          <Select {...control} name="displayOrder" defaultValue={game.displayOrder}>
            <option value="home-first">{game.home.name} (home)</option>
            <option value="away-first">{game.away.name} (away)</option>
          </Select>
        )}
      </Field>
      <Submit form={form} busy="Saving" look="line">
        Save the details
      </Submit>
    </form>
  )
}
