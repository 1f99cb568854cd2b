import { createOutbox, isWaiting, type Outbox, type Outgoing } from '#components/scorer/outbox.ts'
import { createPostPlays } from '#components/scorer/post-plays.ts'
import { createSteady } from '#components/scorer/steady.ts'
import type { PlayInput } from '#domain/play.ts'
import type { Page } from './page.ts'
import type { World } from './world.ts'

/** Somebody who scores on a page: the product's outbox, with what it keeps, over a network that loses. */
export interface Scorer {
  readonly page: Page
  readonly outbox: Outbox
  /** Plays in the order they were made, without those that were ever refused. */
  inOrder(): readonly string[]
  act(): void
  /** Decides what to do about refusals; `isLast` lets go of all. */
  settle(isLast: boolean): void
  /** Closes the table and opens it anew on what the device has kept. */
  reload(): void
  isIdle(): boolean
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  basketball: ['2pt', '2pt', '3pt', 'ft', 'foul', 'timeout'],
  soccer: ['goal', 'goal', 'yellowCard', 'ownGoal', 'redCard'],
  tennis: ['point', 'point', 'point', 'point', 'gameWon'],
}
const NAMES = ['Ines', 'Malik', 'Ottavia']

interface Parts {
  world: World
  page: Page
  gameId: string
  sport: string
  name: string
}

export function openScorer({ world, page, gameId, sport, name }: Parts): Scorer {
  const { random } = world
  let kept: Outgoing[] = []
  let made = 0
  const order: string[] = []
  const everRefused = new Set<string>()
  let outbox = open()

  function open(): { own: Outbox; close(): void } {
    const own = createOutbox({
      store: {
        read: async () => kept,
        async update(change) {
          kept = change(kept)
        },
        // Writing takes no time here.
        hold() {},
        watch: () => () => {},
      },
      post: createPostPlays(gameId, page.fetch),
      steady: createSteady({ mono: () => performance.now(), wall: Date.now, page: `${name} ${made}` }),
      async turn(work) {
        await work()
        return true
      },
    })
    own.subscribe(() => {
      for (const { play, refused } of own.getState().plays) if (refused) everRefused.add(play.id)
    })
    return { own, close: own.open() }
  }

  function arrived(): void {
    const view = page.store?.getView()
    if (!view?.hasWholeLog) return
    const ids = new Set(view.plays.map(play => play.id))
    outbox.own.arrived({ epoch: view.game.epoch, seq: view.plays.at(-1)?.seq ?? view.game.seq, has: id => ids.has(id) })
  }
  page.onShown = arrived

  function nextId(): string {
    made += 1
    return `${name}-${String(made).padStart(6, '0')}`
  }

  /** A play of the log as this page shows it, or one of its own on the way. */
  function some(): { ref: number | string; kind: string } | null {
    const waiting = outbox.own.getState().plays.filter(({ refused }) => !refused)
    if (waiting.length > 0 && random.chance(0.2)) {
      const { play } = random.of(waiting)
      return { ref: play.id, kind: play.kind }
    }
    const plays = page.store?.getView().plays ?? []
    if (plays.length === 0) return null
    // Mostly what has just been written, now and then something old.
    const play = random.chance(0.7) ? plays[Math.max(0, plays.length - 1 - random.below(5))] : random.of(plays)
    return play ? { ref: random.chance(0.5) ? play.seq : play.id, kind: play.kind } : null
  }

  function scoring(): PlayInput {
    const kind = random.of(KINDS[sport] ?? ['note'])
    const player = sport !== 'tennis' && random.chance(0.25) ? { player: random.of(NAMES) } : {}
    return { id: nextId(), kind, side: random.of(['home', 'away']), ...player }
  }

  function other(): PlayInput {
    const id = nextId()
    switch (random.below(7)) {
      case 0:
        return { id, kind: 'note', data: { text: `note ${made}` } }
      case 1:
        return {
          id,
          kind: 'edit',
          data: random.chance(0.5) ? { displayOrder: random.of(['home-first', 'away-first']) } : { venue: `Hall ${made}` },
        }
      case 2:
        return { id, kind: 'status', data: { underReview: random.chance(0.5) } }
      case 3:
        return { id, kind: 'periodStart', ...(random.chance(0.5) ? { period: random.between(1, 3) } : {}) }
      case 4:
        return { id, kind: 'periodEnd' }
      case 5:
        return { id, kind: random.of(['clockStart', 'clockStop']) }
      default:
        return { id, kind: 'status', data: { status: random.of(['live', 'suspended']) } }
    }
  }

  function correction(): PlayInput | null {
    const target = some()
    if (!target) return null
    const kind = random.below(3)
    if (kind === 0) return { id: nextId(), kind: 'void', voids: target.ref }
    return kind === 1 ? { ...scoring(), replaces: target.ref } : { ...scoring(), before: target.ref }
  }

  function make(): PlayInput {
    const share = random.next()
    if (share < 0.27) return correction() ?? scoring()
    return share < 0.4 ? other() : scoring()
  }

  return {
    page,
    get outbox() {
      return outbox.own
    },
    inOrder: () => order.filter(id => !everRefused.has(id)),
    act() {
      const count = random.chance(0.04) ? random.between(5, 15) : random.chance(0.2) ? random.between(2, 5) : 1
      const plays = Array.from({ length: count }, make)
      const game = page.store?.getView().game
      const [first] = plays
      if (first && game && random.chance(0.12)) {
        first.expectedSeq = game.seq
        if (random.chance(0.5)) first.epoch = game.epoch
      }
      order.push(...plays.map(play => play.id))
      world.note(`${name} makes ${plays.map(play => `${play.id} ${play.kind}`).join(', ')}`)
      outbox.own.add(plays)
    },
    settle(isLast) {
      for (const { play, refused } of outbox.own.getState().plays) {
        if (!refused) continue
        if (isLast || random.chance(0.6)) outbox.own.drop(play.id)
        else outbox.own.retry(play.id)
      }
      if (isLast) outbox.own.nudge()
    },
    reload() {
      outbox.close()
      outbox = open()
      arrived()
    },
    isIdle: () => !outbox.own.getState().plays.some(entry => isWaiting(entry)) && outbox.own.getState().plays.length === 0,
  }
}
