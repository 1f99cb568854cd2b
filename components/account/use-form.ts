'use client'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Result, SidelineError } from '#domain/errors.ts'
import { sayError } from './request.ts'

interface Trouble {
  /** The field it is about; null: the whole. */
  path: string | null
  message: string
  /** Until when there is no use in trying again, by `performance.now()`. */
  waitUntil: number | null
}

/**
 * A form that is sent as JSON. What the server says about a field stands under that field, and the field gets the focus; the rest stands
 * above the button. Fields keep what was typed.
 *
 * @param send is given what the fields hold, by their names
 */
export function useForm<T extends object>(
  send: (fields: FormData) => Promise<Result<T>>,
  done: (answer: T, form: HTMLFormElement) => void,
) {
  const form = useRef<HTMLFormElement>(null)
  const alert = useRef<HTMLDivElement>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const waitSeconds = useCountdown(trouble?.waitUntil ?? null)

  useEffect(() => {
    if (!trouble) return
    const field = trouble.path ? controlOf(form.current, trouble.path) : null
    if (field) field.focus()
    else alert.current?.focus()
  }, [trouble])

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const shown = event.currentTarget
    if (isBusy || waitSeconds > 0) return
    const missing = [...shown.elements].find(element => isField(element) && element.required && element.value.trim() === '')
    if (missing && isField(missing)) return setTrouble({ path: missing.name, message: 'This is missing.', waitUntil: null })
    setIsBusy(true)
    const answer = await send(new FormData(shown))
    setIsBusy(false)
    if (!answer.ok) return setTrouble(troubleOf(answer.error, shown))
    setTrouble(null)
    done(answer, shown)
  }

  return {
    isBusy,
    waitSeconds,
    /** What is wrong with a field. */
    errorOf: (name: string) => (trouble?.path === name ? trouble.message : null),
    /** What is wrong with the whole. */
    error: trouble && trouble.path === null ? trouble.message : null,
    alert,
    form: { ref: form, onSubmit, noValidate: true, method: 'post' as const },
  }
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
const isField = (element: Element): element is Control => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)

function controlOf(form: HTMLFormElement | null, name: string): Control | null {
  return [...(form?.elements ?? [])].find((element): element is Control => isField(element) && element.name === name) ?? null
}

function troubleOf(error: SidelineError, form: HTMLFormElement): Trouble {
  const waitUntil = error.code === 'RATE_LIMITED' && error.retryAfterMs ? performance.now() + error.retryAfterMs : null
  // The server names `grants.games.0`; the form may have a field for the first word alone.
  const path = error.path?.split('.')[0] ?? null
  return { path: path && controlOf(form, path) ? path : null, message: sayError(error), waitUntil }
}

/** Whole seconds left. */
function useCountdown(until: number | null): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (until === null) return setSeconds(0)
    const count = () => setSeconds(Math.max(0, Math.ceil((until - performance.now()) / 1000)))
    count()
    const timer = setInterval(count, 250)
    return () => clearInterval(timer)
  }, [until])
  return seconds
}
