import { sayHere, saysOther } from '#components/game/say.ts'
import type { GameStore, GameView } from '#components/live/game-store.ts'
import { type Fold, view } from '#domain/fold.ts'
import type { Game, RosterEntry } from '#domain/game.ts'
import type { Play, PlayInput } from '#domain/play.ts'
import type { FoldedPlay } from '#domain/replay.ts'
import type { Sport } from '#domain/sport.ts'
import type { Draft } from './moves.ts'
import { nameOf } from './naming.ts'
import { continueLedger, foldOverlay, type Ledger, type Overlay, openLedger, overlay, type Pending, standInName } from './optimist.ts'
import { isWaiting, type Outbox, type OutboxState } from './outbox.ts'
import { isFrom } from './play-id.ts'
import type { Steady } from './steady.ts'

/** A line of the scorer's log, in order of play. */
export interface Row extends FoldedPlay {
  text: string
  /** As a key would call it: `Bears +3`. */
  name: string
  isMine: boolean
  /** Not on the server yet, as far as this device knows. */
  isAhead: boolean
}

/** Everything the console draws. */
export interface DeskState {
  /** The game with everything on its way already counted. */
  game: Game
  fold: Fold | null
  rows: readonly Row[]
  /** The newest play the server is known to have. */
  savedSeq: number
  waiting: number
  /** When the oldest play that waits was made, by the server's clock, ms. */
  oldestAt: number | null
  /** Refused plays, to be looked at. */
  review: OutboxState['plays']
  outbox: OutboxState
  /** When another device last added a play, by the server's clock; null if none has. */
  othersAt: number | null
  /** Whose that device is, where the log says. */
  others: 'own' | 'person' | 'feed' | null
  isGone: boolean
  /** The log reaches back to the first play; until then nothing can be counted ahead. */
  isWhole: boolean
}

export type Acted = { ok: true; ids: string[] } | { ok: false; why: string }

export interface Desk {
  getState(): DeskState
  /** As the server drew it: without what this device alone knows. */
  getFirstState(): DeskState
  subscribe(listener: () => void): () => void
  /** Shows and sends what was done; refuses what cannot be where the game stands. */
  act(drafts: readonly Draft[]): Acted
  /** The game as it would stand, without doing it; null where it cannot be done. */
  preview(drafts: readonly Draft[]): Game | null
  /** Adds a name or a detail to a play just made: in place while nobody can have it, else as its newer form. */
  addTo(id: string, change: Partial<Draft>): Acted
}

export interface DeskOptions {
  sport: Sport
  store: Pick<GameStore, 'getView' | 'subscribe'>
  outbox: Outbox
  steady: Steady
  nextId(): string
  sender: string
  /** Who is scoring here. */
  accountId?: string
  /** The server's time, ms since 1970. */
  now(): number
  /** What the server drew, where the store already knows more. */
  firstView?: GameView
  /** Writes the log down on this device; a play that is in it leaves the outbox only then, so that a reload finds it in one of the two. */
  keepLog?(view: GameView): Promise<void>
}

/** The console without its looks: what the server has, what is on its way, and the game both make. */
export function createDesk(options: DeskOptions): Desk & { learnRoster(roster: readonly RosterEntry[]): void } {
  const { sport, store, outbox, steady, nextId, sender, accountId, now, firstView, keepLog } = options
  const listeners = new Set<() => void>()
  const madeAt = new Map<string, string>()
  let stops: (() => void)[] = []
  let learned: readonly RosterEntry[] = []
  let rostered: { from: Game; learned: readonly RosterEntry[]; game: Game } | null = null
  const told = new WeakMap<FoldedPlay, Row>()
  let base: { ledger: Ledger; ids: ReadonlySet<string> } | null = null
  let drawn: { view: GameView; box: OutboxState; learned: readonly RosterEntry[]; state: DeskState } | null = null

  function baseNow({ plays, game }: GameView) {
    if (base?.ledger.log === plays) return base
    const rules = game.rules.values
    const ledger = base ? continueLedger(sport, rules, base.ledger, plays) : openLedger(sport, rules, plays)
    base = { ledger, ids: new Set(plays.map(play => play.id)) }
    return base
  }

  function pendingOf(box: OutboxState): Pending[] {
    return box.plays.filter(entry => !entry.refused).map(({ play, made }) => ({ play, at: atOf(play.id, steady.ago(made)) }))
  }
  function atOf(id: string, agoMs: number): string {
    const at = madeAt.get(id) ?? new Date(now() - agoMs).toISOString()
    madeAt.set(id, at)
    return at
  }

  function draw(): DeskState {
    const shown = store.getView()
    const box = outbox.getState()
    if (drawn && drawn.view === shown && drawn.box === box && drawn.learned === learned) return drawn.state
    const state = drawFrom(shown, box, drawn?.state ?? null)
    drawn = { view: shown, box, learned, state }
    return state
  }

  function drawFrom(shown: GameView, box: OutboxState, before: DeskState | null): DeskState {
    const roster = rosterOf(shown.game.roster, learned)
    const waiting = box.plays.filter(isWaiting)
    const oldest = waiting[0]
    const common = {
      savedSeq: Math.max(shown.plays.at(-1)?.seq ?? 0, ...box.plays.map(({ saved }) => saved?.seq ?? 0)),
      waiting: waiting.length,
      oldestAt: oldest ? Date.parse(atOf(oldest.play.id, steady.ago(oldest.made))) : null,
      review: box.plays.filter(entry => entry.refused),
      outbox: box,
      ...othersOf(shown.plays),
      isGone: shown.isGone,
    }
    if (!shown.hasWholeLog) return { ...common, game: { ...shown.game, roster }, fold: null, rows: [], isWhole: false }
    const { ledger } = baseNow(shown)
    // The scorer's own network state changes oftener than the game: what is drawn of it stays as it is.
    if (before?.isWhole && drawn && drawn.view === shown && drawn.learned === learned && drawn.box.plays === box.plays)
      return { ...common, game: before.game, fold: before.fold, rows: before.rows, isWhole: true }
    const over = overlay(sport, shown.game.rules.values, ledger.head, pendingOf(box), roster)
    const game = gameOf(shown.game, over.fold, roster)
    const isWaitingPlay = new Set(waiting.map(({ play }) => play.id))
    const rows = foldOverlay(sport, game.rules.values, ledger, over).map(row => tellRow(game, row, isWaitingPlay.has(row.play.id)))
    return { ...common, game, fold: over.fold, rows, isWhole: true }
  }

  function gameOf(game: Game, fold: Fold, roster: RosterEntry[]): Game {
    return { ...game, ...fold.edits, ...view(sport, game.rules.values, fold), roster }
  }

  /** The same row for the same play as long as nothing about it changes, so that a long log is drawn once. */
  function tellRow(game: Game, folded: FoldedPlay, isAhead: boolean): Row {
    const known = told.get(folded)
    if (known && known.isAhead === isAhead) return known
    const { play } = folded
    const row: Row = {
      ...folded,
      text: textOf(game, folded),
      name: nameOf(sport, game.rules.values, game, play, folded.period),
      isMine: isFrom(play.id, sender),
      isAhead,
    }
    told.set(folded, row)
    return row
  }

  /** A start or an end by the name of its period, also where the play names none: where it stands the log knows which. */
  function textOf(game: Game, { play, counts, period, periodLabel, marks }: FoldedPlay): string {
    const isBound = play.kind === 'periodStart' || play.kind === 'periodEnd'
    const standIn = standInName
    if (!isBound || !counts || play.period !== undefined) {
      const { text, facts } = play as Partial<Play>
      return text !== undefined && !saysOther(facts, marks.facts) ? text : sayHere(sport, game, play, { facts: marks.facts, standIn })
    }
    const name = sport.timed ? sport.timed.period(period, game.rules.values)?.name : periodLabel
    return sayHere(sport, game, play, { periodName: name ?? `${sport.labels.period} ${period}`, standIn })
  }

  function othersOf(plays: readonly Play[]): Pick<DeskState, 'othersAt' | 'others'> {
    const last = plays.findLast(play => !isFrom(play.id, sender))
    if (!last) return { othersAt: null, others: null }
    const others = !last.by ? null : last.by.startsWith('token:') ? 'feed' : last.by === `user:${accountId}` ? 'own' : 'person'
    return { othersAt: Date.parse(last.at), others }
  }

  function lay(added: readonly Pending[]): { over: Overlay; shown: GameView } | null {
    const shown = store.getView()
    if (!shown.hasWholeLog) return null
    const pending = [...pendingOf(outbox.getState()), ...added]
    return {
      over: overlay(sport, shown.game.rules.values, baseNow(shown).ledger.head, pending, rosterOf(shown.game.roster, learned)),
      shown,
    }
  }

  const tell = () => {
    for (const listener of listeners) listener()
  }

  let first: DeskState | null = null
  const desk = {
    getState: draw,
    getFirstState() {
      first ??= anonymous(drawFrom(firstView ?? store.getView(), { ...outbox.getState(), plays: [] }, null))
      return first
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      if (stops.length === 0) {
        stops = [store.subscribe(onLog), outbox.subscribe(tell)]
        onLog()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        for (const stop of stops) stop()
        stops = []
      }
    },
    act(drafts: readonly Draft[]): Acted {
      const at = new Date(now()).toISOString()
      const plays = drafts.map(draft => compact({ id: nextId(), ...draft }))
      const laid = lay(plays.map(play => ({ play, at })))
      const why = laid && plays.map(play => laid.over.refused.get(play.id)).find(reason => reason !== undefined)
      if (why) return { ok: false, why }
      for (const play of plays) madeAt.set(play.id, at)
      outbox.add(plays)
      return { ok: true, ids: plays.map(play => play.id) }
    },
    preview(drafts: readonly Draft[]): Game | null {
      const at = new Date(now()).toISOString()
      const plays = drafts.map((draft, i) => compact({ id: `preview-${i}`, ...draft }))
      const laid = lay(plays.map(play => ({ play, at })))
      if (!laid || plays.some(play => laid.over.refused.has(play.id))) return null
      return gameOf(laid.shown.game, laid.over.fold, laid.shown.game.roster)
    },
    addTo(id: string, change: Partial<Draft>): Acted {
      const box = outbox.getState()
      const own = box.plays.find(({ play }) => play.id === id)?.play
      const logged = own ?? store.getView().plays.find(play => play.id === id)
      if (!logged) return { ok: false, why: 'That play is not there any more.' }
      const changed = mergePlay(logged, change)
      if (own && outbox.amend(compact({ ...own, ...changed }))) return { ok: true, ids: [id] }
      return desk.act([{ ...changed, before: undefined, replaces: id }])
    },
    learnRoster(roster: readonly RosterEntry[]) {
      if (roster.every(({ id }) => learned.some(known => known.id === id))) return
      learned = roster
      if (keepLog && store.getView().hasWholeLog) void keepLog(withRoster(store.getView()))
      tell()
    },
  }

  function onLog(): void {
    const shown = store.getView()
    if (!keepLog) takeArrived()
    else if (shown.hasWholeLog || shown.isGone) void keepLog(withRoster(shown)).then(takeArrived)
    tell()
  }

  /** A name that was typed at this table is known from its answer, before the update comes. */
  function withRoster(shown: GameView): GameView {
    if (learned.length === 0) return shown
    if (rostered?.from !== shown.game || rostered.learned !== learned)
      rostered = { from: shown.game, learned, game: { ...shown.game, roster: rosterOf(shown.game.roster, learned) } }
    return { ...shown, game: rostered.game }
  }

  function takeArrived(): void {
    const shown = store.getView()
    if (!shown.hasWholeLog) return
    const { ids } = baseNow(shown)
    outbox.arrived({ epoch: shown.game.epoch, seq: shown.plays.at(-1)?.seq ?? 0, has: id => ids.has(id) })
  }
  return desk
}

const anonymous = (state: DeskState): DeskState => ({
  ...state,
  othersAt: null,
  others: null,
  rows: state.rows.map(row => ({ ...row, isMine: false })),
})

/** What a play carries besides its place in the log, with something added; null takes something away. */
function mergePlay(play: PlayInput | Play, change: Partial<Draft>): Draft {
  const { kind, side, period, clockMs, points, playerId, data } = play
  const player = 'player' in play ? play.player : undefined
  const data2 = change.data ? { ...data, ...change.data } : data
  const who =
    change.player !== undefined || change.playerId !== undefined
      ? { player: change.player, playerId: change.playerId }
      : { player, playerId }
  return { kind, side, period, clockMs, points, ...change, ...who, data: data2 }
}

const compact = (play: PlayInput): PlayInput =>
  Object.fromEntries(Object.entries(play).filter(([, value]) => value !== undefined)) as unknown as PlayInput

function rosterOf(roster: readonly RosterEntry[], learned: readonly RosterEntry[]): RosterEntry[] {
  const known = new Set(roster.map(({ id }) => id))
  return [...roster, ...learned.filter(({ id }) => !known.has(id))]
}
