import { type Connection, createConnection } from '#components/live/connection.ts'
import { createGameStore, type GameStore } from '#components/live/game-store.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { Account } from '#server/accounts.ts'
import { fetchOver, type Home, wireOver } from './network.ts'
import type { SimNode } from './node.ts'
import type { Truth } from './truth.ts'
import type { World } from './world.ts'

/** A page that follows the game, as the product's own pages do, and is looked at whenever it shows something. */
export interface Page {
  readonly name: string
  readonly home: Home
  readonly fetch: typeof fetch
  /** Null until the page has been drawn. */
  readonly store: GameStore | null
  readonly connection: Connection | null
  /** Told of everything it shows. */
  onShown: (() => void) | null
  /** How far it shows the game, header and plays; null before it was drawn. */
  shown(): { epoch: string; header: number; plays: number } | null
  cut(): void
  reload(): void
  isAt(seq: number): boolean
}

interface Parts {
  world: World
  nodes: readonly SimNode[]
  truth: Truth
  gameId: string
  name: string
  account: Account
}

export function openPage({ world, nodes, truth, gameId, name, account }: Parts): Page {
  const { random, time } = world
  const home: Home = { node: random.of(nodes) }
  const fetch = fetchOver(world, home, account, name)
  let store: GameStore | null = null
  let connection: Connection | null = null
  let wire: ReturnType<typeof wireOver> | null = null
  let stops: (() => void)[] = []
  let before = { epoch: '', header: 0, plays: 0 }
  let seen: { game: Game | null; plays: readonly Play[] } = { game: null, plays: [] }
  let drawing = 0

  const page: Page = {
    name,
    home,
    fetch,
    get store() {
      return store
    },
    get connection() {
      return connection
    },
    onShown: null,
    shown: () => (store ? before : null),
    cut: () => wire?.cut(),
    reload() {
      for (const stop of stops) stop()
      stops = []
      store = null
      connection = null
      wire = null
      before = { epoch: '', header: 0, plays: 0 }
      seen = { game: null, plays: [] }
      void draw()
    },
    isAt(seq) {
      if (!store) return false
      const { game, plays, isGone } = store.getView()
      return !isGone && game.epoch === truth.epoch && game.seq === seq && (plays.at(-1)?.seq ?? 0) === seq
    },
  }

  /** As the server draws it: the newest plays with the game. */
  async function draw(): Promise<void> {
    drawing += 1
    const own = drawing
    try {
      const response = await fetch(`/api/v1/games/${gameId}/page`)
      if (own !== drawing) return
      if (!response.ok) throw new Error(String(response.status))
      const { game, plays } = (await response.json()) as { game: Game; plays: Play[] }
      if (own !== drawing) return
      begin(game, plays)
    } catch {
      if (own !== drawing) return
      home.node = random.of(nodes)
      time.after(random.between(200, 1_000), () => own === drawing && void draw())
    }
  }

  function begin(game: Game, plays: Play[]): void {
    wire = wireOver(world, home, nodes, name)
    connection = createConnection({ wire, guess: Date.now() })
    store = createGameStore({ game, plays, viewers: 0, fetch })
    const [line, link, shownStore] = [wire, connection, store]
    stops = [shownStore.subscribe(look), shownStore.follow(link), () => link.close(), () => line.end()]
    look()
  }

  /** Whatever is shown at seq N is the fold of the first N plays, and nothing goes back. */
  function look(): void {
    if (!store) return
    const view = store.getView()
    const { game, plays } = view
    if (view.isGone) world.fail(`${name} takes the game for deleted`)
    if (game === seen.game && plays === seen.plays) return
    const now = { epoch: game.epoch, header: game.seq, plays: plays.at(-1)?.seq ?? 0 }
    if (now.epoch === before.epoch && (now.header < before.header || now.plays < before.plays))
      world.fail(`${name} went back from ${JSON.stringify(before)} to ${JSON.stringify(now)}`)
    if (truth.ageOf(now.epoch) < truth.ageOf(before.epoch)) world.fail(`${name} went back to the epoch ${now.epoch}`)
    if (now.plays > now.header) world.fail(`${name} shows play ${now.plays} under a header of ${now.header}`)
    if (game !== seen.game) {
      const wrong = truth.wrongHeader(game)
      if (wrong) world.fail(`${name}: ${wrong}`)
    }
    if (plays !== seen.plays) lookAtPlays(plays)
    if (now.header !== before.header || now.plays !== before.plays) world.note(`${name} shows ${now.header} ${now.plays}`)
    before = now
    seen = { game, plays }
    page.onShown?.()
  }

  function lookAtPlays(plays: readonly Play[]): void {
    // Only what is new, from the end: a page keeps the plays it has.
    for (let i = plays.length - 1; i >= 0; i--) {
      const play = plays[i] as Play
      if (i > 0 && (plays[i - 1] as Play).seq !== play.seq - 1) world.fail(`${name} has a hole before play ${play.seq}`)
      if (seen.plays.at(-1) === play) break
      const wrong = truth.wrongPlay(play)
      if (wrong) world.fail(`${name}: ${wrong}`)
    }
  }

  void draw()
  return page
}
