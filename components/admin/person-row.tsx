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
      <div className="grid min-h-16 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 py-2 sm:grid-cols-[minmax(0,1fr)_auto_auto]">
        <div>
          <p className={cx('font-[560]', person.isDisabled && 'text-soft line-through')}>{person.name}</p>
          <p className="truncate text-sm text-soft">{person.email}</p>
        </div>
        <p className="text-sm max-sm:col-start-1 max-sm:row-start-2 sm:text-end">
          <span className="font-semibold sm:block">{person.isDisabled ? 'Switched off' : roleName(person.role)}</span>
          {person.isDisabled || person.role === 'scorer' ? (
            <span className="text-xs text-soft max-sm:ms-2 sm:block">
              {person.isDisabled ? roleName(person.role).toLowerCase() : limitsText(person.grants)}
            </span>
          ) : null}
        </p>
        {isMe ? (
          <span className="w-26 max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1 text-center text-sm text-soft">You</span>
        ) : roles === null ? (
          <span className="w-26 max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1 text-center text-xs text-soft">Owners only</span>
        ) : (
          <Button
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={`Change ${person.name}`}
            onClick={() => setIsOpen(!isOpen)}
            className="w-26 max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1"
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
