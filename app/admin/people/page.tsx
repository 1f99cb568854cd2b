import type { Metadata } from 'next'
import { PeoplePage } from '#components/admin/people-page.tsx'
import { type Account, app } from '#server/app.ts'
import { enter } from '../enter.tsx'
import { grantable } from '../grantable.ts'

export const metadata: Metadata = { title: 'People' }

export default async function Page() {
  const { account, refusal } = await enter('/admin/people')
  if (!account) return refusal
  const answer = await app().admin.people.list(account)
  if (!answer.ok) throw new Error(answer.error.message)
  const granted = answer.people.flatMap(person => person.grants?.games ?? [])
  return <PeoplePage people={answer.people} me={asMe(account)} choices={await grantable(account, granted)} />
}

const asMe = ({ id, role }: Account) => ({ id, role })
