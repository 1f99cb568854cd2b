import { Star } from 'lucide-react'
import { cx } from './cx.ts'

interface StarButtonProps {
  /** What is followed: `Hawks v Bears`. */
  name: string
  isOn: boolean
  onToggle: () => void
  className?: string
}

export function StarButton({ name, isOn, onToggle, className }: StarButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={`Favourite: ${name}`}
      onClick={onToggle}
      className={cx('target grid place-items-center', isOn ? 'text-ink' : 'text-edge hover:text-ink', className)}
    >
      <Star size={17} strokeWidth={1.75} fill={isOn ? 'currentColor' : 'none'} aria-hidden />
    </button>
  )
}
