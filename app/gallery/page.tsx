import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Gallery } from './gallery.tsx'

export const metadata: Metadata = { title: 'Gallery', robots: { index: false } }

/** Every component in every state, for the eye and for the tests that look. Not for readers. */
export default function GalleryPage() {
  if (process.env.NODE_ENV === 'production') notFound()
  return <Gallery now={Date.now()} />
}
