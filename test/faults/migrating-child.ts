import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { openStorage } from '#server/storage/storage.ts'

// Brings a database up to date in a process of its own, which ends itself before the statement with this number; 0: it counts them.

const [file = '', last = '0'] = process.argv.slice(2)
let statements = 0
const post = Worker.prototype.postMessage
Worker.prototype.postMessage = function (this: Worker, ...sent: Parameters<Worker['postMessage']>) {
  const { request } = sent[0] as { request?: { do: string } }
  if (request?.do === 'runInTransaction' || request?.do === 'commit') statements += 1
  if (last !== '0' && statements === Number(last)) process.kill(process.pid, 'SIGKILL')
  return post.apply(this, sent)
}
const storage = await openStorage({ file })
await storage.migrate()
await storage.close()
writeSync(1, `statements ${statements}\n`)
