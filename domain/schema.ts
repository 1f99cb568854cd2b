import { z } from 'zod'
import { failure, type Result } from './errors.ts'
import type { Field, Fields } from './fields.ts'
import { HOWS, STATUSES } from './game.ts'
import { isBaseKind, type PlayInput } from './play.ts'
import type { Kind, Sport } from './sport.ts'

const PLAY_ID = /^[A-Za-z0-9_-]{8,64}$/
/** The longest time a play may wait in a scorer's pocket: six hours. */
const MAX_AGO_MS = 21_600_000
const MAX_PERIOD = 200

/** Text as it may be kept: NFC, without control and direction-override characters, trimmed. Half a surrogate pair is refused. */
export const text = (max: number) =>
  z
    .string()
    .max(max * 4)
    .refine(value => value.isWellFormed(), 'not well-formed text')
    .transform(clean)
    .pipe(z.string().max(max))

export const name = (max = 80) => text(max).pipe(z.string().min(1).max(max))

export function clean(value: string): string {
  // Character by character: the point is to take controls and direction overrides out, whatever they stand between.
  const kept = Array.from(value.normalize('NFC'), char => (isControl(char.codePointAt(0) ?? 0) ? ' ' : char)).join('')
  return kept.replace(/ {2,}/g, ' ').trim()
}
function isControl(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true
  return (
    code === 0x061c ||
    (code >= 0x200e && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff
  )
}

/** A moment that any zone can show with four digits for the year: an offset may move it by a day. */
function isOfCalendar(time: string): boolean {
  const at = Date.parse(time)
  return at >= Date.parse('0001-01-02T00:00:00Z') && at < Date.parse('9999-12-31T00:00:00Z')
}
export const time = z.iso.datetime({ offset: true }).max(40).refine(isOfCalendar, 'not a time of the years 1 to 9999')
const reference = z.union([z.int().min(1), z.string().regex(PLAY_ID)])

/** The envelope of a play, before its kind is looked at. */
export const playEnvelope = z.strictObject({
  id: z.string().regex(PLAY_ID),
  kind: z.string().min(1).max(40),
  side: z.enum(['home', 'away']).optional(),
  period: z.int().min(1).max(MAX_PERIOD).optional(),
  clockMs: z.int().min(0).max(86_400_000).optional(),
  points: z.int().min(0).max(999).optional(),
  playerId: z.string().min(1).max(64).optional(),
  player: name().optional(),
  data: z.record(z.string().max(40), z.unknown()).optional(),
  voids: reference.optional(),
  replaces: reference.optional(),
  before: reference.optional(),
  agoMs: z.int().min(0).max(MAX_AGO_MS).optional(),
  expectedSeq: z.int().min(0).optional(),
  epoch: z.string().max(64).optional(),
})

/** One described field as a schema. */
export function fieldSchema(field: Field): z.ZodType {
  const schema = bareSchema(field)
  return field.optional ? schema.optional() : schema
}
function bareSchema(field: Field): z.ZodType {
  switch (field.type) {
    case 'int':
      return z.int().min(field.min).max(field.max)
    case 'text':
      return text(field.max)
    case 'flag':
      return z.boolean()
    case 'choice':
      return z.enum(field.options as [string, ...string[]])
    case 'side':
      return z.enum(['home', 'away'])
    case 'time':
      return time.nullable()
    case 'player':
      return z.union([z.string().min(1).max(64), z.strictObject({ name: name() })])
    case 'score':
      return z.strictObject({ home: z.int().min(0).max(field.max), away: z.int().min(0).max(field.max) })
  }
}
export const fieldsSchema = (fields: Fields) =>
  z.strictObject(Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, fieldSchema(field)])))

/** Fields any play may carry: a result entered from a record, and why something was corrected. */
const COMMON: Fields = {
  fromResult: { type: 'flag', label: 'From a result', optional: true },
  reason: { type: 'text', max: 120, label: 'Reason', optional: true },
}

/** The plays every sport knows, described like a sport's own. */
export const BASE_KIND_SCHEMAS: Readonly<Record<string, Kind>> = {
  periodStart: { label: 'Period begins', side: 'optional' },
  periodEnd: { label: 'Period ends', side: 'optional' },
  clockStart: { label: 'Clock starts', side: 'none' },
  clockStop: { label: 'Clock stops', side: 'none' },
  clockSet: { label: 'Clock set', side: 'none' },
  status: {
    label: 'Status',
    side: 'none',
    data: {
      status: { type: 'choice', options: STATUSES, label: 'Status', optional: true },
      official: { type: 'flag', label: 'Official', optional: true },
      underReview: { type: 'flag', label: 'Under review', optional: true },
      until: { type: 'time', label: 'Until', optional: true },
    },
  },
  gameEnd: {
    label: 'End of the game',
    side: 'none',
    data: {
      how: { type: 'choice', options: HOWS, label: 'How', optional: true },
      winner: { type: 'choice', options: ['home', 'away', 'draw'], label: 'Winner', optional: true },
    },
  },
  edit: {
    label: 'Details',
    side: 'none',
    data: {
      startsAt: { type: 'time', label: 'Starts', optional: true },
      venue: { type: 'text', max: 120, label: 'Venue', optional: true },
      timeZone: { type: 'text', max: 60, label: 'Time zone', optional: true },
      neutral: { type: 'flag', label: 'Neutral venue', optional: true },
      visibility: { type: 'choice', options: ['public', 'unlisted', 'private'], label: 'Visibility', optional: true },
      displayOrder: { type: 'choice', options: ['home-first', 'away-first'], label: 'Order', optional: true },
      chat: { type: 'flag', label: 'Chat', optional: true },
    },
  },
  note: { label: 'Note', side: 'optional', player: true, data: { text: { type: 'text', max: 300, label: 'Text' } } },
  void: { label: 'Void', side: 'none' },
}

/** What an object inherits (`constructor`) is no kind of play. */
export const kindOf = (sport: Sport, kind: string): Kind | undefined =>
  isBaseKind(kind) ? BASE_KIND_SCHEMAS[kind] : Object.hasOwn(sport.kinds, kind) ? sport.kinds[kind] : undefined

const dataSchemas = new WeakMap<Kind, z.ZodType>()
export function dataSchema(kind: Kind): z.ZodType {
  const kept = dataSchemas.get(kind)
  if (kept) return kept
  const made = fieldsSchema({ ...kind.data, ...COMMON })
  dataSchemas.set(kind, made)
  return made
}

const invalid = (message: string, path?: string) => failure('INVALID_PAYLOAD', message, path ? { path } : {})

const PATH_MOST = 120

/** The first thing wrong with a value, as an error a caller can act on. */
export function firstIssue(error: z.ZodError, prefix = ''): { ok: false; error: ReturnType<typeof failure>['error'] } {
  const issue = error.issues[0]
  const path = [prefix, ...(issue?.path ?? [])].filter(part => part !== '').join('.')
  const extra = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : ''
  // A path may be made of the sender's own keys, however long they are.
  return invalid(issue?.message ?? 'Invalid.', [path, extra].filter(Boolean).join('.').slice(0, PATH_MOST) || undefined)
}

/** Checks a play against its kind in this sport; the envelope has been parsed. Data comes back cleaned. */
export function checkPlay(sport: Sport, play: PlayInput): Result<{ play: PlayInput }> {
  const kind = kindOf(sport, play.kind)
  if (!kind) return invalid(`${sport.name} has no play of kind "${play.kind}".`, 'kind')
  if (kind.side === 'required' && !play.side) return invalid('Say which side.', 'side')
  if (kind.side === 'none' && play.side) return invalid('This kind has no side.', 'side')
  if (kind.points && play.points === undefined) return invalid('Say how many points.', 'points')
  if (!kind.points && play.points !== undefined) return invalid('This kind has a worth of its own.', 'points')
  if (kind.points && play.points !== undefined && (play.points < kind.points.min || play.points > kind.points.max)) {
    return invalid(`Points from ${kind.points.min} to ${kind.points.max}.`, 'points')
  }
  if (!kind.player && (play.player !== undefined || play.playerId !== undefined)) return invalid('This kind names no player.', 'player')
  if (play.player !== undefined && play.playerId !== undefined) return invalid('Either player or playerId.', 'player')
  if (play.player !== undefined && !play.side) return invalid('A typed player needs a side.', 'side')
  if (play.kind === 'void' && play.voids === undefined) return invalid('Say which play.', 'voids')
  if (play.kind !== 'void' && play.voids !== undefined) return invalid('Only a void voids.', 'voids')
  if (play.kind === 'void' && play.before !== undefined) return invalid('A void has no place in the order of play.', 'before')
  if (play.kind === 'clockSet' && play.clockMs === undefined) return invalid('Say what the clock shows.', 'clockMs')
  const data = dataSchema(kind).safeParse(play.data ?? {})
  if (!data.success) return firstIssue(data.error, 'data')
  const kept = Object.fromEntries(Object.entries(data.data as object).filter(([, value]) => value !== undefined))
  if (play.kind === 'edit' && Object.keys(kept).length === 0) return invalid('Nothing to change.', 'data')
  return { ok: true, play: { ...play, data: Object.keys(kept).length > 0 ? kept : undefined } }
}
