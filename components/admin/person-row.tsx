'use client'
import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { type Choices, limitsText, type Person, type Role } from './admin-data.ts'
import { PersonPanel } from './person-panel.tsx'
import { roleName } from './role-choice.tsx'

interface PersonRowProps {
  person: Person
  isMe: boolean
  /** Those the asker may give; null when this person is out of the asker's reach. */
  roles: Role[] | null
  choices: Choices
}

export function PersonRow({ person, isMe, roles, choices }: PersonRowProps) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li className="border-b border-line">
      <div className="flex min-h-16 items-center gap-4 py-2">
        <div className="min-w-0 grow">
          <p className={cx('font-[560]', person.isDisabled && 'text-soft line-through')}>{person.name}</p>
          <p className="truncate text-sm text-soft">{person.email}</p>
        </div>
        <p className="shrink-0 text-end text-sm">
          <span className="block font-semibold">{person.isDisabled ? 'Switched off' : roleName(person.role)}</span>
          {person.isDisabled || person.role === 'scorer' ? (
            <span className="block text-xs text-soft">
              {person.isDisabled ? roleName(person.role).toLowerCase() : limitsText(person.grants)}
            </span>
          ) : null}
        </p>
        {isMe ? (
          <span className="w-26 shrink-0 text-center text-sm text-soft">You</span>
        ) : roles === null ? (
          <span className="w-26 shrink-0 text-center text-xs text-soft">Owners only</span>
        ) : (
          <Button
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={`Change ${person.name}`}
            onClick={() => setIsOpen(!isOpen)}
            className="w-26 shrink-0"
          >
            Change
            <ChevronDown size={14} aria-hidden className={cx('-me-1', isOpen && 'rotate-180')} />
          </Button>
        )}
      </div>
      <div id={id}>{isOpen && roles ? <PersonPanel person={person} roles={roles} choices={choices} /> : null}</div>
    </li>
  )
}
