import type { BoxTable } from '#domain/box.ts'
import { boxScore } from '#domain/box-score.ts'
import type { Field } from '#domain/fields.ts'
import type { Action, Kind, RulePack, Sport } from '#domain/sport.ts'
import { Scoring } from '#domain/test-scoring.ts'

const MINUTE = 60_000
/** Enough games for every table of a box score to have had something to say. */
const SAMPLE_GAMES = 12

const cell = (value: unknown) => String(value).replaceAll('|', '\\|').replaceAll('\n', ' ')
const row = (cells: readonly unknown[]) => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly unknown[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

function sayField(key: string, field: Field): string {
  const type =
    field.type === 'int'
      ? `${field.min}–${field.max}`
      : field.type === 'choice'
        ? field.options.map(option => `\`${option}\``).join(' ')
        : field.type === 'text'
          ? `text, ${field.max} characters`
          : field.type
  return `\`${key}\`${field.optional ? '?' : ''}: ${type}`
}

function sayKind([id, kind]: [string, Kind]): readonly unknown[] {
  const data = Object.entries(kind.data ?? {}).map(([key, field]) => sayField(key, field))
  const points = kind.points ? [`\`points\`: ${kind.points.min}–${kind.points.max}`] : []
  return [
    `\`${id}\``,
    kind.label,
    kind.side === 'none' ? '' : kind.side,
    kind.player ? (kind.playerSide === 'other' ? 'of the other side' : 'yes') : '',
    kind.scoring ? 'yes' : '',
    [...points, ...data].join('; '),
  ]
}

const DEPTHS = { score: 'score only', plays: 'scoring plays', full: 'everything' }
function sayAction({ label, hint, kind, data, points, key, depth, during, ask }: Action): readonly unknown[] {
  const sent = { ...data, ...(points === undefined ? {} : { points }) }
  return [
    hint ? `${label} (${hint})` : label,
    `\`${kind}\`${Object.keys(sent).length > 0 ? ` \`${JSON.stringify(sent)}\`` : ''}`,
    DEPTHS[depth ?? 'plays'],
    key.home === key.away ? key.home.toUpperCase() : `${key.home.toUpperCase()} / ${key.away.toUpperCase()}`,
    (during ?? []).join(', '),
    (ask ?? []).map(asked => `\`${asked}\``).join(' '),
  ]
}

const say = (value: unknown) =>
  value === true ? 'yes' : value === false ? 'no' : Array.isArray(value) ? JSON.stringify(value) : String(value)

function packsOf({ packs, ruleFields }: Sport): string {
  const heads = packs.map(({ name, version, isDefault }) => `${name} ${version}${isDefault ? ' ·' : ''}`)
  const values = (key: string) => packs.map(pack => say((pack.values as Record<string, unknown>)[key]))
  const rules = Object.entries<Field>(ruleFields).map(([key, field]) => [`${field.label} (\`${key}\`)`, ...values(key)])
  const about = (pack: RulePack<unknown>) => [
    `${pack.name} ${pack.version}`,
    `\`${pack.id}\``,
    pack.from,
    pack.isDefault ? 'yes' : '',
    pack.source,
  ]
  return `${table(['Pack', 'Id', 'In force from', 'By default', 'Source'], packs.map(about))}

${table(['Rule', ...heads], rules)}`
}

function periodsOf(sport: Sport): string {
  const { timed } = sport
  const rules = (sport.packs.find(({ isDefault }) => isDefault) ?? sport.packs[0])?.values
  if (!timed || rules === undefined)
    return sport.endsItself ? 'The plays open and close its periods, and end it.' : 'The plays open and close its periods.'
  const regulation = timed.regulation(rules)
  const list = Array.from({ length: regulation + 3 }, (_, i) => timed.period(i + 1, rules)).flatMap(period =>
    period ? [[period.number, period.label, period.name, period.clockless ? 'none' : `${period.lengthMs / MINUTE} min`]] : [],
  )
  const isUp = timed.direction(rules) === 'up'
  return `The clock counts ${isUp ? 'up' : 'down'}. By default:\n\n${table(['Number', 'Label', 'Name', 'Length'], list)}`
}

/** What games of it have shown, table by table. */
function boxOf(sport: Sport): string {
  const seen = new Map<string, BoxTable>()
  for (let seed = 1; seed <= SAMPLE_GAMES; seed++) {
    const { log } = playedOut(sport, seed)
    for (const found of boxScore(sport, log.rules, log.plays)) if (!seen.has(found.title)) seen.set(found.title, found)
  }
  const columns = ({ columns: all }: BoxTable) => all.map(({ label, name }) => `${label} (${name})`).join(', ')
  return [...seen.values()].map(found => `- **${found.title}**: ${columns(found)}`).join('\n')
}

function playedOut(sport: Sport, seed: number): Scoring {
  const scoring = new Scoring(sport, seed)
  scoring.play()
  return scoring
}

function tablesOf({ labels }: Sport): string {
  const points = Object.entries(labels.tablePoints ?? { win: 3, draw: 1, loss: 0 }).map(([outcome, worth]) => `${outcome} ${worth}`)
  const breakers = labels.tieBreakers ? ` Sides level on points: ${labels.tieBreakers.join(', ')}.` : ''
  return `${points.join(', ')}.${breakers}`
}

const sectionOf = (title: string, text: string) => (text ? `\n## ${title}\n\n${text}\n` : '')

/** One sport's page, drawn from its file. */
export function pageOf(sport: Sport): string {
  const { labels, kinds, words } = sport
  const rules = (sport.packs.find(({ isDefault }) => isDefault) ?? sport.packs[0])?.values
  const warnings = Object.entries(sport.warnings ?? {}).map(([code, text]) => [`\`${code}\``, text])
  const sentences = Object.entries(words).flatMap(([key, text]) => (key.startsWith('warning.') ? [] : [[`\`${key}\``, text]]))
  return `<!-- Drawn by npm run docs:sports from domain/sports/${sport.id.replaceAll('_', '-')}.ts: edit that. -->

# ${sport.name}

\`${sport.id}\` · counts ${labels.units} by ${labels.period.toLowerCase()} · ${sport.endsItself ? 'ends by its own rules' : 'is ended by its scorer'}
${sectionOf('Periods', periodsOf(sport))}${sectionOf('Rules', `Each number may be changed for a game or a league; \`·\` marks what is chosen by the game's date.\n\n${packsOf(sport)}`)}${sectionOf(
  'Plays',
  table(['Kind', 'What', 'Side', 'Player', 'May score', 'Says'], Object.entries(kinds).map(sayKind)),
)}${sectionOf('Keys', table(['Key', 'Sends', 'From', 'Letters (home / away)', 'Only in', 'Asks'], sport.actions(rules).map(sayAction)))}${sectionOf(
  'Box score',
  sport.box ? boxOf(sport) : '',
)}${sectionOf('In tables', tablesOf(sport))}${sectionOf('Pointed out, and taken all the same', warnings.length > 0 ? table(['Warning', 'What the scorer is told'], warnings) : '')}${sectionOf(
  'Sentences',
  table(['Key', 'English'], sentences),
)}`
}

/** The list of all pages. */
export function indexOf(sports: readonly Sport[]): string {
  const list = sports.map(sport => [
    `[${sport.name}](${sport.id.replaceAll('_', '-')}.md)`,
    `\`${sport.id}\``,
    [...new Set(sport.packs.map(({ name }) => name))].join(', '),
  ])
  return `<!-- Drawn by npm run docs:sports. -->

# Sports

Each page is drawn from the one file that the console, the validation, the API and the scoreboard are drawn from, too. A sport that is not here: [adding a sport](../adding-a-sport.md).

${table(['Sport', 'Id', 'Rule packs'], list)}
`
}
