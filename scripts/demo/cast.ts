import type { Side } from '#domain/play.ts'
import { type Random, randomFrom } from './random.ts'

/** A team or a person of the demo. Everybody and everything in it is invented. */
export interface Team {
  name: string
  shortName?: string
  abbr?: string
  color?: string
  venue?: string
}

/** Who plays for a team, best known first, and how good they are around 1. */
export interface Squad {
  name: string
  players: readonly string[]
  strength: number
}
export type Cast = Readonly<Record<Side, Squad>>

const FIRST = [
  'Ada Bram Cleo Dov Elif Finn Greta Hugo Ines Jonas Kaya Lior Maren Nils Odile Piet Quin Rosa Sami Tilda Uma Viggo Wanda Xenia Yuki Zeno',
  'Amar Bea Caspar Dina Enzo Freya Gil Hana Ivo Juno Karim Lotte Milo Nadia Otis Pia Rafi Selma Tarik Ulla Vera Wim Yara Zofia',
]
  .join(' ')
  .split(' ')
const STEMS =
  'Ash Birk Cal Drum East Fen Gar Hart Inver Kest Lind March North Oak Pell Quar Rush Salt Thorn Umber Vester Wren Yarrow Zell'.split(' ')
const ENDINGS = 'brook dale er field grove holt lake ley man moor strom ton ward wick worth'.split(' ')
const LAST = STEMS.flatMap(stem => ENDINGS.map(ending => `${stem}${ending}`))

const squads = new Map<string, Squad>()

/** The same people play for a team in all its games. */
export function squadOf(team: Team, size = 16): Squad {
  const known = squads.get(team.name)
  if (known) return known
  const random = randomFrom(`squad of ${team.name}`)
  const last = random.shuffled(LAST).slice(0, size)
  const squad = { name: team.name, players: last.map(name => `${random.pick(FIRST)} ${name}`), strength: 0.9 + random.next() * 0.2 }
  squads.set(team.name, squad)
  return squad
}

/** One of the first so many, the earlier ones more often. */
export function somebody({ players }: Squad, random: Random, of = players.length): string {
  const i = Math.floor(Math.min(random.next(), random.next() + 0.15) * Math.min(of, players.length))
  return players[i] ?? (players[0] as string)
}
