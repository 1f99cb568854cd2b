import type { SimNode } from './node.ts'
import type { Page } from './page.ts'
import type { Scorer } from './scorer.ts'
import type { Truth } from './truth.ts'
import type { World } from './world.ts'

/** Lets one thing after another go wrong until told to stop. What it does to messages counts only once a message was hit. */
export function stir(
  world: World,
  nodes: readonly SimNode[],
  pages: readonly Page[],
  scorers: readonly Scorer[],
  truth: Truth,
): () => void {
  const { random, time, weather } = world
  let isOver = false
  const undo = new Set<() => void>()

  /** For a while. */
  function episode(begin: () => void, end: () => void, longest = 6_000): void {
    begin()
    undo.add(end)
    time.after(random.between(200, longest), () => {
      if (undo.delete(end)) end()
    })
  }
  function share(key: 'hintLost' | 'hintTwice' | 'hintLate' | 'updateLost' | 'updateTwice' | 'updateLate', most: number): void {
    episode(
      () => {
        weather[key] = random.next() * most
      },
      () => {
        weather[key] = 0
      },
    )
  }
  function onNode(key: 'mute' | 'cutOff' | 'slow' | 'refusing', node: number, longest?: number): void {
    episode(
      () => void weather[key].add(node),
      () => void weather[key].delete(node),
      longest,
    )
  }
  const troubles: readonly (() => void)[] = [
    () => share('hintLost', 1),
    () => share('hintTwice', 1),
    () => share('hintLate', 1),
    () => share('updateLost', 0.6),
    () => share('updateTwice', 0.8),
    () => share('updateLate', 0.8),
    () =>
      episode(
        () => {
          weather.requestLost = random.next() * 0.5
          weather.answerLost = random.next() * 0.6
        },
        () => {
          weather.requestLost = 0
          weather.answerLost = 0
        },
      ),
    () =>
      episode(
        () => {
          weather.requestTwice = random.next()
          weather.requestLate = random.next() * 0.4
        },
        () => {
          weather.requestTwice = 0
          weather.requestLate = 0
        },
      ),
    () => onNode('mute', random.of(nodes).index, 9_000),
    () => {
      for (const node of nodes) onNode('mute', node.index, 9_000)
    },
    () => onNode('cutOff', random.of(nodes).index, 9_000),
    () => onNode('slow', random.of(nodes).index),
    () => {
      for (const node of nodes) onNode('slow', node.index, 4_000)
    },
    () => onNode('refusing', random.of(nodes).index),
    () => random.of(nodes).crash(),
    () => {
      // All stop, the log comes back under another epoch, all start.
      for (const node of nodes) node.crash()
      truth.renewEpoch()
      world.note('the epoch is another one')
      world.fire('new epoch')
    },
    () => {
      const { index } = random.of(nodes)
      weather.fatal.add(index)
      undo.add(() => void weather.fatal.delete(index))
    },
    () => {
      world.fire('page cut')
      const page = random.of(pages)
      page.home.node = random.of(nodes)
      page.cut()
    },
    () => {
      world.fire('page reloaded')
      random.of(pages).reload()
    },
    () => {
      world.fire('table reloaded')
      const scorer = random.of(scorers)
      scorer.page.home.node = random.of(nodes)
      scorer.reload()
    },
  ]

  const next = () => {
    if (isOver) return
    random.of(troubles)()
    time.after(random.between(100, 1_800), next)
  }
  time.after(random.between(100, 1_500), next)

  return () => {
    isOver = true
    for (const end of undo) end()
    undo.clear()
  }
}
