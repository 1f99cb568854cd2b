import type { CommandWitness } from './node.ts'
import type { Truth } from './truth.ts'
import type { World } from './world.ts'

interface Sent {
  underWay: number
  saved: number
  unknown: number
}
interface Command {
  ids: string[]
}
/** After these the server says that nothing was saved; after `UNAVAILABLE` it cannot know. */
const UNKNOWN: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INTERNAL'])

/** Judges every answer to a command in the moment it is given, before anybody hears of it. */
export function createWitness(world: World, truth: Truth): CommandWitness & { isOfSomebody(id: string): boolean; saved(): number } {
  const sent = new Map<string, Sent>()
  let saved = 0

  const of = (id: string): Sent => {
    const known = sent.get(id) ?? { underWay: 0, saved: 0, unknown: 0 }
    sent.set(id, known)
    return known
  }

  return {
    begins(plays) {
      const command: Command = { ids: plays.map(({ id }) => id) }
      for (const id of command.ids) of(id).underWay += 1
      return command
    },
    ends(command, answer) {
      const { ids } = command as Command
      const isUnknown = answer === null || (!answer.ok && UNKNOWN.has(answer.error.code))
      for (const id of ids) {
        const own = of(id)
        own.underWay -= 1
        if (isUnknown) own.unknown += 1
        else if (answer.ok) own.saved += 1
      }
      if (isUnknown) return world.meet('outcome unknown')
      if (!answer.ok) {
        world.meet(`refused ${answer.error.code}`)
        world.note(`refused ${answer.error.code} ${ids.join(' ')}`)
        for (const id of ids) {
          const { underWay, saved, unknown } = of(id)
          if (underWay + saved + unknown === 0 && truth.seqOf(id) !== undefined)
            world.fail(`${id} was refused (${answer.error.code}) and is in the log at ${truth.seqOf(id)}`)
        }
        return
      }
      saved += ids.length
      if (answer.plays.length !== ids.length) world.fail(`${ids.length} plays sent, ${answer.plays.length} answered`)
      for (const [i, play] of answer.plays.entries()) {
        if (play.id !== ids[i]) world.fail(`${ids[i]} was answered with ${play.id}`)
        if (truth.seqOf(play.id) !== play.seq)
          world.fail(`${play.id} was acknowledged at ${play.seq}, the log has it at ${truth.seqOf(play.id) ?? 'no place'}`)
      }
      const wrong = truth.wrongHeader(answer.game)
      if (wrong) world.fail(`an answer to a scorer: ${wrong}`)
      if (!answer.created) world.meet('repeat answered')
    },
    isOfSomebody: id => sent.has(id),
    saved: () => saved,
  }
}
