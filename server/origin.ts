import type { IncomingHttpHeaders } from 'node:http'
import { failure, type Result } from '#domain/errors.ts'
import { isPrivate } from './address.ts'

export interface OriginRules {
  /** The origin of PUBLIC_URL, such as `https://scores.example`, or null when unset: then the Origin must equal the request's Host. */
  publicOrigin: string | null
}

export type AnyHeaders = Headers | IncomingHttpHeaders

// By shape: a framework hands on its own subclass or a proxy of it.
function isFetchHeaders(headers: AnyHeaders): headers is Headers {
  return typeof headers.get === 'function'
}

export function readHeader(headers: AnyHeaders, name: string): string | undefined {
  if (isFetchHeaders(headers)) return headers.get(name) ?? undefined
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

function isOwnOrigin(origin: string, headers: AnyHeaders, rules: OriginRules): boolean {
  if (rules.publicOrigin !== null) return origin === rules.publicOrigin
  const host = readHeader(headers, 'host')
  const scheme = /^(https?):\/\/[^/?#@\\\s]+$/.exec(origin)?.[1]
  if (!host || !scheme || /[/?#@\\\s]/.test(host)) return false
  try {
    return new URL(origin).host === new URL(`${scheme}://${host}`).host
  } catch {
    return false
  }
}

function expected(rules: OriginRules): string {
  return rules.publicOrigin === null
    ? 'The page must come from the address that is asked; behind a proxy, set PUBLIC_URL'
    : `The page must come from ${rules.publicOrigin}, as PUBLIC_URL says`
}

/** The secret of `Authorization: Bearer …`, empty when there is none behind the word; undefined for other schemes and without one. */
export function bearerOf(headers: AnyHeaders): string | undefined {
  const [, secret] = /^\s*bearer(?:\s+(\S+))?\s*$/i.exec(readHeader(headers, 'authorization') ?? '') ?? [null, null]
  return secret === null ? undefined : (secret ?? '')
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])
const FORM_TYPES = /^\s*(text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)\b/i

/**
 * Refuses what another site can make a browser send: unsafe methods from a foreign or hidden origin, and bodies a plain form can post.
 * A bearer token is never sent by a browser of itself, so with one nothing is forged. Programs without cookies need no Origin.
 */
export function checkUnsafeRequest(method: string, headers: AnyHeaders, rules: OriginRules): Result<object> {
  if (READS.has(method.toUpperCase()) || bearerOf(headers) !== undefined) return { ok: true }
  const origin = readHeader(headers, 'origin')
  const site = readHeader(headers, 'sec-fetch-site')
  if (origin !== undefined && !isOwnOrigin(origin, headers, rules)) return failure('CSRF', `${expected(rules)}.`)
  if (site !== undefined && site !== 'same-origin') return failure('CSRF', 'The request comes from another site.')
  if (origin === undefined && site === undefined && readHeader(headers, 'cookie')) {
    return failure('CSRF', 'A cookie counts only beside an Origin; programs send a bearer token.')
  }
  if (FORM_TYPES.test(readHeader(headers, 'content-type') ?? '')) return failure('CSRF', 'The body must be application/json.')
  return { ok: true }
}

/** A socket's handshake, polling or upgrade: without an Origin only programs come in, and never with a cookie. */
export function checkHandshake(headers: AnyHeaders, rules: OriginRules): Result<object> {
  const origin = readHeader(headers, 'origin')
  if (origin !== undefined) {
    return isOwnOrigin(origin, headers, rules) ? { ok: true } : failure('ORIGIN_NOT_ALLOWED', `${expected(rules)}.`)
  }
  if (readHeader(headers, 'cookie')) return failure('ORIGIN_NOT_ALLOWED', 'A cookie counts only beside an Origin.')
  return { ok: true }
}

/** Cookies over plain http are readable on the way, so they are taken from this machine and its own network alone. */
export function acceptsCookies(isSecure: boolean, address: string | undefined): boolean {
  return isSecure || (address !== undefined && isPrivate(address))
}
