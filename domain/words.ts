import { isBaseKind, type LoggedPlay } from './play.ts'
import type { DescribeContext, Sport } from './sport.ts'
import { playedAs } from './tie.ts'

/** Sentences of the plays every sport knows. */
const BASE_WORDS: Readonly<Record<string, string>> = {
  periodStart: '{period} begins',
  periodEnd: '{period} ends',
  clockStart: 'Clock started',
  clockStop: 'Clock stopped',
  clockSet: 'Clock set to {clock}',
  'status.live': 'Play resumes',
  'status.scheduled': 'Start delayed',
  'status.break': 'Break in play',
  'status.suspended': 'Play suspended',
  'status.postponed': 'Postponed',
  'status.cancelled': 'Cancelled',
  'status.abandoned': 'Abandoned',
  'status.official': 'Result made official',
  'status.unofficial': 'Result no longer official',
  'status.review': 'Under review',
  'status.reviewed': 'Review over',
  status: 'Status changed',
  gameEnd: '{game} over',
  'gameEnd.retired': '{game} over, retired',
  'gameEnd.walkover': 'Walkover',
  'gameEnd.forfeit': 'Forfeited',
  'gameEnd.disqualified': 'Disqualified',
  'gameEnd.awarded': 'Result awarded',
  'gameEnd.called': '{game} called',
  'gameEnd.no-result': 'No result',
  edit: 'Details changed',
  note: '{text}',
  void: 'Correction',
}

/** What readers are told about the oddities that every sport may have; those of the clock are the scorer's business. */
const BASE_WARNINGS: Readonly<Record<string, string>> = {
  'after-end': 'Recorded after the end',
  'not-started': 'Ended without having been played',
}

/** A warning as a few words under the play (`Second yellow card`); null for codes that say nothing to a reader. */
export function sayWarning(sport: Pick<Sport, 'words'>, code: string): string | null {
  return sport.words[`warning.${code}`] ?? BASE_WARNINGS[code] ?? null
}

/** A play as a sentence in English. Values are plain text; whoever shows it escapes it. */
export function sayPlay(of: Sport, play: LoggedPlay, context: DescribeContext): string {
  const sport = playedAs(of, context.rules)
  if (isBaseKind(play.kind)) return fill(baseWord(play), baseValues(sport, play, context))
  const { key, values, clauses = [] } = sport.describe(play, context)
  const named = context.player && sport.words[`${key}.by`] ? `${key}.by` : key
  const text = sport.words[named] ?? sport.words[key] ?? sport.kinds[play.kind]?.label ?? play.kind
  const whole = [text, ...clauses.map(clause => sport.words[clause] ?? clause)].join(', ')
  return fill(whole, { ...values, ...peopleIn(sport, play, context), player: context.player ?? '', side: context.side ?? '' })
}

/** The people a play names in its data, by field. Who was erased is still somebody. */
function peopleIn(sport: Sport, { kind, data = {} }: LoggedPlay, { nameOf }: DescribeContext): Record<string, string> {
  const fields = Object.entries(sport.kinds[kind]?.data ?? {}).filter(([key, { type }]) => type === 'player' && data[key] !== undefined)
  return Object.fromEntries(fields.map(([key]) => [key, nameOf?.(String(data[key])) ?? 'a player']))
}

function baseWord(play: LoggedPlay): string {
  const data = play.data ?? {}
  let key: string = play.kind
  if (play.kind === 'status') {
    if (typeof data.status === 'string') key = `status.${data.status}`
    else if (data.official !== undefined) key = data.official ? 'status.official' : 'status.unofficial'
    else if (data.underReview !== undefined) key = data.underReview ? 'status.review' : 'status.reviewed'
  } else if (play.kind === 'gameEnd' && typeof data.how === 'string') key = `gameEnd.${data.how}`
  const text = BASE_WORDS[key] ?? BASE_WORDS[play.kind] ?? play.kind
  return play.kind === 'status' && typeof data.reason === 'string' && data.reason ? `${text}: {reason}` : text
}

function baseValues(sport: Sport, play: LoggedPlay, context: DescribeContext): Record<string, string> {
  const n = play.period ?? context.facts?.period
  const named = typeof n === 'number' ? sport.timed?.period(n, context.rules)?.name : n
  const data = play.data ?? {}
  return {
    period: named ?? context.periodName ?? sport.labels.period,
    game: sport.labels.game,
    clock:
      play.clockMs === undefined
        ? ''
        : `${Math.floor(play.clockMs / 60000)}:${String(Math.floor(play.clockMs / 1000) % 60).padStart(2, '0')}`,
    reason: String(data.reason ?? ''),
    text: String(data.text ?? ''),
  }
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')).trim()
}
