'use client'
import { type ReactNode, useEffect, useState } from 'react'
import type { ScoreChange } from '#components/live/game-store.ts'
import { cx } from '#components/ui/cx.ts'
import type { Side } from '#domain/play.ts'

const CHIP_MS = { score: 2000, correction: 6000 }

interface HeroScoreProps {
  side: Side
  /** Null where there is none yet. */
  value: number | null
  change: ScoreChange | null
  isFaded: boolean
  /** Stands at the end of the line: its signs go to the other side. */
  isEnd: boolean
  /** Room for so many figures, so that nothing moves when the next one comes. */
  figures: number
  /** Two figures a side share the room of one: sets, and the games of the set under way. */
  isPaired?: boolean
}

const PAIRED = 'text-[clamp(3rem,15vw,6rem)] leading-[0.9]'

/**
 * A side's score, the largest thing on the page. New figures rise into place under a tint that fades; a correction only says that it is one.
 * For the eye: the sentence of the header is for screen readers.
 */
export function HeroScore({ side, value, change, isFaded, isEnd, figures, isPaired }: HeroScoreProps) {
  const by = change?.[side] ?? 0
  const kind = change?.rose === side ? 'score' : change?.kind
  const isRise = change !== null && by > 0 && kind === 'score'
  const size = isPaired ? PAIRED : 'text-hero'
  const text = value === null ? '–' : String(value)
  return (
    <span className="relative block">
      {isRise ? <span key={`tint:${change.seq}`} aria-hidden className="fresh absolute inset-x-0 -inset-y-1" /> : null}
      <span
        aria-hidden
        data-testid={`score-${side}`}
        className={cx(
          'figures relative block whitespace-nowrap',
          isEnd ? 'text-end sm:text-start' : 'sm:text-end',
          value === null ? 'text-2xl text-edge' : cx(size, isFaded ? 'text-soft' : 'ages'),
        )}
        style={value === null ? undefined : { minInlineSize: `calc(${figures}ch + 0.1em)` }}
      >
        <bdi key={text.length} dir="ltr" className="inline-flex overflow-hidden px-[0.05em]">
          {figuresOf(text).map(({ key, figure }) => (
            <Figure key={key} figure={figure} isNew={isRise} />
          ))}
        </bdi>
      </span>
      {change && kind && by !== 0 ? <Chip key={`chip:${change.seq}`} by={by} kind={kind} isEnd={isEnd} isPaired={isPaired} /> : null}
    </span>
  )
}

interface PairProps {
  /** The score itself, and what it is called. */
  score: ReactNode
  name: string
  side: Side
  /** What the side has of the set under way. */
  value: number
  valueName: string
  isEnd: boolean
}

/** In a sport of sets: the sets won and, nearer the middle and as large, the set under way. */
export function PairedScore({ score, name, side, value, valueName, isEnd }: PairProps) {
  const [drawn] = useState(value)
  const [hasMoved, setMoved] = useState(false)
  useEffect(() => {
    if (value !== drawn) setMoved(true)
  }, [value, drawn])
  return (
    <span className={cx('flex gap-x-3 sm:gap-x-5', isEnd ? 'flex-row-reverse' : 'flex-row')}>
      <Captioned name={name}>{score}</Captioned>
      <Captioned name={valueName}>
        <span
          key={value}
          aria-hidden
          data-testid={`set-${side}`}
          className={cx('figures ages relative block min-w-[1ch] text-center', PAIRED, hasMoved && 'fresh')}
        >
          {value}
        </span>
      </Captioned>
    </span>
  )
}

function Captioned({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="flex flex-col items-center gap-1.5">
      {children}
      <span aria-hidden className="text-2xs whitespace-nowrap text-soft">
        {name}
      </span>
    </span>
  )
}

/** Rises into place when it comes, and never again. */
function Figure({ figure, isNew }: { figure: string; isNew: boolean }) {
  const [rises] = useState(isNew)
  return <span className={rises ? 'animate-rise' : undefined}>{figure}</span>
}

/** Each figure by its place: one that stays keeps its key, so that only those that change move. */
const figuresOf = (text: string) => Array.from(text, (figure, i) => ({ figure, key: `${text.length - i}:${figure}` }))

/** `+3` between the figures and the clock, above them where others stand between, or that they were put right. It takes no room of its own. */
function Chip({ by, kind, isEnd, isPaired }: { by: number; kind: ScoreChange['kind']; isEnd: boolean; isPaired?: boolean }) {
  const [isOver, setOver] = useState(false)
  const lasts = kind === 'catch-up' ? 0 : CHIP_MS[kind]
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), lasts)
    return () => clearTimeout(timer)
  }, [lasts])
  if (isOver || lasts === 0) return null
  const isBeside = kind === 'score' && !isPaired
  return (
    <span
      aria-hidden
      className={cx(
        'absolute whitespace-nowrap',
        kind === 'score' ? 'figures text-xl text-live' : 'text-xs text-soft',
        isBeside ? 'top-0' : 'bottom-full mb-0.5',
        isBeside && (isEnd ? 'end-full me-1.5' : 'start-full ms-1.5'),
        !isBeside && (isEnd ? 'end-1' : 'start-1'),
      )}
    >
      {kind === 'score' ? `+${by}` : 'corrected'}
    </span>
  )
}
