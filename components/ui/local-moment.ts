/** Clocks are set back by an hour nearly everywhere, on Lord Howe by half of one. */
const BACK_MS = [3_600_000, 1_800_000]

/** What a field for date and time holds, as a moment by this device's clock. */
export interface LocalMoment {
  /** ISO-8601 UTC with milliseconds; of a time that comes twice, the first. */
  at: string
  isTwice: boolean
}

/** @returns null for a time that is left out where clocks go forward: nobody can mean it */
export function momentOf(local: string): LocalMoment | null {
  const moment = new Date(local)
  if (Number.isNaN(moment.getTime()) || spell(moment) !== local.slice(0, 16)) return null
  const isTwice = BACK_MS.some(ms => spell(new Date(moment.getTime() + ms)) === local.slice(0, 16))
  return { at: moment.toISOString(), isTwice }
}

const two = (number: number) => String(number).padStart(2, '0')
const spell = (at: Date) =>
  `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`

/** What is said of a time that is left out, as the interface would refuse it. */
export const ABSENT = {
  code: 'INVALID_LOCAL_TIME',
  message: 'Clocks go forward then: there is no such time that day.',
  path: 'startsAt',
} as const
export const TWICE = 'Clocks go back then and this time comes twice: the first is meant.'
