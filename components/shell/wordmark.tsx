import { cx } from '#components/ui/cx.ts'

/** The name, with its line. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cx('wordmark text-lg whitespace-nowrap', className)}>
      Side
      <span aria-hidden className="text-live">
        /
      </span>
      line
    </span>
  )
}
