/** A threat, and the tests that would fail without its answer. `docs/security.md` says what that answer is. */
export interface Row {
  id: string
  what: string
  /** Each names the row in the title of a test. */
  tests: readonly string[]
}

export const ROWS: readonly Row[] = [
  {
    id: 'S1',
    what: 'a socket opened by another site',
    tests: ['server/origin.test.ts', 'test/server/gateway.test.ts', 'test/security/sockets.test.ts', 'test/security/entrance.test.ts'],
  },
  {
    id: 'S2',
    what: 'a forged, expired or shapeless sign-in at the handshake',
    tests: ['server/tokens.test.ts', 'server/accounts.test.ts', 'test/server/gateway.test.ts', 'test/security/sockets.test.ts'],
  },
  {
    id: 'S3',
    what: 'doing what a role may not',
    tests: [
      'server/policies.test.ts',
      'server/admin/admin.test.ts',
      'e2e/roles.spec.ts',
      'test/roles/matrix.test.ts',
      'test/security/entrance.test.ts',
    ],
  },
  {
    id: 'S4',
    what: 'sockets that outlive a sign-in',
    tests: ['server/accounts.test.ts', 'e2e/roles.spec.ts', 'test/faults/nodes.test.ts'],
  },
  { id: 'S5', what: 'a flood of messages or plays', tests: ['server/limits.test.ts', 'test/security/sockets.test.ts'] },
  {
    id: 'S6',
    what: 'a flood of connections',
    tests: ['server/address.test.ts', 'test/server/gateway.test.ts', 'test/security/sockets.test.ts'],
  },
  { id: 'S7', what: 'messages too large, too deep or packed', tests: ['test/server/hostile.test.ts', 'test/security/sockets.test.ts'] },
  { id: 'S8', what: 'rooms and namespaces without end', tests: ['test/security/sockets.test.ts', 'test/security/entrance.test.ts'] },
  { id: 'S9', what: 'malformed frames and bodies', tests: ['test/server/hostile.test.ts', 'test/hostile/fuzz.test.ts'] },
  {
    id: 'S10',
    what: 'values that no schema expects',
    tests: ['test/server/hostile.test.ts', 'test/server/gateway.test.ts', 'server/accounts.test.ts', 'test/hostile/fuzz.test.ts'],
  },
  {
    id: 'S11',
    what: 'keys that reach a prototype',
    tests: ['test/server/hostile.test.ts', 'test/hostile/fuzz.test.ts', 'test/security/entrance.test.ts'],
  },
  {
    id: 'S12',
    what: 'markup in names and messages',
    tests: ['test/server/hostile.test.ts', 'test/security/sources.test.ts', 'e2e/security-markup.spec.ts'],
  },
  { id: 'S13', what: 'scripts that are not ours', tests: ['e2e/headers.spec.ts', 'e2e/security-pages.spec.ts'] },
  {
    id: 'S14',
    what: 'a browser led by another site',
    tests: ['server/origin.test.ts', 'test/server/hostile.test.ts', 'test/security/entrance.test.ts', 'e2e/headers.spec.ts'],
  },
  {
    id: 'S15',
    what: 'cookies read, guessed or planted',
    tests: ['server/accounts.test.ts', 'test/security/requests.test.ts', 'e2e/headers.spec.ts'],
  },
  { id: 'S16', what: 'a stolen table of passwords', tests: ['server/password.test.ts', 'test/security/sockets.test.ts'] },
  {
    id: 'S17',
    what: 'guessing passwords and accounts',
    tests: [
      'server/guessing.test.ts',
      'server/accounts.test.ts',
      'server/address.test.ts',
      'test/security/requests.test.ts',
      'e2e/sign-in.spec.ts',
    ],
  },
  { id: 'S18', what: 'a server made to call an address', tests: ['test/security/sources.test.ts', 'test/security/requests.test.ts'] },
  { id: 'S19', what: 'requests that mean another server', tests: ['test/server/hostile.test.ts'] },
  { id: 'S20', what: 'ways around the guard of a page', tests: ['test/server/hostile.test.ts', 'e2e/roles.spec.ts'] },
  { id: 'S21', what: 'files sent as pictures', tests: ['test/security/sources.test.ts', 'test/security/requests.test.ts'] },
  {
    id: 'S22',
    what: 'strings that keep a pattern busy',
    tests: ['server/origin.test.ts', 'server/log.test.ts', 'test/security/patterns.test.ts', 'test/security/requests.test.ts'],
  },
  { id: 'S23', what: 'formulas in a spreadsheet', tests: ['test/security/sources.test.ts'] },
  { id: 'S24', what: 'being led away after signing in', tests: ['components/account/return-path.test.ts', 'e2e/sign-in.spec.ts'] },
  { id: 'S25', what: 'tokens stolen, stretched or kept', tests: ['server/tokens.test.ts', 'test/security/requests.test.ts'] },
  { id: 'S26', what: 'secrets in the log', tests: ['server/log.test.ts', 'server/accounts.test.ts', 'test/security/requests.test.ts'] },
  { id: 'S27', what: 'errors that tell of the inside', tests: ['test/security/requests.test.ts'] },
  { id: 'S28', what: 'requests that never end', tests: ['test/security/slow.test.ts'] },
  {
    id: 'S29',
    what: 'answers without their headers',
    tests: ['e2e/headers.spec.ts', 'test/security/entrance.test.ts', 'test/security/requests.test.ts'],
  },
  { id: 'S30', what: 'what only a developer needs', tests: ['test/security/sources.test.ts', 'test/security/requests.test.ts'] },
  { id: 'S31', what: 'abuse in a chat', tests: ['test/security/chat.test.ts'] },
  {
    id: 'S32',
    what: 'what is kept of people',
    tests: ['test/security/chat.test.ts', 'server/chat-retention.test.ts', 'test/server/erasure.test.ts'],
  },
  { id: 'S33', what: 'packages', tests: ['test/security/sources.test.ts'] },
  { id: 'S34', what: 'a request caught and sent again', tests: ['test/security/requests.test.ts'] },
]
