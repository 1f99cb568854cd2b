import type { Context } from '../context.ts'
import { presentPlay } from './present.ts'

/**
 * Takes in what other nodes wrote to a game that is kept here, and tells this node's readers. To be called in the game's turn, so that
 * nobody is told of two plays in the wrong order.
 */
export function catchUp({ heads, bus }: Pick<Context, 'heads' | 'bus'>, gameId: string): Promise<void> {
  return heads.advance(gameId, advance => {
    if (advance === 'gone') return bus.publish('removed', { gameId, elsewhere: true })
    const { open, plays, seated } = advance
    const { sport, game, names, head } = open
    const presented = plays?.map(play => presentPlay(sport, game, names, play, head.marks.get(play.seq), false))
    bus.publish('played', { game, plays: presented ?? null, seated, elsewhere: true })
  })
}
