import { BlockList } from 'node:net'
import { describe, expect, it } from 'vitest'
import {
  ADDRESS_HEADER,
  addNetwork,
  clientAddress,
  householdOf,
  isLoopback,
  isPrivate,
  isUnlistedProxy,
  plainAddress,
  stampAddress,
} from './address.ts'

function proxies(...ranges: string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) expect(addNetwork(list, range)).toBe(true)
  return list
}

function peer(remoteAddress: string | undefined, forwarded?: string) {
  return { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }
}

describe('plainAddress', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::FFFF:10.1.2.3', '10.1.2.3'],
    ['0:0:0:0:0:ffff:0a01:0203', '10.1.2.3'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[2001:DB8::1]:4711', '2001:db8::1'],
    ['203.0.113.9:51000', '203.0.113.9'],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1'],
  ])('reads %s as %s', (text, plain) => expect(plainAddress(text)).toBe(plain))

  it.each(['', 'unknown', '_hidden', '1.2.3', '256.1.1.1', '0x7f.1', '2130706433', `${'1'.repeat(80)}`, 'a:b:c', '::1::'])(
    'refuses %s',
    text => expect(plainAddress(text)).toBeNull(),
  )
})

describe('householdOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('S17: %s counts as %s', (address, household) => expect(householdOf(address)).toBe(household))
})

describe('isPrivate', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('%s is loopback, and private', address => {
    expect(isLoopback(address)).toBe(true)
    expect(isPrivate(address)).toBe(true)
  })
  it.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.20', '::ffff:192.168.1.20', 'fd00::1', 'fe80::1%en0', '169.254.3.4'])(
    '%s is private',
    address => {
      expect(isPrivate(address)).toBe(true)
      expect(isLoopback(address)).toBe(false)
    },
  )
  it.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.64.0.1', '::ffff:8.8.8.8', '2001:db8::1', '::', '', 'localhost'])(
    '%s is not',
    address => expect(isPrivate(address)).toBe(false),
  )
})

describe('clientAddress', () => {
  it('S6 S17: believes X-Forwarded-For only from a listed proxy', () => {
    expect(clientAddress(peer('203.0.113.5', '1.2.3.4'), proxies())).toBe('203.0.113.5')
    expect(clientAddress(peer('203.0.113.5', '1.2.3.4'), proxies('203.0.113.0/24'))).toBe('1.2.3.4')
    expect(clientAddress(peer('::ffff:203.0.113.5', '1.2.3.4'), proxies('203.0.113.5'))).toBe('1.2.3.4')
  })
  it('walks from the right, so that what a client writes itself is not believed', () => {
    const list = proxies('10.0.0.0/8', 'fd00::/8')
    expect(clientAddress(peer('10.0.0.2', '6.6.6.6, 198.51.100.7, 10.0.0.9'), list)).toBe('198.51.100.7')
    expect(clientAddress(peer('fd00::2', '2001:db8::77'), list)).toBe('2001:db8::77')
  })
  it('stops at what it cannot read', () => {
    const list = proxies('10.0.0.0/8')
    expect(clientAddress(peer('10.0.0.2', 'unknown'), list)).toBe('10.0.0.2')
    expect(clientAddress(peer('10.0.0.2', '198.51.100.7, unknown, 10.0.0.3'), list)).toBe('10.0.0.3')
    expect(clientAddress(peer('10.0.0.2', ''), list)).toBe('10.0.0.2')
    expect(clientAddress(peer(undefined), list)).toBe('')
  })
  it('tells of a proxy nobody listed', () => {
    expect(isUnlistedProxy(peer('10.0.0.2', '1.2.3.4'), proxies())).toBe(true)
    expect(isUnlistedProxy(peer('10.0.0.2', '1.2.3.4'), proxies('10.0.0.2'))).toBe(false)
    expect(isUnlistedProxy(peer('10.0.0.2'), proxies())).toBe(false)
  })
  it('stamps over whatever a client sent under the name', () => {
    const request = { socket: { remoteAddress: '203.0.113.5' }, headers: { [ADDRESS_HEADER]: '127.0.0.1' } as Record<string, string> }
    stampAddress(request, proxies())
    expect(request.headers[ADDRESS_HEADER]).toBe('203.0.113.5')
  })
})

describe('addNetwork', () => {
  it.each(['10.0.0.0/33', '10.0.0/8', 'proxy.example', '10.0.0.0/8/8', 'fd00::/129', '10.0.0.0/-1', ''])('refuses %s', range =>
    expect(addNetwork(new BlockList(), range)).toBe(false),
  )
})
