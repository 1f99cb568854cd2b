import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import type { UpdateMessage } from '#domain/protocol.ts'

export type Update = UpdateMessage

/**
 * A peer's side of the line to the bench. It sends the update that Sideline was seen to send, byte for byte but for the id of its play.
 *
 * Orders: `one ID` sends it once; `flood MS` as often as it can for so long, then `last`; each is answered.
 */
export function obeyOrders(http: Server, send: (update: Update) => void): void {
  const sample = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Update
  const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`)
  const sendAs = (id: string) => send({ ...sample, plays: sample.plays.map(play => ({ ...play, id })) })
  const now = () => String(process.hrtime.bigint() / 1_000n).padStart(16, '0')

  createInterface(process.stdin)
    .on('line', line => {
      const [order, given = ''] = line.split(' ')
      if (order === 'one') {
        sendAs(given)
        say({ sent: 1 })
      }
      if (order === 'flood') {
        const end = performance.now() + Number(given)
        let sent = 0
        const tick = () => {
          if (performance.now() < end) {
            sendAs(`bench-${now()}`)
            sent += 1
            setImmediate(tick)
          } else {
            sendAs(`final-${now()}`)
            say({ sent })
          }
        }
        tick()
      }
    })
    .on('close', () => process.exit(0))
  http.listen(0, '127.0.0.1', 8192, () => say({ port: (http.address() as AddressInfo).port }))
}
