import { describe, expect, it } from 'vitest'
import { cleanText, createLog, errorsLogged } from './log.ts'

function recorder(level: Parameters<typeof createLog>[0] = 'trace') {
  const lines: string[] = []
  return { lines, log: createLog(level, line => lines.push(line)) }
}

describe('S26 the log', () => {
  it('hides whatever bears the name of a secret, however deep', () => {
    const { lines, log } = recorder()
    const canary = 'CANARY-7f3a'
    log.info(
      {
        password: canary,
        user: { newPassword: canary, PassWord: canary, deep: { list: [{ token: canary, cookie: canary }] } },
        req: { headers: { cookie: canary, authorization: canary, 'set-cookie': [canary] } },
        headers: new Headers({ cookie: canary, authorization: `Bearer ${canary}` }),
        message: { text: canary },
        error: new Error('no', { cause: { secret: canary } }),
      },
      'a line',
    )
    expect(lines.join('')).not.toContain(canary)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'a line', password: '[hidden]' })
  })

  it('hides secrets of a known shape inside ordinary text', () => {
    const { lines, log } = recorder()
    log.error(new Error('bad token sl_pat_AAAABBBBCCCCDDDD in Bearer abc.def of __Host-sideline=deadbeef; x'), 'sideline=deadbeef sent')
    log.warn({ url: 'postgres://club:hunter2@db/x', sql: "insert '$scrypt$ln=15,r=8,p=3$abc$def'" }, 'Authorization: Bearer hunter2')
    const all = lines.join('')
    for (const secret of ['AAAABBBB', 'abc.def', 'deadbeef', 'hunter2', 'ln=15']) expect(all).not.toContain(secret)
  })

  it('writes one line however many a name holds, without colours or turned text', () => {
    const { lines, log } = recorder()
    log.info({ name: 'A\r\n{"level":"fatal"}\u001b[31mred\u202eder\u0085\u2028x', 'key\n\u001b': 1 }, 'told\nby \u001b[2J')
    expect(lines).toHaveLength(1)
    for (const unseen of '\n\r\u001b\u0085\u2028\u202e') expect(lines[0]?.slice(0, -1)).not.toContain(unseen)
    expect(JSON.parse(lines[0] ?? '').level).toBe('info')
  })

  it('survives cycles, getters that throw, odd values and long ones', () => {
    const { lines, log } = recorder()
    const loop: Record<string, unknown> = { big: 10n, when: new Date(Number.NaN), bytes: Buffer.alloc(5), fn: () => 1, none: null }
    loop.self = loop
    Object.defineProperty(loop, 'broken', { enumerable: true, get: () => raise() })
    log.info(loop, 'odd')
    log.info({ long: 'x'.repeat(100_000), many: Array.from({ length: 10_000 }, (_, n) => n) }, 'long')
    log.info(JSON.parse('{"__proto__":{"isAdmin":true}}'), 'polluted')
    expect(lines).toHaveLength(3)
    expect(lines.every(line => line.length < 5000)).toBe(true)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('keeps code, stack and cause of an error', () => {
    const { lines, log } = recorder()
    log.error({ error: Object.assign(new Error('outer', { cause: new Error('inner') }), { code: 'EIO' }) }, 'failed')
    expect(JSON.parse(lines[0] ?? '').error).toMatchObject({ code: 'EIO', message: 'outer', cause: { message: 'inner' } })
  })

  it('obeys its level, in its children too', () => {
    const { lines, log } = recorder('warn')
    log.child({ part: 'gateway' }).info({}, 'quiet')
    log.child({ part: 'gateway', token: 'CANARY' }).warn({}, 'loud')
    log.child({ part: 'gateway' }).child({ cookie: 'CANARY' }).error('deeper')
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ part: 'gateway', token: '[hidden]', msg: 'loud' })
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ part: 'gateway', cookie: '[hidden]', msg: 'deeper' })
  })

  it('takes every way of calling', () => {
    const { lines, log } = recorder()
    log.info('plain')
    log.info('with %s and %o', 'Bearer CANARY', { password: 'CANARY' })
    log.error(new Error('password Bearer CANARY'))
    log.error({ err: new Error('Bearer CANARY') }, 'failed %s', 'sl_pat_CANARYCANARY')
    log.info(undefined as unknown as object, 'nothing')
    log.info(null as unknown as object, 'null')
    expect(lines).toHaveLength(6)
    expect(lines.join('')).not.toContain('CANARY')
    expect(JSON.parse(lines[3] ?? '')).toMatchObject({ err: { type: 'Error', message: 'Bearer [hidden]' } })
  })

  it('S22 cleans long hostile text quickly', () => {
    const start = performance.now()
    for (const text of ['a'.repeat(50_000), 'bearer '.repeat(7000), 'a://'.repeat(12_000), 'sl_pat_'.repeat(7000)]) cleanText(text)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

it('F32 counts the lines that are errors, for the figures', () => {
  const log = createLog('warn', () => {})
  const before = errorsLogged()
  log.warn('no error')
  log.error('one')
  log.child({ part: 'a' }).error({ err: new Error('two') }, 'another')
  expect(errorsLogged() - before).toBe(2)
})

function raise(): never {
  throw new Error('no')
}
