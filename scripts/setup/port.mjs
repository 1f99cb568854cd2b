import { createServer } from 'node:net'
import { PlainError } from './steps.mjs'

// The server's own words and code for it, only earlier.
const EX_UNAVAILABLE = 69

/** Fails with one line when somebody listens on PORT already. Values that are no port are left to the server, which explains them. */
export async function refuseTakenPort(env) {
  const port = env.PORT?.trim() || '3000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return
  const error = await new Promise(resolve => {
    const probe = createServer()
    probe.once('error', resolve)
    probe.listen(Number(port), env.HOST?.trim() || '0.0.0.0', () => probe.close(() => resolve(undefined)))
  })
  if (error?.code === 'EADDRINUSE') throw new PlainError(`PORT: ${port} is taken by another program`, EX_UNAVAILABLE)
}
