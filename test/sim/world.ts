import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** What can go wrong, and how badly it does at the moment. All at rest, nothing does. */
export interface Weather {
  /** Shares of messages. */
  hintLost: number
  hintTwice: number
  hintLate: number
  updateLost: number
  updateTwice: number
  updateLate: number
  requestLost: number
  requestTwice: number
  requestLate: number
  answerLost: number
  /** Hints of these nodes reach nobody. */
  mute: Set<number>
  /** By node: the store cannot be reached, answers late, or answers that it is busy or full. */
  cutOff: Set<number>
  slow: Set<number>
  refusing: Set<number>
  /** The next write of these is their end. */
  fatal: Set<number>
}

export const fairWeather = (): Weather => ({
  hintLost: 0,
  hintTwice: 0,
  hintLate: 0,
  updateLost: 0,
  updateTwice: 0,
  updateLate: 0,
  requestLost: 0,
  requestTwice: 0,
  requestLate: 0,
  answerLost: 0,
  mute: new Set(),
  cutOff: new Set(),
  slow: new Set(),
  refusing: new Set(),
  fatal: new Set(),
})

/** Mistakes that are made on purpose, to show that they are noticed. */
export type Planted =
  | 'acknowledged before it is written'
  | 'a seq is given twice'
  | 'an id counts twice'
  | 'an older header under a newer seq'
  | 'plays of the other node in another order'
  | 'a void that the other node does not see'
  | 'a refused batch half written'
  | 'an answer of another time'

/** What all parts of one run share. */
export interface World {
  random: Random
  time: Timeline
  weather: Weather
  planted: Planted | null
  /** Counted when a fault has really touched something. */
  fired: Map<string, number>
  fire(fault: string): void
  /** Ways through the code that a run is there to take; counted, since a way that no run takes proves nothing. */
  met: Map<string, number>
  meet(way: string): void
  /** One line of what happened, for the trace; also one step. */
  note(what: string): void
  /** The run has failed; the first word counts. */
  fail(what: string): void
}

/** A few milliseconds mostly, sometimes many. */
export const latency = ({ random }: World) => (random.chance(0.1) ? random.between(20, 250) : random.between(1, 15))
