import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { app } from '#server/app.ts'

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  // Not when it is built: the name is this league's.
  await connection()
  const named = await app()
    .settings.name()
    .catch(() => null)
  const name = named ?? 'Sideline'
  return {
    id: '/',
    scope: '/',
    start_url: '/',
    name,
    short_name: name,
    description: 'Live scores for the leagues nobody televises.',
    display: 'standalone',
    background_color: '#f4f3ee',
    theme_color: '#f4f3ee',
    categories: ['sports'],
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [
      { name: 'Live', url: '/?status=live' },
      { name: 'Favourites', url: '/?status=favourites' },
      { name: 'Score a game', url: '/score' },
    ],
  }
}
