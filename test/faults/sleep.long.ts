import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { expect, it } from 'vitest'
import { startServer } from '#e2e/server.ts'
import { findChromium } from '#scripts/setup/chromium.mjs'
import { startChild } from './child.ts'
import { until } from './until.ts'

/** Longer than the server waits for a sign of life. */
const ASLEEP_MS = Number(process.env.ASLEEP_MS ?? 30_000)

it('F24 a program stopped for longer than the server waits, and woken: it is where the game is within seconds', async () => {
  const server = await startServer()
  const game = await server.createGame()
  const child = startChild('./watching-child.ts', [server.url, game.id])
  try {
    await child.heard('0_0-0')
    child.process.kill('SIGSTOP')
    await server.play(
      game.id,
      Array.from({ length: 20 }, () => ({ kind: '2pt', side: 'home' })),
    )
    await sleep(ASLEEP_MS)
    await server.play(game.id, { kind: '3pt', side: 'away' })
    const woken = performance.now()
    child.process.kill('SIGCONT')
    await child.heard('21_40-3')
    console.log(`there ${(performance.now() - woken).toFixed(0)} ms after waking`)
    expect(performance.now() - woken).toBeLessThan(10_000)
    expect(child.lines).toContain('connected 2')
  } finally {
    child.process.kill('SIGKILL')
    await server.dispose()
  }
})

it('F24 a page whose process stood still, and woken: it never says LIVE with an old score, and catches up within seconds', async () => {
  const server = await startServer()
  const browser = await chromium.launch({ executablePath: findChromium(), chromiumSandbox: process.getuid?.() !== 0 })
  try {
    const game = await server.createGame()
    await server.play(game.id, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home' }])
    const page = await browser.newPage()
    await page.goto(`${server.url}/games/${game.id}`)
    const root = page.locator('[data-connection]').first()
    await until(async () => (await root.getAttribute('data-connection')) === 'live')
    const renderers = execFileSync('pgrep', ['-f', 'type=renderer'], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number)
      .filter(pid => isOf(pid, process.pid))
    expect(renderers.length).toBeGreaterThan(0)
    for (const pid of renderers) process.kill(pid, 'SIGSTOP')
    await server.play(game.id, { kind: '3pt', side: 'away' })
    await sleep(ASLEEP_MS)
    await server.play(game.id, { kind: '3pt', side: 'away' })
    const woken = performance.now()
    for (const pid of renderers) process.kill(pid, 'SIGCONT')
    const states = new Set<string>()
    await until(async () => {
      const [state, seq] = await Promise.all([root.getAttribute('data-connection'), root.getAttribute('data-seq')])
      states.add(`${state} ${seq}`)
      return state === 'live' && seq === '4'
    }, 30_000)
    console.log(`live again ${(performance.now() - woken).toFixed(0)} ms after waking, by way of ${[...states].join(', ')}`)
    expect(await page.getByTestId('score-away').textContent()).toBe('6')
    expect(performance.now() - woken).toBeLessThan(15_000)
  } finally {
    await browser.close()
    await server.dispose()
  }
})

/** Only what this test has started is stopped. */
function isOf(pid: number, ancestor: number): boolean {
  for (let at = pid; at > 1; ) {
    if (at === ancestor) return true
    at = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(at)], { encoding: 'utf8' }))
  }
  return false
}
