import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Announcements } from '#components/shell/announcements.tsx'
import { Announcer } from '#components/shell/announcer.tsx'
import { ConnectionBanner } from '#components/shell/connection-banner.tsx'
import { KEEP_EARLY } from '#components/shell/early.ts'
import { Footer } from '#components/shell/footer.tsx'
import { Header } from '#components/shell/header.tsx'
import { Shell } from '#components/shell/shell.tsx'
import { APPLY_THEME, PAPER } from '#components/shell/theme.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { app } from '#server/app.ts'
import { archivo } from './fonts.ts'
import './globals.css'

export async function generateMetadata(): Promise<Metadata> {
  const name = (await readName()) ?? 'Sideline'
  return {
    title: { default: name, template: `%s · ${name}` },
    description: 'Live scores for the leagues nobody televises.',
    applicationName: name,
    icons: {
      icon: [
        { url: '/icon.svg', type: 'image/svg+xml' },
        { url: '/favicon.ico', sizes: '32x32' },
      ],
      apple: '/apple-touch-icon.png',
    },
    appleWebApp: { capable: true, title: name, statusBarStyle: 'default' },
    formatDetection: { telephone: false },
  }
}

export const viewport: Viewport = {
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: PAPER.light },
    { media: '(prefers-color-scheme: dark)', color: PAPER.dark },
  ],
}

const readName = () =>
  app()
    .settings.name()
    .catch(() => null)

/** What every page needs to know. A database out of reach must not keep the page itself from saying so. */
async function readSite() {
  try {
    const [announcements, competitions, identified] = await Promise.all([
      app().announcements.current(),
      app().competitions.list(),
      app().identify(await headers()),
    ])
    const account = identified.ok ? identified.account : null
    return { announcements, hasCompetitions: competitions.length > 0, visitor: account && { name: account.name, role: account.role } }
  } catch {
    return { announcements: [], hasCompetitions: false, visitor: null }
  }
}

async function labelsOfSports() {
  const loaded = await Promise.all(Object.entries(SPORTS).map(async ([id, load]) => [id, (await load()).sport.labels] as const))
  return Object.fromEntries(loaded)
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const [{ announcements, hasCompetitions, visitor }, name, labels] = await Promise.all([readSite(), readName(), labelsOfSports()])
  return (
    // The reader's colours are put on before React is there.
    <html lang="en" className={archivo.variable} suppressHydrationWarning>
      <body className="flex min-h-dvh flex-col">
        <script nonce={nonce} suppressHydrationWarning>
          {`${APPLY_THEME};${KEEP_EARLY}`}
        </script>
        <Shell renderedAt={Date.now()} timeZone={app().config.timeZone} labels={labels}>
          <a href="#main" className="absolute start-2 -top-24 z-50 bg-ink px-4 py-3 font-semibold text-paper focus:top-2">
            Skip to content
          </a>
          <Announcer />
          <Announcements initial={announcements} />
          <Header name={name} hasCompetitions={hasCompetitions} visitor={visitor} />
          <main id="main" tabIndex={-1} className="grow outline-none">
            {children}
          </main>
          <Footer hasCompetitions={hasCompetitions} />
          <ConnectionBanner />
        </Shell>
      </body>
    </html>
  )
}
