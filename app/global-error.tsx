'use client'

const page = {
  minHeight: '100dvh',
  margin: 0,
  display: 'grid',
  placeContent: 'center',
  padding: '2rem',
  background: 'Canvas',
  color: 'CanvasText',
  font: '1rem/1.5 system-ui, sans-serif',
  colorScheme: 'light dark',
} as const
const key = {
  font: 'inherit',
  fontWeight: 600,
  padding: '0.7rem 1.2rem',
  border: '1px solid',
  borderRadius: 3,
  background: 'CanvasText',
  color: 'Canvas',
  cursor: 'pointer',
} as const

/** Stands in for the whole document, style sheet included, so it brings its own. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const id = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <html lang="en">
      <body style={page}>
        <title>Sideline is in trouble</title>
        <h1 style={{ font: '700 1.5rem/1.2 system-ui, sans-serif', margin: 0 }}>Sideline is in trouble</h1>
        <p style={{ maxWidth: '32rem' }}>The page could not be drawn at all. Scores are kept as they come in; try again in a moment.</p>
        {id ? <p>Error {id}</p> : null}
        <p>
          <button type="button" style={key} onClick={() => retry()}>
            Try again
          </button>
        </p>
      </body>
    </html>
  )
}
