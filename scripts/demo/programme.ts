import type { DemoKey } from '#server/demo-orders.ts'
import { tellBaseball } from './baseball.ts'
import { tellBasketball } from './basketball.ts'
import { clubs, people, type Team } from './cast.ts'
import { clocked } from './clocked.ts'
import { tellCricket } from './cricket.ts'
import { tellFootball } from './football.ts'
import { tellBadminton, tellBeachVolleyball, tellPickleball, tellTableTennis, tellVolleyball } from './rallies.ts'
import { SHEETS } from './sheets.ts'
import { tellSoccer } from './soccer.ts'
import type { Storyteller, Wish } from './story.ts'
import { tellPadel, tellTennis } from './tennis.ts'

/** One ground on which a game begins every so often; four teams play there, or eight where one game begins before the last is over. */
export interface Lane {
  offsetMinutes: number
  everyMinutes: number
  teams: readonly Team[]
  /** Of the games around the one being played, which are shown: -1 the one before. */
  around?: readonly number[]
  /** How the n-th game there has to end, for something of everything to be seen. */
  wish?(slot: number): Wish | null
}

/** What is played in a competition of the demo. */
export interface Programme {
  sport: string
  tell: Storyteller
  rules?: { pack?: string; values?: Readonly<Record<string, unknown>> }
  isCup?: boolean
  /** The sides are people or pairs, not teams. */
  isOfPersons?: boolean
  /** Players of a squad, 16 unless given. */
  squad?: number
  lanes: readonly Lane[]
}

const DAY_MINUTES = 24 * 60
const team = (name: string, abbr: string, color: string, venue: string, shortName?: string): Team => ({
  name,
  abbr,
  color,
  venue,
  ...(shortName ? { shortName } : {}),
})
const persons = (...names: string[]): Team[] => names.map(name => ({ name, venue: 'Orchard Courts' }))
const every = (slot: number, n: number, rest: number) => ((slot % n) + n) % n === rest

const BASKETBALL = [
  team('Harbour Herons', 'HER', '#1f5fbf', 'Harbour Hall', 'Herons'),
  team('Quarry Lynx', 'LYN', '#2f2f35', 'Quarry Arena', 'Lynx'),
  team('Old Mint Owls', 'OWL', '#c4581d', 'The Old Mint', 'Owls'),
  team('Ferry Street Gulls', 'GUL', '#0f8a7e', 'Ferry Street Gym', 'Gulls'),
  team('Brickfield Bulls', 'BUL', '#b0182f', 'Brickfield Hall', 'Bulls'),
  team('Canal Side Otters', 'OTT', '#7a4bb0', 'Canal Side', 'Otters'),
  team('Tollgate Ravens', 'RAV', '#3d4f8f', 'Tollgate School', 'Ravens'),
  team('Chapel Road Foxes', 'FOX', '#d99a00', 'Chapel Road', 'Foxes'),
  team('Weir Street Pike', 'PIK', '#4c7a34', 'Weir Street', 'Pike'),
  team('Northgate Comets', 'COM', '#2b6f8a', 'Northgate Gym', 'Comets'),
  team('Saddlers Yard Colts', 'COL', '#8c3b52', 'Saddlers Yard', 'Colts'),
  team('Lock House Badgers', 'BAD', '#5c5f66', 'Lock House', 'Badgers'),
]
const SOCCER = [
  team('Hollowbrook United', 'HOL', '#14713d', 'Brook Meadow', 'Hollowbrook'),
  team('Larkfield Rovers', 'LAR', '#b3122e', 'Larkfield Lane', 'Larkfield'),
  team('St Wren’s', 'STW', '#274b9f', 'Wren Park'),
  team('Pewter Town', 'PEW', '#6b7078', 'Foundry Ground'),
  team('Ashmoor Athletic', 'ASH', '#7b3fa0', 'The Moor', 'Ashmoor'),
  team('Tanners Green', 'TAN', '#a3641b', 'Tannery Field'),
  team('Eastmere Wanderers', 'EAM', '#0c7f9c', 'Mere End', 'Eastmere'),
  team('Coldwater Vale', 'COL', '#d4a20a', 'Vale Road'),
]
const CUP = [
  team('Foxglove Rangers', 'FGR', '#a8327e', 'Glove Lane', 'Foxglove'),
  team('Kilnferry', 'KIL', '#c75a12', 'Kiln Bank'),
  team('Marsh End', 'MAR', '#2e7d4f', 'Reed Bank'),
  team('Upper Stile', 'UPS', '#33508f', 'Stile Field'),
]
const TENNIS = persons(
  'Ines Calloway',
  'Noor Vestergren',
  'Tilda Marchbank',
  'Yuki Hollis',
  'Ada Lindgarth',
  'Rosa Benhaven',
  'Maren Oduya',
  'Priya Castellan',
  'Zofia Wrenfield',
  'Leila Anstruth',
  'Hana Birkholt',
  'Clara Ntombe',
  'Sofia Garrowby',
  'Lotte Isenby',
  'Wanda Fenwright',
  'Bea Stockbridge',
  'Dov Kirkstone',
  'Emil Rushbourne',
  'Tarik Amberley',
  'Nils Penhallow',
)
const BASEBALL = [
  team('Rivermouth Pilots', 'PIL', '#1c4f8c', 'Pilot Field', 'Pilots'),
  team('Cooper Street Kegs', 'KEG', '#8a4b1f', 'Cooperage Park', 'Kegs'),
  team('Depot Engines', 'ENG', '#b4232a', 'Depot Yard', 'Engines'),
  team('Saltworks Terns', 'TER', '#148a94', 'Pan Meadow', 'Terns'),
  team('Orchard Heights Pippins', 'PIP', '#3c8a2e', 'Pippin Park', 'Pippins'),
  team('Millpond Drakes', 'DRA', '#56616b', 'Millpond Diamond', 'Drakes'),
  team('Lime Kiln Sparks', 'SPA', '#d08700', 'Kiln Park', 'Sparks'),
  team('Station Road Porters', 'POR', '#6d3f9a', 'Station Ground', 'Porters'),
  team('Windmill Lane Millers', 'MIL', '#a8772a', 'Windmill Lane', 'Millers'),
  team('Ropewalk Knots', 'KNO', '#31708f', 'The Ropewalk', 'Knots'),
  team('Fairground Crows', 'CRO', '#3a3a40', 'Fairground', 'Crows'),
  team('Observatory Stars', 'STA', '#4a4fb0', 'Observatory Park', 'Stars'),
]

/** A game being played, with a finished one and one to come, or alone. */
const WITH_OTHERS = [0, -2, 1]
const ALONE = [0]
const lane = (everyMinutes: number, offsetMinutes: number, around: readonly number[], teams: readonly Team[]): readonly Lane[] => [
  { everyMinutes, offsetMinutes, around, teams },
]

/** Several grounds a competition, so that one game is always on when another ends. */
export const PROGRAMMES: Readonly<Record<DemoKey, Programme>> = {
  'basketball-league': {
    sport: 'basketball',
    tell: tellBasketball,
    lanes: [
      { offsetMinutes: 0, everyMinutes: 120, teams: BASKETBALL.slice(0, 4), wish: slot => (every(slot, 3, 0) ? 'overtime' : null) },
      { offsetMinutes: 40, everyMinutes: 120, teams: BASKETBALL.slice(4, 8), wish: slot => (every(slot, 3, 1) ? 'overtime' : null) },
      { offsetMinutes: 80, everyMinutes: 120, teams: BASKETBALL.slice(8) },
    ],
  },
  'soccer-league': {
    sport: 'soccer',
    tell: tellSoccer,
    lanes: [
      { offsetMinutes: 30, everyMinutes: 150, teams: SOCCER.slice(0, 4) },
      { offsetMinutes: 105, everyMinutes: 150, teams: SOCCER.slice(4) },
      { offsetMinutes: 12 * 60, everyMinutes: DAY_MINUTES, teams: [...SOCCER.slice(2, 4), ...SOCCER.slice(6)], wish: () => 'postponed' },
    ],
  },
  'soccer-cup': {
    sport: 'soccer',
    tell: tellSoccer,
    isCup: true,
    lanes: [{ offsetMinutes: 75, everyMinutes: 180, teams: CUP, wish: slot => (every(slot, 3, 0) ? 'shootout' : null) }],
  },
  'tennis-open': {
    sport: 'tennis',
    tell: tellTennis,
    isOfPersons: true,
    lanes: [
      { offsetMinutes: 0, everyMinutes: 140, teams: TENNIS.slice(0, 4) },
      { offsetMinutes: 35, everyMinutes: 140, teams: TENNIS.slice(4, 8) },
      { offsetMinutes: 70, everyMinutes: 140, teams: TENNIS.slice(8, 12) },
      { offsetMinutes: 105, everyMinutes: 140, teams: TENNIS.slice(12, 16) },
      { offsetMinutes: 20, everyMinutes: 300, teams: TENNIS.slice(16), wish: slot => (every(slot, 3, 0) ? 'walkover' : 'retired') },
    ],
  },
  'baseball-league': {
    sport: 'baseball',
    tell: tellBaseball,
    rules: { values: { innings: 7 } },
    lanes: [
      { offsetMinutes: 10, everyMinutes: 120, teams: BASEBALL.slice(0, 4), wish: slot => (every(slot, 3, 0) ? 'overtime' : null) },
      { offsetMinutes: 50, everyMinutes: 120, teams: BASEBALL.slice(4, 8) },
      { offsetMinutes: 90, everyMinutes: 120, teams: BASEBALL.slice(8) },
    ],
  },
  'ice-hockey': {
    sport: 'ice_hockey',
    tell: clocked(SHEETS.ice_hockey),
    squad: 20,
    lanes: lane(100, 15, WITH_OTHERS, clubs(0, 'Ice Rink', ['Icebreakers', 'Sleighs', 'Northwind', 'Polar Owls'])),
  },
  'american-football': {
    sport: 'american_football',
    tell: tellFootball,
    squad: 16,
    lanes: lane(116, 35, WITH_OTHERS, clubs(1, 'Stadium', ['Lanterns', 'Kites', 'Thunder', 'Drovers'])),
  },
  'rugby-union': {
    sport: 'rugby_union',
    tell: clocked(SHEETS.rugby_union),
    squad: 23,
    lanes: lane(92, 50, WITH_OTHERS, clubs(2, 'Park', ['RFC'])),
  },
  cricket: { sport: 'cricket', tell: tellCricket, squad: 11, lanes: lane(140, 20, WITH_OTHERS, clubs(3, 'Green', ['CC'])) },
  handball: {
    sport: 'handball',
    tell: clocked(SHEETS.handball),
    lanes: lane(72, 25, WITH_OTHERS, clubs(4, 'Sports Hall', ['HC', 'Handball'])),
  },
  volleyball: { sport: 'volleyball', tell: tellVolleyball, lanes: lane(60, 5, WITH_OTHERS, clubs(5, 'Hall', ['VC', 'Volley'])) },
  'rugby-league': {
    sport: 'rugby_league',
    tell: clocked(SHEETS.rugby_league),
    rules: { pack: 'super-league' },
    squad: 17,
    lanes: lane(90, 10, ALONE, clubs(6, 'Road', ['Quarrymen', 'Ferrets', 'Anvils', 'Mariners'])),
  },
  'field-hockey': {
    sport: 'field_hockey',
    tell: clocked(SHEETS.field_hockey),
    lanes: lane(78, 40, WITH_OTHERS, clubs(7, 'Astro', ['Hockey Club', 'Ladies HC'])),
  },
  'water-polo': {
    sport: 'water_polo',
    tell: clocked(SHEETS.water_polo),
    lanes: lane(50, 0, ALONE, clubs(8, 'Baths', ['Swimmers', 'WPC'])),
  },
  lacrosse: {
    sport: 'lacrosse',
    tell: clocked(SHEETS.lacrosse),
    squad: 20,
    lanes: lane(84, 30, ALONE, clubs(9, 'Field', ['Lacrosse', 'Redtails'])),
  },
  softball: {
    sport: 'softball',
    tell: tellBaseball,
    lanes: lane(64, 45, ALONE, clubs(10, 'Diamond', ['Sparrows', 'Bluebells', 'Lightning', 'Peaches'])),
  },
  badminton: {
    sport: 'badminton',
    tell: tellBadminton,
    isOfPersons: true,
    lanes: lane(28, 8, WITH_OTHERS, people('badminton', 'Shuttle Lane Hall')),
  },
  'table-tennis': {
    sport: 'table_tennis',
    tell: tellTableTennis,
    isOfPersons: true,
    lanes: lane(20, 3, WITH_OTHERS, people('table tennis', 'Elm Street Institute')),
  },
  'beach-volleyball': {
    sport: 'beach_volleyball',
    tell: tellBeachVolleyball,
    isOfPersons: true,
    lanes: lane(34, 12, ALONE, people('beach volleyball', 'Sandbar Court', true)),
  },
  padel: { sport: 'padel', tell: tellPadel, isOfPersons: true, lanes: lane(40, 18, ALONE, people('padel', 'The Glasshouse', true)) },
  pickleball: {
    sport: 'pickleball',
    tell: tellPickleball,
    isOfPersons: true,
    lanes: lane(27, 28, ALONE, people('pickleball', 'Kitchen Line Courts', true)),
  },
  korfball: {
    sport: 'generic',
    tell: clocked(SHEETS.generic),
    rules: { pack: 'halves', values: { minutes: 25, draws: false, overtimes: 1, overtimeMinutes: 10, golden: true, timeouts: 2 } },
    squad: 12,
    lanes: lane(59, 55, ALONE, clubs(11, 'Gymnasium', ['KC', 'Korfball'])),
  },
}
