import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

function policyOf(header: string | undefined): Map<string, string[]> {
  const directives = (header ?? '').split(';').map(text => text.trim().split(/\s+/))
  return new Map(directives.map(([name = '', ...values]) => [name, values]))
}

/** Whether React has taken the page over: a page whose scripts were refused looks the same and does nothing. */
const isHydrated = (page: Page) =>
  page.waitForFunction(() => {
    const header = document.querySelector('header')
    return header !== null && Object.keys(header).some(key => key.startsWith('__react'))
  })

/** A page that is drawn once for many readers: its own inline scripts, and no others, by their hashes. */
function expectHashed(html: string, sources: readonly string[], path: string): void {
  expect(html, path).not.toContain('nonce=')
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code).filter(Boolean)
  const hashes = new Set(inline.map(code => `'sha256-${createHash('sha256').update(code).digest('base64')}'`))
  expect(hashes.size, path).toBeGreaterThan(0)
  expect(new Set(sources.filter(source => source.startsWith("'sha256-"))), path).toEqual(hashes)
}

/** Opens a page that must carry a policy of its own, cover all its scripts, and come to life under it. Its nonce is undefined where it has hashes. */
export async function openUnderPolicy(page: Page, path: string): Promise<{ status: number | undefined; nonce: string | undefined }> {
  const complaints: string[] = []
  const listen = (message: { text(): string }) => {
    if (/Content.Security.Policy|Refused to|Hydration|did not match/i.test(message.text())) complaints.push(message.text())
  }
  page.on('console', listen)
  const answer = await page.goto(path)
  const policy = policyOf(answer?.headers()['content-security-policy'])
  const scripts = policy.get('script-src') ?? []
  const nonce = scripts.map(source => /^'nonce-([A-Za-z0-9+/]{22}==)'$/.exec(source)?.[1]).find(Boolean)
  expect(scripts, path).not.toContain("'unsafe-inline'")
  expect(scripts, path).not.toContain("'unsafe-eval'")
  expect(policy.get('object-src'), path).toEqual(["'none'"])
  expect(policy.get('base-uri'), path).toEqual(["'none'"])
  expect(policy.get('frame-ancestors'), path).toEqual(["'none'"])
  expect(policy.get('form-action'), path).toEqual(["'self'"])
  const html = (await answer?.text()) ?? ''
  if (nonce) for (const [script] of html.matchAll(/<script\b[^>]*>/g)) expect(script, path).toContain(`nonce="${nonce}"`)
  else expectHashed(html, scripts, path)
  expect(html.match(/<script\b/g)?.length ?? 0, `${path} has scripts`).toBeGreaterThan(0)
  await isHydrated(page)
  const handlers = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap(element => element.getAttributeNames().filter(name => name.startsWith('on'))),
  )
  expect(handlers, `${path} has no inline handler`).toEqual([])
  expect(complaints, path).toEqual([])
  page.off('console', listen)
  return { status: answer?.status(), nonce }
}

/** What the page will have asked of other sites, from now on. */
export function foreignRequests(page: Page, own: string): readonly string[] {
  const foreign: string[] = []
  page.on('request', request => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== own) foreign.push(request.url())
  })
  return foreign
}
