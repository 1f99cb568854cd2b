import { writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { POST } from '#app/api/v1/games/[gameId]/plays/route.ts'
import { GET } from '#app/api/v1/games/[gameId]/route.ts'
import { provideApp } from '#server/app.ts'
import { answerDirectly } from '#server/direct.ts'
import { basket, startServer } from '#test/server/running.ts'
import { LAST, type Step } from './steps.ts'

// The server without its pages, in a process of its own, to be killed or to kill itself: at one step of one play, or in the middle of many.
// Says what it does line by line, at once: a killed process flushes nothing.

const say = (line: string) => writeSync(1, `${line}\n`)
const die = () => process.kill(process.pid, 'SIGKILL')
const [dataDir = '', task = ''] = process.argv.slice(2)

const server = await startServer({ dataDir })
const { context } = server.app.parts
const game = await server.createGame()
// What was there before is in the file itself; what comes is in the log alone.
await context.storage.checkpoint()

if (task === 'burst') {
  say(`ready ${game.id}`)
  for (;;) {
    const { seq } = await server.play(game.id, basket('2pt', 'home'))
    say(String(seq))
  }
}

const step = task as Step
const { storage, bus } = context
const write = storage.write.bind(storage)
storage.write = async statements => {
  const isLast = statements.some(({ query }) => query.parameters.includes(LAST))
  if (isLast && step === 'before the commit') die()
  const writing = write(statements)
  if (isLast && step === 'during the commit') die()
  const written = await writing
  if (isLast && step === 'after the commit') die()
  return written
}
bus.subscribe('played', ({ plays }) => {
  // Long enough for everybody to have been told; who sent it is not answered meanwhile.
  if (step === 'after the update' && plays?.some(({ id }) => id === LAST)) setTimeout(die, 100)
})

provideApp(server.app)
const answer = answerDirectly({ record: POST, read: GET })
const door = createServer((request, response) => {
  const isLast = () => context.heads.peek(game.id)?.game.seq === 4
  if (step === 'after the answer') response.once('finish', () => isLast() && die())
  const end = response.end.bind(response)
  if (step === 'after the update') response.end = ((...sent: Parameters<typeof end>) => (isLast() ? response : end(...sent))) as typeof end
  void answer(request, response)
})
door.listen(0, '127.0.0.1', async () => {
  const made = await server.app.accounts.createToken({ name: 'scorer', scopes: ['score'] }, 'test')
  if (!made.ok) throw new Error(made.error.message)
  say(`ready ${game.id} http://127.0.0.1:${(door.address() as AddressInfo).port} ${server.url} ${made.token}`)
})
