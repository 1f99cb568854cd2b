'use client'
import { useEffect, useMemo, useState } from 'react'
import type { GameView } from '#components/live/game-store.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { SPORTS } from '#domain/sports/index.ts'
import type { Sayings, Story, ToldGame } from './story.ts'

interface Teller {
  tell(game: ToldGame, plays: readonly Play[]): Story
  say(game: Game): Sayings
}

/** The fold and the game's own sport: the first paint does without both. */
async function loadTeller(id: string): Promise<Teller | null> {
  const load = SPORTS[id]
  if (!load) return null
  const [{ sport }, story, { playedAs }] = await Promise.all([load(), import('./story.ts'), import('#domain/tie.ts')])
  return {
    tell: (game, plays) => story.tellStory(playedAs(sport, game.rules.values), game, plays),
    say: game => story.sayGame(playedAs(sport, game.rules.values), game),
  }
}

const RETRY_MS = 5000

/**
 * The server's telling, until the page has moved on and the sport's own rules have arrived to tell it again.
 *
 * @param view the game as it stands, for the header
 * @param later the same, a moment later: the long list and the chart must not hold the header up
 */
export function useStory(view: GameView, later: GameView, drawn: { story: Story; sayings: Sayings }): { story: Story; sayings: Sayings } {
  const { game } = view
  const { plays } = later
  const [teller, setTeller] = useState<Teller | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isCurrent = true
    let retry: ReturnType<typeof setTimeout> | undefined
    loadTeller(game.sport).then(
      loaded => isCurrent && setTeller(loaded),
      // Until it has come the header goes on by itself, and the plays stand as the server told them.
      () => {
        if (isCurrent) retry = setTimeout(() => setTries(tries + 1), RETRY_MS)
      },
    )
    return () => {
      isCurrent = false
      clearTimeout(retry)
    }
  }, [game.sport, tries])

  const { epoch, seq, rules, roster, home, away } = later.game
  const isDrawn = drawn.story.epoch === epoch && drawn.story.seq === (plays.at(-1)?.seq ?? 0) && drawn.story.isWhole === later.hasWholeLog
  // Folding runs over the whole log: only new plays ask for it, not every change of the header.
  const story = useMemo(
    () => (teller && !isDrawn ? teller.tell({ epoch, seq, rules, roster, home, away }, plays) : drawn.story),
    [teller, isDrawn, epoch, seq, rules, roster, home, away, plays, drawn.story],
  )
  const sayings = useMemo(() => (teller ? teller.say(game) : drawn.sayings), [teller, game, drawn.sayings])
  return { story, sayings }
}
