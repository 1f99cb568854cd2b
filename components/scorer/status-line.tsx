'use client'
import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { useLink } from '#components/shell/use-link.ts'
import { IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { spanText } from '#components/ui/time.ts'
import { useTime } from '#components/ui/use-time.ts'
import { useConsole } from './console-context.ts'
import { useKeptPage } from './kept-page.ts'
import type { Outbox } from './outbox.ts'

/** A save that takes no longer than this is not worth a word. */
const QUICK_MS = 400
const OTHERS_FOR_MS = 180_000
const OTHERS = {
  own: 'Another device is scoring, as you',
  person: 'Somebody else is scoring too',
  feed: 'Another device is scoring, a feed',
  unknown: 'Another device is scoring',
} as const

/** Whether the plays are safe, in words, always in view. */
export function StatusLine({ className, isAwake, outbox }: { className?: string; isAwake: boolean; outbox: Outbox }) {
  const { state, open, panel } = useConsole()
  const isOthers = useTime(now => state.othersAt !== null && now - state.othersAt < OTHERS_FOR_MS, 5000)
  const others = isOthers && !state.outbox.trouble
  return (
    <header className={cx('flex min-h-11 items-center justify-between gap-3 border-b border-line ps-4 pe-1 text-sm', className)}>
      <Saved outbox={outbox} />
      <span
        role="status"
        className={cx('min-w-0', others ? 'rounded-md bg-ink px-2 py-0.5 leading-tight font-bold text-paper' : 'truncate text-soft')}
      >
        {others ? OTHERS[state.others ?? 'unknown'] : isAwake && !state.outbox.trouble ? 'Screen stays on' : ''}
      </span>
      <IconButton
        label={panel?.is === 'menu' ? 'Back to the keys' : 'More'}
        aria-expanded={panel?.is === 'menu'}
        onClick={() => open(panel?.is === 'menu' ? null : { is: 'menu' })}
      >
        <Ellipsis size={22} aria-hidden />
      </IconButton>
    </header>
  )
}

function Saved({ outbox }: { outbox: Outbox }) {
  const { state, open } = useConsole()
  const { link } = useLink()
  const { game, waiting, oldestAt, review, savedSeq } = state
  const { trouble, isKept } = state.outbox
  const age = useTime(now => (oldestAt === null ? '' : spanText(now - oldestAt)), 1000)
  const isSlow = useTime(now => oldestAt !== null && now - oldestAt > QUICK_MS, 200)
  // A page that had to come out of the cache is offline until it hears something.
  const isKeptPage = useKeptPage()
  const isCut = link === 'reconnecting' || link === 'stale' || (link === 'connecting' && isKeptPage)
  const many = `${waiting} waiting`

  if (review.length > 0) {
    return (
      <button type="button" data-testid="saved" className={WARN} onClick={() => open({ is: 'review' })}>
        <Loud>{review.length === 1 ? 'Rejected' : `${review.length} rejected`} – review</Loud>
      </button>
    )
  }
  if (state.isGone || trouble?.why === 'gone') return <Words strong="Game deleted" rest={waiting > 0 ? `– ${many}` : ''} isWarning />
  if (trouble?.why === 'signed-out') {
    return (
      <Link href={`/login?next=${encodeURIComponent(`/score/${game.id}`)}`} data-testid="saved" className={WARN}>
        <Loud>Sign in again{waiting > 0 ? ` – ${many}` : ''}</Loud>
      </Link>
    )
  }
  if (trouble?.why === 'forbidden') return <Words strong="Not allowed" rest={`– ${many}`} isWarning />
  if (waiting > 0 && (trouble?.why === 'offline' || isCut)) {
    return (
      <button type="button" data-testid="saved" className={WARN} onClick={() => outbox.nudge()}>
        Offline – {many} <span className="font-normal">(oldest {age})</span>
      </button>
    )
  }
  if (waiting > 0 && trouble?.why === 'busy') return <Words strong="Server busy" rest={`– ${many}`} isWarning />
  if (waiting > 0 && isSlow) return <Words strong="Saving…" rest={waiting > 1 ? many : ''} />
  const upTo = savedSeq > 0 ? `to play ${savedSeq}` : ''
  if (isCut) return <Words strong="Offline" rest="– nothing waiting" isWarning />
  if (!isKept) return <Words strong="Saved" rest={`${upTo}. Keep this page open`} isWarning />
  return <Words strong="Saved" rest={upTo} />
}

const WARN =
  'inline-flex min-h-11 shrink-0 items-center gap-1 font-bold whitespace-nowrap text-warn tabular-nums underline-offset-4 hover:underline'

function Words({ strong, rest, isWarning }: { strong: string; rest: string; isWarning?: boolean }) {
  return (
    <p data-testid="saved" className={cx('shrink-0 whitespace-nowrap tabular-nums', isWarning && 'text-warn')}>
      <strong className="font-bold">{strong}</strong> <span className={isWarning ? undefined : 'text-soft'}>{rest}</span>
    </p>
  )
}

/** Signed out and rejected are the two things a scorer is interrupted for. */
function Loud({ children }: { children: React.ReactNode }) {
  return <span role="alert">{children}</span>
}
