import type { Server } from '#e2e/server.ts'
import { alternate, remark, report, setting, sleep } from './measure.ts'
import { type Peer, startPeer } from './peer.ts'
import { benchPlay, captureUpdate, liveGame, post, startProduct, watchFrame } from './product.ts'
import { microseconds, openSwarm, type Swarm, stampNow } from './swarm.ts'
import { Wire } from './wire.ts'

const FANS = setting('FLOOD_FANS', 2_000, 500)
const FLOOD_MS = setting('FLOOD_MS', 2_000, 1_000)
const SCORERS = setting('FLOOD_SCORERS', 4)
/** Plays in one request: a feed sends what it has gathered. */
const BATCH = setting('FLOOD_BATCH', 1)

async function delivered(swarm: Swarm, start: number) {
  const { headHits, lastAt, atHead, frames, p99 } = await swarm.until(count => count.atHead === FANS)
  const seconds = (lastAt - start) / 1e6
  return { plays: headHits / seconds, frames: frames / seconds, lost: FANS - atHead, p99: p99 / 1_000 }
}

/** Scorers who post play after play, each waiting for the answer, while everybody watches. */
async function floodProduct(server: Server, gameId: string, swarm: Swarm) {
  await swarm.reset()
  const wires = Array.from({ length: SCORERS }, () => new Wire(server.port))
  const start = microseconds()
  const end = performance.now() + FLOOD_MS
  await Promise.all(
    wires.map(async wire => {
      while (performance.now() < end) await post(wire, server, gameId, Array.from({ length: BATCH }, benchPlay))
    }),
  )
  // Who is behind is brought up by an update without plays: the last play is told until everybody was there to hear it.
  for (let tries = 0; tries < 10; tries++) {
    await post(wires[0] as Wire, server, gameId, { ...benchPlay(), id: `final-${stampNow()}` })
    if ((await swarm.until(count => count.atHead === FANS, 1_500)).atHead === FANS) break
  }
  for (const wire of wires) wire.close()
  return delivered(swarm, start)
}

async function floodPeer(peer: Peer, swarm: Swarm) {
  await swarm.reset()
  const start = microseconds()
  await peer.flood(FLOOD_MS)
  const figures = await delivered(swarm, start)
  await sleep(200)
  return figures
}

/** One room, as much as goes: plays that reached fans a second. */
export async function flood(): Promise<void> {
  const server = await startProduct()
  const game = await liveGame(server)
  const sample = await captureUpdate(server, game.id)
  const [plain, raw] = await Promise.all([startPeer('socketio', sample), startPeer('ws', sample)])
  const swarms = {
    ours: openSwarm({ port: server.port, fans: FANS, join: watchFrame(game.id), joined: '430' }),
    plain: openSwarm({ port: plain.port, fans: FANS, join: '420["join","game"]', joined: '430' }),
    raw: openSwarm({ port: raw.port, fans: FANS, join: 'join', joined: 'joined', isRaw: true }),
  }
  await Promise.all(Object.values(swarms).map(swarm => swarm.whenReady()))
  const of = await alternate({
    ours: () => floodProduct(server, game.id, swarms.ours),
    plain: () => floodPeer(plain, swarms.plain),
    raw: () => floodPeer(raw, swarms.raw),
  })
  const detail = (peer: 'plain' | 'raw') =>
    `${Math.round(of.ours.plays as number)}/s ÷ ${Math.round(of[peer].plays as number)}/s, ${FANS} fans, ${JSON.stringify(sample).length} B`
  const ratio = (peer: 'plain' | 'raw', what: string) => (of.ours[what] as number) / (of[peer][what] as number)
  report('plays delivered in a flooded room ÷ plain Socket.IO', ratio('plain', 'plays'), { least: 2 }, detail('plain'))
  report('plays delivered in a flooded room ÷ raw ws', ratio('raw', 'plays'), { least: 0.95 }, detail('raw'))
  remark(
    `frames ÷ plain ${ratio('plain', 'frames').toFixed(2)}, ÷ raw ${ratio('raw', 'frames').toFixed(2)}: plays that come together share a frame here`,
  )
  if (of.ours.lost) remark(`${of.ours.lost} fans were not at the head at the end`)
  await Promise.all(Object.values(swarms).map(swarm => swarm.stop()))
  await Promise.all([plain.stop(), raw.stop(), server.dispose()])
}
