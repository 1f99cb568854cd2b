import type { MetadataRoute } from 'next'

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    scope: '/',
    start_url: '/',
    name: 'Sideline',
    short_name: 'Sideline',
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
