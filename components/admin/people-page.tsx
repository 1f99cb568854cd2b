'use client'
import { useState } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Choices, Person, Role } from './admin-data.ts'
import { NewPerson } from './new-person.tsx'
import { PersonRow } from './person-row.tsx'
import { SecretOnce } from './secret-once.tsx'

interface PeoplePageProps {
  people: Person[]
  me: { id: string; role: Role }
  choices: Choices
}

export function PeoplePage({ people, me, choices }: PeoplePageProps) {
  const [made, setMade] = useState<{ person: Person; password: string } | null>(null)
  const roles: Role[] = me.role === 'owner' ? ['scorer', 'admin', 'owner'] : ['scorer', 'admin']
  return (
    <div className="grid items-start gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">People</h1>
      <Section title="People" aside={people.length > 1 ? `${people.length} accounts` : undefined}>
        <ul>
          {people.map(person => (
            <PersonRow
              key={person.id}
              person={person}
              isMe={person.id === me.id}
              roles={me.role !== 'owner' && person.role === 'owner' ? null : roles}
              choices={choices}
            />
          ))}
        </ul>
        <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p className="text-sm text-soft">Players who are named in games have no account here.</p>
          <ButtonLink href="/admin/people/erase" prefetch={false}>
            Erase a player’s name
          </ButtonLink>
        </div>
      </Section>
      <Section title="Add somebody">
        <div className="mt-5 grid gap-5">
          {made ? (
            <SecretOnce
              key={made.person.id}
              title={
                <>
                  {made.person.name} signs in with {made.person.email} and this password.
                </>
              }
              name="Password"
              secret={made.password}
              onDone={() => setMade(null)}
            />
          ) : null}
          <NewPerson roles={roles} choices={choices} onMade={(person, password) => setMade({ person, password })} />
        </div>
      </Section>
    </div>
  )
}
