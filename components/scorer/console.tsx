'use client'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { sideColors, sideProperties } from '#components/colors.ts'
import { connection } from '#components/live/connection.ts'
import { cx } from '#components/ui/cx.ts'
import type { Side } from '#domain/play.ts'
import type { Action, Sport } from '#domain/sport.ts'
import { ClockBar } from './clock-bar.tsx'
import styles from './console.module.css'
import { type Console, ConsoleContext, type FollowUp, type Panel } from './console-context.ts'
import { undoTarget, voidsOf } from './corrections.ts'
import { keysAt, LEVELS } from './depth.ts'
import { Ended } from './ended.tsx'
import { FollowUpRow } from './follow-up.tsx'
import { FootRow } from './foot-row.tsx'
import { useKeptPage } from './kept-page.ts'
import { keysDuring } from './key-layout.ts'
import { DUE_ID, KeyPad } from './key-pad.tsx'
import { Locked } from './locked.tsx'
import { type Draft, type Move, movesOf, NO_MOVES } from './moves.ts'
import { capital } from './naming.ts'
import type { OpenDesk } from './open-desk.ts'
import { OpenPanel } from './open-panel.tsx'
import { PlaysList } from './plays-list.tsx'
import { ScoreHead } from './score-head.tsx'
import { StatusLine } from './status-line.tsx'
import { askOf, draftOf, dueKeys } from './tap.ts'
import { useKeyboard } from './use-keyboard.ts'
import { useChoice, useSetting } from './use-setting.ts'
import { useWakeLock } from './use-wake-lock.ts'

/** The same key twice within this time is taken, and asked about. */
const TWICE_MS = 350
/** Keys that have just moved under a thumb do nothing yet. */
const DEAD_MS = 300
const OTHERS_FOR_MS = 600_000
const CLOSED: ReadonlySet<string> = new Set(['final', 'forfeited', 'postponed', 'cancelled', 'abandoned'])

interface TableConsoleProps {
  sport: Sport
  open: OpenDesk
  canManage: boolean
  renderedAt: number
}

export function TableConsole({ sport, open: { desk, outbox }, canManage, renderedAt }: TableConsoleProps) {
  const state = useSyncExternalStore(desk.subscribe, desk.getState, desk.getFirstState)
  const { game, fold, rows } = state
  const rules = game.rules.values
  const [panel, setPanel] = useState<Panel | null>(null)
  const [followUp, setFollowUp] = useState<FollowUp | null>(null)
  const [isLocked, setLocked] = useState(false)
  const [isSwapped, setSwapped] = useSetting(`sideline-swap-${game.id}`)
  const [isPlain, setPlain] = useSetting('sideline-contrast')
  const [hasNoLetters, setNoLetters] = useSetting('sideline-no-letters')
  const [level, setLevel] = useChoice(`sideline-depth-${sport.id}`, LEVELS, 'plays')
  const frame = useRef<HTMLDivElement>(null)
  const lastTap = useRef({ key: '', at: 0 })

  const actions = useMemo(() => sport.actions(rules as never), [sport, rules])
  const activeSide = sport.activeSide?.(game.detail) ?? null
  const periodKind = game.period?.kind ?? sport.timed?.period(1, rules as never)?.kind ?? null
  const offered = useMemo(() => keysAt(keysDuring(actions, periodKind), level), [actions, periodKind, level])
  const moves = useMemo(() => (fold ? movesOf(sport, rules, fold, game, game) : NO_MOVES), [sport, rules, fold, game])
  const now = useCallback(() => (typeof window === 'undefined' ? renderedAt : connection(renderedAt).serverNow()), [renderedAt])
  const due = useMemo(() => {
    const canDo = (draft: Draft) => desk.preview([draft]) !== null
    return dueKeys(sport, game, actions, now(), canDo)
  }, [sport, game, actions, now, desk])
  const isOver = CLOSED.has(game.status)
  const isKept = useKeptPage()
  const isAwake = useWakeLock(!isOver && !state.isGone)
  const ordered: readonly [Side, Side] = (game.displayOrder === 'away-first') !== isSwapped ? ['away', 'home'] : ['home', 'away']

  // Where the keys have just moved, the thumb is still on its way to where they were.
  const marks = sport.glance?.(game).marks?.length ?? 0
  const layout = [...offered.map(({ id }) => id), isSwapped, isOver, panel?.is, marks].join(' ')
  const dead = useRef({ layout, until: 0 })
  useEffect(() => {
    if (dead.current.layout !== layout) dead.current = { layout, until: performance.now() + DEAD_MS }
  }, [layout])

  const act = (drafts: readonly Draft[]) => {
    const acted = desk.act(drafts)
    if (!acted.ok) setFollowUp({ is: 'said', text: acted.why, tone: 'warn' })
    return acted
  }
  const value: Console = {
    sport,
    rules,
    desk,
    state,
    actions,
    offered,
    level,
    due,
    moves,
    sides: ordered,
    canManage,
    isLocked,
    panel,
    followUp,
    now,
    act,
    open(next) {
      setPanel(next)
      if (!next) frame.current?.focus({ preventScroll: true })
    },
    follow: setFollowUp,
    tap(action: Action, side: Side | null, isLetter = false) {
      const at = performance.now()
      if (isLocked || isOver || (!isLetter && at < dead.current.until)) return
      const key = `${action.id} ${side}`
      const isTwice = lastTap.current.key === key && at - lastTap.current.at < TWICE_MS
      lastTap.current = { key, at }
      navigator.vibrate?.(10)
      const isAlone = state.othersAt === null || now() - state.othersAt > OTHERS_FOR_MS
      const draft = draftOf(sport, game, action, side, now(), isAlone)
      if (action.asks) {
        const move: Move = { id: 'give', label: key, plays: [draft], asks: askOf(sport, game, action.asks, side) }
        setFollowUp({ is: 'asked', move, key: { action, side } })
        if (panel?.is === 'more') setPanel(null)
        return
      }
      const acted = act([draft])
      if (!acted.ok) return
      setFollowUp({ is: 'played', playId: acted.ids[0] as string, action, side, isTwice, was: game.detail, answered: [] })
      if (panel?.is === 'more') setPanel(null)
    },
    run(move: Move) {
      if (isLocked) return
      if (move.asks && !(followUp?.is === 'asked' && followUp.move.label === move.label)) setFollowUp({ is: 'asked', move })
      else {
        navigator.vibrate?.(10)
        const acted = act(move.plays)
        const pressed = followUp?.is === 'asked' ? followUp.key : undefined
        if (acted.ok)
          setFollowUp(
            pressed ? { is: 'played', playId: acted.ids[0] as string, ...pressed, isTwice: false, was: game.detail, answered: [] } : null,
          )
      }
    },
    undo() {
      if (isLocked) return
      const target = undoTarget(rows)
      if (!target) return
      navigator.vibrate?.(10)
      if (act(voidsOf(rows, target).map(id => ({ kind: 'void', voids: id }))).ok)
        setFollowUp({ is: 'said', text: `${capital(target.name)} undone`, tone: 'plain' })
    },
    toggleClock() {
      if (isLocked || isOver) return
      if (fold?.open && game.clock) {
        navigator.vibrate?.(10)
        act([{ kind: game.clock.running ? 'clockStop' : 'clockStart' }])
      } else if (moves.primary) value.run(moves.primary)
    },
    setLocked(next) {
      setLocked(next)
      setPanel(null)
    },
  }

  const keyboard = useKeyboard(value, { hasLetters: !hasNoLetters, activeSide, offered })
  // The focus goes with a key that goes; the table's letters are heard only while it is in the table.
  useEffect(() => {
    if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true })
  })
  useWholeScreen()
  useWarnBeforeLeaving(state.waiting > 0)
  useKeptStorage(state.waiting > 0)

  return (
    <ConsoleContext value={value}>
      <div
        ref={frame}
        // The console hears its keys only while the focus is in it.
        tabIndex={-1}
        role="application"
        aria-label={`${sport.name}: ${game.home.name} against ${game.away.name}`}
        data-contrast={isPlain ? 'more' : undefined}
        data-alive={isKept || undefined}
        className={cx('sides bg-paper text-ink outline-none', styles.frame)}
        style={sideProperties(sideColors(game.home.color, game.away.color)) as React.CSSProperties}
        {...keyboard}
      >
        <h1 className="sr-only">
          The table: {game.home.name} against {game.away.name}
        </h1>
        <StatusLine className={styles.status} isAwake={isAwake} outbox={outbox} />
        <ScoreHead className={styles.score} />
        <div className={cx('relative', styles.keys)}>
          {panel ? (
            <OpenPanel
              outbox={outbox}
              settings={{
                isSwapped,
                setSwapped,
                isPlain,
                setPlain,
                hasLetters: !hasNoLetters,
                setLetters: on => setNoLetters(!on),
                setLevel,
              }}
            />
          ) : isOver || state.isGone ? (
            <Ended />
          ) : (
            <KeyPad activeSide={activeSide} />
          )}
          {isLocked ? <Locked /> : null}
        </div>
        <span id={DUE_ID} hidden>
          due now
        </span>
        <FollowUpRow className={styles.follow} />
        <ClockBar className={styles.bar} />
        <FootRow className={styles.foot} hidesPlays={styles.narrow ?? ''} />
        <div className={cx('flex-col', styles.log)}>
          <PlaysList isBeside />
        </div>
      </div>
    </ConsoleContext>
  )
}

/** What the table covers cannot have the focus. */
function useWholeScreen() {
  useEffect(() => {
    const covered = [...document.querySelectorAll<HTMLElement>('body > header, body > footer, body > a')]
    for (const element of covered) element.inert = true
    return () => {
      for (const element of covered) element.inert = false
    }
  }, [])
}

/** The browser asks before a page with unsent plays goes; they would be sent by the next one, but not before somebody opens it. */
function useWarnBeforeLeaving(hasWaiting: boolean) {
  useEffect(() => {
    if (!hasWaiting) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [hasWaiting])
}

/** Asked for once there is something to lose: browsers throw out what a site they hardly know has kept. */
function useKeptStorage(hasWaiting: boolean) {
  const isAsked = useRef(false)
  useEffect(() => {
    if (!hasWaiting || isAsked.current) return
    isAsked.current = true
    navigator.storage?.persist?.().catch(() => {})
  }, [hasWaiting])
}
