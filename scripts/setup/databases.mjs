// PostgreSQL and Redis for the tests: the system's own, else installed from its packages.

import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { hasApt, installWithApt } from './apt.mjs'

const DEBIAN = '/usr/lib/postgresql'
const HOMEBREW = ['/opt/homebrew/opt', '/usr/local/opt'].flatMap(folder =>
  [18, 17, 16, 15].map(version => `${folder}/postgresql@${version}/bin`),
)

const foldersInPath = () => (process.env.PATH ?? '').split(delimiter).filter(Boolean)

/** The folder of PostgreSQL's programs, or undefined. Debian keeps them out of PATH; the newest wins. */
export function findPostgres() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).filter(name => Number(name) >= 15) : []
  const installed = versions.sort((a, b) => Number(b) - Number(a)).map(version => join(DEBIAN, version, 'bin'))
  const needed = ['initdb', 'pg_ctl', 'postgres', 'pg_dump', 'pg_restore', 'psql']
  return [...installed, ...foldersInPath(), ...HOMEBREW].find(folder => needed.every(name => existsSync(join(folder, name))))
}

/** The path of redis-server, or undefined. */
export function findRedis() {
  const paths = [...foldersInPath(), '/usr/bin', '/opt/homebrew/bin', '/usr/local/bin'].map(folder => join(folder, 'redis-server'))
  return paths.find(path => existsSync(path))
}

/** Tries to have both. What is missing then is told in a line, and the tests that need it fail with it. */
export async function ensureDatabases(out = process.stdout) {
  const wanted = [
    { find: findPostgres, name: 'PostgreSQL 15 or newer', debian: 'postgresql' },
    { find: findRedis, name: 'Redis', debian: 'redis-server' },
  ]
  for (const { find, name, debian } of wanted) {
    if (!find() && hasApt()) await installWithApt(debian, out)
    if (!find()) out.write(`  The tests of ${name} will fail: it is not here, and the package "${debian}" could not be installed.\n`)
  }
}
