import { cx } from '#components/ui/cx.ts'
import type { Glance, Tone } from '#domain/sport.ts'

type Badge = NonNullable<Glance['badges']>[number]

const LOOKS: Readonly<Record<Tone, string>> = {
  plain: 'border border-edge text-soft',
  accent: 'bg-ink text-paper',
  good: 'border border-green text-ink',
  bad: 'border border-red text-ink',
  yellow: 'bg-yellow text-on-yellow',
  red: 'bg-red text-on-red',
  green: 'bg-green text-on-green',
  blue: 'bg-blue text-on-blue',
}
const CARDS: ReadonlySet<Tone> = new Set(['yellow', 'red', 'green', 'blue'])

/** Two of the same stand side by side. */
const keyed = (badges: readonly Badge[]) => badges.map((badge, i) => ({ badge, key: `${badge.title} ${i}` }))

/** Small signs beside a side's name: cards as the referee holds them up, anything else as a word in a frame. */
export function Badges({ badges, isEnd, isInLine }: { badges: readonly Badge[]; isEnd?: boolean; isInLine?: boolean }) {
  if (badges.length === 0) return null
  return (
    <span className={cx('inline-flex items-center gap-1', isInLine ? 'shrink-0' : 'flex-wrap', isEnd && 'justify-end')}>
      {keyed(badges).map(({ key, badge: { text, tone, title } }) => (
        <span
          key={key}
          role="img"
          aria-label={title}
          title={title}
          className={cx(
            'figures inline-flex h-[1.125rem] shrink-0 items-center justify-center text-2xs leading-none tracking-wide',
            CARDS.has(tone) ? 'min-w-[0.8125rem] rounded-[2px] px-[0.2rem] forced-color-adjust-none' : 'rounded-sm px-1',
            LOOKS[tone],
          )}
        >
          {text}
        </span>
      ))}
    </span>
  )
}
