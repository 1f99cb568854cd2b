import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Recorded } from '#e2e/server.ts'
import { MANAGER, startServer } from '../server/running.ts'
import { startChild } from './child.ts'
import { Watcher } from './crowd.ts'
import { LAST, type Step } from './steps.ts'
import { until } from './until.ts'

/** Whether the play is in the log afterwards; null where nobody can know. */
const STEPS: [Step, boolean | null][] = [
  ['before the commit', false],
  ['during the commit', null],
  ['after the commit', true],
  ['after the update', true],
  ['after the answer', true],
]

it.each(STEPS)('F2 killed %s: the play is there or not as it must be, and sent again it counts once', async (step, isKept) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sideline-crash-'))
  const child = startChild('./scoring-child.ts', [dataDir, step])
  const [gameId = '', url = '', socketUrl = '', token = ''] = await child.heard('ready')
  const watcher = new Watcher(socketUrl, gameId)
  const post = async (id: string) => {
    const response = await fetch(`${url}/api/v1/games/${gameId}/plays`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ id, kind: '2pt', side: 'home' }),
    })
    return { status: response.status, body: (await response.json()) as Recorded }
  }
  for (const [i, id] of ['the-first-play', 'the-second-play', 'the-third-play'].entries())
    expect(await post(id)).toMatchObject({ status: 201, body: { seq: i + 1 } })
  await until(() => watcher.shown.at(-1)?.seq === 3)
  const answered = await post(LAST).catch(() => null)
  expect(await child.ended).toBe('SIGKILL')
  // The answer may have been cut off after it was given; before that step there can be none.
  if (step === 'after the answer') expect(answered === null || answered.body.seq === 4).toBe(true)
  else expect(answered).toBeNull()
  watcher.socket.disconnect()
  const shown = watcher.shown.at(-1)?.seq ?? 0

  const server = await startServer({ dataDir })
  try {
    const kept = await server.app.games.get(null, gameId)
    const seq = kept.ok ? kept.game.seq : -1
    expect(isKept === null ? [3, 4] : [isKept ? 4 : 3]).toContain(seq)
    // Nobody has seen what is not there.
    expect(shown).toBeLessThanOrEqual(seq)
    if (step === 'after the update') expect(shown).toBe(4)
    const again = await server.app.games.record(MANAGER, gameId, [{ id: LAST, kind: '2pt', side: 'home' }], false)
    expect(again).toMatchObject({ ok: true, seq: 4, created: seq === 3 })
    const log = await server.app.games.plays(null, gameId, 0, 100)
    expect(log.ok && log.plays.map(play => play.id)).toEqual(['the-first-play', 'the-second-play', 'the-third-play', LAST])
  } finally {
    await server.stop()
  }
})
