import { connect } from 'node:net'
import { alternate, LONG_ROUNDS, report, setting, sleep } from './measure.ts'
import { startPeer } from './peer.ts'
import { captureUpdate, liveGame, startProduct, watchFrame } from './product.ts'
import { microseconds, openSwarm } from './swarm.ts'

const FANS = setting('COMEBACK_FANS', 10_000, 1_000)

/** The moment from which the port takes connections again. */
async function whenListening(port: number): Promise<number> {
  for (;;) {
    const isOpen = await new Promise<boolean>(done => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.on('connect', () => {
        socket.destroy()
        done(true)
      })
      socket.on('error', () => done(false))
    })
    if (isOpen) return microseconds()
    await sleep(5)
  }
}

/** The power goes while everybody watches; they all knock again at once. Against plain Socket.IO being met by as many for the first time. */
export async function comeback(): Promise<void> {
  const server = await startProduct()
  const game = await liveGame(server)
  const sample = await captureUpdate(server, game.id)
  const of = await alternate(
    {
      async ours() {
        const swarm = openSwarm({ port: server.port, fans: FANS, join: watchFrame(game.id), joined: '430' })
        await swarm.whenReady()
        const { epoch, seq } = sample
        await swarm.joinWith(`420["game:watch",${JSON.stringify({ gameId: game.id, epoch, seq })}]`)
        await swarm.comeBack()
        const back = swarm.whenReady()
        await server.stop('SIGKILL')
        const [listening] = await Promise.all([whenListening(server.port), server.restart()])
        const { at } = await back
        await swarm.stop()
        return { ms: (at - listening) / 1_000 }
      },
      async plain() {
        const peer = await startPeer('socketio', sample)
        const swarm = openSwarm({ port: peer.port, fans: FANS, join: '420["join","game"]', joined: '430' })
        const { ms } = await swarm.whenReady()
        await Promise.all([swarm.stop(), peer.stop()])
        return { ms }
      },
    },
    LONG_ROUNDS,
  )
  const [ours, plain] = [of.ours.ms as number, of.plain.ms as number]
  const detail = `${(ours / 1_000).toFixed(1)} s ÷ ${(plain / 1_000).toFixed(1)} s, ${FANS} fans`
  report('kill -9: all fans at the head again ÷ plain Socket.IO connecting them', ours / plain, { most: 2 }, detail)
  await server.dispose()
}
