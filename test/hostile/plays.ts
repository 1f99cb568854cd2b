import type { Field, Fields } from '#domain/fields.ts'
import { BASE_KIND_SCHEMAS } from '#domain/schema.ts'
import type { Kind, Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import type { Random } from '#test/sim/random.ts'
import { STRINGS } from './values.ts'

export interface Playable {
  id: string
  sport: string
  epoch: string
}

/** Few, since each is a line of a roster that every answer carries. */
const PLAYERS = ['Osei', 'Lind \u202eevil', '<b>Ada</b>', 'x'.repeat(80), 'e\u0301'.repeat(20), '\u{1f3c0}']
/** What ends a game or moves it on, after which most of the others would be refused. */
const RARE = new Set(['gameEnd', 'status', 'edit', 'periodStart', 'periodEnd', 'clockStart', 'clockStop'])
/** Kinds that a game of their sport takes at nearly any time: that much at least is to get through. Of all others a note. */
const PLAIN: Readonly<Record<string, readonly string[]>> = {
  basketball: ['2pt', '3pt', 'ft', 'foul', 'note', 'clockSet'],
  soccer: ['goal', 'ownGoal', 'shot', 'note', 'clockSet'],
}

let sent = 0
const nextId = () => {
  sent += 1
  return `fuzz-${String(sent).padStart(8, '0')}`
}

export async function loadKinds(): Promise<(random: Random, game: Playable, edgy: boolean) => Record<string, unknown>> {
  const kinds = new Map<string, [string, Kind][]>()
  for (const [id, load] of Object.entries(SPORTS)) {
    const { sport }: { sport: Sport } = await load()
    kinds.set(id, [...Object.entries(sport.kinds), ...Object.entries(BASE_KIND_SCHEMAS)])
  }
  return (random, game, edgy) => {
    const all = kinds.get(game.sport) ?? []
    const plain = edgy ? [] : all.filter(([other]) => (PLAIN[game.sport] ?? ['note']).includes(other))
    let [name, kind] = random.of(plain.length > 0 && random.chance(0.6) ? plain : all)
    if (RARE.has(name) && !random.chance(0.1)) [name, kind] = random.of(all.filter(([other]) => !RARE.has(other)))
    return playOf(random, game, name, kind, edgy)
  }
}

function playOf(random: Random, game: Playable, name: string, kind: Kind, edgy: boolean): Record<string, unknown> {
  const play: Record<string, unknown> = { id: random.chance(0.04) ? 'sent-before' : nextId(), kind: name }
  if (kind.side === 'required' || (kind.side === 'optional' && random.chance(0.5))) play.side = random.of(['home', 'away'])
  if (kind.points) play.points = random.between(kind.points.min, kind.points.max)
  if (kind.player && play.side && random.chance(0.3)) play.player = random.of(PLAYERS)
  const data = dataOf(random, kind.data ?? {}, edgy)
  if (Object.keys(data).length > 0) play.data = data
  if (name === 'void') play.voids = random.between(1, 6)
  if (name === 'clockSet') play.clockMs = random.between(0, 600_000)
  if (!edgy) return play
  const more: Record<string, unknown> = {
    agoMs: random.of([0, 1, 21_600_000]),
    expectedSeq: random.of([0, 2 ** 31, 2 ** 53 - 1]),
    epoch: random.of([game.epoch, 'another', '']),
    period: random.of([1, 2, 200]),
    before: random.of([1, 2 ** 40, 'no-such-play']),
    replaces: random.of([1, 2, 'no-such-play']),
    playerId: random.of(['__proto__', 'nobody']),
    clockMs: random.of([0, 86_400_000]),
  }
  const field = random.of(Object.keys(more))
  return { ...play, [field]: more[field] }
}

function dataOf(random: Random, fields: Fields, edgy: boolean): Record<string, unknown> {
  const given = Object.entries(fields).filter(([, field]) => !field.optional || random.chance(0.4))
  const data = Object.fromEntries(given.map(([name, field]) => [name, filled(random, field, edgy)]))
  return random.chance(0.1) ? { ...data, fromResult: true, reason: random.of(STRINGS).slice(0, 120) } : data
}

function filled(random: Random, field: Field, edgy: boolean): unknown {
  switch (field.type) {
    case 'int':
      return edgy ? random.of([field.min, field.max]) : random.between(field.min, field.max)
    case 'text':
      return edgy ? random.of(STRINGS).slice(0, field.max) : 'seen'
    case 'flag':
      return random.chance(0.5)
    case 'choice':
      return random.of(field.options)
    case 'side':
      return random.of(['home', 'away'])
    case 'time':
      return random.of(['2031-02-03T19:30:00+01:00', '2031-02-03T19:30:00.123Z', null])
    case 'score':
      return { home: random.between(0, field.max), away: random.between(0, field.max) }
  }
}
