import type { Field } from '../fields.ts'
import type { RulePack } from '../sport.ts'
import { INTERVAL_FIELDS, type IntervalRules } from './interval.ts'
import { TIMEOUT_SECONDS } from './timeout.ts'

export interface Rules extends IntervalRules {
  /** Four quarters, or two halves. */
  periods: number
  periodMinutes: number
  /**
   * Level at the end. Under a clock: the first score wins (`sudden`), unless it is a field goal by the first side in possession
   * (`modified`), or both sides have the ball first (`both`). Without one each side has a series (`series`).
   */
  overtime: 'none' | 'sudden' | 'modified' | 'both' | 'series'
  overtimeMinutes: number
  /** Most overtimes before it stays a tie. */
  overtimes: number
  /** The yard line from which a series of overtime starts; 0: midfield. */
  seriesFrom: number
  /** The overtime from which a touchdown is followed by a two-point try, and from which there is nothing but such tries; 0: none. */
  twoPointFrom: number
  triesOnlyFrom: number
  touchdownPoints: number
  kickPoints: number
  twoPoints: number
  /** 0: no field goals. */
  fieldGoalPoints: number
  safetyPoints: number
  /** For the defence that returns a try; 0: the try is over when it has the ball. */
  defensivePoints: number
  timeoutsHalf: number
  timeoutSeconds: number
  timeoutsOvertime: number
  /** For each overtime, for two of them together, or for the first, the second and then all the others. */
  timeoutsOvertimeFor: 'each' | 'pair' | 'firstTwo'
  downs: number
  yardsToGain: number
  fieldYards: number
  /** The clock runs on once a side leads by so much (0: never), from this period. */
  mercyLead: number
  mercyFrom: number
  forfeitScore: number
}

const nfl: Rules = {
  periods: 4,
  periodMinutes: 15,
  halfTimeMinutes: 13,
  breakSeconds: 120,
  overtime: 'both',
  overtimeMinutes: 10,
  overtimes: 1,
  seriesFrom: 25,
  twoPointFrom: 0,
  triesOnlyFrom: 0,
  touchdownPoints: 6,
  kickPoints: 1,
  twoPoints: 2,
  fieldGoalPoints: 3,
  safetyPoints: 2,
  defensivePoints: 2,
  timeoutsHalf: 3,
  timeoutSeconds: 120,
  timeoutsOvertime: 2,
  timeoutsOvertimeFor: 'each',
  downs: 4,
  yardsToGain: 10,
  fieldYards: 100,
  mercyLead: 0,
  mercyFrom: 3,
  forfeitScore: 2,
}
/** Play-offs go on until they are decided: two overtimes are a half, with the time-outs of one. */
const MOST_OVERTIMES = 20
const playOffs = { overtimeMinutes: 15, overtimes: MOST_OVERTIMES, timeoutsOvertime: 3, timeoutsOvertimeFor: 'pair' } as const
const ncaa: Rules = {
  ...nfl,
  halfTimeMinutes: 20,
  breakSeconds: 60,
  overtime: 'series',
  overtimes: MOST_OVERTIMES,
  twoPointFrom: 2,
  triesOnlyFrom: 3,
  timeoutSeconds: 90,
  timeoutsOvertime: 1,
  timeoutsOvertimeFor: 'firstTwo',
  forfeitScore: 1,
}

export const packs: readonly RulePack<Rules>[] = [
  {
    id: 'nfl',
    name: 'NFL',
    version: '2025',
    from: '2025-08-01',
    isDefault: true,
    source: 'NFL Playing Rules 2025, rules 4 (time), 11 (scoring), 16 (overtime: both sides have the ball, ten minutes)',
    values: nfl,
  },
  {
    id: 'nfl',
    name: 'NFL, ten-minute overtime',
    version: '2017',
    from: '2017-08-01',
    isDefault: true,
    source: 'NFL Playing Rules 2017, rule 16: ten minutes, a touchdown on the first possession wins',
    values: { ...nfl, overtime: 'modified' },
  },
  {
    id: 'nfl',
    name: 'NFL, try returned for two',
    version: '2015',
    from: '2015-08-01',
    isDefault: true,
    source: 'NFL Playing Rules 2015, rule 11-3: the defence may return a try; rule 16: fifteen minutes',
    values: { ...nfl, overtime: 'modified', overtimeMinutes: 15 },
  },
  {
    id: 'nfl',
    name: 'NFL, modified sudden death',
    version: '2012',
    from: '2012-08-01',
    isDefault: true,
    source: 'NFL Playing Rules 2012, rule 16: a field goal on the first possession may be answered',
    values: { ...nfl, overtime: 'modified', overtimeMinutes: 15, defensivePoints: 0 },
  },
  {
    id: 'nfl',
    name: 'NFL, sudden death',
    version: '1994',
    from: '1994-08-01',
    isDefault: true,
    source: 'NFL Playing Rules 1994, rules 11-3 (two-point tries) and 16: the first score wins',
    values: { ...nfl, overtime: 'sudden', overtimeMinutes: 15, defensivePoints: 0 },
  },
  {
    id: 'nfl-playoffs',
    name: 'NFL play-offs',
    version: '2022',
    from: '2022-08-01',
    source: 'NFL Playing Rules 2022, rule 16-1: both sides have the ball, fifteen minutes, until decided',
    values: { ...nfl, ...playOffs },
  },
  {
    id: 'nfl-playoffs',
    name: 'NFL play-offs, modified sudden death',
    version: '2015',
    from: '2015-08-01',
    source: 'NFL Playing Rules 2015, rules 11-3 and 16-1',
    values: { ...nfl, ...playOffs, overtime: 'modified' },
  },
  {
    id: 'nfl-playoffs',
    name: 'NFL play-offs, modified sudden death, no return',
    version: '2010',
    from: '2010-08-01',
    source: 'NFL Playing Rules 2010, rule 16-1: in play-offs a field goal on the first possession may be answered',
    values: { ...nfl, ...playOffs, overtime: 'modified', defensivePoints: 0 },
  },
  {
    id: 'nfl-playoffs',
    name: 'NFL play-offs, sudden death',
    version: '1994',
    from: '1994-08-01',
    source: 'NFL Playing Rules 1994, rule 16',
    values: { ...nfl, ...playOffs, overtime: 'sudden', defensivePoints: 0 },
  },
  {
    id: 'ncaa',
    name: 'NCAA',
    version: '2025',
    from: '2025-08-01',
    source: 'NCAA Football Rules 2025, rules 3-1-3 (extra periods from the 25; tries alone from the third), 3-3-4 (time-outs), 8 (scoring)',
    values: ncaa,
  },
  {
    id: 'ncaa',
    name: 'NCAA, a time-out each extra period',
    version: '2021',
    from: '2021-08-01',
    source: 'NCAA Football Rules 2021, rule 3-1-3: two-point tries from the second extra period, nothing else from the third',
    values: { ...ncaa, timeoutsOvertimeFor: 'each' },
  },
  {
    id: 'ncaa',
    name: 'NCAA, tries from the fifth extra period',
    version: '2019',
    from: '2019-08-01',
    source: 'NCAA Football Rules 2019, rule 3-1-3',
    values: { ...ncaa, twoPointFrom: 3, triesOnlyFrom: 5, timeoutsOvertimeFor: 'each' },
  },
  {
    id: 'ncaa',
    name: 'NCAA, extra periods',
    version: '1997',
    from: '1996-08-01',
    source: 'NCAA Football Rules 1997, rule 3-1-3: two-point tries from the third extra period',
    values: { ...ncaa, twoPointFrom: 3, triesOnlyFrom: 0, timeoutsOvertimeFor: 'each' },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2024',
    from: '2000-07-01',
    source:
      'NFHS Football Rules, rules 3-1 (quarters), 8-3 (the try is over when the defence has the ball), 10-yard overtime procedure and 35-point running clock, both by state adoption',
    values: {
      ...nfl,
      periodMinutes: 12,
      halfTimeMinutes: 15,
      breakSeconds: 60,
      overtime: 'series',
      overtimes: MOST_OVERTIMES,
      seriesFrom: 10,
      defensivePoints: 0,
      timeoutSeconds: 60,
      timeoutsOvertime: 1,
      mercyLead: 35,
      forfeitScore: 1,
    },
  },
  {
    id: 'ifaf',
    name: 'IFAF',
    version: '2019',
    from: '2010-01-01',
    source: 'IFAF Football Rules 2019, rules 3-1 (quarters of 12, extra periods from the 25), 8 (scoring)',
    values: { ...ncaa, periodMinutes: 12, twoPointFrom: 3, triesOnlyFrom: 0, timeoutsOvertimeFor: 'each' },
  },
  {
    id: 'flag',
    name: 'Flag, five-a-side (IFAF)',
    version: '2023',
    from: '2010-01-01',
    source:
      'IFAF Flag Football Rules 2023, rules 3 (two halves of 20, overtime from midfield, tries alone from the second), 8 (one from the 5, two from the 10)',
    values: {
      ...nfl,
      periods: 2,
      periodMinutes: 20,
      halfTimeMinutes: 0,
      overtime: 'series',
      overtimes: MOST_OVERTIMES,
      seriesFrom: 0,
      triesOnlyFrom: 2,
      fieldGoalPoints: 0,
      timeoutSeconds: 60,
      timeoutsHalf: 2,
      timeoutsOvertime: 0,
      yardsToGain: 0,
      fieldYards: 50,
      mercyFrom: 2,
      forfeitScore: 0,
    },
  },
]

export const labelled = <T extends string>(labels: Readonly<Record<T, string>>) => ({ options: Object.keys(labels) as T[], labels })

export const ruleFields: Readonly<Record<keyof Rules, Field>> = {
  periods: { type: 'int', min: 2, max: 4, label: 'Periods (two halves or four quarters)' },
  periodMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a period' },
  ...INTERVAL_FIELDS,
  overtime: {
    type: 'choice',
    ...labelled({
      none: 'None',
      sudden: 'The first score wins',
      modified: 'The first score wins but for a field goal on the first possession',
      both: 'Both sides have the ball, then the first score wins',
      series: 'A series each, without a clock',
    }),
    label: 'Overtime',
  },
  overtimeMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in an overtime' },
  overtimes: { type: 'int', min: 1, max: MOST_OVERTIMES, label: 'Most overtimes before a tie' },
  seriesFrom: { type: 'int', min: 0, max: 50, label: 'Overtime series from this yard line (0: midfield)' },
  twoPointFrom: { type: 'int', min: 0, max: MOST_OVERTIMES, label: 'Two-point tries only from this overtime (0: never)' },
  triesOnlyFrom: { type: 'int', min: 0, max: MOST_OVERTIMES, label: 'Nothing but tries from this overtime (0: never)' },
  touchdownPoints: { type: 'int', min: 1, max: 9, label: 'Touchdown' },
  kickPoints: { type: 'int', min: 0, max: 9, label: 'Extra point' },
  twoPoints: { type: 'int', min: 0, max: 9, label: 'Two-point try' },
  fieldGoalPoints: { type: 'int', min: 0, max: 9, label: 'Field goal (0: none)' },
  safetyPoints: { type: 'int', min: 0, max: 9, label: 'Safety' },
  defensivePoints: { type: 'int', min: 0, max: 9, label: 'Try returned by the defence (0: not allowed)' },
  timeoutSeconds: TIMEOUT_SECONDS,
  timeoutsHalf: { type: 'int', min: 0, max: 9, label: 'Time-outs in a half' },
  timeoutsOvertime: { type: 'int', min: 0, max: 9, label: 'Time-outs in overtime' },
  timeoutsOvertimeFor: {
    type: 'choice',
    ...labelled({ each: 'Each overtime', pair: 'Two overtimes together', firstTwo: 'The first, the second, then all the others' }),
    label: 'They are for',
  },
  downs: { type: 'int', min: 3, max: 4, label: 'Downs' },
  yardsToGain: { type: 'int', min: 0, max: 20, label: 'Yards to a first down (0: midfield, then the goal)' },
  fieldYards: { type: 'int', min: 20, max: 110, label: 'Length of the field in yards' },
  mercyLead: { type: 'int', min: 0, max: 99, label: 'The clock runs on at a lead of (0: never)' },
  mercyFrom: { type: 'int', min: 1, max: 4, label: '… from this period' },
  forfeitScore: { type: 'int', min: 0, max: 99, label: 'Points for the winner of a forfeit' },
}
