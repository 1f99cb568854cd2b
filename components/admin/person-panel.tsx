'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { request, sayError } from '#components/account/request.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Choices, Limits, Person, Role } from './admin-data.ts'
import { ConfirmTyped } from './confirm-typed.tsx'
import { LimitsEditor } from './limits-editor.tsx'
import { RoleChoice } from './role-choice.tsx'
import { SecretOnce } from './secret-once.tsx'

/** What an admin may do with somebody: role and limits, a new password, off and on, gone. Each says what it ends. */
export function PersonPanel({ person, roles, choices }: { person: Person; roles: Role[]; choices: Choices }) {
  const router = useRouter()
  const [role, setRole] = useState<Role>(person.role)
  const [grants, setGrants] = useState<Limits | null>(person.grants)
  const [password, setPassword] = useState<string | null>(null)
  const [said, setSaid] = useState<{ text: string; isError: boolean } | null>(null)
  const url = `/api/v1/admin/people/${encodeURIComponent(person.id)}`
  const isChanged = role !== person.role || (role === 'scorer' && JSON.stringify(grants) !== JSON.stringify(person.grants))

  async function ask<T extends object>(method: string, path: string, body: unknown, words: string): Promise<T | null> {
    setSaid(null)
    const answer = await request<T>(method, path, body)
    setSaid(answer.ok ? { text: words, isError: false } : { text: sayError(answer.error), isError: true })
    if (answer.ok) router.refresh()
    return answer.ok ? answer : null
  }

  const save = () =>
    ask(
      'PATCH',
      url,
      { ...(role === person.role ? {} : { role }), ...(role === 'scorer' ? { grants } : {}) },
      'Saved. It holds from now on.',
    )
  const newPassword = async () => {
    const answer = await ask<{ password: string }>('POST', `${url}/password`, {}, `${person.name} is signed out everywhere.`)
    if (answer) setPassword(answer.password)
  }
  const remove = async () => {
    const answer = await request('DELETE', url)
    if (answer.ok) router.refresh()
    return answer.ok ? null : sayError(answer.error)
  }

  return (
    <div className="grid gap-5 border-s-2 border-ink py-4 ps-4">
      <RoleChoice name={`role-${person.id}`} roles={roles} value={role} onChange={setRole} />
      {role === 'scorer' ? <LimitsEditor name={person.id} label="May score" value={grants} choices={choices} onChange={setGrants} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button look="ink" onClick={save} disabled={!isChanged}>
          Save
        </Button>
        <Button onClick={newPassword}>New password</Button>
        {person.isDisabled ? (
          <Button onClick={() => ask('PATCH', url, { isDisabled: false }, `${person.name} may sign in again.`)}>Switch on</Button>
        ) : (
          <Button onClick={() => ask('PATCH', url, { isDisabled: true }, `${person.name} is signed out and cannot sign in.`)}>
            Switch off
          </Button>
        )}
        <ConfirmTyped action="Remove" title={`Remove ${person.name}`} word="remove" onConfirm={remove}>
          <p>
            The account goes, with its name and address. What {person.name} recorded stays in the games and names nobody. To keep somebody
            out for a while, switch the account off instead.
          </p>
        </ConfirmTyped>
      </div>
      {password ? (
        <SecretOnce title={<>The new password of {person.name}</>} name="Password" secret={password} onDone={() => setPassword(null)} />
      ) : null}
      <div role="status">{said ? <Notice tone={said.isError ? 'warn' : 'info'}>{said.text}</Notice> : null}</div>
    </div>
  )
}
