'use client'
import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import { callAmong, callPlayer } from '#domain/calling.ts'
import type { Field } from '#domain/fields.ts'
import type { Game, RosterEntry } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { useConsole } from './console-context.ts'

export const ANSWER =
  'inline-flex min-w-12 items-center justify-center rounded-lg border border-line bg-field px-3 text-[1.0625rem] font-semibold whitespace-nowrap active:bg-press aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper'
export const CHIP = `${ANSWER} min-h-12 shrink-0`

const byNumber = (a: RosterEntry, b: RosterEntry) => Number(callPlayer(a).number ?? 999) - Number(callPlayer(b).number ?? 999)

/** Everybody who may be named for a side: its roster, and who is the side, named or not. */
export function rosterFor(game: Pick<Game, 'roster' | 'home' | 'away'>, side: Side): RosterEntry[] {
  const seated = game.roster.filter(entry => entry.side === side)
  // Who is the side keeps their place beside the partner, whoever of them was named first.
  const members = (game[side].members ?? []).map(member => seated.find(({ id }) => id === member.id) ?? { ...member, side, number: null })
  const others = seated.filter(({ id }) => !members.some(member => member.id === id))
  return [...members, ...others].sort(byNumber)
}

interface WhoProps {
  label: string
  side: Side
  /** Ids of those who have a part in the play already. */
  isNot: readonly string[]
  canType: boolean
  /** Whether it can have been them, where the game stands. */
  isOffered(id: string): boolean
  onName(entry: RosterEntry): void
  onType(): void
}
export function Who({ label, side, isNot, canType, isOffered, onName, onType }: WhoProps) {
  const { state } = useConsole()
  const all = rosterFor(state.game, side).filter(({ id }) => !isNot.includes(id))
  const likely = all.filter(({ id }) => isOffered(id))
  // Of two who are known it was one of them, whatever is likely.
  const roster = likely.length > 0 || canType ? likely : all
  return (
    <Group label={label}>
      {roster.slice(0, 8).map(entry => {
        const { number, name } = callAmong(roster, entry)
        return (
          <button key={entry.id} type="button" className={CHIP} onClick={() => onName(entry)}>
            {number ? <span className="figures me-1.5">{number}</span> : null}
            {name}
          </button>
        )
      })}
      {canType || roster.length > 8 ? (
        <button type="button" className={cx(CHIP, 'text-soft')} onClick={onType}>
          {roster.length > 8 ? 'All' : all.length > 0 ? 'Other' : 'Name'}
        </button>
      ) : null}
    </Group>
  )
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset aria-label={label} className="min-w-0 flex shrink-0 items-center gap-2">
      <span className="text-sm text-soft">{label}</span>
      {children}
    </fieldset>
  )
}

/** `doubleFault` as it is said. */
const words = (option: string) => option.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** The longest list of numbers that is quicker to tap than to type. */
const MOST_CHIPS = 8

interface AskProps {
  field: Field
  /** Whether an answer of a choice, or a number, can be, where the game stands. */
  isOffered(option: string): boolean
  onAnswer(value: unknown): void
  onMore(): void
}
/** One described field as chips; what does not fit on them is asked for in full. */
export function Ask({ field, isOffered, onAnswer, onMore }: AskProps) {
  const choices = choicesOf(field, isOffered)
  return (
    <Group label={field.label}>
      {choices
        ? choices.list.map(([value, label]) => (
            <button key={label} type="button" className={CHIP} onClick={() => onAnswer(value)}>
              {label}
            </button>
          ))
        : null}
      {choices?.isAll ? null : (
        <button type="button" className={cx(CHIP, 'text-soft')} onClick={onMore}>
          {choices ? 'More' : 'Say'}
        </button>
      )}
    </Group>
  )
}

function choicesOf(field: Field, isOffered: (option: string) => boolean): { list: [unknown, string][]; isAll: boolean } | null {
  switch (field.type) {
    case 'choice':
      return { list: field.options.filter(isOffered).map(option => [option, field.labels?.[option] ?? words(option)]), isAll: true }
    case 'int': {
      const count = field.max - field.min + 1
      const numbers = field.common ?? Array.from({ length: Math.min(count, MOST_CHIPS) }, (_, i) => field.min + i)
      const likely = numbers.map(String).filter(isOffered)
      return numbers.length > 0 ? { list: likely.map(number => [Number(number), number]), isAll: numbers.length === count } : null
    }
    case 'flag':
      return {
        list: [
          [true, 'Yes'],
          [false, 'No'],
        ],
        isAll: true,
      }
    default:
      return null
  }
}
