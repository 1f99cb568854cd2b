import { assert, describe, test } from 'vitest'
import type { Field, Fields } from '#domain/fields.ts'
import { BASE_KINDS, type LoggedPlay, type PlayInput, SIDES } from '#domain/play.ts'
import { checkPlay, fieldSchema, kindOf } from '#domain/schema.ts'
import type { Action, Kind, Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { sayPlay } from '#domain/words.ts'

// The half of the contract test that reads what a sport's file declares; what its logs do is in sports.test.ts.

const listed = await Promise.all(Object.entries(SPORTS).map(async ([id, load]) => ({ id, sport: (await load()).sport })))

/** Passes an empty list; else fails with the whole list, each entry a sentence. */
const none = (problems: readonly string[]) => assert(problems.length === 0, problems.join('\n'))

/** Values that tell one case of a field from another. */
function valuesOf(field: Field): unknown[] {
  switch (field.type) {
    case 'int':
      return [...new Set([0, 1, 2, 3].map(n => Math.min(field.max, field.min + n))), field.max]
    case 'text':
      return ['Rain']
    case 'flag':
      return [true, false]
    case 'choice':
      return [...field.options]
    case 'side':
      return [...SIDES]
    case 'time':
      return ['2030-01-05T18:00:00.000Z', null]
    case 'player':
      return ['player-1']
    case 'score':
      return [{ home: 2, away: 1 }]
  }
}

/** Data of a kind: the least it takes, then each of its fields with each value, alone and beside each other field. */
function dataOf(fields: Fields = {}): Record<string, unknown>[] {
  const entries = Object.entries(fields)
  const least = Object.fromEntries(entries.filter(([, field]) => !field.optional).map(([key, field]) => [key, valuesOf(field)[0]]))
  const all = [least]
  entries.forEach(([a, one], i) => {
    for (const x of valuesOf(one)) {
      all.push({ ...least, [a]: x })
      for (const [b, two] of entries.slice(i + 1)) for (const y of valuesOf(two)) all.push({ ...least, [a]: x, [b]: y })
    }
  })
  return all
}

function playsOf(kind: string, { side, points, data }: Kind): LoggedPlay[] {
  const sides = side === 'none' ? [undefined] : side === 'required' ? SIDES : [undefined, ...SIDES]
  const worths = points ? Array.from({ length: points.max - points.min + 1 }, (_, i) => points.min + i) : [undefined]
  const common = { seq: 1, id: 'test-00001', order: 'i1', at: '2030-01-05T18:00:00.000Z', kind }
  return dataOf(data).flatMap(given => worths.flatMap(worth => sides.map(by => ({ ...common, side: by, points: worth, data: given }))))
}

/** Every key that `describe` asks of `words`, with the kinds it asks for and the values it gives. */
function askedOf(sport: Sport): Map<string, { kinds: Set<string>; values: Set<string> }> {
  const asked = new Map<string, { kinds: Set<string>; values: Set<string> }>()
  const rules = sport.packs[0]?.values as Record<string, unknown>
  for (const [kind, described] of Object.entries(sport.kinds)) {
    for (const play of playsOf(kind, described)) {
      const { key: main, values = {}, clauses = [] } = sport.describe(play, { side: 'Rovers', player: null, rules })
      for (const key of [main, ...clauses]) {
        const known = asked.get(key) ?? { kinds: new Set(), values: new Set() }
        known.kinds.add(kind)
        for (const name of Object.keys(values)) known.values.add(name)
        for (const [name, field] of Object.entries(described.data ?? {}))
          if (field.type === 'player' && play.data?.[name] !== undefined) known.values.add(name)
        asked.set(key, known)
      }
    }
  }
  return asked
}

function braceProblems(sport: Sport): string[] {
  const asked = askedOf(sport)
  const every = new Set([...asked.values()].flatMap(({ values }) => [...values]))
  return Object.entries(sport.words).flatMap(([key, text]) => {
    const { kinds, values } = asked.get(key) ?? asked.get(key.replace(/\.by$/, '')) ?? { kinds: new Set<string>(), values: every }
    const places = [...text.matchAll(/\{([^}]*)\}/g)].map(([, place]) => place ?? '')
    return places.flatMap(place => {
      if (place === 'player')
        return key.endsWith('.by') ? [] : [`words["${key}"] names {player}, who may be missing: move that to "${key}.by".`]
      if (place !== 'side')
        return values.has(place) ? [] : [`words["${key}"] has {${place}}: neither player, side nor a value that describe gives.`]
      return [...kinds].flatMap(kind =>
        sport.kinds[kind]?.side === 'required' ? [] : [`words["${key}"] names {side}, which a play of kind "${kind}" may lack.`],
      )
    })
  })
}

/** Two words, three if they are short: what a key has room for. */
const LONGEST_LABEL = 18

function actionProblems(sport: Sport, actions: readonly Action[], action: Action): string[] {
  const { id, label } = action
  const kind = kindOf(sport, action.kind)
  if (!kind) return [`Action "${id}" sends kind "${action.kind}", which the sport does not have.`]
  const problems: string[] = []
  const isShort = label.trim() !== '' && label.length <= LONGEST_LABEL && label.split(' ').length <= 3
  if (!isShort)
    problems.push(`Action "${id}": the label "${label}" should be a figure or a word or two, ${LONGEST_LABEL} characters at most.`)
  for (const by of kind.side === 'none' ? [undefined] : SIDES) {
    const play: PlayInput = { id: 'test-00001', kind: action.kind, side: by, points: action.points, data: action.data }
    const checked = checkPlay(sport, play)
    if (!checked.ok)
      problems.push(`Action "${id}" sends a play its kind refuses: ${checked.error.message} (${checked.error.path ?? 'kind'})`)
  }
  for (const asked of action.ask ?? []) {
    const field = kind.data?.[asked]
    if (!field && !(asked === 'player' && kind.player))
      problems.push(`Action "${id}" asks for "${asked}", which is no data field of kind "${action.kind}".`)
    if (field?.type === 'int' && field.common?.some(number => number < field.min || number > field.max))
      problems.push(`Action "${id}": "${asked}" offers a number out of its bounds.`)
  }
  for (const other of action.insteadOf ?? []) {
    if (!actions.some(known => known.id === other)) problems.push(`Action "${id}" stands instead of "${other}", which is no action.`)
  }
  return problems
}

/** Whether two of them are ever offered at once. */
const meet = (by: readonly { during: Action['during'] }[]) =>
  by.some(({ during: a }, i) => by.slice(i + 1).some(({ during: b }) => !a || !b || a.some(kind => b.includes(kind))))

function keyProblems(sport: Sport, actions: readonly Action[]): string[] {
  const users = new Map<string, { who: string; during: Action['during'] }[]>()
  for (const { id, kind, key, during } of actions) {
    const use = (letter: string, who: string) => users.set(letter, [...(users.get(letter) ?? []), { who, during }])
    // One letter may serve both sides where nobody has to be told apart: a kind of no side, or one side that acts at a time.
    const isShared =
      key.home === key.away && (sport.kinds[kind]?.side === 'none' || (sport.activeSide && sport.kinds[kind]?.side === 'optional'))
    if (isShared) use(key.home, id)
    else for (const side of SIDES) use(key[side], `${id} (${side})`)
  }
  return [...users].flatMap(([key, by]) => [
    ...(/^[a-z0-9,.;=-]$/.test(key) ? [] : [`"${key}" of ${by[0]?.who} is no key: one of a-z 0-9 , . ; - =`]),
    ...(meet(by) ? [`Key "${key}" stands twice: ${by.map(({ who }) => who).join(', ')}.`] : []),
    ...(key === 'n' && sport.timed ? [`Key "n" of ${by[0]}: it ends and starts periods in a sport with a clock.`] : []),
  ])
}

function fieldProblems(where: string, fields: Fields = {}): string[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const initial = 'default' in field ? field.default : undefined
    return [
      ...(field.label.trim() === '' ? [`${where}.${key} has no label.`] : []),
      ...(initial !== undefined && !fieldSchema(field).safeParse(initial).success
        ? [`${where}.${key}: its default ${JSON.stringify(initial)} is no value of the field.`]
        : []),
    ]
  })
}

function packProblems(sport: Sport): string[] {
  const names = sport.packs.map(({ id, version }) => `${id} ${version}`)
  const problems = names
    .filter((name, i) => names.indexOf(name) !== i)
    .map(name => `Two packs are called "${name}": another date is another version.`)
  if (!sport.packs.some(pack => pack.isDefault)) problems.push('No pack is the default: mark one with isDefault.')
  const wanted = Object.keys(sport.ruleFields).sort().join(', ')
  for (const [i, { from, source, values }] of sport.packs.entries()) {
    const pack = `Pack "${names[i]}"`
    if (!/^\d{4}-\d{2}-\d{2}$/.test(from)) problems.push(`${pack}: from is "${from}", not a day as 2030-01-31.`)
    if (source.trim() === '') problems.push(`${pack} has no source.`)
    const given = Object.keys(values as object)
      .sort()
      .join(', ')
    if (given !== wanted) problems.push(`${pack} has the values ${given}; ruleFields describe ${wanted}.`)
    for (const [key, field] of Object.entries<Field>(sport.ruleFields)) {
      const value = (values as Record<string, unknown>)[key]
      if (!fieldSchema(field).safeParse(value).success)
        problems.push(`${pack}: ${key} is ${JSON.stringify(value)}, which its field does not allow.`)
    }
  }
  return problems
}

describe.each(listed.map(({ id, sport }) => [sport.name, id, sport] as const))('%s', (_name, id, sport) => {
  const packs = sport.packs.map(pack => [`${pack.id} ${pack.version}`, pack] as const)

  test('is listed under its own id', () => {
    assert(sport.id === id, `domain/sports/index.ts lists "${id}", its file says id: "${sport.id}".`)
    assert(/^[a-z0-9]+(_[a-z0-9]+)*$/.test(id), `The id "${id}" should be lower case with underscores.`)
  })

  test('has the members that belong together', () => {
    none([
      ...(sport.endsItself && !sport.end ? ['endsItself is true, and there is no end(): nothing would ever end a game.'] : []),
      ...(!sport.timed && !sport.period ? ['timed is null, and there is no period(): readers would see no period.'] : []),
      ...(!sport.timed && !sport.onPeriod
        ? ['timed is null, and there is no onPeriod(): say what a periodStart and a periodEnd mean.']
        : []),
      ...packs.flatMap(([name, { values }]) => {
        const { timed } = sport
        if (!timed) return []
        const last = timed.regulation(values)
        const missing = Array.from({ length: last }, (_, i) => i + 1).filter(n => timed.period(n, values)?.number !== n)
        if (timed.period(500, values)) return [`timed.period under ${name} never ends: bound the overtimes.`]
        return missing.map(n => `timed.period(${n}) under ${name} is not period ${n} of ${last} in regulation.`)
      }),
    ])
  })

  test('has rule packs of its own fields, dated and sourced, one of them the default', () => {
    none([...packProblems(sport), ...fieldProblems('ruleFields', sport.ruleFields)])
  })

  test('takes no kind that an object only inherits', () => {
    for (const kind of ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf']) {
      const checked = checkPlay(sport, { id: 'test-00001', kind, side: 'home' })
      assert(!checked.ok && checked.error.path === 'kind', `A play of kind "${kind}" is taken.`)
    }
  })

  test('names no kind like one that every sport has', () => {
    none(
      Object.entries(sport.kinds).flatMap(([kind, { label, data }]) => [
        ...((BASE_KINDS as readonly string[]).includes(kind)
          ? [`Kind "${kind}" is one that every sport has: call it something else.`]
          : []),
        ...(/^[a-z0-9][A-Za-z0-9]*$/.test(kind) ? [] : [`Kind "${kind}" should be in camelCase.`]),
        ...(label.trim() === '' ? [`Kind "${kind}" has no label.`] : []),
        ...fieldProblems(`kinds.${kind}.data`, data),
      ]),
    )
  })

  test.each(packs)('has actions with a label, a kind, a valid play and keys of their own under %s', (_id, { values }) => {
    const actions = sport.actions(values)
    const ids = actions.map(action => action.id)
    none([
      ...ids.filter((known, i) => ids.indexOf(known) !== i).map(known => `Two actions have the id "${known}".`),
      ...actions.flatMap(action => actionProblems(sport, actions, action)),
      ...keyProblems(sport, actions),
    ])
  })

  test('has a sentence for whatever describe asks for', () => {
    const asked = [...askedOf(sport)]
    none(
      asked
        .filter(([key]) => !Object.hasOwn(sport.words, key))
        .map(([key, { kinds }]) => `words has no "${key}", which describe asks for (kind ${[...kinds].join(', ')}).`),
    )
  })

  test('puts nothing into braces that is not given', () => none(braceProblems(sport)))

  test('says every kind of play in a sentence without gaps', () => {
    const rules = sport.packs[0]?.values as Record<string, unknown>
    for (const [kind, described] of Object.entries(sport.kinds)) {
      for (const play of playsOf(kind, described)) {
        for (const player of described.player ? [null, 'Ada Lind'] : [null]) {
          const told = sayPlay(sport, play, { side: play.side ? 'Rovers' : null, player, rules })
          const isWhole = told !== '' && !/[{}]|undefined|null|NaN|\[object|\s,|,$|\s{2}/.test(told)
          assert(isWhole, `Kind "${kind}" with ${JSON.stringify(play.data)} reads "${told}".`)
        }
      }
    }
  })

  test('says who did it where somebody is named, and what is odd only where it may be', () => {
    const saying = new Set([...askedOf(sport)].flatMap(([key, { kinds }]) => (sport.words[`${key}.by`] ? [...kinds] : [])))
    const nameless = Object.entries(sport.kinds).flatMap(([kind, { player }]) =>
      player && !saying.has(kind) && !sport.labels.gathered?.includes(kind)
        ? [`No sentence of kind "${kind}" has a form ".by": a player who is named goes unsaid.`]
        : [],
    )
    const unknown = Object.keys(sport.words).filter(key => key.startsWith('warning.') && !sport.warnings?.[key.slice('warning.'.length)])
    none([...nameless, ...unknown.map(key => `words["${key}"] is of no code in warnings.`)])
  })

  test('keeps the score at the depth of the score alone', () => {
    for (const { id: pack, values } of sport.packs) {
      const scoring = sport.actions(values as never).filter(({ kind, depth }) => depth === 'score' && sport.kinds[kind]?.scoring)
      assert(scoring.length > 0, `Under ${pack} no action that scores has depth: 'score'.`)
    }
  })
})
