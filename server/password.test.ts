import { describe, expect, it } from 'vitest'
import { HashingBusy, hashesComputed, hashPassword, isHashingBusy, passwordProblem, verifyPassword } from './password.ts'

describe('S16 passwords', () => {
  it('are kept as scrypt with its cost, a new salt each, and verify', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(other)
    expect(await verifyPassword({ hash: one, password: 'correct horse' })).toBe(true)
    expect(await verifyPassword({ hash: one, password: 'correct horsf' })).toBe(false)
    expect(await verifyPassword({ hash: one, password: 'correct horse ' })).toBe(false)
  }, 20_000)

  it('count every character up to the last: nothing is cut off', async () => {
    const long = 'x'.repeat(127)
    const hash = await hashPassword(`${long}a`)
    expect(await verifyPassword({ hash, password: `${long}b` })).toBe(false)
    expect(await verifyPassword({ hash, password: `${long}a` })).toBe(true)
  }, 20_000)

  it('are the same whether an accent was typed composed or not', async () => {
    const hash = await hashPassword('caf\u00e9 noir')
    expect(await verifyPassword({ hash, password: 'cafe\u0301 noir' })).toBe(true)
  }, 20_000)

  it('made under another cost still verify; rows nobody could have written do not, and cost nothing', async () => {
    const { scryptSync } = await import('node:crypto')
    const salt = Buffer.alloc(16, 7)
    const key = scryptSync('an older one', salt, 32, { N: 2 ** 14, r: 8, p: 1 })
    const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
    const older = `$scrypt$ln=14,r=8,p=1$${plain(salt)}$${plain(key)}`
    expect(await verifyPassword({ hash: older, password: 'an older one' })).toBe(true)
    const before = hashesComputed()
    for (const hash of [
      '',
      'x',
      older.slice(1),
      older.replace('ln=14', 'ln=30'),
      older.replace('p=1', 'p=99'),
      older.replace('r=8', 'r=0'),
    ]) {
      expect(await verifyPassword({ hash, password: 'an older one' })).toBe(false)
    }
    expect(hashesComputed()).toBe(before)
  }, 20_000)

  it('are hashed two at a time, and the rest of a flood is turned away at once', async () => {
    const results = await Promise.allSettled([
      hashPassword('number one'),
      hashPassword('number two'),
      ...Array.from({ length: 60 }, () =>
        verifyPassword({ hash: `$scrypt$ln=10,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`, password: 'x' }),
      ),
    ])
    const refused = results.filter(result => result.status === 'rejected')
    expect(refused).toHaveLength(20)
    expect(refused.every(result => result.status === 'rejected' && result.reason instanceof HashingBusy)).toBe(true)
    expect(isHashingBusy()).toBe(false)
    expect(await verifyPassword({ hash: await hashPassword('afterwards'), password: 'afterwards' })).toBe(true)
  }, 30_000)
})

describe('passwordProblem', () => {
  it.each(['1234567', 'x'.repeat(129), 'changeme', 'ChangeMe', 'password1', 'aaaaaaaaaa', 'abababababab', ''])('refuses %s', password =>
    expect(passwordProblem(password)).not.toBeNull(),
  )
  it('refuses the e-mail address itself', () => {
    expect(passwordProblem('Owner@club.example', 'owner@club.example')).not.toBeNull()
    expect(passwordProblem('longname', 'longname@club.example')).not.toBeNull()
  })
  it.each(['turnstile', '8 letters', 'päßwörter', 'x1y2z3w4', `${'ab3'.repeat(42)}xy`])('takes %s', password =>
    expect(passwordProblem(password, 'owner@club.example')).toBeNull(),
  )
})
