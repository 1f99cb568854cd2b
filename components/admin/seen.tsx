'use client'
import { useLink } from '#components/shell/use-link.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Overview } from './admin-data.ts'

const LINKS = {
  connecting: 'connecting',
  live: 'works',
  reconnecting: 'cut, trying again',
  stale: 'cut',
  polling: 'does not get through; pages ask every 15 s',
} as const

/** How this very page reached the server: a proxy that is set up wrong shows here first. */
export function Seen({ seen }: { seen: Overview['seen'] }) {
  const { link } = useLink()
  return (
    <Section title="As the server sees you">
      <dl>
        <Fact name="Address of the site">{seen.publicOrigin ?? `http://${seen.host}`}</Fact>
        <Fact name="Set by PUBLIC_URL">{seen.publicOrigin ? (seen.isSecure ? 'yes, https' : 'yes, plain http') : 'no'}</Fact>
        <Fact name="Your address">{seen.address || 'unknown'}</Fact>
        <Fact name="Live connection">{LINKS[link]}</Fact>
      </dl>
      {seen.isProxyUnlisted ? (
        <Notice tone="warn" className="mt-4">
          Something forwards requests and is not listed. If it is your proxy, set{' '}
          <code className="font-mono text-xs">TRUSTED_PROXIES={seen.address}</code>: until then every visitor seems to come from that one
          address.
        </Notice>
      ) : null}
    </Section>
  )
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="flex min-h-13 items-center justify-between gap-6 border-b border-line py-2">
      <dt className="text-sm text-soft">{name}</dt>
      <dd className="text-end font-[560] break-all">{children}</dd>
    </div>
  )
}
