import { expect, type Locator, type Page } from '@playwright/test'
import type { Game } from '#domain/game.ts'

/** The scorers' table of one game, as a scorer's hands and eyes have it. */
export interface Table {
  page: Page
  /** `home:2pt`, or `addedTime` for a key of neither side. */
  key(name: string): Locator
  button(name: string | RegExp): Locator
  score(side: 'home' | 'away'): Locator
  undo: Locator
  saved: Locator
  followUp: Locator
  log: Locator
  lines: Locator
  /** Waits until both figures read so. */
  reads(home: number, away: number): Promise<void>
}

export function tableOf(page: Page): Table {
  const score = (side: 'home' | 'away') => page.getByTestId(`score-${side}`).locator('bdi')
  const log = page.getByTestId('log').first()
  return {
    page,
    key: name => page.locator(`[data-key="${name}"]`),
    button: name => page.getByRole('button', { name, exact: typeof name === 'string' }),
    score,
    undo: page.getByTestId('undo'),
    saved: page.getByTestId('saved'),
    followUp: page.getByTestId('follow-up'),
    log,
    lines: log.getByRole('listitem'),
    async reads(home, away) {
      await expect(score('home')).toHaveText(String(home))
      await expect(score('away')).toHaveText(String(away))
    },
  }
}

/** Opens the table and waits until it hears its keys. */
export async function openTable(page: Page, base: string, game: Pick<Game, 'id'>): Promise<Table> {
  // After a navigation that failed, the browser's own page of the error may arrive late and take the place of the first try;
  // a Chromium without windows may forget that one altogether.
  await expect(async () => void (await page.goto(`${base}/score/${game.id}`, { timeout: 8_000 }))).toPass({ timeout: 30_000 })
  const table = tableOf(page)
  await expect(table.saved).toBeVisible()
  await expect(page.getByRole('application')).toBeFocused()
  return table
}

/** Longer than the same key twice is asked about, and than keys that have just moved stay dead. */
export const BREATH_MS = 400
