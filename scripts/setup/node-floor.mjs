// The first thing every command loads, by itself: a Node far below the floor still reads it (nothing newer than its
// modules is used here and in the commands themselves) and gets to the one line that says so.

const NODE_FLOOR = [20, 19, 0]

export function isNodeNewEnough(version) {
  const parts = version.split('.').map(Number)
  for (let i = 0; i < NODE_FLOOR.length; i += 1) {
    if (parts[i] !== NODE_FLOOR[i]) return parts[i] > NODE_FLOOR[i]
  }
  return true
}

if (!isNodeNewEnough(process.versions.node)) {
  process.stderr.write(`Sideline needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}
