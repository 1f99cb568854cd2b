'use client'
import Link from 'next/link'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Empty, Notice } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { count } from './admin-data.ts'
import { ConfirmTyped } from './confirm-typed.tsx'
import { EraseRow, erasePerson, type Player } from './erase-row.tsx'

/** As many as one answer holds. */
const MOST = 100

/** A typed name is somebody of their own in every game: those of one name, where there are several. */
function namesakes(people: readonly Player[]): [string, Player[]][] {
  const byName = new Map<string, Player[]>()
  for (const player of people.filter(({ isSide }) => !isSide)) byName.set(player.name, [...(byName.get(player.name) ?? []), player])
  return [...byName].filter(([, same]) => same.length > 1)
}

/** Finds players by name, with the games where they stand, and takes the name away. */
export function ErasePage() {
  const [found, setFound] = useState<{ name: string; people: Player[] } | null>(null)
  const [erased, setErased] = useState<string | null>(null)
  const form = useForm(
    async fields => {
      const name = String(fields.get('name')).trim()
      const answer = await request<{ people: Player[] }>('GET', `/api/v1/people?name=${encodeURIComponent(name)}`)
      return answer.ok ? { ...answer, name } : answer
    },
    ({ people, name }) => {
      setErased(null)
      setFound({ name, people })
      announce(people.length === 0 ? `Nobody is called “${name}”.` : count(people.length, 'player'))
    },
  )

  function onErased({ id, name, gameCount }: Player) {
    const words = `${name} is erased${gameCount > 0 ? ` from ${count(gameCount, 'game')}` : ''}.`
    setErased(words)
    setFound(shown => shown && { ...shown, people: shown.people.filter(player => player.id !== id) })
    announce(words)
  }

  async function eraseAll(people: readonly Player[]): Promise<string | null> {
    const gone = new Set<string>()
    let trouble: string | null = null
    for (const { id } of people) {
      trouble = await erasePerson(id)
      if (trouble !== null) break
      gone.add(id)
    }
    const words = `${people[0]?.name} is erased ${count(gone.size, 'time')}.`
    setErased(words)
    setFound(shown => shown && { ...shown, people: shown.people.filter(({ id }) => !gone.has(id)) })
    announce(words)
    return trouble
  }

  return (
    <div className="grid items-start gap-x-16 gap-y-10 lg:grid-cols-[24rem_minmax(0,1fr)]">
      <div>
        <p className="text-sm">
          <Link href="/admin/people" prefetch={false} className="inline-flex min-h-11 items-center font-semibold underline">
            People
          </Link>
        </p>
        <h1 className="heading text-xl">Erase a name</h1>
        <p className="mt-2 max-w-prose text-sm text-soft">
          For somebody who was named in games and asks to be named no more. Their plays stay, by “a player”. What was written in notes and
          in the chat, and copies that were made before, stay as they are.
        </p>
        <search className="mt-5 block">
          <form {...form.form} className="grid gap-5">
            <TextField
              label="Name"
              name="name"
              type="search"
              hint="Or a part of it"
              autoComplete="off"
              spellCheck={false}
              maxLength={80}
              required
              error={form.errorOf('name')}
            />
            <Submit form={form} busy="Looking">
              Look
            </Submit>
          </form>
        </search>
      </div>
      {found ? (
        <Section title={`“${found.name}”`} aside={found.people.length > 0 ? count(found.people.length, 'player') : undefined}>
          {erased ? <Notice className="mt-4">{erased}</Notice> : null}
          {found.people.length === 0 && !erased ? (
            <Empty title="Nobody is called that">Names of players are as scorers typed them. Try a part of the name.</Empty>
          ) : null}
          {namesakes(found.people).map(([name, people]) => (
            <div key={name} className="flex items-center justify-between gap-4 border-b border-line py-3">
              <p className="text-sm text-soft">
                <span className="font-semibold text-ink">{name}</span> was typed {count(people.length, 'time')}, on its own in each game.
              </p>
              <ConfirmTyped action="Erase all" title={`Erase every ${name}`} word="erase" onConfirm={() => eraseAll(people)}>
                <p>The name goes from all of these games for good. If it is the name of several people, erase them one by one instead.</p>
              </ConfirmTyped>
            </div>
          ))}
          <ul>
            {found.people.map(player => (
              <EraseRow key={player.id} player={player} onErased={() => onErased(player)} />
            ))}
          </ul>
          {found.people.length === MOST ? <Notice className="mt-4">These are the first {MOST}. Type more of the name.</Notice> : null}
        </Section>
      ) : null}
    </div>
  )
}
