import { scoreOf } from '#components/game/sides.ts'
import { callAmong } from '#domain/calling.ts'
import { ownWords } from '#domain/club-names.ts'
import type { Game, SideView } from '#domain/game.ts'
import { other, type PlayData, type PlayInput, type Side } from '#domain/play.ts'
import type { Action, Sport } from '#domain/sport.ts'

export type Sides = Pick<Game, 'home' | 'away'>

const isSame = (one: string, two: string) => one.toLowerCase() === two.toLowerCase()

/** What the two sides are called at the table: their short names, or the whole ones where the short ones are the same. */
export function sideNames({ home, away }: Sides): Record<Side, string> {
  return isSame(home.shortName, away.shortName) ? { home: home.name, away: away.name } : { home: home.shortName, away: away.shortName }
}

/** The longest name that leaves room on a key for what was done. */
const SHORT = 10
const lastWord = (name: string) => ownWords(name).at(-1) ?? name

/** The same in the little room of a key: as much of the short names as tells them apart, else their abbreviations. */
export function callNames(sides: Sides): Record<Side, string> {
  const { home, away } = sides
  const fits = (pick: (side: SideView) => string) => {
    const [first, second] = [pick(home), pick(away)]
    return !isSame(first, second) && first.length <= SHORT && second.length <= SHORT ? { home: first, away: second } : null
  }
  // A pair goes by both of its names, or by neither.
  const short = ({ kind, shortName }: SideView) => (shortName.length <= SHORT || kind === 'pair' ? shortName : lastWord(shortName))
  return fits(short) ?? fits(side => side.abbr) ?? sideNames(sides)
}

/** `Harbour Hawks win`, `Ada Lind wins`. */
export const winWords = ({ name, kind }: Pick<SideView, 'name' | 'kind'>) => `${name} ${kind === 'person' ? 'wins' : 'win'}`

/** Where a game stands, `61–58`; in sports of sets with the set under way, `1–0, 12–9`. */
export function scoreWords(
  { showColumns }: Pick<Sport, 'showColumns'>,
  game: Pick<Game, 'score' | 'linescore' | 'winner'> & Partial<Pick<Game, 'displayOrder'>>,
): string {
  const column = showColumns && game.winner === null ? game.linescore.columns.at(-1) : undefined
  return [game.score, ...(column ? [column] : [])].map(one => scoreOf(one, game)).join(', ')
}

type Made = Pick<PlayInput, 'kind' | 'side' | 'points' | 'data'>

/** The key a play was made with: of those that fit, the one that says, or asks for, most of what it holds. */
export function actionOf(actions: readonly Action[], play: Made): Action | null {
  const fits = actions.filter(
    action => action.kind === play.kind && (action.points ?? play.points) === play.points && has(play.data, action.data),
  )
  const told = (action: Action) =>
    Object.keys(play.data ?? {}).filter(key => key in (action.data ?? {}) || action.ask?.includes(key)).length
  return fits.sort((a, b) => told(b) - told(a) || sizeOf(b.data) - sizeOf(a.data))[0] ?? null
}
const sizeOf = (data: PlayData = {}) => Object.keys(data).length
const has = (data: PlayData = {}, wanted: PlayData = {}) => Object.entries(wanted).every(([key, value]) => data[key] === value)

/** Whose key it was: of a play that credits the other side, the side that did it. */
export function doerOf(action: Pick<Action, 'creditsOther'> | null, side: Side | undefined): Side | null {
  if (!side) return null
  return action?.creditsOther ? other(side) : side
}

/** `Bears +3`, `End Q3`, `Stop the clock`: what a play was to the scorer who made it, short enough for a key. */
export function nameOf(
  sport: Sport,
  rules: unknown,
  sides: Sides,
  play: Made & { period?: number; playerId?: string },
  period?: number,
): string {
  const label = periodLabel(sport, rules, play.period ?? period)
  switch (play.kind) {
    case 'periodStart':
      return label ? `Start ${label}` : 'Start'
    case 'periodEnd':
      return label ? `End ${label}` : `end of the ${sport.labels.period.toLowerCase()}`
    case 'clockStart':
      return 'clock start'
    case 'clockStop':
      return 'clock stop'
    case 'clockSet':
      return 'clock set'
    case 'gameEnd':
      return `end of the ${sport.labels.game.toLowerCase()}`
    case 'status':
      return statusName(play.data)
    case 'note':
      return 'note'
    case 'edit':
      return 'change of details'
    case 'void':
      return 'undo'
  }
  const actions = sport.actions(rules as never)
  const action = actionOf(actions, play)
  // Where one side acts at a time, it goes without saying which.
  const doer = sport.activeSide ? null : doerOf(action, play.side)
  const key = action ? playName(sport, actions, action) : (sport.kinds[play.kind]?.label ?? play.kind)
  return doer ? `${ofPair(sides[doer], play.playerId) ?? callNames(sides)[doer]} ${within(key)}` : within(key)
}

/** Who of a pair did it, where that was said: `Vey serves`. */
function ofPair({ kind, members = [] }: SideView, playerId: string | undefined): string | null {
  const member = kind === 'pair' && playerId !== undefined ? members.find(({ id }) => id === playerId) : undefined
  return member ? callAmong(members, member).name : null
}

/** A name at the start of a line. */
export const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** `Foul` within a line: `Bears foul`. Codes keep their capitals. */
const within = (key: string) => (/^[A-Z][a-z]/.test(key) ? key.charAt(0).toLowerCase() + key.slice(1) : key)

/** What a key has done: a hint that is part of what the kind is called makes `Kick` a conversion, and `Rebound` a defensive one. */
function playName({ kinds }: Sport, actions: readonly Action[], action: Action): string {
  const whole = kinds[action.kind]?.label ?? ''
  const { label, hint, data } = action
  const isWhole = hint !== undefined && !data && !isFigure(label) && whole.toLowerCase().includes(hint.toLowerCase())
  return isWhole ? whole : keyName(actions, action)
}
const isFigure = (label: string) => /^\+?\d/.test(label) && !label.includes(' ')

/** The label, with its hint where another key has the same label: `Penalty missed`. */
export function keyName(actions: readonly Action[], { id, label, hint }: Action): string {
  const isShared = actions.some(other => other.id !== id && other.label === label)
  return isShared && hint ? `${label} ${hint.toLowerCase()}` : label
}

export function periodLabel(sport: Sport, rules: unknown, n: number | undefined): string | null {
  const period = n === undefined ? null : sport.timed?.period(n, rules as never)
  return period ? calledOf(period) : null
}

/** A period within a line: `Q3`, a shoot-out in full, since nobody starts a `PEN`, and the whole game as a word like others. */
export const calledOf = ({ kind, label, name }: { kind: string; label: string; name: string }): string =>
  kind === 'shootout' || kind === 'game' ? within(name) : label

function statusName(data: PlayData = {}): string {
  if (data.official !== undefined) return data.official ? 'official' : 'unofficial'
  if (data.underReview !== undefined) return data.underReview ? 'under review' : 'review over'
  return typeof data.status === 'string' ? data.status : 'status'
}
