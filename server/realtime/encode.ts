/** Of the protocol's packets, those that carry data. */
const EVENT = 2
const ACK = 3

/** An answer that many readers get, made into text once. */
export class Written {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}

interface Packet {
  type: number
  nsp?: string
  id?: number
  data?: unknown[]
}
export interface Encoder {
  encode(packet: Packet): unknown[]
}

/** Everything this server says is text: nothing is searched for bytes before it is encoded, and what is written already is left as it is. */
export function encodeAsText(encoder: Encoder): void {
  const encode = encoder.encode.bind(encoder)
  encoder.encode = packet => {
    const { type, nsp, id = '', data } = packet
    if (!data || (type !== EVENT && type !== ACK) || (nsp !== undefined && nsp !== '/')) return encode(packet)
    const [only] = data
    return [`${type}${id}${only instanceof Written ? `[${only.json}]` : JSON.stringify(data)}`]
  }
}
