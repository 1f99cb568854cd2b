'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Submit, TextField } from '#components/account/form-parts.tsx'
import { request, sayError } from '#components/account/request.ts'
import { useForm } from '#components/account/use-form.ts'
import { Select } from '#components/ui/field.tsx'
import { Section } from '#components/ui/section.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import type { Overview } from './admin-data.ts'
import { RemoveDemo } from './remove-demo.tsx'
import { Seen } from './seen.tsx'

interface SitePageProps {
  settings: { name: string | null; chat: 'on' | 'off'; chatDays: number }
  overview: Overview
}

export function SitePage({ settings, overview }: SitePageProps) {
  return (
    <div className="grid items-start gap-x-16 gap-y-10 lg:grid-cols-2">
      <h1 className="sr-only">Site</h1>
      <div className="grid gap-10">
        <Section title="Name">
          <SiteName name={settings.name} />
        </Section>
        <Section title="Chat">
          <ChatSwitch initial={settings.chat} />
          <ChatDays initial={settings.chatDays} />
        </Section>
        <Section title="Demo">
          <div className="pt-4">
            <RemoveDemo games={overview.games.demo} />
            {overview.games.demo > 0 ? null : <p className="text-sm text-soft">There is no demo here. Everything on this site is yours.</p>}
          </div>
        </Section>
      </div>
      <Seen seen={overview.seen} />
    </div>
  )
}

function SiteName({ name }: { name: string | null }) {
  const router = useRouter()
  const [said, setSaid] = useState('')
  const form = useForm<{ settings: { name: string | null } }>(
    fields => request('PATCH', '/api/v1/admin/settings', { name: String(fields.get('name') ?? '').trim() || null }),
    ({ settings }) => {
      setSaid(settings.name === null ? 'Saved. Pages say Sideline again.' : 'Saved. It stands at the head of every page.')
      router.refresh()
    },
  )
  return (
    <form {...form.form} className="grid gap-4 py-4">
      <TextField
        key={name}
        label="What the league calls its site"
        name="name"
        defaultValue={name ?? ''}
        placeholder="Sideline"
        hint="At the head of every page, in titles and on home screens."
        autoComplete="off"
        maxLength={40}
        error={form.errorOf('name')}
      />
      <Submit form={form} busy="Saving" look="line">
        Save the name
      </Submit>
      <p role="status" className="text-sm font-semibold empty:hidden">
        {said}
      </p>
    </form>
  )
}

const DAYS: readonly [number, string][] = [
  [7, 'a week'],
  [30, '30 days'],
  [90, '90 days'],
  [365, 'a year'],
  [0, 'for good'],
]

function ChatDays({ initial }: { initial: number }) {
  const router = useRouter()
  const [days, setDays] = useState(initial)
  const [said, setSaid] = useState('')
  const change = async (next: number) => {
    setDays(next)
    const answer = await request('PATCH', '/api/v1/admin/settings', { chatDays: next })
    if (!answer.ok) setDays(days)
    setSaid(answer.ok ? 'Saved. What is older goes within the hour.' : sayError(answer.error))
    router.refresh()
  }
  const known = DAYS.some(([value]) => value === days) ? DAYS : [...DAYS, [days, `${days} days`] as const]
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 border-t border-line py-4">
      <label htmlFor="chat-days" className="max-w-prose text-sm text-soft">
        What was said is kept for
      </label>
      <div className="w-40">
        <Select id="chat-days" value={days} onChange={event => void change(Number(event.target.value))}>
          {known.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </div>
      <p role="status" className="basis-full text-sm font-semibold empty:hidden">
        {said}
      </p>
    </div>
  )
}

function ChatSwitch({ initial }: { initial: 'on' | 'off' }) {
  const router = useRouter()
  const [chat, setChat] = useState(initial)
  const [said, setSaid] = useState('')
  const change = async (next: 'on' | 'off') => {
    setChat(next)
    const answer = await request('PATCH', '/api/v1/admin/settings', { chat: next })
    if (!answer.ok) setChat(chat)
    setSaid(answer.ok ? (next === 'on' ? 'Saved. Fans may chat.' : 'Saved. Nobody may chat.') : sayError(answer.error))
    router.refresh()
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-4">
      <p className="max-w-prose text-sm text-soft">
        Beside every game, fans with a name may talk. A single game’s chat is switched off on the page of that game.
      </p>
      <Segmented
        label="Chat"
        name="chat"
        value={chat}
        options={[
          { value: 'on', label: 'On' },
          { value: 'off', label: 'Off' },
        ]}
        onChange={change}
      />
      <p role="status" className="basis-full text-sm font-semibold empty:hidden">
        {said}
      </p>
    </div>
  )
}
