import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { npm } from '#scripts/setup/dependencies.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const inFolder = (folder: string, matching: RegExp) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .map(file => `${folder}/${file}`)
        .filter(file => matching.test(file))
    : []
const SOURCE = /^(?!.*(?:\.test\.|-for-tests)).*\.(?:ts|tsx|mjs)$/

/** What the server runs: everything but pages' parts and the operator's own programs. */
const SERVED = ['server.ts', ...['server', 'app', 'domain'].flatMap(folder => inFolder(folder, SOURCE))]
const SHOWN = ['app', 'components', 'domain'].flatMap(folder => inFolder(folder, SOURCE))
const holding = (files: readonly string[], what: RegExp) => files.filter(file => what.test(read(file)))

describe('S18 what the server calls', () => {
  /** Ways out of a process: a request, a connection, a name looked up, a program. Types and servers are none. */
  const CALLS =
    /\bfetch\(|\bhttps?\.(?:get|request)\(|import \{[^}]*\b(?:request|get|connect|createConnection|lookup|resolve4?)\b[^}]*\} from 'node:(?:https?|http2|net|tls|dns|dgram)|from 'node:(?:dns|dgram|tls|https|http2)|^import \{(?![^}]*^import type).*\} from '(?:ioredis|undici|socket\.io-client)'|^import \{[^}]*(?<!type )\bWebSocket\b[^}]*\} from 'ws'|\bimport\('pg'\)|^import pg\b|from 'pg'|^import \{[^}]*\} from 'node:child_process'/m

  it('is its own door, the database and Redis it was given, and programs of its own: never an address that a client names', () => {
    expect(holding(SERVED, CALLS).sort()).toEqual([
      // Starts the demo, a client of this server like any other.
      'server/demo.ts',
      // Asks this very server for a page that many will read.
      'server/kept-pages.ts',
      // REDIS_URL.
      'server/nodes/redis.ts',
      // DATABASE_URL: pg_dump and the connections.
      'server/storage/postgres-dump.ts',
      'server/storage/postgres-pool.ts',
      // Starts its workers, which are this very program.
      'server/workers/parent.ts',
    ])
  })

  it('leaves every address to the operator: nothing that is stored or sent is one', () => {
    for (const file of ['server/demo.ts', 'server/kept-pages.ts']) expect(read(file), file).not.toMatch(/https:\/\//)
    expect(holding(SERVED, /z\.(?:url|httpUrl)\(|\.url\(\)/)).toEqual([])
  })
})

describe('S21 files', () => {
  it('are taken nowhere: no form with parts, no address for pictures, nothing served from the data directory', () => {
    expect(holding(SERVED, /multipart\/(?!form-data\)\\b)|\.formData\(|busboy|multer|formidable/)).toEqual([])
    expect(SERVED.filter(file => /\/(media|uploads?|logos?|files?|images?|avatars?)\//.test(file))).toEqual([])
    expect(existsSync(join(ROOT, 'public/media'))).toBe(false)
    expect(holding(['server.ts', ...inFolder('server', SOURCE)], /createReadStream|sendFile/)).toEqual([])
  })
})

describe('S12 markup', () => {
  it('is made by React alone: nothing in the pages writes it, and the linter keeps it so', () => {
    expect(
      holding(SHOWN, /dangerouslySetInnerHTML|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write|createContextualFragment/),
    ).toEqual([])
    expect(holding(SHOWN, /\beval\(|new Function\(|setTimeout\(['"`]|srcdoc|javascript:/i)).toEqual([])
    const { linter } = JSON.parse(read('biome.json')) as { linter: { rules: { security: Record<string, unknown> } } }
    expect(linter.rules.security.noDangerouslySetInnerHtml).toBe('error')
    expect(holding(SHOWN, /biome-ignore/)).toEqual([])
  })
})

describe('S23 spreadsheets', () => {
  it('get nothing: no table is given out in a form that one would open and run', () => {
    const all = [...SERVED, ...SHOWN, ...inFolder('scripts', SOURCE)]
    expect(holding(all, /text\/csv|\.csv\b|text\/tab-separated|\.tsv\b|spreadsheetml|\.xlsx?\b/)).toEqual([])
  })
})

describe('S30 what is built', () => {
  it('holds no source map, no development tool and no way to make the server fail on purpose', () => {
    const built = [...inFolder('.next/static', /./), ...inFolder('public', /./)]
    expect(built.length).toBeGreaterThan(20)
    expect(built.filter(file => file.endsWith('.map'))).toEqual([])
    const scripts = built.filter(file => /\.(?:js|css)$/.test(file))
    expect(scripts.length).toBeGreaterThan(10)
    expect(holding(scripts, /sourceMappingURL=/)).toEqual([])
    // What a fan's browser is given of us names no file of whoever built it.
    expect(scripts.filter(file => read(file).includes(ROOT))).toEqual([])
    expect(holding(SERVED, /fail-?points?\b|FAILPOINT|chaos/i)).toEqual([])
    expect(SERVED.filter(file => file.startsWith('app/api/test'))).toEqual([])
  })
})

describe('S33 packages', () => {
  interface Entry {
    version?: string
    resolved?: string
    integrity?: string
    hasInstallScript?: boolean
    link?: boolean
    optional?: boolean
    os?: string[]
    cpu?: string[]
  }
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> }
  const installed = Object.entries(packages).filter(([path]) => path !== '')
  const scratch = mkdtempSync(join(tmpdir(), 'sideline-packages-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  const runNpm = (...args: string[]) => {
    const [program, given] = npm(args)
    return execFileSync(program, given, { cwd: scratch, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }

  it('are what the lock file says, each that is installed with its hash, from one registry, and none from anywhere else', () => {
    expect(installed.length).toBeGreaterThan(100)
    const odd = installed.filter(
      ([, { resolved, integrity, link, optional, os, cpu }]) =>
        link ||
        (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')) ||
        // Binaries of other systems, of the very version that the package they belong to names, are not looked up here.
        (integrity === undefined ? !(optional && (os || cpu)) : !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity)),
    )
    expect(odd.map(([path]) => path)).toEqual([])
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    expect(loose).toEqual([])
  })

  it('are installed without running a script of theirs, and the product needs none', () => {
    const [, args] = [0, read('scripts/setup/dependencies.mjs')] as const
    expect(args).toMatch(/npm\(\['ci',[^\]]*'--ignore-scripts'/)
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    expect(Object.keys(scripts).filter(name => /^(pre|post)?(install|prepare|publish)/.test(name))).toEqual([])
    expect(read('Dockerfile')).toMatch(/npm ci[^\n]*--ignore-scripts/)
    // Those that would run something: it was looked at, and what they bring works without it.
    const named = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''))
    expect([...new Set(named)].sort()).toEqual(['esbuild'])
  })

  it('agree with package.json, and their list can be written out for whoever asks', { timeout: 120_000 }, () => {
    for (const file of ['package.json', 'package-lock.json']) writeFileSync(join(scratch, file), read(file))
    // Refuses at once when the two disagree; a dry run fetches nothing.
    runNpm('ci', '--ignore-scripts', '--dry-run', '--offline', '--no-audit', '--no-fund')
    const bill = JSON.parse(runNpm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--offline')) as {
      bomFormat: string
      components: { name: string; version: string; purl: string }[]
    }
    expect(bill.bomFormat).toBe('CycloneDX')
    const listed = new Set(bill.components.map(({ purl }) => purl))
    expect(listed).toContain(`pkg:npm/ws@${packages['node_modules/ws']?.version}`)
    expect(bill.components.length).toBeGreaterThan(100)
  })
})
