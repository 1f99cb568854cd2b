import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDoor, type Door } from './door.ts'

/** Says its name to whoever it is dealt; called `deaf`, it never takes what it is sent, but tells the test of it. */
const WORKER = `
process.on('message', (message, socket) => {
  if (process.argv[2] === 'deaf') return void process.send({ of: 'heard' })
  process.send({ of: 'took' })
  socket.end(process.argv[2])
})
process.send('up')
process.once('disconnect', () => process.exit())
`
let dir: string
let door: Door
let port: number
const workers: ChildProcess[] = []

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-door-'))
  writeFileSync(join(dir, 'worker.mjs'), WORKER)
  door = createDoor()
  port = await door.open({ host: '127.0.0.1', port: 0 })
})
afterEach(() => {
  door.close()
  for (const worker of workers.splice(0)) worker.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

async function start(name: string): Promise<ChildProcess> {
  const worker = fork(join(dir, 'worker.mjs'), [name], { serialization: 'advanced' })
  workers.push(worker)
  await new Promise(done => worker.once('message', done))
  worker.on('message', ({ of }: { of: string }) => of === 'took' && door.took(worker))
  worker.once('exit', () => door.forget(worker))
  return worker
}

/** What is said to who knocks until the connection ends. */
function knock(): Promise<string> {
  return new Promise(done => {
    let said = ''
    const socket = connect(port, '127.0.0.1')
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    socket.on('error', () => {})
    socket.on('close', () => done(said))
  })
}

it('deals connections in turn', async () => {
  for (const name of ['a', 'b', 'c']) door.admit(await start(name))
  const all: string[] = []
  for (let i = 0; i < 9; i++) all.push(await knock())
  expect(all.join('')).toBe('abcabcabc')
})

it('lets who comes wait until somebody can take them', async () => {
  const early = Promise.all([knock(), knock(), knock()])
  const worker = await start('a')
  door.admit(worker)
  expect(await early).toEqual(['a', 'a', 'a'])
  door.dismiss(worker)
  const late = knock()
  door.admit(await start('b'))
  expect(await late).toBe('b')
})

it('breaks off what was on its way to a worker that dies, and goes on with the others', async () => {
  const [deaf, sound] = [await start('deaf'), await start('a')]
  door.admit(deaf)
  const dealt = new Promise(done => deaf.once('message', done))
  const stuck = knock()
  // It is dealt to the only one there is.
  await dealt
  door.admit(sound)
  expect(await Promise.all([knock(), knock()])).toEqual(['a', 'a'])
  deaf.kill('SIGKILL')
  expect(await stuck).toBe('')
  expect(await knock()).toBe('a')
})
