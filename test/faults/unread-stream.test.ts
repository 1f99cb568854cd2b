import { expect, it } from 'vitest'
import { startServer } from '../server/running.ts'

const MOST_WAITING = 256 * 1024

it('F14 an event stream that nobody reads is ended once too much waits, and taken up again from its last id', async () => {
  const server = await startServer()
  try {
    const game = await server.createGame()
    const opened = await server.app.stream(null, game.id, null, new AbortController().signal)
    if (!opened.ok) throw new Error(opened.error.message)
    const note = { kind: 'note', data: { text: 'x'.repeat(290) } }
    for (let n = 0; n < 6; n++)
      await server.play(game.id, ...Array.from({ length: 300 }, (_, i) => ({ id: `note-${n}-${i}-stream`, ...note })))
    // All of it was ready to be read, and no more was kept than the bound and the one message that went over it.
    let text = ''
    for await (const chunk of opened.body) text += Buffer.from(chunk).toString('utf8')
    expect(text.length).toBeGreaterThan(MOST_WAITING)
    expect(text.length).toBeLessThan(3 * MOST_WAITING)
    const last = [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? ''
    const seq = Number(last.split(':')[1])
    expect(seq).toBeLessThan(1_800)

    const gone = new AbortController()
    const again = await server.app.stream(null, game.id, last, gone.signal)
    if (!again.ok) throw new Error(again.error.message)
    const reader = again.body.getReader()
    let missed = ''
    while (!missed.includes(`:1800\n`)) missed += Buffer.from((await reader.read()).value ?? []).toString('utf8')
    expect(missed).toMatch(/^event: (snapshot|update)$/m)
    gone.abort()
  } finally {
    await server.stop()
  }
})
