'use client'
import { Segmented } from '#components/ui/tabs.tsx'
import type { Role } from './admin-data.ts'

const ROLES: Readonly<Record<Role, { label: string; may: string }>> = {
  scorer: { label: 'Scorer', may: 'Creates games and keeps their score.' },
  admin: { label: 'Admin', may: 'Also corrects official results and runs games, people, tokens and settings.' },
  owner: { label: 'Owner', may: 'Everything, and the only role that changes owners.' },
}

export const roleName = (role: Role) => ROLES[role].label

export function RoleChoice(props: { name: string; roles: Role[]; value: Role; onChange: (role: Role) => void }) {
  return (
    <div>
      <p aria-hidden className="mb-1 text-sm font-semibold">
        Role
      </p>
      <Segmented
        label="Role"
        name={props.name}
        value={props.value}
        options={props.roles.map(role => ({ value: role, label: ROLES[role].label }))}
        onChange={props.onChange}
      />
      <p className="mt-1 text-xs text-soft">{ROLES[props.value].may}</p>
    </div>
  )
}
