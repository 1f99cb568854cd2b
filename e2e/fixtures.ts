import { test as base, type Page } from '@playwright/test'
import { type ChaosProxy, startChaosProxy } from '#test/faults/proxy.ts'
import { type Account, type Env, type Server, startServer } from './server.ts'

export { expect } from '@playwright/test'

export interface ServerOptions {
  /** Settings beside those every test server has; a file that asks for others gets a server of its own. */
  serverEnv: Env
}

/** For a file that changes what every page shows, or needs a site that nobody has changed: a server of its own. */
export const ownServer = (file: string): ServerOptions => ({ serverEnv: { SITE_OF: file } })

interface Fixtures {
  /** Signs the page in: the owner, unless another account is given. */
  login(page: Page, account?: Account): Promise<void>
  /** A network whose weather the test decides, in front of the server; pages go through it by `network.url`. */
  network: ChaosProxy
  /** Closes what the test has opened of its own. */
  tidy: undefined
}

interface WorkerFixtures extends ServerOptions {
  /** A real production server, shared by files that take turns; started again by the next one that wants it otherwise. */
  server: Server
  signedIn: Map<string, Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>>
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  serverEnv: [{}, { scope: 'worker', option: true }],
  server: [
    async ({ serverEnv }, use) => {
      const server = await startServer({ env: serverEnv })
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  baseURL: async ({ server }, use) => {
    await use(server.url)
  },
  signedIn: [
    // Sign-ins are limited, and slow on purpose: one an account is enough for all the tests of a worker.
    async ({ server: _ }, use) => {
      await use(new Map())
    },
    { scope: 'worker' },
  ],
  login: async ({ server, signedIn }, use) => {
    await use(async (page, account = server.owner) => {
      const context = page.context()
      const kept = signedIn.get(account.email)
      if (kept) {
        await context.addCookies(kept)
        const who = await context.request.get(`${server.url}/api/auth/get-session`)
        // A test may have signed out, or ended this sign-in in another way.
        if (((await who.json()) as { account: unknown }).account) return
      }
      const answer = await context.request.post(`${server.url}/api/auth/sign-in/email`, {
        data: { email: account.email, password: account.password },
        headers: { origin: server.url },
      })
      if (!answer.ok()) throw new Error(`Signing in as ${account.email} answered ${answer.status()}: ${await answer.text()}`)
      signedIn.set(account.email, await context.cookies(server.url))
    })
  },
  tidy: [
    // A page that is left open goes on ticking, and coming back, beside the tests after it.
    async ({ browser }, use) => {
      await use(undefined)
      for (const context of browser.contexts()) await context.close()
    },
    { auto: true },
  ],
  network: async ({ server }, use) => {
    const network = await startChaosProxy({ port: server.port })
    await use(network)
    await network.close()
  },
})
