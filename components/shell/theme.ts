export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
export const THEME_COOKIE = 'theme'

export const readTheme = (value: string | undefined): Theme => THEMES.find(theme => theme === value) ?? 'auto'
