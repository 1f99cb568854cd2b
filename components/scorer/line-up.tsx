'use client'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { Game } from '#domain/game.ts'
import { sideOf } from './create-game.ts'

type Sides = Pick<Game, 'home' | 'away'>

interface LineUpProps {
  gameId: string
  number: number
  names: Sides
  /** Whose the match is a part of. */
  clubs: Sides
  isOfPlayers: boolean
}

/** Who plays a match that has not begun: whoever falls ill is exchanged at the table. */
export function LineUp(props: LineUpProps) {
  const [isOpen, setOpen] = useState(false)
  const { number, names } = props
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        Change players<span className="sr-only"> of match {number}</span>
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={`Match ${number}: who plays`}>
        {isOpen ? <LineUpForm key={`${names.home.name} ${names.away.name}`} {...props} onDone={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  )
}

function LineUpForm({ gameId, number, names, clubs, isOfPlayers, onDone }: LineUpProps & { onDone(): void }) {
  const form = useForm<object>(
    async fields => {
      const changed = (['home', 'away'] as const).flatMap(side => {
        const typed = String(fields.get(side) ?? '').trim()
        return typed === names[side].name ? [] : [[side, sideOf(typed, isOfPlayers)] as const]
      })
      if (changed.length === 0) return { ok: true as const }
      return request('PATCH', `/api/v1/games/${encodeURIComponent(gameId)}`, Object.fromEntries(changed))
    },
    () => {
      announce(`The players of match ${number} are changed.`)
      onDone()
    },
  )
  return (
    <form {...form.form} className="grid gap-5">
      {(['home', 'away'] as const).map(side => (
        <TextField
          key={side}
          label={clubs[side].name}
          name={side}
          hint={isOfPlayers && side === 'home' ? 'Doubles: two names with a / between' : undefined}
          defaultValue={names[side].name}
          required
          maxLength={80}
          autoComplete="off"
          autoCapitalize="words"
          error={form.errorOf(side)}
        />
      ))}
      <Submit form={form} busy="Changing">
        Change players
      </Submit>
    </form>
  )
}
