import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Action, Sport } from '#domain/sport.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { type Console, ConsoleContext } from './console-context.ts'
import { HelpPanel } from './help-panel.tsx'

const settings = { hasLetters: true, setLetters: () => {} } as unknown as Parameters<typeof HelpPanel>[0]['settings']

/** The line of a key, as the panel words it for a sport; null where there is none. */
function lineOf(key: string, sport: Sport, offered: readonly Action[] = []): string | null {
  const sides = { home: { abbr: 'HAW' }, away: { abbr: 'BEA' } }
  const value = { sport, state: { game: sides }, open: () => {} } as unknown as Console
  const html = renderToStaticMarkup(
    <ConsoleContext value={value}>
      <HelpPanel offered={offered} settings={settings} />
    </ConsoleContext>,
  )
  const row = html.split('<tr').find(line => line.includes(`>${key}</kbd>`))
  return row ? (/<td[^>]*>([^<]*)</.exec(row)?.[1] ?? '') : null
}

it('says what N does: under a clock the next period, without one whatever comes next', () => {
  expect(lineOf('N', basketball)).toBe('Next period, then once more to confirm')
  expect(lineOf('N', tennis)).toBe('What comes next, or the end, then once more to confirm')
})

it('leaves N to a key of the sport that is on it', () => {
  const action: Action = { id: 'net', kind: 'point', label: 'Net', size: 1, key: { home: 'b', away: 'n' } }
  expect(lineOf('N', tennis, [action])).toBe('Net')
})
