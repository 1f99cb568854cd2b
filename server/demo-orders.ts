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
] as const

export type DemoKey = (typeof DEMO_COMPETITIONS)[number]['key']

/** What the client of the demo is told on its standard input: one line of JSON. When that input ends, so does the client. */
export interface DemoOrders {
  url: string
  /** Good for these competitions alone. */
  token: string
  competitions: { key: DemoKey; id: string }[]
}
