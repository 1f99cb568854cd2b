import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { findChromium } from '#scripts/setup/chromium.mjs'

/** A test that attacks: its file, and words of its title. */
export interface Attack {
  file: string
  title: string
}

/** A longer form, or one that needs what not every machine has. */
export interface LongAttack {
  what: string
  file: string
  /** Only the tests of the file whose titles carry this. */
  only?: string
  env?: Readonly<Record<string, string>>
  /** Why it cannot run here; null when it can. */
  needs?: () => string | null
}

export interface Row {
  id: string
  fault: string
  holds: string
  short: readonly Attack[]
  long: readonly LongAttack[]
}

const has = (program: string) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const isRoot = () => process.getuid?.() === 0

const strace = () => {
  if (!has('strace')) return 'strace is not installed'
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' })
    return null
  } catch {
    return 'strace may not trace here'
  }
}
const nft = () => {
  if (!isRoot()) return 'dropping packets takes root'
  if (!has('nft')) return 'nft is not installed (package nftables)'
  try {
    execFileSync('nft', ['list', 'tables'], { stdio: 'ignore' })
    return null
  } catch {
    return 'this kernel takes no rules of nft'
  }
}
const mount = () => (isRoot() ? null : 'a small disk takes root to mount')
const faketime = () => {
  const found = existsSync('/usr/lib') && readdirSync('/usr/lib').some(name => existsSync(`/usr/lib/${name}/faketime/libfaketimeMT.so.1`))
  return found ? null : 'libfaketime is not installed (package faketime)'
}
const chromium = () => (findChromium() ? null : 'there is no Chromium')

const nodes = (only: string) => ({ file: 'test/faults/nodes.test.ts', only, env: { FAULT_MS: '12000' } })
const inZone = (zone: string): LongAttack => ({
  what: `days and their tests on a machine in ${zone}`,
  file: 'test/faults/days.test.ts',
  env: { TZ: zone },
})

/** Every fault there is, what holds under it, and the tests that show it. `npm run test:faults` and docs/faults.md are drawn from this. */
export const ROWS: readonly Row[] = [
  {
    id: 'F1',
    fault: 'kill -9 while scorers and pages are at it',
    holds: 'Everything acknowledged is there, nothing twice, every page comes back by itself and ends where the log is.',
    short: [
      { file: 'test/faults/kill.test.ts', title: 'F1 every acknowledged play survives kill -9' },
      { file: 'e2e/reconnect.spec.ts', title: 'The server is killed in the middle of a burst' },
    ],
    long: [{ what: 'kill -9 in mid-burst, 20 times', file: 'test/faults/kill.test.ts', env: { KILLS: '20' } }],
  },
  {
    id: 'F2',
    fault: 'a crash at each step of taking a play',
    holds: 'Before the commit the play is not there, after it it is; sent again it counts once, at the seq it has.',
    short: [{ file: 'test/faults/crash.test.ts', title: 'F2 killed %s' }],
    long: [{ what: 'killed on entering each system call on the log', file: 'test/faults/crash.long.ts', needs: strace }],
  },
  {
    id: 'F3',
    fault: 'the write-ahead log torn, flipped or zeroed',
    holds: 'The database opens sound, as a prefix of its history; a shortened one is told, and every game gets a new epoch.',
    short: [{ file: 'test/faults/torn-log.test.ts', title: 'F3 a log cut, flipped or zeroed anywhere' }],
    long: [{ what: '200 images of a damaged log', file: 'test/faults/torn-log.test.ts', env: { IMAGES: '200' } }],
  },
  {
    id: 'F4',
    fault: 'a write or an fsync that fails',
    holds: 'No answer says that it was saved. After a failed fsync nothing is written until a restart, and `/readyz` says so.',
    short: [{ file: 'test/faults/disk.test.ts', title: 'F4 a write that the system refuses' }],
    long: [{ what: 'fsync answers EIO from the third on', file: 'test/faults/disk.long.ts', only: 'F4', needs: strace }],
  },
  {
    id: 'F5',
    fault: 'the disk is full',
    holds: '`STORAGE_FULL` for writes, reads and chat history go on, and so do plays once there is room, without a restart.',
    short: [
      { file: 'test/faults/disk.test.ts', title: 'F5 a disk that is full' },
      { file: 'server/storage/durability.test.ts', title: 'a full disk' },
      { file: 'server/storage/postgres.test.ts', title: 'a full disk' },
    ],
    long: [{ what: 'a disk of 8 MB', file: 'test/faults/disk.long.ts', only: 'F5', needs: mount }],
  },
  {
    id: 'F6',
    fault: 'another process holds the database',
    holds: 'Plays wait, or are asked to come again (`BUSY_RETRY`); reads and the event loop go on.',
    short: [
      { file: 'test/faults/disk.test.ts', title: 'F6 another process holds the database' },
      { file: 'server/storage/durability.test.ts', title: 'makes a write wait and nobody else' },
    ],
    long: [{ what: 'locked for 7 s', file: 'test/faults/disk.test.ts', only: 'F6', env: { LOCKED_MS: '7000' } }],
  },
  {
    id: 'F7',
    fault: 'Redis is killed and comes back empty',
    holds: 'Plays go on, the other node is at most a look late, and hints go again by themselves.',
    short: [{ file: 'test/faults/nodes.test.ts', title: 'F7 is killed in mid-burst' }],
    long: [{ what: 'Redis killed in mid-burst, back after 12 s', ...nodes('F7') }],
  },
  {
    id: 'F8',
    fault: 'Redis stands still',
    holds: 'Nothing piles up, plays and reads are answered, and guessing at passwords is held up all the same.',
    short: [
      { file: 'test/faults/nodes.test.ts', title: 'F8 stands still in mid-burst' },
      { file: 'server/nodes/redis.test.ts', title: 'piles nothing up behind a Redis that stands still' },
    ],
    long: [
      { what: 'Redis stands still for 12 s in mid-burst', ...nodes('F8') },
      { what: 'nothing piles up behind a Redis that stands still', file: 'server/nodes/redis.test.ts' },
    ],
  },
  {
    id: 'F9',
    fault: 'PostgreSQL stops and starts again',
    holds: 'What was under way is settled by its id, the server says that it is not ready, and goes on by itself.',
    short: [
      { file: 'test/faults/postgres.test.ts', title: 'F9 PostgreSQL stops in mid-burst' },
      { file: 'server/storage/postgres.test.ts', title: 'F9 a database that stops in mid-burst' },
    ],
    long: [{ what: 'PostgreSQL stops in mid-burst, 10 times', file: 'test/faults/postgres.test.ts', env: { STOPS: '10' } }],
  },
  {
    id: 'F10',
    fault: 'a connection cut once COMMIT has gone out',
    holds: 'Nobody knows, and the id settles it: exactly one row.',
    short: [{ file: 'server/storage/postgres.test.ts', title: 'F10 a connection cut once COMMIT has gone out' }],
    long: [{ what: 'a connection cut once COMMIT has gone out', file: 'server/storage/postgres.test.ts', only: 'F10' }],
  },
  {
    id: 'F11',
    fault: 'one of two nodes dies',
    holds: 'Its pages go on at the other from where they were; its scorers send again; nothing is lost or doubled.',
    short: [{ file: 'test/faults/nodes.test.ts', title: 'F11 is killed in mid-burst' }],
    long: [{ what: 'one of two nodes killed in mid-burst', ...nodes('F11') }],
  },
  {
    id: 'F12',
    fault: 'a node is cut from the database, or from the other',
    holds: 'It takes no plays and lets its readers go; the other goes on; healed, both agree.',
    short: [
      { file: 'test/faults/nodes.test.ts', title: 'F12 is cut from the database' },
      { file: 'test/server/nodes.test.ts', title: '[N2] a correction far back' },
    ],
    long: [{ what: 'a node cut from the database for 12 s', ...nodes('F12') }],
  },
  {
    id: 'F13',
    fault: 'a lossy link',
    holds: 'Everybody ends where the game is, and no play counts twice.',
    short: [{ file: 'test/faults/lossy.test.ts', title: 'F13 a link that stalls, crawls and breaks' }],
    long: [
      { what: 'a link that stalls, crawls and breaks for 30 s', file: 'test/faults/lossy.test.ts', env: { LOSSY_MS: '30000' } },
      { what: 'one packet of ten is dropped', file: 'test/faults/link.long.ts', needs: nft },
    ],
  },
  {
    id: 'F14',
    fault: 'a reader that does not read',
    holds: 'It is let go of, brought up to date once it reads, closed as `SLOW_CONSUMER` if it never does; nobody else notices.',
    short: [
      { file: 'test/server/gateway.test.ts', title: 'F14 a reader that does not read' },
      { file: 'server/realtime/fan-out.test.ts', title: 'a reader that does not read is held to a bound' },
      { file: 'test/faults/unread-stream.test.ts', title: 'F14 an event stream that nobody reads' },
    ],
    long: [{ what: 'a reader that does not read', file: 'test/server/gateway.test.ts', only: 'F14' }],
  },
  {
    id: 'F15',
    fault: 'pages whose network comes and goes',
    holds: 'All end where the game is; sockets, rooms and handles go back to what they were.',
    short: [{ file: 'test/faults/comeback.test.ts', title: 'pages whose network comes and goes' }],
    long: [
      {
        what: '200 pages for 20 s',
        file: 'test/faults/comeback.test.ts',
        only: 'F15',
        env: { FLAPPING_FANS: '200', FLAPPING_MS: '20000' },
      },
    ],
  },
  {
    id: 'F16',
    fault: 'a client whose clock is wrong',
    holds: 'Order, times and tokens go by the server; a client only says how long ago something was.',
    short: [
      { file: 'server/tokens.test.ts', title: 'F16 expire by the clock of the server' },
      { file: 'test/server/record.test.ts', title: '[L11] at is arrival less agoMs' },
      { file: 'components/scorer/steady.test.ts', title: 'does not go wrong when the device’s clock is set back' },
      { file: 'components/live/connection.test.ts', title: 'takes the server’s time over the device’s' },
    ],
    long: [{ what: 'scorers and pages three days and an hour off', file: 'test/faults/clocks.long.ts', only: 'F16', needs: faketime }],
  },
  {
    id: 'F17',
    fault: 'the server’s own clock jumps',
    holds: 'Order stands, nobody is signed out, limits neither freeze nor flood.',
    short: [
      { file: 'server/accounts.test.ts', title: 'F17 a clock an hour ahead does not end sign-ins' },
      { file: 'test/server/record.test.ts', title: '[L11] at is never before that sender’s previous play' },
    ],
    long: [{ what: 'an hour ahead, back, and behind in mid-burst', file: 'test/faults/clocks.long.ts', only: 'F17', needs: faketime }],
  },
  {
    id: 'F18',
    fault: 'one command sent many times',
    holds: 'One play, and one answer; the same id with other content is refused.',
    short: [
      { file: 'test/server/record.test.ts', title: '[L1] counts ten sends of one play at once as one' },
      { file: 'test/faults/nodes.test.ts', title: 'F18 one play sent ten times to both' },
    ],
    long: [{ what: 'one play sent ten times at once to two nodes', ...nodes('F18') }],
  },
  {
    id: 'F19',
    fault: 'two scorers race',
    holds: 'One is written, the other is told the game as it is now.',
    short: [
      { file: 'test/server/record.test.ts', title: '[L2] takes one of two plays that expect the same head' },
      { file: 'test/faults/nodes.test.ts', title: 'F19 of two scorers' },
    ],
    long: [{ what: 'two scorers who expect the same head, at two nodes', ...nodes('F19') }],
  },
  {
    id: 'F20',
    fault: 'a feed out of order, late and repeated',
    holds:
      'The same game whatever the order; what corrects something unknown is refused until that is there; after an official result it takes the right to correct.',
    short: [{ file: 'test/faults/feed.test.ts', title: 'F20 a feed that comes out of order' }],
    long: [
      { what: '50 shuffles of 500 items and their revisions', file: 'test/faults/feed.test.ts', only: 'F20', env: { SHUFFLES: '50' } },
    ],
  },
  {
    id: 'F21',
    fault: 'a goal withdrawn much later',
    holds: 'A new play says so and the old one stays; pages, log, past and export agree.',
    short: [
      { file: 'test/faults/feed.test.ts', title: 'F21 a goal withdrawn after 300 later plays' },
      { file: 'components/live/game-store.test.ts', title: 'calls a void a correction' },
    ],
    long: [{ what: 'a goal withdrawn after 300 later plays', file: 'test/faults/feed.test.ts', only: 'F21' }],
  },
  {
    id: 'F22',
    fault: 'a deploy in mid-burst',
    holds: 'Not ready, no newcomers, what is under way is answered, pages leave spread over seconds and come back; nothing is lost.',
    short: [
      { file: 'test/faults/comeback.test.ts', title: 'F22 told to stop in mid-burst' },
      { file: 'test/server/stopping.test.ts', title: 'F22 told to stop' },
      { file: 'test/server/drain.test.ts', title: 'while it stops, every write there is answers DRAINING' },
    ],
    long: [{ what: 'with 2,000 pages', file: 'test/faults/comeback.test.ts', only: 'F22', env: { DRAINED_FANS: '2000' } }],
  },
  {
    id: 'F23',
    fault: 'everybody comes back at once',
    holds: 'All are at the head within a minute of the server being back, and it is no heavier for it.',
    short: [{ file: 'test/faults/comeback.test.ts', title: 'pages on it: all of them are back' }],
    long: [
      { what: '5,000 pages, gone for 3 s', file: 'test/faults/comeback.test.ts', only: 'F23', env: { HERD_FANS: '5000', GONE_MS: '3000' } },
    ],
  },
  {
    id: 'F24',
    fault: 'a page that slept',
    holds: 'It says that it is catching up, and is where the game is within seconds.',
    short: [
      { file: 'e2e/reconnect.spec.ts', title: 'A page that wakes on a dead link' },
      { file: 'components/live/connection.test.ts', title: 'cuts the link when nobody answers the wake-up call' },
    ],
    long: [
      { what: 'a program stopped for 30 s', file: 'test/faults/sleep.long.ts', only: 'F24 a program' },
      { what: 'a browser’s page stopped for 30 s', file: 'test/faults/sleep.long.ts', only: 'F24 a page', needs: chromium },
    ],
  },
  {
    id: 'F25',
    fault: 'a scorer without a network',
    holds: 'Taps wait in the browser, survive a reload, arrive once and in order; conflicts are shown.',
    short: [
      { file: 'e2e/outbox.spec.ts', title: '[F25] Seven taps without a network' },
      { file: 'components/scorer/outbox.test.ts', title: '[F25] loses nothing' },
    ],
    long: [{ what: 'the outbox under any network and any tabs', file: 'components/scorer/outbox.test.ts', only: '[F25]' }],
  },
  {
    id: 'F26',
    fault: 'tables and logs grow',
    holds:
      'The write-ahead log stays small with a reader open, the server’s log is no longer than its commands, old sign-ins go, games open as fast.',
    short: [
      { file: 'test/faults/growth.test.ts', title: 'the log of the disk stays small' },
      { file: 'server/storage/durability.test.ts', title: 'stays small however much is written' },
      { file: 'server/accounts.test.ts', title: 'F26 sign-ins that ran out are thrown away' },
    ],
    long: [
      {
        what: '200,000 plays and 50,000 lines of chat',
        file: 'test/faults/growth.test.ts',
        env: { GROWN_PLAYS: '200000', GROWN_CHAT: '50000' },
      },
    ],
  },
  {
    id: 'F27',
    fault: 'a long day',
    holds: 'Memory, handles and open files stay what they were.',
    short: [{ file: 'test/faults/soak.test.ts', title: 'pages that come and go' }],
    long: [
      {
        what: `500 pages for ${Number(process.env.SOAK_MS ?? 600_000) / 1_000} s`,
        file: 'test/faults/soak.test.ts',
        env: { SOAK_MS: process.env.SOAK_MS ?? '600000', SOAK_FANS: '500', SOAK_CHURN: '0.1', SOAK_GROWTH_MB: '40' },
      },
    ],
  },
  {
    id: 'F28',
    fault: 'days on which clocks change',
    holds:
      'Starts are kept as moments, with a zone beside them; a day is 23, 24 or 25 hours long, and none has a gap to the next. A form says so when an hour is left out or comes twice.',
    short: [
      { file: 'test/faults/days.test.ts', title: 'F28 days where clocks change' },
      { file: 'test/server/http.test.ts', title: 'lists a day of a zone, be it 23, 24 or 25 hours long' },
      { file: 'components/ui/local-moment.test.ts', title: 'F28 a time as somebody types it' },
    ],
    long: ['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/Berlin'].map(inZone),
  },
  {
    id: 'F29',
    fault: 'settings that cannot be',
    holds: 'A line each and exit code 78, nothing made, no secret repeated, no password that is known.',
    short: [
      { file: 'test/faults/start.test.ts', title: 'F29 a server with settings that cannot be' },
      { file: 'server/config.test.ts', title: 'F29 lists every problem at once' },
      { file: 'server/secrets.test.ts', title: 'F29 refuses' },
      { file: 'scripts/sideline.test.ts', title: 'F29 bad settings' },
    ],
    long: [{ what: 'settings that cannot be', file: 'test/faults/start.test.ts', only: 'F29' }],
  },
  {
    id: 'F30',
    fault: 'upgrades: from the first release, killed, two at once, an older program',
    holds: 'Everything reads as before; nothing is half done; one does it; the older one says so, exit code 3, and touches nothing.',
    short: [
      { file: 'test/faults/upgrade.test.ts', title: 'F30 a database of the first release' },
      { file: 'test/faults/upgrade.test.ts', title: 'F30 a migration' },
      { file: 'test/faults/start.test.ts', title: 'F30 an older server on a newer database' },
      { file: 'server/storage/storage-contract.ts', title: 'is brought up once by several programs that start together' },
      { file: 'scripts/sideline.test.ts', title: 'F30 a newer database' },
    ],
    long: [
      { what: 'killed before every statement', file: 'test/faults/upgrade.test.ts', only: 'killed at', env: { MIGRATION_KILLS: 'all' } },
    ],
  },
  {
    id: 'F31',
    fault: 'a backup in mid-burst, restored',
    holds: 'Whole up to its start and a prefix beyond, under new epochs, so that pages start anew; the same game at the same seq.',
    short: [
      { file: 'test/faults/backup.test.ts', title: 'F31 a backup in mid-burst' },
      { file: 'server/restore.test.ts', title: 'F31 restoring a backup' },
      { file: 'scripts/sideline/postgres.test.ts', title: 'backs up beside a server and restores without one' },
      { file: 'e2e/reconnect.spec.ts', title: 'A page goes with the server into a restored past' },
    ],
    long: [{ what: 'on both engines', file: 'test/faults/backup.test.ts', env: { ENGINES: 'libsql,postgres' } }],
  },
  {
    id: 'F32',
    fault: 'a mistake of ours, anywhere',
    holds: 'An answer with an id that the log has too, and everything else goes on; what nobody catches ends the process with 1.',
    short: [
      { file: 'test/faults/hooks.test.ts', title: 'F32 a mistake of ours' },
      { file: 'test/faults/hooks.test.ts', title: 'F32 a mistake of ours in the whole server' },
    ],
    long: [{ what: 'a throw in every hook', file: 'test/faults/hooks.test.ts' }],
  },
  {
    id: 'F33',
    fault: 'a storm of chat in one game',
    holds: 'The plays of another game reach its pages as before, every one.',
    short: [{ file: 'test/faults/storm.test.ts', title: 'guests chat in one game' }],
    long: [{ what: '400 guests, 200 lines a second', file: 'test/faults/storm.test.ts', env: { STORM_GUESTS: '400', STORM_MS: '15000' } }],
  },
]

/** What `npm run test:faults` runs besides. */
export const MORE: readonly (LongAttack & { id: string })[] = [
  { id: 'S4', what: 'what ends at one node ends at the other, with and without Redis', ...nodes('ends at the other') },
  { id: 'SIM', what: '2,000 seeds of two nodes, scorers and fans', file: 'test/sim/sim.test.ts', env: { SIM_SEEDS: '2000' } },
]

const cell = (files: readonly string[]) => [...new Set(files)].map(file => `\`${file}\``).join(', ') || '—'

/** A row as it stands in docs/faults.md. */
export const lineOf = ({ id, fault, holds, short, long }: Row) =>
  `| ${id} | ${fault} | ${holds} | ${cell(short.map(({ file }) => file))} | ${cell(long.map(({ file }) => file))} |`
