/**
 * Where to go after signing in: a path of this site, or the front page. An address that a browser could read as another site's, or that
 * holds what cannot be seen, is not followed.
 */
export function returnPath(given: unknown, fallback = '/'): string {
  if (given === undefined) return fallback
  if (typeof given !== 'string' || given.length > 2000 || !/^\/(?!\/)/.test(given) || given.includes('\\') || /\p{C}/u.test(given))
    return '/'
  const base = 'http://here.invalid'
  if (!URL.canParse(given, base)) return '/'
  const { origin, pathname, search, hash } = new URL(given, base)
  // Dots may fold into two slashes: "/.//elsewhere".
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/'
}

/** The sign-in page, which comes back to `path`. */
export const loginHref = (path: string) => (path === '/' ? '/login' : `/login?${new URLSearchParams({ next: path })}`)
