import { alternate, LONG_ROUNDS, report, setting, sleep } from './measure.ts'
import { type PeerKind, startPeer } from './peer.ts'
import { benchPlay, captureUpdate, liveGame, metric, post, startProduct, watchFrame } from './product.ts'
import { openSwarm, type Swarm, type SwarmOptions, stampNow } from './swarm.ts'
import { Wire } from './wire.ts'

const FANS = setting('CROWD_FANS', 10_000, 1_000)
const UPDATES = setting('CROWD_UPDATES', 20, 5)
const WARM_FANS = 200
const WARM_UPDATES = 5
const SETTLE_MS = 500
const BETWEEN_MS = 250

interface Subject {
  fan: Omit<SwarmOptions, 'fans'>
  memory(): Promise<number> | number
  update(): Promise<void>
}

async function tell(swarm: Swarm, update: () => Promise<void>, updates: number): Promise<void> {
  await swarm.reset()
  for (let i = 1; i <= updates; i++) {
    await update()
    await swarm.until(count => count.hits >= FANS * i, 5_000)
    await sleep(BETWEEN_MS)
  }
}

async function gather({ fan, memory, update }: Subject) {
  const first = openSwarm({ ...fan, fans: WARM_FANS })
  await first.whenReady()
  await first.stop()
  await sleep(SETTLE_MS)
  const idle = await memory()
  const swarm = openSwarm({ ...fan, fans: FANS })
  const { ms } = await swarm.whenReady()
  await sleep(SETTLE_MS)
  const each = ((await memory()) - idle) / FANS
  await tell(swarm, update, WARM_UPDATES)
  await tell(swarm, update, UPDATES)
  const { p50, p99, open } = await swarm.count()
  await swarm.stop()
  return { ms, each, p50: p50 / 1_000, p99: p99 / 1_000, missing: FANS - open }
}

/** A stadium comes, and everybody is told of one basket: how long each takes, and what a fan weighs. */
export async function crowd(): Promise<void> {
  const server = await startProduct()
  const game = await liveGame(server)
  const sample = await captureUpdate(server, game.id)
  const ofPeer = (kind: PeerKind, fan: Omit<SwarmOptions, 'fans' | 'port'>) => async () => {
    const peer = await startPeer(kind, sample)
    const update = () => peer.one(`bench-${stampNow()}`)
    const figures = await gather({ fan: { ...fan, port: peer.port }, memory: peer.memory, update })
    await peer.stop()
    return figures
  }
  const of = await alternate(
    {
      async ours() {
        await server.restart()
        // As it stands on the day: somebody has looked at its pages.
        for (const path of ['/', `/games/${game.id}`, '/login', `/api/v1/games/${game.id}`])
          await (await fetch(`${server.url}${path}`)).text()
        const wire = new Wire(server.port)
        const figures = await gather({
          fan: { port: server.port, join: watchFrame(game.id), joined: '430' },
          memory: () => metric(server, 'process_resident_memory_bytes'),
          update: () => post(wire, server, game.id, benchPlay()),
        })
        wire.close()
        return figures
      },
      plain: ofPeer('socketio', { join: '420["join","game"]', joined: '430' }),
      raw: ofPeer('ws', { join: 'join', joined: 'joined', isRaw: true }),
    },
    LONG_ROUNDS,
  )
  const ratio = (what: keyof typeof of.ours, peer: 'plain' | 'raw') => (of.ours[what] as number) / (of[peer][what] as number)
  const detail = (what: keyof typeof of.ours, peer: 'plain' | 'raw', unit: string, by = 1) =>
    `${((of.ours[what] as number) / by).toFixed(1)} ${unit} ÷ ${((of[peer][what] as number) / by).toFixed(1)} ${unit}, ${FANS} fans`
  report('one update to a crowd, p50 ÷ raw ws', ratio('p50', 'raw'), {}, detail('p50', 'raw', 'ms'))
  report(
    'one update to a crowd, p99 ÷ raw ws',
    ratio('p99', 'raw'),
    { most: 1.1 },
    `${detail('p99', 'raw', 'ms')}; plain ${of.plain.p99?.toFixed(1)} ms`,
  )
  report('connecting a crowd that watches ÷ plain Socket.IO', ratio('ms', 'plain'), { most: 1 }, detail('ms', 'plain', 's', 1_000))
  report('connecting a crowd that watches ÷ raw ws', ratio('ms', 'raw'), {}, `${detail('ms', 'raw', 's', 1_000)}; wished for: 1.5`)
  report(
    'memory a fan ÷ plain Socket.IO',
    ratio('each', 'plain'),
    { most: 1 },
    `${detail('each', 'plain', 'KB', 1_000)}; raw ${((of.raw.each as number) / 1_000).toFixed(1)} KB`,
  )
  await server.dispose()
}
