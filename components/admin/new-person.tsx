'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import type { Choices, Limits, Person, Role } from './admin-data.ts'
import { LimitsEditor } from './limits-editor.tsx'
import { RoleChoice } from './role-choice.tsx'

interface NewPersonProps {
  roles: Role[]
  choices: Choices
  onMade: (person: Person, password: string) => void
}

/** A name, an address and what they are; the server makes the password. */
export function NewPerson({ roles, choices, onMade }: NewPersonProps) {
  const router = useRouter()
  const [role, setRole] = useState<Role>('scorer')
  const [grants, setGrants] = useState<Limits | null>(null)
  const form = useForm(
    fields =>
      request<{ person: Person; password: string }>('POST', '/api/v1/admin/people', {
        name: fields.get('name'),
        email: String(fields.get('email')).trim(),
        role,
        ...(role === 'scorer' ? { grants } : {}),
      }),
    ({ person, password }, shown) => {
      shown.reset()
      setRole('scorer')
      setGrants(null)
      onMade(person, password)
      router.refresh()
    },
  )
  return (
    <form {...form.form} className="grid gap-5">
      <TextField label="Name" name="name" autoComplete="off" maxLength={80} required error={form.errorOf('name')} />
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        hint="They sign in with it; nothing is sent to it"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={form.errorOf('email')}
      />
      <RoleChoice name="new-role" roles={roles} value={role} onChange={setRole} />
      {role === 'scorer' ? <LimitsEditor name="new" label="May score" value={grants} choices={choices} onChange={setGrants} /> : null}
      <Submit form={form} busy="Adding">
        Add
      </Submit>
    </form>
  )
}
