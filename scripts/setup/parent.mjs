const LOOK_MS = 500

/**
 * npm passes a signal to the shell it started us with, and many a shell dies of it without telling us.
 * So the end of that shell counts as SIGTERM. The signal may then arrive twice, which a server has to stand anyway.
 */
export function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_MS)
  timer.unref()
}
