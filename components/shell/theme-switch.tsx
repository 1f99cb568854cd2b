'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { IconButton } from '#components/ui/button.tsx'
import { readTheme, THEME_COOKIE, THEMES, type Theme } from './theme.ts'

const NAMES: Readonly<Record<Theme, string>> = { auto: 'as the system', light: 'light', dark: 'dark' }
const ICONS = { auto: Monitor, light: Sun, dark: Moon }

const listeners = new Set<() => void>()
function onChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const current = (): Theme => readTheme(document.documentElement.dataset.theme)
const unknown = (): Theme => 'auto'

/** Light, dark, or whatever the system says. Kept in a cookie, which the page reads before it paints: nothing flashes. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore(onChange, current, unknown)
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme
  const Icon = ICONS[theme]
  const change = () => {
    const root = document.documentElement
    if (next === 'auto') delete root.dataset.theme
    else root.dataset.theme = next
    const secure = window.location.protocol === 'https:' ? '; Secure' : ''
    // The Cookie Store API is missing on plain http, where a phone in the hall must work too.
    Object.assign(document, { cookie: `${THEME_COOKIE}=${next}; Path=/; Max-Age=31536000; SameSite=Lax${secure}` })
    for (const listener of listeners) listener()
  }
  return (
    <IconButton label={`Colours: ${NAMES[theme]}. Change to ${NAMES[next]}`} onClick={change} className="-me-3">
      <Icon size={17} strokeWidth={1.9} aria-hidden />
    </IconButton>
  )
}
