import { cx } from '#components/ui/cx.ts'

interface ScoreProps {
  /** Null where there is none yet. */
  value: number | null
  size?: 'row' | 'tile' | 'hero'
  /** Counts the rises seen so far: each new number lets the tint of a fresh score appear once more. 0 for none. */
  fresh?: number
  /** The loser of a finished game. */
  isFaded?: boolean
  className?: string
}

const SIZES = { row: 'text-row px-1 -me-1', tile: 'text-tile px-1.5 -me-1.5', hero: 'text-hero px-[0.06em]' }

/** One side's score, for the eye alone: the sentence beside it is for screen readers. */
export function Score({ value, size = 'row', fresh = 0, isFaded, className }: ScoreProps) {
  const tone = value === null || isFaded ? 'text-soft' : 'ages'
  return (
    <span aria-hidden key={fresh} className={cx('figures block text-end', SIZES[size], tone, fresh > 0 && 'fresh', className)}>
      <bdi dir="ltr">{value ?? '–'}</bdi>
    </span>
  )
}
