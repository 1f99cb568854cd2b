import { setTimeout as sleep } from 'node:timers/promises'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { SPORTS } from '#domain/sports/index.ts'
import type { Api, ApiError } from '#scripts/api.ts'
import { squadOf, type Team } from './cast.ts'
import type { Moment } from './pen.ts'
import { tellGame } from './story.ts'
import type { Fixture } from './timetable.ts'

/** The demo was taken out: nothing is left to play. */
export class DemoOver extends Error {}

export interface Stage {
  api: Api
  signal: AbortSignal
}

/** The longest time a play may have waited, says the API. */
const MOST_AGO_MS = 6 * 3_600_000
const BATCH = 250
const BREATH_MS = 60
const OVER = new Set(['final', 'forfeited', 'cancelled', 'abandoned'])

/**
 * Brings a game to where the timetable has it now, having created it if need be. Answers how it goes on from there; null when nothing is
 * left to do.
 */
export async function stageGame(stage: Stage, competitionId: string, fixture: Fixture): Promise<(() => Promise<void>) | null> {
  const { programme, startMs, wish } = fixture
  const created = await stage.api.post<{ game: Game }>('/api/v1/games', {
    sport: programme.sport,
    competitionId,
    home: sideOf(fixture, fixture.home),
    away: sideOf(fixture, fixture.away),
    startsAt: new Date(startMs).toISOString(),
    externalId: `demo ${competitionId} ${fixture.key}`,
    venue: fixture.home.venue,
    demo: true,
    ...(programme.rules ? { rules: programme.rules } : {}),
  })
  if (!created.ok) {
    if (isOver(created.error)) throw new DemoOver()
    return null
  }
  const { game } = created.body
  if (OVER.has(game.status) && game.official) return null
  if (startMs > Date.now() && wish !== 'postponed') {
    return async () => {
      await until(startMs, stage.signal)
      await follow(stage, game, await storyOf(fixture, game), startMs, 0)
    }
  }
  const moments = await storyOf(fixture, game)
  if (!(await isOurs(stage.api, game, moments))) return null
  const past = moments.filter(({ atMs }) => startMs + atMs <= Date.now()).length
  const isCaughtUp = await follow(stage, game, moments.slice(0, past), startMs, game.seq)
  if (!isCaughtUp || past === moments.length) return null
  return async () => void (await follow(stage, game, moments, startMs, Math.max(past, game.seq)))
}

function sideOf({ programme }: Fixture, { name, shortName, abbr, color }: Team) {
  return programme.isOfPersons ? { members: name.split(' / ').map(member => ({ name: member })) } : { name, shortName, abbr, color }
}

async function storyOf({ key, programme, home, away, wish }: Fixture, game: Game): Promise<Moment[]> {
  const sport = (await SPORTS[game.sport]?.())?.sport
  if (!sport) return []
  const cast = { home: squadOf(home, programme.squad), away: squadOf(away, programme.squad) }
  return tellGame(programme.tell, { sport, rules: game.rules.values, cast, seed: key, isCup: programme.isCup === true, wish })
}

/** Sends each play when its time has come; false when the game has been left to somebody else. */
async function follow({ api, signal }: Stage, game: Game, moments: readonly Moment[], startMs: number, from: number): Promise<boolean> {
  let sent = from
  while (sent < moments.length) {
    await until(startMs + (moments[sent]?.atMs ?? 0), signal)
    const now = Date.now()
    const due = moments.slice(sent, sent + BATCH).filter(({ atMs }) => startMs + atMs <= now)
    const plays = due.map(({ atMs, play }, i) => ({
      ...play,
      agoMs: Math.max(0, Math.min(MOST_AGO_MS, now - startMs - atMs)),
      // Whoever else scores a game of the demo has it from then on.
      ...(i === 0 ? { expectedSeq: sent } : {}),
    }))
    const answer = await api.post(`/api/v1/games/${game.id}/plays`, plays)
    if (!answer.ok) {
      await leave(api, game, answer.error)
      return false
    }
    sent += due.length
    if (due.length === BATCH) await sleep(BREATH_MS, undefined, { signal })
  }
  return true
}

/** Whether nobody else has written in it while this program was away. */
async function isOurs(api: Api, game: Game, moments: readonly Moment[]): Promise<boolean> {
  if (game.seq === 0) return true
  const expected = moments[game.seq - 1]?.play.id
  if (expected === undefined) return false
  const answer = await api.get<{ plays: Play[] }>(`/api/v1/games/${game.id}/plays?after=${game.seq - 1}&limit=1`)
  return answer.ok && answer.body.plays[0]?.id === expected
}

async function leave(api: Api, game: Game, error: ApiError): Promise<void> {
  if (error.code === 'AUTH_INVALID' || error.code === 'UNAUTHENTICATED') throw new DemoOver()
  if (error.code === 'UNKNOWN_GAME' || error.code === 'GONE') {
    const answer = await api.get(`/api/v1/games/${game.id}`)
    if (!answer.ok && answer.error.code === 'UNKNOWN_GAME') throw new DemoOver()
  }
  // A newer release may tell the rest of a game another way than it was begun: better broken off than live for ever.
  if (error.code === 'INVALID_PAYLOAD' || error.code === 'IDEMPOTENCY_MISMATCH') {
    await api.post(`/api/v1/games/${game.id}/plays`, {
      id: `broken-off-${game.id.slice(0, 8)}`,
      kind: 'status',
      data: { status: 'abandoned' },
    })
  }
}

/** No such competition any more, or no right to it. */
const isOver = ({ code }: ApiError) => code === 'NOT_FOUND' || code === 'FORBIDDEN' || code === 'AUTH_INVALID' || code === 'UNAUTHENTICATED'

async function until(ms: number, signal: AbortSignal): Promise<void> {
  // In stretches, so that a clock that is set meanwhile is noticed.
  for (let left = ms - Date.now(); left > 0; left = ms - Date.now()) await sleep(Math.min(left, 60_000), undefined, { signal })
}
