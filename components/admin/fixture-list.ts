/** A list of fixtures as leagues keep them: out of a spreadsheet, an e-mail or last year's page. */
export interface Fixture {
  home: string
  away: string
  venue: string
  /** `2026-12-05T19:30`, by whose clock is not said. */
  local: string
}
export interface FixtureLine {
  /** Counted from one, as it was pasted. */
  number: number
  text: string
  /** Null where something is missing or wrong; `problem` says what. */
  fixture: Fixture | null
  problem: string | null
  /** What stood there beside it and is not kept. */
  leftOut: string[]
}
export interface FixtureList {
  lines: FixtureLine[]
  /** Some dates are of numbers alone, and it matters which comes first. */
  isAmbiguous: boolean
}
export type DateOrder = 'day-first' | 'month-first'

export const MOST_LINES = 500
const MOST_NAME = 80
const MOST_VENUE = 120

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const A_WEEKDAY = `(?<weekday>${WEEKDAYS.map(name => name.slice(0, 3)).join('|')})[a-z]{0,6}`
const WEEKDAY = `(?:${A_WEEKDAY}\\.?,?\\s+)?`
const ONLY_WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?$/i
const MONTH = `(?<month>${MONTHS.join('|')})[a-z]{0,6}\\.?`
/** What a comma may follow within a day: "Dec 5, 2026", "Saturday, 5 Dec 2026". */
const BEFORE_COMMA = new RegExp(`^${A_WEEKDAY}$|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?$`, 'i')
const DATES = [
  /(?<![\w-])(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?=$|[\sT,;])T?/,
  new RegExp(`(?<![\\w./-])${WEEKDAY}(?<day>\\d{1,2})(?<dot>[./-])(?<month>\\d{1,2})\\k<dot>(?<year>\\d{4}|\\d{2})(?![\\w/-])\\.?`, 'i'),
  new RegExp(`(?<!\\w)${WEEKDAY}(?<day>\\d{1,2})(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?${MONTH},?\\s+(?<year>\\d{4})(?!\\w)`, 'i'),
  new RegExp(`(?<!\\w)${WEEKDAY}${MONTH}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?!\\w)`, 'i'),
]
const TIME = /(?<![\w:.])(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*([ap]\.?m\.?)?(?:\s*(?:uhr|hrs?|h))?(?![\w:])/i
const AGAINST = /\s+(?:v|vs|versus|against)\.?\s+|\s+[–—-]\s+/i
const AT = /\s+@\s+|\s+at\s+/i
const HEADINGS: Readonly<Record<'home' | 'away' | 'venue', RegExp>> = {
  home: /^(home|home team|home side|team 1|heim|hosts?)$/i,
  away: /^(away|away team|away side|visitors?|visiting team|guests?|team 2|gast)$/i,
  venue: /^(venue|ground|pitch|place|hall|court|field|location|where)$/i,
}
type Columns = Partial<Record<keyof typeof HEADINGS, number>>

interface Day {
  date: string
  /** Why it is none. */
  problem: string | null
  isAmbiguous: boolean
  rest: string
}

/**
 * Reads one game a line: its day and time and two sides, with a tab, `;` or `,` between them or written out (`Hawks v Bears, 5 Dec 2026 19:30`).
 * A line with a day and no sides is a heading: its day, and its time if it has one, hold for the lines below it. A first line that names
 * columns says which side is at home.
 */
export function readFixtures(pasted: string, order: DateOrder): FixtureList {
  const list: FixtureList = { lines: [], isAmbiguous: false }
  let columns: Columns = {}
  let heading = { date: '', time: '' }
  for (const [index, raw] of pasted
    .split(/\r\n|\r|\n/)
    .slice(0, MOST_LINES)
    .entries()) {
    const text = raw.trim()
    if (text === '') continue
    const cells = cellsOf(raw)
    const named = columnsOf(cells)
    if (named) {
      columns = named
      continue
    }
    let date: string | undefined
    let time: string | null = null
    let wrong: string | null = null
    const words = cells.map(cell => {
      if (ONLY_WEEKDAY.test(cell)) return ''
      const day = takeDate(cell, order)
      if (day) {
        date ??= day.date
        wrong ??= day.problem
        list.isAmbiguous ||= day.isAmbiguous
      }
      const hour = takeTime(day ? day.rest : cell, day !== null)
      time ??= hour?.time ?? null
      return (hour ?? day)?.rest ?? cell
    })
    const { sides, venue, leftOut } = sidesOf(words, columns)
    const line = (fixture: Fixture | null, problem: string | null) =>
      list.lines.push({ number: index + 1, text, fixture, problem, leftOut: fixture ? leftOut : [] })
    if (wrong) line(null, wrong)
    else if (sides.length === 0 && date !== undefined) heading = { date, time: time ?? '' }
    else if (sides.length < 2) line(null, 'Two sides are wanted.')
    else {
      const [home = '', away = ''] = sides
      const at = { date: date ?? heading.date, time: time ?? heading.time }
      if (home.length > MOST_NAME || away.length > MOST_NAME) line(null, `A name has ${MOST_NAME} letters at most.`)
      else if (home.toLowerCase() === away.toLowerCase()) line(null, 'A side cannot play itself.')
      else if (!at.date) line(null, 'The day is missing.')
      else if (!at.time) line(null, 'The time is missing.')
      else line({ home, away, venue: venue.slice(0, MOST_VENUE), local: `${at.date}T${at.time}` }, null)
    }
  }
  return list
}

function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ','
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (const letter of line) {
    if (letter === '"' && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted
    else if (letter === separator && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += letter
  }
  cells.push(cell)
  const joined = cells.map(each => each.replace(/\s+/g, ' ').trim())
  for (let i = joined.length - 2; separator === ',' && i >= 0; i--) {
    const both = `${joined[i]}, ${joined[i + 1]}`
    if (BEFORE_COMMA.test(joined[i] ?? '') && takeDate(both, 'day-first')) joined.splice(i, 2, both)
  }
  return joined
}

function columnsOf(cells: readonly string[]): Columns | null {
  const columns: Columns = {}
  for (const [index, cell] of cells.entries()) {
    for (const [what, heading] of Object.entries(HEADINGS)) if (heading.test(cell)) columns[what as keyof Columns] = index
  }
  return columns.home !== undefined && columns.away !== undefined ? columns : null
}

const two = (number: number) => String(number).padStart(2, '0')

/** Where numbers may be read both ways, a weekday beside them says which is meant. */
function takeDate(cell: string, order: DateOrder): Day | null {
  for (const pattern of DATES) {
    const match = pattern.exec(cell)
    if (!match?.groups) continue
    const { year = '', month = '', day = '', dot, weekday } = match.groups
    const monthOf = /\d/.test(month) ? Number(month) : MONTHS.indexOf(month.toLowerCase()) + 1
    const read = { year: Number(year.length === 2 ? `20${year}` : year), month: monthOf, day: Number(day) }
    const ways = dot ? [read, { ...read, month: read.day, day: read.month }] : [read]
    if (order === 'month-first') ways.reverse()
    const dates = ways.flatMap(dateOf)
    const isMeant = (date: Date) => weekday === undefined || weekdayOf(date).slice(0, 3).toLowerCase() === weekday.toLowerCase()
    const [other, meant] = [dates[0], dates.find(isMeant)]
    return {
      date: meant?.toISOString().slice(0, 10) ?? '',
      problem: meant ? null : other ? `That day is a ${weekdayOf(other)}.` : 'There is no such day.',
      isAmbiguous: weekday === undefined && dates.length === 2 && read.day !== read.month,
      rest: without(cell, match),
    }
  }
  return null
}

const weekdayOf = (date: Date) => WEEKDAYS[date.getUTCDay()] ?? ''
function dateOf({ year, month, day }: { year: number; month: number; day: number }): Date[] {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? [date] : []
}

/** A bare number is a time only beside a day, and only with am or pm. */
function takeTime(cell: string, isBesideDay: boolean): { time: string; rest: string } | null {
  const match = TIME.exec(cell)
  if (!match) return null
  const [, hours = '', minutes, half] = match
  const isAlone = without(cell, match) === ''
  if (minutes === undefined && half === undefined) return null
  // "1.00" in a name is no time; on its own, beside a day or with a colon it is.
  if (!isAlone && !isBesideDay && !half && !match[0].includes(':')) return null
  const isPm = half?.toLowerCase().startsWith('p')
  const hour = half ? (Number(hours) % 12) + (isPm ? 12 : 0) : Number(hours)
  if (hour > 23 || Number(minutes ?? 0) > 59 || (half && (Number(hours) > 12 || Number(hours) === 0))) return null
  return { time: `${two(hour)}:${minutes ?? '00'}`, rest: without(cell, match) }
}

const without = (cell: string, match: RegExpExecArray) =>
  `${cell.slice(0, match.index)} ${cell.slice(match.index + match[0].length)}`
    .replace(/\s+/g, ' ')
    .replace(/^[\s,:–—-]+|[\s,:–—-]+$|\s+at$/gi, '')
    .trim()

function sidesOf(words: readonly string[], { home, away, venue }: Columns): { sides: string[]; venue: string; leftOut: string[] } {
  if (home !== undefined && away !== undefined) {
    const [first, second] = [words[home] ?? '', words[away] ?? '']
    const leftOut = words.filter((word, index) => word !== '' && index !== home && index !== away && index !== venue)
    const sides = [first, second].filter(Boolean)
    // Under columns a line with a day alone is still a heading, wherever the day stands.
    return { sides, venue: venue === undefined ? '' : (words[venue] ?? ''), leftOut }
  }
  const filled = words.filter(Boolean)
  for (const [index, word] of filled.entries()) {
    const others = filled.filter((_, at) => at !== index)
    const [host, guest, ...more] = word.split(AGAINST)
    if (host && guest && more.length === 0) return { sides: [host.trim(), guest.trim()], venue: '', leftOut: others }
    const [visitor, at, ...further] = word.split(AT)
    if (visitor && at && further.length === 0) return { sides: [at.trim(), visitor.trim()], venue: '', leftOut: others }
  }
  return { sides: filled.slice(0, 2), venue: '', leftOut: filled.slice(2) }
}
