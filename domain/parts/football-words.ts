import type { LoggedPlay } from '../play.ts'
import { yardsOf } from './football-box.ts'

/** How a touchdown came about. */
export const TOUCHDOWNS = {
  run: 'Run',
  pass: 'Pass',
  interception: 'Interception',
  fumble: 'Fumble',
  punt: 'Punt return',
  kickoff: 'Kick-off return',
  block: 'Blocked kick',
} as const
export const TURNOVERS = { interception: 'Interception', fumble: 'Fumble', downs: 'On downs' } as const
export const FOULS = {
  holding: 'Holding',
  falseStart: 'False start',
  offside: 'Offside',
  passInterference: 'Pass interference',
  delay: 'Delay of game',
  roughing: 'Roughing',
  personal: 'Personal foul',
  unsportsmanlike: 'Unsportsmanlike',
} as const

/** How a gain is said, behind the sentence of a play: the key's ending and the words. */
const GAINS = { '.gain': ' for {yards} yards', '.one': ' for a yard', '.none': ' for no gain', '.loss': ', a loss of {yards}' } as const
const gainOf = (play: LoggedPlay): string => {
  const gained = yardsOf(play)
  if (gained === null) return ''
  return gained < 0 ? '.loss' : gained === 0 ? '.none' : gained === 1 ? '.one' : '.gain'
}
const withGains = (sentences: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(sentences).flatMap(([key, text]) => {
      const [base, by] = key.endsWith('.by') ? [key.slice(0, -3), '.by'] : [key, '']
      return [[key, text], ...Object.entries(GAINS).map(([ending, words]) => [`${base}${ending}${by}`, `${text}${words}`])]
    }),
  )
/** `{side}` and `{player}` forms of what a touchdown was. */
const TOUCHDOWN_WORDS = {
  run: 'run',
  pass: 'pass',
  interception: 'interception return',
  fumble: 'fumble return',
  punt: 'punt return',
  kickoff: 'kick-off return',
  block: 'return of a blocked kick',
} as const
const touchdownWords = Object.fromEntries(
  Object.entries(TOUCHDOWN_WORDS).flatMap(([how, what]) => [
    [`touchdown.${how}`, `Touchdown, {side}, ${what}`],
    [`touchdown.${how}.by`, `Touchdown, {player}, {side}, ${what}`],
    [`touchdown.${how}.yards`, `Touchdown, {side}, {yards}-yard ${what}`],
    [`touchdown.${how}.yards.by`, `Touchdown, {player}, {side}, {yards}-yard ${what}`],
  ]),
)
/** What became of a flag that was not walked off. */
const OUTCOMES = { '': '', '.declined': ', declined', '.offset': ', offset' } as const
const flagWords = Object.fromEntries(
  Object.entries({ '': '', ...FOULS }).flatMap(([foul, what]) =>
    Object.entries(OUTCOMES).flatMap(([ending, said]) => {
      const key = `penalty${foul && `.${foul}`}${ending}`
      const tail = `${what && `, ${what.toLowerCase()}`}${said}`
      return [
        [key, `Flag against {side}${tail}`],
        [`${key}.by`, `Flag against {player}, {side}${tail}`],
      ]
    }),
  ),
)

export function describe(play: LoggedPlay): { key: string; values?: Record<string, number> } {
  const { kind, data = {} } = play
  const said = Math.abs(yardsOf(play) ?? 0)
  const values = { yards: said }
  switch (kind) {
    case 'touchdown': {
      const how = typeof data.how === 'string' && Object.hasOwn(TOUCHDOWNS, data.how) ? `.${data.how}` : ''
      const from = data.how === 'pass' && data.passer !== undefined ? '.from' : ''
      return { key: `touchdown${how}${from}${said > 0 ? '.yards' : ''}`, values }
    }
    case 'punt':
      if (data.blocked === true) return { key: 'punt.blocked' }
      return { key: said > 0 ? 'punt.yards' : kind, values }
    case 'fieldGoal':
      return { key: said > 0 ? `${kind}.yards` : kind, values }
    case 'fieldGoalMissed':
      return { key: data.blocked === true ? `${kind}.blocked` : said > 0 ? `${kind}.yards` : kind, values }
    case 'run':
      return { key: `run${gainOf(play)}`, values }
    case 'pass':
      return { key: `pass${data.receiver === undefined ? '' : '.to'}${gainOf(play)}`, values }
    case 'sack':
      return { key: said > 1 ? 'sack.yards' : 'sack', values }
    case 'turnover':
      return { key: typeof data.type === 'string' && Object.hasOwn(TURNOVERS, data.type) ? `turnover.${data.type}` : kind }
    case 'penalty': {
      const foul = typeof data.foul === 'string' && Object.hasOwn(FOULS, data.foul) ? `.${data.foul}` : ''
      const outcome = data.declined === true ? '.declined' : data.offset === true ? '.offset' : ''
      return { key: `penalty${foul}${outcome}` }
    }
    case 'down': {
      const { down, toGo } = data as { down?: number; toGo?: number }
      if (down === undefined) return { key: 'down' }
      return { key: `down.${down}${toGo === undefined ? '' : '.toGo'}`, values: { toGo: toGo ?? 0 } }
    }
    case 'challenge':
      return { key: data.lost === true ? 'challenge.lost' : kind }
    case 'kickoff':
      return { key: data.recovered === true ? 'kickoff.recovered' : kind }
    default:
      return { key: kind }
  }
}

export const words: Readonly<Record<string, string>> = {
  touchdown: 'Touchdown, {side}',
  'touchdown.by': 'Touchdown, {player}, {side}',
  'touchdown.yards': 'Touchdown, {side}, {yards} yards',
  'touchdown.yards.by': 'Touchdown, {player}, {side}, {yards} yards',
  ...touchdownWords,
  'touchdown.pass.from': 'Touchdown, {side}, pass from {passer}',
  'touchdown.pass.from.by': 'Touchdown, {player}, {side}, pass from {passer}',
  'touchdown.pass.from.yards': 'Touchdown, {side}, {yards}-yard pass from {passer}',
  'touchdown.pass.from.yards.by': 'Touchdown, {player}, {side}, {yards}-yard pass from {passer}',
  extraPoint: 'Extra point good, {side}',
  'extraPoint.by': 'Extra point good, {player}, {side}',
  extraPointMissed: 'Extra point no good, {side}',
  'extraPointMissed.by': 'Extra point no good, {player}, {side}',
  twoPoint: 'Two-point try good, {side}',
  'twoPoint.by': 'Two-point try good, {player}, {side}',
  twoPointFailed: 'Two-point try fails, {side}',
  'twoPointFailed.by': 'Two-point try fails, {player}, {side}',
  fieldGoal: 'Field goal, {side}',
  'fieldGoal.by': 'Field goal, {player}, {side}',
  'fieldGoal.yards': '{yards}-yard field goal, {side}',
  'fieldGoal.yards.by': '{yards}-yard field goal, {player}, {side}',
  fieldGoalMissed: 'Field goal no good, {side}',
  'fieldGoalMissed.by': 'Field goal no good, {player}, {side}',
  'fieldGoalMissed.yards': 'Field goal from {yards} yards no good, {side}',
  'fieldGoalMissed.yards.by': 'Field goal from {yards} yards no good, {player}, {side}',
  'fieldGoalMissed.blocked': 'Field goal blocked, {side}',
  'fieldGoalMissed.blocked.by': 'Field goal blocked, {player}, {side}',
  safety: 'Safety, two points for {side}',
  'safety.by': 'Safety by {player}, {side}',
  defensiveTwoPoint: 'Try returned for two, {side}',
  'defensiveTwoPoint.by': 'Try returned for two by {player}, {side}',
  onePointSafety: 'Safety on the try, {side}',
  'onePointSafety.by': 'Safety on the try by {player}, {side}',
  possession: 'First down, {side}',
  down: '{side} ball',
  'down.1': 'First down, {side}',
  'down.1.toGo': 'First and {toGo}, {side}',
  'down.2': 'Second down, {side}',
  'down.2.toGo': 'Second and {toGo}, {side}',
  'down.3': 'Third down, {side}',
  'down.3.toGo': 'Third and {toGo}, {side}',
  'down.4': 'Fourth down, {side}',
  'down.4.toGo': 'Fourth and {toGo}, {side}',
  ...withGains({
    run: '{side} run',
    'run.by': '{player} runs',
    pass: '{side} complete a pass',
    'pass.by': '{player} completes a pass',
    'pass.to': 'Pass to {receiver}, {side}',
    'pass.to.by': '{player} passes to {receiver}',
  }),
  incomplete: 'Pass incomplete, {side}',
  'incomplete.by': '{player} throws incomplete',
  sack: 'Sack, {side}',
  'sack.by': 'Sack by {player}, {side}',
  'sack.yards': 'Sack, {side}, a loss of {yards}',
  'sack.yards.by': 'Sack by {player}, {side}, a loss of {yards}',
  turnover: 'Turnover, {side} ball',
  'turnover.by': 'Turnover won by {player}, {side}',
  'turnover.interception': 'Intercepted by {side}',
  'turnover.interception.by': 'Intercepted by {player}, {side}',
  'turnover.fumble': 'Fumble recovered by {side}',
  'turnover.fumble.by': 'Fumble recovered by {player}, {side}',
  'turnover.downs': 'Turnover on downs, {side} ball',
  punt: '{side} punt',
  'punt.by': '{player} punts for {side}',
  'punt.yards': '{side} punt {yards} yards',
  'punt.yards.by': '{player} punts {yards} yards for {side}',
  'punt.blocked': 'Punt blocked, {side}',
  'punt.blocked.by': 'Punt blocked, {player}, {side}',
  kickoff: '{side} kick off',
  'kickoff.by': '{player} kicks off for {side}',
  'kickoff.recovered': '{side} recover their kick-off',
  ...flagWords,
  timeout: 'Time-out, {side}',
  challenge: '{side} challenge the ruling',
  'challenge.lost': '{side} lose a challenge, and a time-out',
  'warning.no-timeouts-left': 'No time-out was left',
  'warning.overtime-decided': 'Scored after it was decided',
}
