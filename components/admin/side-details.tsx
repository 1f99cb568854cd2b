'use client'
import { useRouter } from 'next/navigation'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { announce } from '#components/shell/announcer.tsx'
import type { SideView } from '#domain/game.ts'

type Changes = Partial<Record<'name', string> & Record<'shortName' | 'abbr' | 'color', string | null>> & { members?: { name: string }[] }

/** What of the form differs from the side; what is left empty is made of the name again. */
export function changesOf(side: SideView, typed: (field: string) => string[]): Changes | null {
  const changes: Changes = {}
  const [name = '', shortName = '', abbr = '', color = ''] = ['name', 'shortName', 'abbr', 'color'].map(field =>
    (typed(field)[0] ?? '').trim(),
  )
  const members = typed('members').map(member => ({ name: member.trim() }))
  if (!side.members && name !== side.name) changes.name = name
  if (side.members?.some((member, i) => member.name !== members[i]?.name)) changes.members = members
  if (shortName !== side.shortName) changes.shortName = shortName || null
  if (abbr !== side.abbr) changes.abbr = abbr || null
  if (color.toLowerCase() !== (side.color ?? '').toLowerCase()) changes.color = color || null
  return Object.keys(changes).length > 0 ? changes : null
}

/** How a side is called, in this game and in every other. */
export function SideDetails({ side, say }: { side: SideView; say: (words: string) => void }) {
  const router = useRouter()
  const form = useForm<object>(
    async fields => {
      const changes = changesOf(side, field => fields.getAll(field).map(String))
      return changes === null ? { ok: true as const } : request('PATCH', `/api/v1/teams/${encodeURIComponent(side.id)}`, changes)
    },
    () => {
      say('The side is saved, in all of its games.')
      announce('The side is saved.')
      router.refresh()
    },
  )
  const own = { autoComplete: 'off', spellCheck: false } as const
  return (
    <form {...form.form} className="grid gap-4 border-b border-line py-4 sm:grid-cols-3" aria-label={side.name}>
      {side.members ? (
        side.members.map((member, i) => (
          <TextField
            key={`${member.id} ${member.name}`}
            label={side.members?.length === 1 ? 'Player' : `Player ${i + 1}`}
            name="members"
            defaultValue={member.name}
            required
            maxLength={80}
            className="sm:col-span-3"
            error={i === 0 ? form.errorOf('members') : null}
            {...own}
          />
        ))
      ) : (
        <TextField
          key={side.name}
          label="Name"
          name="name"
          defaultValue={side.name}
          required
          maxLength={80}
          className="sm:col-span-3"
          error={form.errorOf('name')}
          {...own}
        />
      )}
      <TextField
        key={`short ${side.shortName}`}
        label="Short name"
        name="shortName"
        defaultValue={side.shortName}
        maxLength={40}
        error={form.errorOf('shortName')}
        {...own}
      />
      <TextField
        key={`abbr ${side.abbr}`}
        label="Letters"
        name="abbr"
        defaultValue={side.abbr}
        maxLength={6}
        error={form.errorOf('abbr')}
        {...own}
      />
      <TextField
        key={`color ${side.color}`}
        label="Colour"
        name="color"
        hint="As #0044cc"
        defaultValue={side.color ?? ''}
        maxLength={7}
        error={form.errorOf('color')}
        {...own}
      />
      <Submit form={form} busy="Saving" look="line" className="sm:col-span-3">
        Save {side.name}
      </Submit>
    </form>
  )
}
