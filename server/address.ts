import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'

/**
 * The header in which the entrance of the server writes the client's address, over whatever a client sent under that name.
 * Pages and route handlers see headers but no socket, so this is how the address reaches them.
 */
export const ADDRESS_HEADER = 'x-sideline-address'

const LOOPBACK = networks(['127.0.0.0/8', '::1/128'])
const PRIVATE = networks(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10'])

/** Reads one address or CIDR range into `list`; false when it is neither. */
export function addNetwork(list: BlockList, range: string): boolean {
  const [address = '', bits, ...rest] = range.split('/')
  const version = isIP(address)
  const widest = version === 6 ? 128 : 32
  if (version === 0 || rest.length > 0) return false
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > widest)) return false
  list.addSubnet(address, bits === undefined ? widest : Number(bits), version === 6 ? 'ipv6' : 'ipv4')
  return true
}

function networks(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) addNetwork(list, range)
  return list
}

/** One spelling for each address: no zone, no brackets, `::ffff:10.0.0.1` as `10.0.0.1`; null when it is not an address. */
export function plainAddress(text: string | undefined): string | null {
  if (!text || text.length > 64) return null
  // As nearly all of them come, thousands a second at kick-off.
  const usual = text.startsWith('::ffff:') ? text.slice(7) : text
  if (isIP(usual) === 4) return usual
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](:\d{1,5})?$/, '$1')
    .replace(/%.*$/, '')
    .toLowerCase()
  const candidate = /^\d{1,3}(\.\d{1,3}){3}:\d{1,5}$/.test(bare) ? bare.slice(0, bare.indexOf(':')) : bare
  if (isIP(candidate) === 0) return null
  if (isIP(candidate) === 4) return candidate
  const expanded = new URL(`http://[${candidate}]/`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(expanded)
  if (!mapped) return expanded
  const high = Number.parseInt(mapped[1] ?? '', 16)
  const low = Number.parseInt(mapped[2] ?? '', 16)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function isIn(list: BlockList, address: string): boolean {
  const plain = plainAddress(address)
  return plain !== null && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

/** Whether this address is one of those, such as of TRUSTED_PROXIES. */
export const isListed = (list: BlockList, address: string | undefined): boolean => isIn(list, address ?? '')

export function isLoopback(address: string): boolean {
  return isIn(LOOPBACK, address)
}

/** Loopback, private and link-local addresses: the only ones on which a sign-in over plain http is accepted. */
export function isPrivate(address: string): boolean {
  return isIn(LOOPBACK, address) || isIn(PRIVATE, address)
}

/** Whose address it is, for whatever is counted by address: under IPv6 every household has the last 64 bits to itself. */
export function householdOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const given = head.split(':').filter(Boolean)
  const behind = tail?.split(':').filter(Boolean) ?? []
  const whole = [...given, ...Array.from({ length: Math.max(0, 8 - given.length - behind.length) }, () => '0'), ...behind]
  return `${whole.slice(0, 4).join(':')}::/64`
}

export interface Peer {
  headers: IncomingHttpHeaders
  socket: { remoteAddress?: string | undefined }
}

/**
 * The client's address. `X-Forwarded-For` is believed only as far as it was written by listed proxies: read from the right, the first
 * address that is not such a proxy is the client. Anything unreadable ends the walk at the last address that is certain.
 */
export function clientAddress(peer: Peer, trustedProxies: BlockList): string {
  let address = plainAddress(peer.socket.remoteAddress) ?? ''
  const given = peer.headers['x-forwarded-for']
  if (given === undefined) return address
  const forwarded = [given].flat().join(',').split(',').slice(-20)
  while (forwarded.length > 0 && isIn(trustedProxies, address)) {
    const before = plainAddress(forwarded.pop())
    if (!before) break
    address = before
  }
  return address
}

/** True when something forwards for others without being listed in TRUSTED_PROXIES: worth one line in the log, never belief. */
export function isUnlistedProxy(peer: Peer, trustedProxies: BlockList): boolean {
  return peer.headers['x-forwarded-for'] !== undefined && !isIn(trustedProxies, peer.socket.remoteAddress ?? '')
}

/** Writes the client's address into the request, for every handler behind. Call it first, on requests and on upgrades. */
export function stampAddress(peer: Peer, trustedProxies: BlockList): string {
  const address = clientAddress(peer, trustedProxies)
  peer.headers[ADDRESS_HEADER] = address
  return address
}
