import type { Account } from '#server/accounts.ts'

export const SCORER: Account = {
  id: 'scorer-1',
  name: 'Ana',
  email: 'ana@example.org',
  role: 'scorer',
  scopes: ['read', 'score'],
  grants: null,
  via: 'session',
  sessionId: 's1',
}
export const MANAGER: Account = {
  id: 'feed',
  name: 'feed',
  email: '',
  role: 'admin',
  scopes: ['read', 'score', 'manage'],
  grants: null,
  via: 'token',
  tokenId: 'feed',
  rate: null,
}
export const OWNER: Account = {
  ...MANAGER,
  id: 'owner',
  role: 'owner',
  scopes: ['read', 'score', 'manage', 'admin'],
  via: 'session',
  sessionId: 's0',
}
