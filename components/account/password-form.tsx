'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Notice } from '#components/ui/notice.tsx'
import { PasswordField, Submit } from './form-parts.tsx'
import { request } from './request.ts'
import { useForm } from './use-form.ts'

export function PasswordForm({ email }: { email: string }) {
  const router = useRouter()
  const [isDone, setIsDone] = useState(false)
  const form = useForm(
    fields => {
      setIsDone(false)
      const [currentPassword, newPassword] = [fields.get('currentPassword'), fields.get('newPassword')]
      return request('POST', '/api/auth/change-password', { currentPassword, newPassword })
    },
    (_answer, shown) => {
      shown.reset()
      setIsDone(true)
      router.refresh()
    },
  )
  return (
    <form {...form.form} className="grid gap-5">
      {/* Password managers want to know whose password it is. */}
      <input type="email" name="email" autoComplete="username" defaultValue={email} hidden readOnly />
      <PasswordField
        label="Current password"
        name="currentPassword"
        autoComplete="current-password"
        required
        error={form.errorOf('currentPassword')}
      />
      <PasswordField
        label="New password"
        name="newPassword"
        hint="8 characters or more"
        autoComplete="new-password"
        required
        error={form.errorOf('newPassword')}
      />
      <Submit form={form} busy="Changing" look="line">
        Change the password
      </Submit>
      <div role="status">{isDone ? <Notice>The password is changed. Every other browser is signed out.</Notice> : null}</div>
    </form>
  )
}
