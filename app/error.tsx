'use client'
import { useEffect } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error])
  const id = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <div className="page py-16 sm:py-24">
      <h1 className="heading text-xl">This page could not be drawn</h1>
      <p className="mt-2 max-w-prose text-soft">Nothing is lost: scores are kept as they come in. Try again in a moment.</p>
      {id ? (
        <p className="mt-2 text-sm text-soft">
          Error <code className="font-mono text-ink">{id}</code>
        </p>
      ) : null}
      <p className="mt-6 flex flex-wrap gap-2">
        <Button look="ink" onClick={() => retry()}>
          Try again
        </Button>
        <ButtonLink href="/">Today’s games</ButtonLink>
      </p>
    </div>
  )
}
