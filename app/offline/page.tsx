import type { Metadata } from 'next'
import { KeptTables } from '#components/scorer/kept-tables.tsx'
import { ReloadButton } from '#components/shell/reload-button.tsx'

export const metadata: Metadata = { title: 'Offline', robots: { index: false } }

/** Kept by the service worker and shown when a page was asked for and no network answered. */
export default function OfflinePage() {
  return (
    <div className="page py-16 sm:py-24">
      <h1 className="heading text-xl">No network</h1>
      <p className="mt-2 max-w-prose text-soft">
        This page has to come from the server, and the server cannot be reached from here. A table being scored keeps its plays on the
        device and sends them when the network is back.
      </p>
      <p className="mt-6">
        <ReloadButton />
      </p>
      <KeptTables />
    </div>
  )
}
