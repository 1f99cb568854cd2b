/** Addresses of programs that the description of the interface does not list. */
const UNLISTED: [RegExp, string[]][] = [
  [/^\/api\/openapi\.json$/, ['GET']],
  [/^\/api\/auth\/./, ['GET', 'POST']],
]
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete'])

export const isRead = (method: string) => ['GET', 'HEAD', 'OPTIONS'].includes(method.toUpperCase())

/** Reads off a description of the interface which methods each of its addresses answers to: `HEAD` wherever `GET` is, `OPTIONS` everywhere. */
export function createMethods(paths: Readonly<Record<string, object>>): (path: string) => readonly string[] | null {
  const addresses = [
    ...UNLISTED,
    ...Object.entries(paths).map(([path, operations]): [RegExp, string[]] => [
      new RegExp(`^/api/v1${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      Object.keys(operations)
        .filter(verb => VERBS.has(verb))
        .map(verb => verb.toUpperCase()),
    ]),
  ].map(([address, methods]) => ({
    address,
    methods: [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort(),
  }))
  return path => addresses.find(({ address }) => address.test(path))?.methods ?? null
}
