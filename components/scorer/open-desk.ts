import { connection } from '#components/live/connection.ts'
import { createGameStore } from '#components/live/game-store.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import { browserStore, browserTurn, deviceSender } from './browser.ts'
import { createDesk, type Desk } from './desk.ts'
import { createLogKeeper, createLogStore, type KeptLog, newerOf } from './kept-log.ts'
import { canKeepPages, keepThisPage } from './kept-page.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPlayIds, newSender } from './play-id.ts'
import { createPostPlays } from './post-plays.ts'
import { createSteady } from './steady.ts'

export interface ConsolePage {
  game: Game
  plays: readonly Play[]
  viewers: number
  /** The server's time when the page was drawn. */
  renderedAt: number
  /** Who is scoring. */
  accountId: string
}

export interface OpenDesk {
  desk: Desk
  outbox: Outbox
  /** Follows the game and sends what waits, until the returned function is called. */
  start(): () => void
}

/**
 * A desk on the browser's own parts. Made while the page is drawn, on the server too; nothing is opened before `start`.
 *
 * @param kept what this device knows of the game, where that may be more than the page does
 */
export function openDesk(sport: Sport, page: ConsolePage, kept: KeptLog | null): OpenDesk {
  const { viewers, renderedAt, accountId } = page
  const { game, plays } = newerOf(page, kept)
  const isBrowser = typeof window !== 'undefined'
  const request: typeof fetch = (...sent) => fetch(...sent)
  const sender = isBrowser ? deviceSender(game.id) : newSender()
  const steady = createSteady({ mono: () => performance.now(), wall: Date.now, page: newSender() })
  const store = createGameStore({ game, plays, viewers, fetch: request })
  const outbox = createOutbox({
    steady,
    store: isBrowser ? browserStore(game.id) : NOWHERE,
    turn: isBrowser ? browserTurn(game.id) : async () => false,
    post: createPostPlays(game.id, request),
    onSaved: answer => desk.learnRoster(answer.game.roster ?? []),
  })
  const now = () => (isBrowser ? connection(renderedAt).serverNow() : renderedAt)
  // What a sign-out has made the device forget is not written down again.
  let isForgotten = false
  const keeper = isBrowser && canKeepPages() ? createLogKeeper(createLogStore(accountId), now) : undefined
  const desk = createDesk({
    sport,
    store,
    outbox,
    steady,
    sender,
    accountId,
    nextId: createPlayIds(sender),
    now,
    firstView: game === page.game ? undefined : createGameStore({ game: page.game, plays: page.plays, viewers, fetch: request }).getView(),
    keepLog: keeper && (view => (isForgotten ? Promise.resolve() : keeper(view))),
  })

  return {
    desk,
    outbox,
    start() {
      const live = connection(renderedAt)
      let link = live.getState().link
      const onLink = () => {
        const now = live.getState().link
        if (now === 'live' && link !== 'live') outbox.nudge()
        link = now
      }
      const onSight = () => {
        if (!document.hidden) outbox.nudge()
      }
      const onOnline = () => outbox.nudge()
      const onForgotten = (is: boolean) => {
        isForgotten = is
      }
      const stops = [outbox.open(), store.follow(live), live.subscribe(onLink), keepThisPage(accountId, onForgotten)]
      document.addEventListener('visibilitychange', onSight)
      window.addEventListener('online', onOnline)
      window.addEventListener('pageshow', onSight)
      return () => {
        document.removeEventListener('visibilitychange', onSight)
        window.removeEventListener('online', onOnline)
        window.removeEventListener('pageshow', onSight)
        for (const stop of stops) stop()
      }
    },
  }
}

const NOWHERE = { read: async () => [], update: async () => {}, hold: () => {}, watch: () => () => {} }
