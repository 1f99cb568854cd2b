import { expect, it } from 'vitest'
import { createGuessing } from '../guessing.ts'
import { createLimits } from '../limits.ts'
import { createHub } from '../nodes/link.ts'
import { shareGuessing, shareLimits } from './shared-limits.ts'

const now = () => 1_000

function two() {
  const open = createHub(run => run())
  return [shareLimits(createLimits({ now }), open()), shareLimits(createLimits({ now }), open())] as const
}

it('who is limited gets from all workers together what one would give', () => {
  const workers = two()
  let given = 0
  for (let i = 0; i < 50; i++) if (workers[i % 2]?.take('chat', 'ana').ok) given += 1
  expect(given).toBe(5)
  const rate = { burst: 10, perMs: 1_000 }
  for (let i = 0; i < 50; i++) if (workers[i % 2]?.takeUnder(rate, 'token feed').ok) given += 1
  expect(given).toBe(15)
})

it('a socket is counted at its own worker, and an address has its share at each', () => {
  const [here, there] = two()
  for (let i = 0; i < 60; i++) here.take('messages', 'socket-1')
  expect([here.take('messages', 'socket-1').ok, there.take('messages', 'socket-1').ok]).toEqual([false, true])
  const share = { burst: 2, perMs: 10_000 }
  for (let i = 0; i < 2; i++) here.takeUnder(share, 'handshake 192.0.2.1')
  expect([here, there].map(worker => worker.takeUnder(share, 'handshake 192.0.2.1').ok)).toEqual([false, true])
})

it('wrong passwords sent to one worker delay the next try at every worker, and the right one ends it', () => {
  const open = createHub(run => run())
  const workers = [shareGuessing(createGuessing({ now }), open()), shareGuessing(createGuessing({ now }), open())] as const
  for (let i = 0; i < 6; i++) {
    workers[i % 2]?.began('ana@example.org', '192.0.2.1')
    workers[i % 2]?.failed('ana@example.org', '192.0.2.1')
  }
  const waits = workers.map(worker => worker.waitMs('ana@example.org', '192.0.2.1'))
  expect(waits[0]).toBeGreaterThan(1_000)
  expect(waits[1]).toBe(waits[0])
  expect(workers.map(worker => worker.waitMs('ana@example.org', '198.51.100.7'))).toEqual([0, 0])
  workers[1].succeeded('ana@example.org', '192.0.2.1')
  expect(workers.map(worker => worker.waitMs('ana@example.org', '192.0.2.1'))).toEqual([0, 0])
})
