'use client'
import { PasswordField, Submit, TextField } from './form-parts.tsx'
import { request } from './request.ts'
import { useForm } from './use-form.ts'

/** @param next a path of this site, already checked */
export function SignInForm({ next }: { next: string }) {
  const form = useForm(
    async fields => {
      const answer = await request('POST', '/api/auth/sign-in/email', {
        email: String(fields.get('email')).trim(),
        password: fields.get('password'),
      })
      if (answer.ok || answer.error.path !== 'email') return answer
      return { ok: false, error: { ...answer.error, message: 'Write it like name@club.org.' } }
    },
    // A whole new page: its socket then carries the sign-in.
    () => window.location.assign(next),
  )
  return (
    <form {...form.form} className="grid gap-5">
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        error={form.errorOf('email')}
      />
      <PasswordField label="Password" name="password" autoComplete="current-password" required error={form.errorOf('password')} />
      <Submit form={form} busy="Signing in">
        Sign in
      </Submit>
    </form>
  )
}
