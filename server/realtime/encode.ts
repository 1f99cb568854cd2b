import type { Shared } from './engine.ts'

/** Of the protocol's packets, those that carry data. */
const EVENT = 2
const ACK = 3

/** An answer of which many readers get the greater part: that is made into bytes once, and all their streams share it. */
export class Written {
  readonly #begin: string
  readonly #rest: Buffer
  /**
   * @param begin the text of the answer up to where it is the same for all
   * @param rest made by `restOf`
   */
  constructor(begin: string, rest: Buffer) {
    this.#begin = begin
    this.#rest = rest
  }
  as(packet: string): Shared {
    return { begin: `${packet}[${this.#begin}`, rest: this.#rest }
  }
}

/** The end of an answer, with what closes the packet around it. */
export const restOf = (json: string) => Buffer.from(`${json}]`)

interface Packet {
  type: number
  nsp?: string
  id?: number
  data?: unknown[]
}
export interface Encoder {
  encode(packet: Packet): unknown[]
}

/** Everything this server says is text: nothing is searched for bytes before it is encoded, and what is bytes already stays so. */
export function encodeAsText(encoder: Encoder): void {
  const encode = encoder.encode.bind(encoder)
  encoder.encode = packet => {
    const { type, nsp, id = '', data } = packet
    if (!data || (type !== EVENT && type !== ACK) || (nsp !== undefined && nsp !== '/')) return encode(packet)
    const [only] = data
    // Which question it answers is known here and nowhere before.
    return [only instanceof Written ? only.as(`${type}${id}`) : `${type}${id}${JSON.stringify(data)}`]
  }
}
