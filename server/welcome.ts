import { networkInterfaces } from 'node:os'
import type { Config } from './config.ts'
import { lanAddresses } from './lan.ts'

/** Where this server answers on its own machine. */
export function addressOf({ host }: Pick<Config, 'host'>, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** What is said once everything serves. */
export function welcome(config: Config, port: number, setupToken: string | null): string[] {
  const { publicOrigin, isSecure, host } = config
  const address = publicOrigin ?? addressOf(config, port)
  return [
    `Sideline is at ${address}`,
    ...(publicOrigin ? [] : lanAddresses(host, port, networkInterfaces()).map(at => `On this network: ${at}`)),
    ...(setupToken ? [`Become the owner at ${address}/setup with the one-time token ${setupToken}`] : []),
    ...(isSecure ? [] : ['Without an https PUBLIC_URL, sign-ins work on this machine and its own network only, and travel unencrypted.']),
  ]
}
