import { z } from 'zod'
import { ERROR_STATUS } from '#domain/errors.ts'
import { HOWS, STATUSES } from '#domain/game.ts'
import { playEnvelope } from '#domain/schema.ts'
import { adminPaths } from './admin/openapi.ts'
import type { Sports } from './games/sports.ts'
import {
  choice,
  failed,
  flag,
  list,
  maybe,
  object,
  placeholder,
  query,
  read,
  ref,
  type Schema,
  text,
  time,
  whole,
  write,
} from './openapi-parts.ts'
import { standingsChange, standingsMade, standingsRow, standingsRules } from './openapi-standings.ts'

const score = object({ home: whole, away: whole })
const named = object({ id: text, name: text })
const sideFields = {
  id: text,
  name: text,
  shortName: text,
  abbr: text,
  color: maybe(text),
  kind: choice(['team', 'person', 'pair']),
  members: list(named),
}
const side = object(sideFields, ['members'])
const team = object({ ...sideFields, competitionId: { ...maybe(text), description: 'Where it belongs.' } }, ['members'])
const game = object(
  {
    id: text,
    sport: text,
    organisation: named,
    competition: maybe(named),
    season: maybe(named),
    round: maybe(named),
    home: side,
    away: side,
    venue: maybe(text),
    neutral: flag,
    displayOrder: choice(['home-first', 'away-first']),
    startsAt: maybe(time),
    timeZone: text,
    visibility: choice(['public', 'unlisted', 'private']),
    demo: flag,
    rules: object({ pack: text, version: text, values: { type: 'object' } }),
    partOf: { ...text, description: 'Of a match: the tie.' },
    parts: { ...list(text), description: 'Of a tie: its matches. What they have come to stands in `detail.parts`.' },
    status: choice(STATUSES),
    statusReason: { ...maybe(text), description: `How it ended (${HOWS.join(', ')}), or why it waits.` },
    statusUntil: maybe(time),
    official: flag,
    underReview: flag,
    epoch: { ...text, description: 'Compared only for equality. Another epoch renumbers the plays.' },
    seq: whole,
    period: maybe(object({ number: whole, kind: text, label: text })),
    clock: maybe(object({ running: flag, direction: choice(['up', 'down']), valueMs: whole, asOf: time })),
    score,
    linescore: object({
      columns: list(object({ label: text, home: maybe(whole), away: maybe(whole), tiebreak: score }, ['tiebreak'])),
    }),
    winner: maybe(choice(['home', 'away', 'draw'])),
    detail: { type: 'object', description: "The sport's own: see /sports." },
    roster: list(object({ id: text, side: choice(['home', 'away']), name: text, number: maybe(text) })),
    chat: flag,
    updatedAt: time,
  },
  ['partOf', 'parts'],
)
const play = object(
  {
    seq: { ...whole, description: 'Order of arrival, 1, 2, 3 … without holes in one epoch.' },
    order: { ...text, description: 'Sorts bytewise by order of play.' },
    id: text,
    kind: text,
    at: time,
    side: choice(['home', 'away']),
    period: whole,
    clockMs: whole,
    points: whole,
    playerId: text,
    data: { type: 'object', description: 'By the kind; people named in it are ids of the roster.' },
    voids: whole,
    replaces: whole,
    by: { ...text, description: 'Only for who may score the game.' },
    warnings: list(text),
    facts: {
      type: 'object',
      description: 'What the sentence knows of where the game stood: a power play, the how-manieth foul. By the sport.',
    },
    ignored: { ...text, description: 'Why it counts for nothing where it stands now.' },
    voidedBy: whole,
    replacedBy: whole,
    text: { ...text, description: 'The play as a sentence.' },
  },
  [
    'side',
    'period',
    'clockMs',
    'points',
    'playerId',
    'data',
    'voids',
    'replaces',
    'by',
    'warnings',
    'facts',
    'ignored',
    'voidedBy',
    'replacedBy',
  ],
)
const error = object({
  error: object(
    {
      code: choice(Object.keys(ERROR_STATUS)),
      message: text,
      path: text,
      index: whole,
      retryable: flag,
      retryAfterMs: whole,
      errorId: text,
    },
    ['path', 'index', 'retryable', 'retryAfterMs', 'errorId'],
  ),
})

const cells = { type: 'object', additionalProperties: { type: ['number', 'string', 'null'] }, description: 'Figures by column.' }
const note = object(
  {
    text: { ...text, description: 'Beside the name; `{fielder}` stands for the player whose id `people` holds under that name.' },
    people: { type: 'object', additionalProperties: text },
  },
  ['people'],
)
const boxTable = object(
  {
    id: text,
    title: text,
    side: { ...choice(['home', 'away']), description: 'Whose it is; of both sides without.' },
    columns: list(object({ key: text, label: text, name: text })),
    rows: list(object({ playerId: { ...text, description: 'Of the roster.' }, label: text, note, cells }, ['playerId', 'label', 'note'])),
    total: cells,
    totalNote: text,
    part: { ...object({ id: text, side: choice(['home', 'away']), title: text }), description: 'Of tables that stand together.' },
    others: {
      ...object({ label: text, most: whole }),
      description: 'What those of the side without a row are, where it has no more than `most`.',
    },
  },
  ['side', 'total', 'totalNote', 'part', 'others'],
)

const standing = object(
  {
    id: text,
    name: text,
    isSide: { ...flag, description: 'Typed as the name of a side: a person’s, or a club’s.' },
    games: list(object({ id: text, sport: text, startsAt: maybe(time), home: text, away: text })),
    gameCount: whole,
  },
  ['isSide'],
)

const gameId = placeholder('gameId')
/** The HTTP interface as an OpenAPI 3.1 document, with every sport's kinds named. */
export function describeApi(sports: Sports): { paths: Record<string, object> } & Schema {
  const kinds = Object.fromEntries([...sports.values()].map(sport => [sport.id, Object.keys(sport.kinds)]))
  const envelope = z.toJSONSchema(playEnvelope, { unrepresentable: 'any', io: 'input' }) as Schema
  const { $schema: _dialect, ...input } = envelope
  const plays = object({ seq: whole, epoch: text, game: ref('Game'), plays: list(ref('Play')) })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sideline',
      version: '1',
      description:
        'Live scores. Public games are read without a sign-in; plays are written with a token or a session. A method that an address does ' +
        'not have is answered 405 with `Allow`. While the server stops, writes are answered 503 `DRAINING`: send them again, with the same id.',
    },
    servers: [{ url: '/api/v1' }],
    paths: {
      '/sports': { get: read('Every sport with its kinds, actions, periods and rule packs', object({ sports: list({ type: 'object' }) })) },
      '/competitions': {
        get: read('All competitions', object({ competitions: list(ref('Competition')) })),
        post: write(
          'Create a competition',
          object({ name: text, sport: choice([...sports.keys()]), standings: standingsRules }, ['standings']),
          object({ competition: ref('Competition') }),
        ),
      },
      '/competitions/{competitionId}': {
        get: read('One competition, with all that its table is made by', object({ competition: ref('CompetitionRules') }), [
          placeholder('competitionId'),
        ]),
        patch: write(
          'Another name, another way to count; of `standings`, what is named takes the place of what was said, and null is what is usual',
          object({ name: text, standings: standingsChange }, ['name', 'standings']),
          object({ competition: ref('CompetitionRules') }),
          [placeholder('competitionId')],
          200,
        ),
        delete: write(
          'Delete a competition with its games to come; 409 `CONFLICT` once one was played',
          null,
          object({ ok: flag }),
          [placeholder('competitionId')],
          200,
        ),
      },
      '/competitions/{competitionId}/standings': {
        get: read(
          'The table, with the rule that separates each row from the next',
          object({ competition: ref('Competition'), rows: list(standingsRow) }),
          [placeholder('competitionId')],
        ),
      },
      '/games': {
        get: read('Games by start, then id', object({ games: list(ref('Game')), cursor: maybe(text) }), [
          query('date', { type: 'string', format: 'date' }, 'A day in `tz`.'),
          query('tz', text),
          query('status', text, 'A comma list; `live` includes `break`.'),
          query('competition', text),
          query('sport', text),
          query('team', text),
          query('cursor', text),
          query('limit', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
        ]),
        post: write('Create a game; the same externalId again answers the first one', ref('NewGame'), object({ game: ref('Game') })),
      },
      '/games/{gameId}': {
        get: read('One game', object({ game: ref('Game') }), [gameId, query('seq', whole, 'As of this play.')]),
        patch: write(
          'Other sides for a game that has not begun: the players of a match, or a team that was taken for another',
          object({ home: ref('NewSide'), away: ref('NewSide') }, ['home', 'away']),
          object({ game: ref('Game') }),
          [gameId],
          200,
        ),
        delete: write('Delete a game', null, object({ ok: flag }), [gameId], 200),
      },
      '/games/{gameId}/plays': {
        get: read('The log', object({ plays: list(ref('Play')), epoch: text, seq: whole }), [
          gameId,
          query('after', whole),
          query('limit', { type: 'integer', minimum: 1, maximum: 1000 }),
        ]),
        post: write(
          'Record a play, or up to 500 as one transaction',
          { anyOf: [ref('PlayInput'), { type: 'array', items: ref('PlayInput'), minItems: 1, maxItems: 500 }] },
          plays,
          [gameId],
        ),
      },
      '/games/{gameId}/box': {
        get: read('The box score: of each side, then of both; no tables where a sport has none', ref('BoxScore'), [gameId]),
      },
      '/games/{gameId}/stream': {
        get: {
          summary: 'Server-Sent Events: `snapshot`, then `update`; resumes by Last-Event-ID',
          parameters: [gameId, { name: 'Last-Event-ID', in: 'header', schema: text }],
          responses: { ...failed, 200: { description: 'A stream', content: { 'text/event-stream': { schema: text } } } },
        },
      },
      '/games/{gameId}/chat': {
        get: read('The chat, oldest first', object({ messages: list(ref('ChatMessage')) }), [
          gameId,
          query('before', whole),
          query('limit', whole),
        ]),
      },
      '/games/{gameId}/chat/{messageId}': {
        patch: write(
          'Let whoever wrote a message write no more in this chat, or again',
          object({ muted: flag }),
          object({ muted: flag }),
          [gameId, placeholder('messageId')],
          200,
        ),
        delete: write('Take a message out', null, object({ ok: flag }), [gameId, placeholder('messageId')], 200),
      },
      '/teams/{teamId}': {
        patch: write(
          'Call a side otherwise, in every game there is of it; who is a side by person is named by `members`, as many as they are',
          object({ name: text, members: list(object({ name: text })), shortName: maybe(text), abbr: maybe(text), color: maybe(text) }, [
            'name',
            'members',
            'shortName',
            'abbr',
            'color',
          ]),
          object({ team: ref('Team') }),
          [placeholder('teamId')],
          200,
        ),
      },
      '/people': {
        get: write(
          'People of rosters and sides, and sides, whose name holds this one, at most 100, with games where they stand, the newest 10 of each',
          null,
          object({ people: list(standing) }),
          [{ ...query('name', text), required: true }],
          200,
        ),
      },
      '/people/{personId}': {
        delete: write(
          'Take a name away everywhere; the plays stay, and again is the same',
          null,
          object({ ok: flag }),
          [placeholder('personId')],
          200,
        ),
      },
      '/announcements': {
        get: read('What holds now', object({ announcements: list(ref('Announcement')) })),
        post: write('Say something to everybody', object({ text, until: time }, ['until']), object({ announcement: ref('Announcement') })),
      },
      '/announcements/{announcementId}': {
        delete: write('Take an announcement back', null, object({ ok: flag }), [placeholder('announcementId')], 200),
      },
      '/setup': {
        post: {
          ...write(
            'Become the owner of a new installation, with the one-time token it printed',
            object({ setupToken: text, email: text, name: text, password: text }),
            object({ user: object({ id: text, name: text, email: text }) }),
          ),
          security: [],
        },
      },
      ...adminPaths,
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'sideline' } },
      schemas: {
        Game: game,
        Play: play,
        BoxScore: object({ epoch: text, seq: whole, tables: list(boxTable) }),
        PlayInput: { ...input, 'x-kinds': kinds },
        NewGame: object(
          {
            sport: choice([...sports.keys()]),
            home: ref('NewSide'),
            away: ref('NewSide'),
            startsAt: maybe(time),
            competitionId: text,
            rules: object({ pack: text, version: text, values: { type: 'object' } }, ['pack', 'version', 'values']),
            externalId: text,
            visibility: choice(['public', 'unlisted', 'private']),
            venue: text,
            neutral: flag,
            timeZone: text,
            displayOrder: choice(['home-first', 'away-first']),
            partOf: {
              ...text,
              description: 'The tie it is a match of: a game with the rule pack `tie`, or one without plays, which becomes one.',
            },
          },
          ['competitionId', 'rules', 'externalId', 'visibility', 'venue', 'neutral', 'timeZone', 'displayOrder', 'partOf'],
        ),
        NewSide: {
          anyOf: [
            object({ name: text, color: text, abbr: text, shortName: text }, ['color', 'abbr', 'shortName']),
            object({ id: text }),
            object({ members: list(object({ name: text })) }),
          ],
        },
        Team: team,
        Competition: object({ id: text, name: text, sport: text }),
        CompetitionRules: object({ id: text, name: text, sport: text, standings: standingsMade }),
        ChatMessage: object({ id: text, n: whole, name: text, guest: flag, text, at: time, muted: flag }, ['muted']),
        Announcement: object({ id: text, text, at: time, until: maybe(time) }),
        Error: error,
      },
    },
  }
}
