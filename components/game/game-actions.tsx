'use client'
import { Share2, Star } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useFavourites } from '#components/board/favourites.ts'
import type { Game } from '#domain/game.ts'

const KEY = 'inline-flex min-h-11 items-center gap-2 px-2.5 text-sm font-[560] underline-offset-4 hover:underline'

/** Follow, share, and for those who may, the way to the table. */
export function GameActions({ game, canScore, title }: { game: Game; canScore: boolean; title: string }) {
  return (
    <div className="-me-2.5 flex shrink-0 items-center print:hidden">
      {canScore ? (
        <Link href={`/score/${game.id}`} className={KEY}>
          Score
        </Link>
      ) : null}
      <Follow game={game} />
      <Share title={title} />
    </div>
  )
}

function Follow({ game }: { game: Game }) {
  const { ids, toggle } = useFavourites()
  const isOn = ids.has(game.id)
  return (
    <button type="button" aria-pressed={isOn} onClick={() => toggle(game.id)} className={KEY}>
      <Star size={15} strokeWidth={1.75} fill={isOn ? 'currentColor' : 'none'} aria-hidden />
      {isOn ? 'Following' : 'Follow'}
    </button>
  )
}

function Share({ title }: { title: string }) {
  const [word, setWord] = useState('Share')
  const say = (text: string) => {
    setWord(text)
    setTimeout(() => setWord('Share'), 3000)
  }
  async function share() {
    const url = window.location.href.split('#')[0] ?? ''
    if (navigator.share) {
      // Closing the sheet is not a failure.
      await navigator.share({ title, url }).catch(() => undefined)
      return
    }
    // Without a secure context (a phone in the hall's own network) there is no clipboard to write to.
    if (!navigator.clipboard) return say('Copy it from the address bar')
    await navigator.clipboard.writeText(url).then(
      () => say('Link copied'),
      () => say('Copy it from the address bar'),
    )
  }
  return (
    <button type="button" onClick={() => void share()} className={KEY}>
      <Share2 size={15} strokeWidth={1.75} aria-hidden />
      <span aria-live="polite">{word}</span>
    </button>
  )
}
