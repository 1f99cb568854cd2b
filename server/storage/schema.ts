import type { ColumnType } from 'kysely'

/** 0 or 1 in the database; a boolean is turned on its way in. */
export type Flag = ColumnType<0 | 1, boolean | 0 | 1, boolean | 0 | 1>
/** Milliseconds since 1970. */
export type Time = number
/** JSON as text: written and read by whoever owns the column. */
export type Json = string
/** A column that may be left out of an insert, and is null then. */
export type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>
/** A column with a default in the database. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>
type DefaultedFlag = ColumnType<0 | 1, boolean | 0 | 1 | undefined, boolean | 0 | 1>

/** Ids and names are text everywhere. Names are unique within their organisation. */
export interface Database {
  organisations: OrganisationTable
  competitions: CompetitionTable
  seasons: SeasonTable
  rounds: RoundTable
  teams: TeamTable
  persons: PersonTable
  team_members: TeamMemberTable
  games: GameTable
  plays: PlayTable
  marks: MarkTable
  checkpoints: CheckpointTable
  rosters: RosterTable
  results: ResultTable
  chat_messages: ChatMessageTable
  chat_mutes: ChatMuteTable
  announcements: AnnouncementTable
  tokens: TokenTable
  grants: GrantTable
  settings: SettingTable
  audit: AuditTable
  user: UserTable
  session: SessionTable
  account: AccountTable
  verification: VerificationTable
}

export interface OrganisationTable {
  id: string
  name: string
  slug: string
  created_at: Time
}

export interface CompetitionTable {
  id: string
  organisation_id: string
  name: string
  sport: string
  standings: Optional<Json>
  rules: Optional<Json>
  demo: DefaultedFlag
  created_at: Time
}

export interface SeasonTable {
  id: string
  organisation_id: string
  competition_id: string
  name: string
  starts_at: Optional<Time>
  ends_at: Optional<Time>
}

export interface RoundTable {
  id: string
  organisation_id: string
  competition_id: string
  season_id: Optional<string>
  name: string
  number: Optional<number>
}

/** A side: a team, a person or a pair. */
export interface TeamTable {
  id: string
  organisation_id: string
  /** Empty: of no competition. Not null, since two nulls are never equal and names would not be unique. */
  competition_id: Defaulted<string>
  kind: 'team' | 'person' | 'pair'
  /** Of a person or a pair of whom somebody was erased: its id, which no name is like; it is called by its members then. */
  name: string
  short_name: string
  abbr: string
  color: Optional<string>
  /** Stable, unique within the organisation. */
  number: number
  created_at: Time
}

/** Erasing a person takes the name away and leaves the row, so that plays keep what they point to. */
export interface PersonTable {
  id: string
  organisation_id: string
  name: string
  erased_at: Optional<Time>
  created_at: Time
}

export interface TeamMemberTable {
  team_id: string
  person_id: string
  position: number
}

export interface GameTable {
  id: string
  organisation_id: string
  competition_id: Optional<string>
  season_id: Optional<string>
  round_id: Optional<string>
  sport: string
  home_id: string
  away_id: string
  venue: Optional<string>
  neutral: DefaultedFlag
  display_order: Defaulted<'home-first' | 'away-first'>
  starts_at: Optional<Time>
  /** IANA name. */
  time_zone: string
  visibility: Defaulted<'public' | 'unlisted' | 'private'>
  demo: DefaultedFlag
  external_id: Optional<string>
  part_of: Optional<string>
  pack: string
  pack_version: string
  /** The rules' values as they hold for this game. */
  rules: Json
  /** Version of the sport's reducer that made `state`. */
  reducer: number
  epoch: string
  /** The newest play; 0 before the first. */
  seq: Defaulted<number>
  /** The greatest `ord` of its plays. */
  last_order: Optional<string>
  status: string
  status_reason: Optional<string>
  official: DefaultedFlag
  under_review: DefaultedFlag
  home_score: Defaulted<number>
  away_score: Defaulted<number>
  winner: Optional<'home' | 'away' | 'draw'>
  chat: DefaultedFlag
  deleted_at: Optional<Time>
  created_at: Time
  updated_at: Time
  /** What edits may change, as the game was created: `{startsAt, venue, …}`. The columns of these names hold what stands now. */
  row: Json
  /** The fold at `seq`. Last, since it is long and lists do not read it. */
  state: Json
}

/** The log. Rows are never changed. */
export interface PlayTable {
  game_id: string
  seq: number
  /** The sender's own. */
  id: string
  /** Of the content as sent: tells a repeat from another play with the same id. */
  hash: string
  kind: string
  side: Optional<'home' | 'away'>
  period: Optional<number>
  clock_ms: Optional<number>
  points: Optional<number>
  player_id: Optional<string>
  data: Optional<Json>
  voids: Optional<number>
  replaces: Optional<number>
  /** The seq this play voids or replaces, null for an ordinary play: finds a game's corrections without reading its log. */
  corrects: Optional<number>
  /** Sorts bytewise by order of play. */
  ord: string
  at: Time
  by: Optional<string>
}

/** What the fold says about plays that are not plain. Derived, may be rewritten. */
export interface MarkTable {
  game_id: string
  seq: number
  ignored: Optional<string>
  warnings: Optional<Json>
  facts: Optional<Json>
  voided_by: Optional<number>
  replaced_by: Optional<number>
}

/** The fold after the play at `ord`. Derived, may be dropped. */
export interface CheckpointTable {
  game_id: string
  ord: string
  /** How many plays stand up to and including `ord`. */
  plays: number
  state: Json
}

export interface RosterTable {
  game_id: string
  side: 'home' | 'away'
  person_id: string
  number: Optional<string>
}

/** Official results, as they were made official. */
export interface ResultTable {
  game_id: string
  epoch: string
  seq: number
  at: Time
  result: Json
  hash: string
}

export interface ChatMessageTable {
  game_id: string
  /** 1, 2, 3 … within the game. */
  n: number
  id: string
  account_id: Optional<string>
  name: string
  guest: Flag
  text: string
  at: Time
  removed_at: Optional<Time>
  ip_hash: Optional<string>
}

export interface ChatMuteTable {
  game_id: string
  /** An account's id, or `guest` and the pseudonym of an address. */
  writer: string
  at: Time
  by: string
}

export interface AnnouncementTable {
  id: string
  organisation_id: string
  text: string
  at: Time
  until: Optional<Time>
}

export interface TokenTable {
  id: string
  organisation_id: string
  name: string
  hash: string
  /** Array of scopes. */
  scopes: Json
  /** Arrays of ids; null: not limited. */
  games: Optional<Json>
  competitions: Optional<Json>
  /** Plays a second; null: unlimited. */
  rate: Optional<number>
  created_at: Time
  expires_at: Optional<Time>
  last_used_at: Optional<Time>
  revoked_at: Optional<Time>
}

/** Limits a scorer to a game or a competition; the other of the two is empty. */
export interface GrantTable {
  user_id: string
  game_id: Defaulted<string>
  competition_id: Defaulted<string>
  created_at: Time
}

export interface SettingTable {
  organisation_id: string
  key: string
  value: Json
}

export interface AuditTable {
  id: string
  organisation_id: string
  at: Time
  actor: string
  action: string
  target: Optional<string>
  detail: Optional<Json>
}

/** better-auth's tables, with its names; it writes times as ISO text and flags as 0 or 1, on either database. */
export interface UserTable {
  id: string
  name: string
  email: string
  emailVerified: Flag
  image: Optional<string>
  createdAt: string
  updatedAt: string
  role: Optional<string>
  banned: Optional<0 | 1>
  banReason: Optional<string>
  banExpires: Optional<string>
}

export interface SessionTable {
  id: string
  expiresAt: string
  token: string
  createdAt: string
  updatedAt: string
  ipAddress: Optional<string>
  userAgent: Optional<string>
  userId: string
  impersonatedBy: Optional<string>
}

export interface AccountTable {
  id: string
  accountId: string
  providerId: string
  userId: string
  accessToken: Optional<string>
  refreshToken: Optional<string>
  idToken: Optional<string>
  accessTokenExpiresAt: Optional<string>
  refreshTokenExpiresAt: Optional<string>
  scope: Optional<string>
  password: Optional<string>
  createdAt: string
  updatedAt: string
}

export interface VerificationTable {
  id: string
  identifier: string
  value: string
  expiresAt: string
  createdAt: string
  updatedAt: string
}
