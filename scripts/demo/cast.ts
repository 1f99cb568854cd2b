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
  const people = last.map(name => `${random.pick(FIRST)} ${name}`)
  const pair = team.name.split(' / ')
  const squad = { name: team.name, players: pair.length > 1 ? pair : people, strength: 0.9 + random.next() * 0.2 }
  squads.set(team.name, squad)
  return squad
}

/** Towns that have a club in many sports, with the colour they play in. */
const TOWNS = [
  ['Thornwick', '#1d5fa8'],
  ['Brackwater', '#b3202c'],
  ['Saltholm', '#0e8377'],
  ['Emberley', '#c65a17'],
  ['Quillstead', '#6a4bb0'],
  ['Wyvern Hill', '#2d7a3e'],
  ['Oakhollow', '#7a5a2b'],
  ['Marlcross', '#a82f6e'],
  ['Tidegate', '#23788f'],
  ['Copperdene', '#b06a1c'],
  ['Stonnery', '#555b66'],
  ['Duskford', '#3f4a9c'],
  ['Silverlea', '#5f7d8c'],
  ['Nettlecombe', '#4f8a2a'],
  ['Cloverby', '#1f8a5a'],
  ['Greyhaven', '#39424e'],
] as const

/** Eight clubs from the n-th town on. The endings go round. */
export function clubs(from: number, ground: string, endings: readonly string[]): Team[] {
  return Array.from({ length: 8 }, (_, i) => {
    const [town, color] = TOWNS[(from + i * 3) % TOWNS.length] as (typeof TOWNS)[number]
    const ending = endings[i % endings.length] as string
    return {
      name: `${town} ${ending}`,
      shortName: town,
      abbr: town.replace(' ', '').slice(0, 3).toUpperCase(),
      color,
      venue: `${town} ${ground}`,
    }
  })
}

/** Eight people, or pairs, who meet at one place. */
export function people(seed: string, venue: string, inPairs = false): Team[] {
  const random = randomFrom(`people of ${seed}`)
  const names = random.shuffled(LAST).map(last => `${random.pick(FIRST)} ${last}`)
  return Array.from({ length: 8 }, (_, i) => ({ name: inPairs ? `${names[2 * i]} / ${names[2 * i + 1]}` : (names[i] as string), venue }))
}

/** One of the first so many, the earlier ones more often. */
export function somebody({ players }: Squad, random: Random, of = players.length): string {
  const i = Math.floor(Math.min(random.next(), random.next() + 0.15) * Math.min(of, players.length))
  return players[i] ?? (players[0] as string)
}
