import type { CSSProperties } from 'react'
import { type Tone, teamColor } from '#components/colors.ts'
import { cx } from '#components/ui/cx.ts'

/** A team's colour as a mark beside its name: never a surface, never the only sign. `tone` comes resolved from `sideColors`. */
export function TeamMark({ tone, className }: { tone: Tone | string | null; className?: string }) {
  const { light, dark } = tone === null || typeof tone === 'string' ? teamColor(tone) : tone
  const style = { '--mark-light': light, '--mark-dark': dark } as CSSProperties
  return <span aria-hidden className={cx('mark inline-block h-[1.125em] w-1 shrink-0 rounded-[1px]', className)} style={style} />
}
