export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
export const THEME_COOKIE = 'theme'

export const readTheme = (value: string | undefined): Theme => THEMES.find(theme => theme === value) ?? 'auto'

/** The page's own colour behind the browser's bars. */
export const PAPER = { light: '#f4f3ee', dark: '#0d0d0b' } as const

/**
 * Runs before anything is painted. The server draws one page for everybody, so the reader's colours are put on here. Written so that it
 * holds nothing of any reader: its hash is the same on every page.
 */
export const APPLY_THEME = `(()=>{const t=/(?:^|; )${THEME_COOKIE}=(light|dark)/.exec(document.cookie)?.[1];if(!t)return;document.documentElement.dataset.theme=t;for(const m of document.querySelectorAll('meta[name="theme-color"]'))m.content=${JSON.stringify(PAPER)}[t]})()`
