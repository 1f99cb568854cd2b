'use client'
import { useEffect, useRef } from 'react'
import { PasswordField, Submit, TextField } from './form-parts.tsx'
import { request } from './request.ts'
import { useForm } from './use-form.ts'

/** Makes the owner, signs them in and goes on to the admin pages. */
export function SetUpForm() {
  const token = useRef<HTMLDivElement>(null)
  // The printed link carries the token behind a #, which no server and no log ever sees; nor shall the history.
  useEffect(() => {
    const given = decodeURIComponent(window.location.hash.slice(1))
    const field = token.current?.querySelector('input')
    if (!given || !field) return
    field.value = given
    window.history.replaceState(window.history.state, '', window.location.pathname)
    token.current?.closest('form')?.querySelector<HTMLInputElement>('[name=name]')?.focus()
  }, [])

  const form = useForm(
    async fields => {
      const text = (name: string) => String(fields.get(name) ?? '')
      const [email, password] = [text('email').trim(), text('password')]
      const made = await request('POST', '/api/v1/setup', { setupToken: text('setupToken').trim(), name: text('name'), email, password })
      return made.ok ? request('POST', '/api/auth/sign-in/email', { email, password }) : made
    },
    () => window.location.assign('/admin'),
  )
  return (
    <form {...form.form} className="grid gap-5">
      <div ref={token}>
        <TextField
          label="Set-up token"
          name="setupToken"
          hint="Six groups of four letters and digits"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          error={form.errorOf('setupToken')}
        />
      </div>
      <TextField
        label="Your name"
        name="name"
        hint="Shown to the people you work with"
        autoComplete="name"
        required
        error={form.errorOf('name')}
      />
      <TextField
        label="E-mail address"
        name="email"
        hint="You sign in with it; nothing is sent to it"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={form.errorOf('email')}
      />
      <PasswordField
        label="Password"
        name="password"
        hint="8 characters or more"
        autoComplete="new-password"
        required
        error={form.errorOf('password')}
      />
      <Submit form={form} busy="Setting up">
        Become the owner
      </Submit>
    </form>
  )
}
