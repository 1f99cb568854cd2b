/** The competitions of the demo; who plays in them, and how, its client knows. Everything in them is invented. */
export const DEMO_COMPETITIONS = [
  {
    key: 'basketball-league',
    name: 'Lantern League',
    sport: 'basketball',
    standings: { points: { win: 2, draw: 0, loss: 1 }, tieBreakers: ['head-to-head', 'difference', 'for'] },
  },
  { key: 'soccer-league', name: 'Hollow Lane League', sport: 'soccer', standings: { tieBreakers: ['difference', 'for', 'head-to-head'] } },
  { key: 'soccer-cup', name: 'Ferryman’s Cup', sport: 'soccer', standings: { tieBreakers: ['difference', 'for'] } },
  {
    key: 'tennis-open',
    name: 'Orchard Open',
    sport: 'tennis',
    standings: { points: { win: 1, draw: 0, loss: 0 }, tieBreakers: ['difference', 'for'] },
  },
  {
    key: 'baseball-league',
    name: 'Lowland Nine',
    sport: 'baseball',
    standings: { points: { win: 1, draw: 0, loss: 0 }, tieBreakers: ['head-to-head', 'difference'] },
  },
  // The tables of the others are as their sports have them.
  { key: 'ice-hockey', name: 'North Pond Hockey League', sport: 'ice_hockey' },
  { key: 'american-football', name: 'Gridline Conference', sport: 'american_football' },
  { key: 'rugby-union', name: 'Ruck Valley Premiership', sport: 'rugby_union' },
  { key: 'cricket', name: 'Village Green T20', sport: 'cricket' },
  { key: 'handball', name: 'Seven Metre League', sport: 'handball' },
  { key: 'volleyball', name: 'High Net League', sport: 'volleyball' },
  { key: 'rugby-league', name: 'Thirteen Towns League', sport: 'rugby_league' },
  { key: 'field-hockey', name: 'Short Corner League', sport: 'field_hockey' },
  { key: 'water-polo', name: 'Deep End League', sport: 'water_polo' },
  { key: 'lacrosse', name: 'Long Pole League', sport: 'lacrosse' },
  { key: 'softball', name: 'Millrace Softball', sport: 'softball' },
  { key: 'badminton', name: 'Shuttle Lane Open', sport: 'badminton' },
  { key: 'table-tennis', name: 'Elm Street Masters', sport: 'table_tennis' },
  { key: 'beach-volleyball', name: 'Sandbar Tour', sport: 'beach_volleyball' },
  { key: 'padel', name: 'Glasshouse Padel Tour', sport: 'padel' },
  { key: 'pickleball', name: 'Kitchen Line Series', sport: 'pickleball' },
  { key: 'korfball', name: 'Basket Lane Korfball', sport: 'generic' },
] as const

export type DemoKey = (typeof DEMO_COMPETITIONS)[number]['key']

/** What the client of the demo is told on its standard input: one line of JSON. When that input ends, so does the client. */
export interface DemoOrders {
  url: string
  /** Good for these competitions alone. */
  token: string
  competitions: { key: DemoKey; id: string }[]
}
