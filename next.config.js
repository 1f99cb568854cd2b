/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` checks all types; a slip in a test must not keep anybody from starting the product.
  typescript: { ignoreBuildErrors: true },
  // Nothing here needs resizing, and the optimiser is a surface of its own.
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
  headers: async () => [
    {
      source: '/sw.js',
      headers: [
        { key: 'Cache-Control', value: 'no-cache, no-store, must-revalidate' },
        { key: 'Content-Type', value: 'application/javascript; charset=utf-8' },
      ],
    },
  ],
}
