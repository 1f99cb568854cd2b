import type { Kysely } from 'kysely'
import { type Fold, openFold } from '#domain/fold.ts'
import type { Game, GameUpdate } from '#domain/game.ts'
import { isCorrection } from '#domain/log.ts'
import type { LoggedPlay, Play } from '#domain/play.ts'
import { foldPlay, replay } from '#domain/replay.ts'
import { type GameMeta, presentGame, presentUpdate } from '#server/games/present.ts'
import { gameRecord, membersOf, playsSince, toGameMeta, toPlay } from '#server/games/rows.ts'
import type { Sports } from '#server/games/sports.ts'
import type { Database } from '#server/storage/schema.ts'
import type { Store } from './store.ts'
import type { World } from './world.ts'

type Fields = [keyof GameUpdate, string][]

/** The log as the store has it, looked at after every write, and what a game reads like after any number of its plays. */
export interface Truth {
  readonly seq: number
  readonly epoch: string
  /** The same log under another epoch, as after a restore: whoever holds the old one has to load it anew. */
  renewEpoch(): void
  /** Epochs in the order they came; -1 for one that never was. */
  ageOf(epoch: string): number
  seqOf(id: string): number | undefined
  at(seq: number): LoggedPlay | undefined
  /** To be called whenever something may have been written. */
  look(): void
  /** What is wrong with a header shown under its seq; null when it is the fold of the first plays of the log. */
  wrongHeader(game: Game): string | null
  wrongPlay(play: Play): string | null
}

/** Every field that a play can change; when a header was made is not one of them, and its epoch is looked at by itself. */
const LEFT_OUT: ReadonlySet<string> = new Set(['updatedAt', 'epoch'])

const WHOLE = `select count(*) as plays, max(seq) as last, group_concat(id || ' ' || hash || ' ' || ord || '\n', '') as text
  from (select seq, id, hash, ord from plays where game_id = ? order by seq)`

function differences(before: string, now: string): string {
  const lines = now.split('\n')
  return before
    .split('\n')
    .flatMap((line, i) => (lines[i] === line ? [] : [`"${line}" at ${i + 1} is now "${lines[i]}"`]))
    .join(', ')
}

export function createTruth(world: World, store: Store, db: Kysely<Database>, sports: Sports, gameId: string): Truth {
  const log: LoggedPlay[] = []
  /** All that was ever written, in one text: what comes later only makes it longer. */
  let written = ''
  const seqs = new Map<string, number>()
  const headers = new Map<number, Fields>()
  const texts = new WeakMap<object, string>()
  const meta = readMeta()
  const epochs = [meta.epoch]
  const sport = sports.get(meta.sport)
  if (!sport) throw new Error(`no sport ${meta.sport}`)

  let newest: { seq: number; order: string; fold: Fold } = { seq: 0, order: '', fold: openFold(sport, meta.rules.values) }

  function readMeta(): GameMeta {
    const [[record], members] = store.read([gameRecord(db, gameId), membersOf(db, gameId)])
    return toGameMeta(record as never, members as never)
  }

  /** Folded from the first play, unless the newest merely follows on what was folded a moment ago. */
  function foldAt(seq: number): Fold {
    if (!sport) throw new Error('no sport')
    const play = log[seq - 1]
    const isNext = play && newest.seq === seq - 1 && !isCorrection(play) && play.order > newest.order
    const fold = isNext
      ? foldPlay(sport, meta.rules.values, newest.fold, play, undefined).fold
      : replay(sport, meta.rules.values, log.slice(0, seq)).fold
    const order = isNext
      ? play.order
      : String(
          log
            .slice(0, seq)
            .map(({ order }) => order)
            .sort()
            .at(-1),
        )
    newest = { seq, order, fold }
    return fold
  }

  function header(seq: number): Fields {
    const known = headers.get(seq)
    if (known) return known
    if (!sport) throw new Error('no sport')
    const update = presentUpdate(presentGame(sport, meta, foldAt(seq), seq, '', []))
    const fields = (Object.keys(update) as (keyof GameUpdate)[])
      .filter(key => !LEFT_OUT.has(key) && update[key] !== undefined)
      .map((key): [keyof GameUpdate, string] => [key, JSON.stringify(update[key])])
    headers.set(seq, fields)
    return fields
  }

  function textOf(value: unknown): string {
    if (value === null || typeof value !== 'object') return JSON.stringify(value)
    const known = texts.get(value)
    if (known !== undefined) return known
    const text = JSON.stringify(value)
    texts.set(value, text)
    return text
  }

  return {
    get seq() {
      return log.length
    },
    get epoch() {
      return epochs.at(-1) as string
    },
    renewEpoch() {
      const epoch = `epoch-${epochs.length}`
      store.run('update games set epoch = ? where id = ?', [epoch, gameId])
      epochs.push(epoch)
    },
    ageOf: epoch => epochs.indexOf(epoch),
    seqOf: id => seqs.get(id),
    at: seq => log[seq - 1],
    look() {
      const before = log.length
      const [whole] = store.run(WHOLE, [gameId])
      const [game] = store.run('select seq from games where id = ?', [gameId])
      const { plays, last } = whole as { plays: number; last: number | null }
      const text = String(whole?.text ?? '')
      if (game?.seq !== plays) return world.fail(`the game says seq ${game?.seq}, its log holds ${plays} plays`)
      if ((last ?? 0) !== plays) return world.fail(`a hole in the log: ${plays} plays up to seq ${last}`)
      if (!text.startsWith(written)) return world.fail(`the log was rewritten: ${differences(written, text)}`)
      written = text
      if (plays === before) return
      const [rows] = store.read([playsSince(db, gameId, before, 100_000)])
      for (const row of rows) {
        const known = seqs.get(row.id)
        if (known !== undefined) return world.fail(`${row.id} is in the log twice, at ${known} and ${row.seq}`)
        seqs.set(row.id, row.seq)
        log.push(toPlay(row))
        world.note(`log ${row.seq} ${row.id} ${row.kind}`)
      }
    },
    wrongHeader(game) {
      if (!epochs.includes(game.epoch)) return `epoch ${game.epoch}`
      if (game.seq > log.length) return `seq ${game.seq} of a log of ${log.length}`
      for (const [key, text] of header(game.seq)) {
        const shown = textOf(game[key])
        if (shown !== text) return `${key} of seq ${game.seq} is ${shown}, not ${text}`
      }
      return null
    },
    wrongPlay(play) {
      const known = log[play.seq - 1]
      if (!known) return `play ${play.seq} is not in the log`
      for (const key of ['id', 'kind', 'order', 'at', 'side', 'period', 'points', 'playerId', 'voids', 'replaces'] as const) {
        if (play[key] !== known[key]) return `${key} of play ${play.seq} is ${play[key]}, not ${known[key]}`
      }
      return null
    },
  }
}
