import type { Metadata } from 'next'
import { ErasePage } from '#components/admin/erase-page.tsx'
import { enter } from '../../enter.tsx'

export const metadata: Metadata = { title: 'Erase a name' }

export default async function Page() {
  const { account, refusal } = await enter('/admin/people/erase')
  return account ? <ErasePage /> : refusal
}
