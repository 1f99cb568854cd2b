import { expect, it } from 'vitest'
import { lanAddresses } from './lan.ts'

const v4 = (address: string, internal = false) => ({ address, internal, family: 'IPv4' as const })
const machine = {
  lo: [v4('127.0.0.1', true)],
  eth0: [v4('192.168.1.20'), { address: 'fe80::1', internal: false, family: 'IPv6' as const }],
  wlan0: [v4('169.254.9.9')],
  docker0: [v4('172.17.0.1')],
}

it('names where a phone of the same network finds the server', () => {
  expect(lanAddresses('0.0.0.0', 3000, machine)).toEqual(['http://192.168.1.20:3000'])
  expect(lanAddresses('::', 8080, machine)).toEqual(['http://192.168.1.20:8080'])
})
it('names nothing where only one address is listened on', () => {
  expect(lanAddresses('127.0.0.1', 3000, machine)).toEqual([])
  expect(lanAddresses('10.0.0.4', 3000, machine)).toEqual([])
})
